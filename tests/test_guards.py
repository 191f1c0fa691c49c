"""The list of guards in tests/benchmarks/guards.py speaks of the code as it is, so that it can be run at any time."""

from __future__ import annotations

import pytest

from tests.benchmarks.guards import GUARDS, ROOT, Guard


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.threat)
def test_a_guard_stands_where_the_list_says(guard: Guard) -> None:
    assert (ROOT / guard.file).read_text(encoding="utf-8").count(guard.written) == 1
    assert guard.written != guard.without
    for word in guard.tests.split(" -k ")[0].split():
        assert (ROOT / word).is_file()
