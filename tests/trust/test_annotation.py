"""A gold file that is begun holds what was read, stands in its text, and is corrected by a person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.evaluation.measuring import measure
from kg.evaluation.scoring import CORE, SEMANTIC, mean, total
from kg.trust.annotation import begun, faults

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def started(built: Any, tmp_path: Path) -> tuple[Path, Path]:
    """A document with its gold file."""
    document, file = built.texts / "counting-2021.md", tmp_path / "counting-2021.md.json"
    assert CliRunner().invoke(main, ["annotate", str(document), "-o", str(file)]).exit_code == 0
    return document, file


@pytest.mark.parametrize("document", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_what_is_begun_stands_in_the_text(document: Path, tmp_path: Path) -> None:
    file = tmp_path / "gold.json"
    file.write_text(json.dumps(begun(document)), encoding="utf-8")
    assert faults(document, file) == []


def test_what_was_read_is_right_by_the_gold_that_is_begun_with_it(built: Any, tmp_path: Path) -> None:
    for document in built.texts.iterdir():
        (tmp_path / f"{document.name}.json").write_text(json.dumps(begun(document)), encoding="utf-8")
    scores = total(measure(built.texts, tmp_path).values())
    assert mean(scores, CORE) > 0.98
    assert mean(scores, SEMANTIC) > 0.95


def test_a_word_that_is_not_in_the_text_is_a_fault(started: tuple[Path, Path]) -> None:
    document, file = started
    rows = json.loads(file.read_text("utf-8"))
    rows["papers"][0]["authors"].append("Nobody Atall")
    file.write_text(json.dumps(rows), encoding="utf-8")
    assert faults(document, file) == ["paper 0: authors: not in the document: 'Nobody Atall'"]
    assert CliRunner().invoke(main, ["annotate", str(document), "--check", str(file)]).exit_code == 1


def test_a_missed_sentence_becomes_an_entry(started: tuple[Path, Path]) -> None:
    document, file = started
    offset = document.read_text("utf-8").index("A graph neural network")
    before = json.loads(file.read_text("utf-8"))["papers"]
    found = CliRunner().invoke(main, ["annotate", str(document), "-o", str(file), "--missed", str(offset + 5)])
    assert found.exit_code == 0, found.output
    after = json.loads(file.read_text("utf-8"))["papers"]
    assert after[:-1] == before
    assert after[-1]["anchor"].startswith("A graph neural network")
    assert faults(document, file) == ["a paper: neither title nor address"]
    assert CliRunner().invoke(main, ["annotate", str(document), "--missed", "999999"]).exit_code == 1
