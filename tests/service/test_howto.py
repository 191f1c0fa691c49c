"""The commands of docs/how-to/serve.md work as they stand there."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.service.conftest import Service

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs" / "how-to" / "serve.md").read_text(encoding="utf-8")
ASKED = re.findall(r"^curl .+$", PAGE, re.M)
pytestmark = [pytest.mark.server, pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")]


@pytest.mark.parametrize("command", ASKED)
def test_a_command_of_the_page_works(command: str, service: Service) -> None:
    words = shlex.split(command.replace(":8585/", f":{service.port}/"))
    found = subprocess.run([*words, "--fail-with-body"], capture_output=True, text=True, timeout=60, check=False)
    assert found.returncode == 0, found.stdout
    if "/api/" in command and "format=csv" not in command:
        assert json.loads(found.stdout)
    assert len(found.stdout.splitlines()) >= 1


def test_the_page_has_commands() -> None:
    assert len(ASKED) >= 8


def test_the_limits_of_the_page_are_those_of_the_service() -> None:
    from kg.service.limits import Limits

    limits = Limits()
    rows = {cells[0].strip(): cells[1].strip() for line in PAGE.splitlines() if len(cells := line.strip("|").split("|")) == 4}
    assert rows["time of a query"] == f"{limits.deadline:g} s"
    assert rows["memory of a query"] == f"{limits.memory >> 30} GiB"
    assert rows["rows of an answer, and its size"] == f"{limits.rows:,}, {limits.answer >> 20} MiB"
    assert rows[f"long queries at a time (over {limits.patience:g} s)"] == str(limits.long)
    assert rows["body, address"] == f"{limits.body >> 20} MiB, {limits.target >> 10} KiB"
    assert rows["connections"] == str(limits.connections)
