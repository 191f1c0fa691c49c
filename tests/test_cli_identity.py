from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main

ONE = """# Moss meeting 2020

## Weighing Apples in the Dark with Cheap Sensors - Pino et al.

I liked it. It uses contrastive learning on AudioSet.

## Kites for Weather Stations on Remote Islands

*Ana Pino, Ola Berg*

Solid work.
"""
TWO = """# Reading notes of a gardener

- **Weighing Apple in the Dark with Cheap Sensors**, Ana Pino, Yuki Mori. 2020. A fine idea with contrastive learning.
- **Steady Tides of the Northern Harbours: Part 1**, Lars Holm. 2019.
- **Steady Tides of the Northern Harbours: Part 2**, Lars Holm. 2019.
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.md").write_text(ONE)
    (tmp_path / "two.md").write_text(TWO)
    assert build().exit_code == 0
    return tmp_path / "graph"


def build() -> Result:
    return run("build", "one.md", "two.md", "--jobs", 1)


def addresses(title: str) -> str:
    return next(line for line in run("show", title).stdout.splitlines() if line.startswith("https://"))


def test_merges_tell_what_was_done_and_what_was_not(graph: Path) -> None:
    told = run("merges").stdout
    assert "near-equal titles" in told
    assert "not merged" in told
    assert run("merges", "--kind", "event").stdout.startswith("merged: 0")


def test_show_tells_all_of_a_paper_with_its_sentences(graph: Path) -> None:
    told = run("show", "Weighing Apples in the Dark with Cheap Sensors").stdout
    assert "(ScholarlyArticle)" in told
    assert "Ana Pino" in told
    assert "also: " in told
    assert "merged: " in told


def test_show_tells_a_person_and_who_stands_beside(graph: Path) -> None:
    told = run("show", "Ana Pino").stdout
    assert "Kites for Weather Stations on Remote Islands" in " ".join(told.split())
    assert "beside it on papers: " in told


def test_a_name_of_several_things_is_answered_with_the_choices(graph: Path) -> None:
    result = run("show", "steady tides of")
    assert result.exit_code == 1
    assert "Part 1" in result.stderr
    assert "Part 2" in result.stderr


def test_a_name_of_nothing_is_told(graph: Path) -> None:
    assert "nothing is called" in run("show", "no such thing").stderr


def test_a_decision_is_obeyed_by_every_later_build(graph: Path, tmp_path: Path) -> None:
    parts = [addresses(f"Steady Tides of the Northern Harbours: Part {number}") for number in (1, 2)]
    assert run("same", *parts, "--reason", "one report").exit_code == 0
    assert (graph / "decisions.txt").read_text().endswith("# one report\n")
    build()
    assert addresses("Steady Tides of the Northern Harbours: Part 1") == addresses("Steady Tides of the Northern Harbours: Part 2")
    (tmp_path / "two.md").write_text(f"{TWO}\nOne more line.\n")
    build()
    assert addresses("Steady Tides of the Northern Harbours: Part 1") == addresses("Steady Tides of the Northern Harbours: Part 2")
    assert run("different", *(part.rsplit("/id/")[-1] for part in parts)).stderr.startswith("takes the place of: same")
    build()
    assert addresses("Steady Tides of the Northern Harbours: Part 1") != addresses("Steady Tides of the Northern Harbours: Part 2")


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [("Ana Pino", "Ana Pino", "both names lead"), ("Ana Pino", "Kites for", "different kinds"), ("Ana Pino", "xyzzy", "nothing is called")],
)
def test_a_decision_that_makes_no_sense_is_refused(graph: Path, first: str, second: str, words: str) -> None:
    result = run("same", first, second)
    assert result.exit_code == 1
    assert words in result.stderr
    assert not (graph / "decisions.txt").exists()
