import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg import staging
from kg.errors import GraphError
from kg.staging import staged

MADE = frozenset({"manifest.json", "store"})


def make(target: Path, words: str) -> None:
    with staged(target, MADE) as stage:
        (stage.folder / "manifest.json").write_text(words)
        stage.swap(MADE)


def interrupted(target: Path) -> None:
    with staged(target, MADE) as stage:
        (stage.folder / "manifest.json").write_text("half")
        raise KeyboardInterrupt


def test_the_new_takes_the_place_of_the_old_whole(tmp_path: Path) -> None:
    target = tmp_path / "graph"
    make(target, "1")
    (target / "store").mkdir()
    make(target, "2")
    assert [path.name for path in target.iterdir()] == ["manifest.json"]
    assert (target / "manifest.json").read_text() == "2"


def test_what_builds_do_not_make_is_carried_over(tmp_path: Path) -> None:
    make(tmp_path / "graph", "1")
    (tmp_path / "graph" / "decisions.txt").write_text("kept")
    make(tmp_path / "graph", "2")
    assert (tmp_path / "graph" / "decisions.txt").read_text() == "kept"


def test_a_failure_leaves_the_old(tmp_path: Path) -> None:
    make(tmp_path / "graph", "1")
    with pytest.raises(KeyboardInterrupt):
        interrupted(tmp_path / "graph")
    assert (tmp_path / "graph" / "manifest.json").read_text() == "1"


@pytest.mark.parametrize("between", [True, False], ids=["between the two renamings", "before the old is cleared away"])
def test_a_swap_that_was_cut_short_is_ended(tmp_path: Path, *, between: bool) -> None:
    make(tmp_path / "graph", "1")
    (tmp_path / "graph" / "decisions.txt").write_text("kept")
    (tmp_path / "graph").rename(tmp_path / ".graph.old")
    if not between:
        (tmp_path / "graph").mkdir()
        (tmp_path / "graph" / "manifest.json").write_text("2")
    with staged(tmp_path / "graph", MADE):
        assert (tmp_path / "graph" / "manifest.json").read_text() == ("1" if between else "2")
        assert (tmp_path / "graph" / "decisions.txt").read_text() == "kept"
    assert not (tmp_path / ".graph.old").exists()


def test_a_directory_of_something_else_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "thesis.tex").write_text("ten years of work")
    with pytest.raises(GraphError, match="no graph"):
        make(tmp_path / "graph", "1")
    assert (tmp_path / "graph" / "thesis.tex").exists()


def test_a_second_build_says_so(tmp_path: Path) -> None:
    with staged(tmp_path / "graph", MADE), pytest.raises(GraphError, match="being built"):
        make(tmp_path / "graph", "1")


WATCH = """
import os, sys
print("ready", flush=True)
looked = missed = 0
while not os.path.exists(sys.argv[2]):
    looked += 1
    missed += not os.path.exists(sys.argv[1])
print(looked, missed)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing lets two directories change places in one step")
def test_there_is_always_a_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_flush", lambda _: None)  # waiting for the disk leaves the watcher the less to see
    make(tmp_path / "graph", "0")
    watched = [str(tmp_path / "graph" / "manifest.json"), str(tmp_path / "over")]
    with subprocess.Popen([sys.executable, "-c", WATCH, *watched], stdout=subprocess.PIPE, text=True) as watcher:
        assert watcher.stdout
        assert watcher.stdout.readline() == "ready\n"
        for number in range(300):
            make(tmp_path / "graph", str(number))
        (tmp_path / "over").touch()
        looked, missed = map(int, watcher.stdout.read().split())
    assert looked > 1_000
    assert missed == 0


def test_a_system_that_cannot_exchange_directories_swaps_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_exchange", lambda *_: False)
    test_the_new_takes_the_place_of_the_old_whole(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["graph", ".graph.lock"]


def test_what_is_not_ours_survives_a_kill_after_the_exchange(tmp_path: Path) -> None:
    make(tmp_path / "graph", "1")
    (tmp_path / "graph").rename(tmp_path / ".graph.building")
    (tmp_path / ".graph.building" / "decisions.txt").write_text("kept")
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "manifest.json").write_text("2")
    with staged(tmp_path / "graph", MADE) as stage:
        assert (tmp_path / "graph" / "decisions.txt").read_text() == "kept"
        assert list(stage.folder.iterdir()) == []
    assert (tmp_path / "graph" / "manifest.json").read_text() == "2"


def test_what_a_killed_build_had_read_is_kept(tmp_path: Path) -> None:
    (tmp_path / ".graph.building" / "cache").mkdir(parents=True)
    (tmp_path / ".graph.building" / "store").mkdir()
    (tmp_path / ".graph.building" / "merges.jsonl").touch()
    with staged(tmp_path / "graph", MADE) as stage:
        assert [path.name for path in stage.folder.iterdir()] == ["cache"]


def test_all_is_on_the_disk_before_it_is_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut cannot be tried here; that each file and directory is flushed before the exchange, and the exchange itself after, can."""
    events: list[str] = []
    flush, exchange = staging._flush, staging._exchange

    def flushed(path: Path) -> None:
        flush(path)
        events.append(path.name)

    def exchanged(one: Path, other: Path) -> bool:
        events.append("exchange")
        return exchange(one, other)

    make(tmp_path / "graph", "1")
    monkeypatch.setattr(staging, "_flush", flushed)
    monkeypatch.setattr(staging, "_exchange", exchanged)
    with staged(tmp_path / "graph", MADE) as stage:
        (stage.folder / "store").mkdir()
        for name in ("manifest.json", "store/CURRENT"):
            (stage.folder / name).write_text("2")
        stage.swap(MADE)
    at = events.index("exchange")
    assert sorted(events[:at]) == [".graph.building", "CURRENT", "manifest.json", "store"]
    assert events[at + 1 :] == [tmp_path.name]


def test_flushing_reaches_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda handle: asked.append(os.fstat(handle).st_ino))
    staging._flush(tmp_path)
    assert asked == [tmp_path.stat().st_ino]
