from collections.abc import Callable
from pathlib import Path

import pytest

from kg.records import formats
from kg.records.record import Record


@pytest.fixture
def records(tmp_path: Path) -> Callable[[str | bytes, str], list[Record]]:
    """Everything that a file of such content holds, as whole records."""

    def read(content: str | bytes, name: str = "library.txt") -> list[Record]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        form = formats.recognised(path)
        return [record for head in formats.heads(path, form) if (record := form.record(head.raw, path.name))]

    return read
