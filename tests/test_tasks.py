"""tasks.py: which packages a group needs, and when nothing has to be installed."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import tasks


def test_groups_are_unfolded() -> None:
    groups: dict[str, list[str | dict[str, str]]] = {"a": ["x>=1"], "b": ["y", {"include-group": "a"}], "c": [{"include-group": "b"}, "z"]}
    assert list(tasks.requirements(groups, "c")) == ["y", "x>=1", "z"]
    with pytest.raises(KeyError):
        list(tasks.requirements(groups, "d"))


@pytest.fixture
def stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tasks, "STAMP", tmp_path / "tasks.json")
    monkeypatch.setattr(tasks, "PYTHON", Path(sys.executable))
    return tmp_path / "tasks.json"


def test_a_stamp_holds_for_its_state_only(stamp: Path) -> None:
    assert tasks.installed("now") is None
    stamp.write_text(json.dumps({"state": "now", "packages": ["x"]}), encoding="utf-8")
    assert tasks.installed("now") == {"x"}
    assert tasks.installed("later") is None
    stamp.write_text("torn", encoding="utf-8")
    assert tasks.installed("now") is None


def test_a_second_call_installs_nothing(stamp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[list[str]] = []

    def record(command: list[str], check: bool) -> subprocess.CompletedProcess[str]:
        calls.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(tasks.subprocess, "run", record)
    tasks.set_up("check")
    tasks.set_up("check")
    tasks.set_up(None)
    assert len(calls) == 1
    assert "--editable" in calls[0]
    assert any(word.startswith("ruff") for word in calls[0])


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse(Path(tasks.__file__).read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_every_task_is_told() -> None:
    shown = subprocess.run([sys.executable, tasks.__file__, "--help"], capture_output=True, text=True, check=True).stdout
    assert all(name in shown for name in ("demo", "test", "check", "bench", "docs"))
