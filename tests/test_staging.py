from pathlib import Path

import pytest

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
