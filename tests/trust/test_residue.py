"""Each sentence is told with what it gave, or why it gave nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.model import Sentence
from kg.pipeline import annotate, read
from kg.trust.leftovers import as_html
from kg.trust.residue import residue, totals
from kg.trust.unread import Place


@pytest.mark.parametrize("name", ["counting-2021.md", "autumn-notes.md", "tallies.html"])
def test_every_sentence_has_an_outcome_and_a_note(name: str, built: Any) -> None:
    found = residue(built.texts / name)
    assert {piece.outcome for piece in found.pieces} >= {"gave"}
    assert all(piece.notes for piece in found.pieces)
    assert sum(found.reasons().values()) == sum(piece.outcome != "gave" for piece in found.pieces)


def test_a_sentence_that_says_nothing_of_papers_gives_nothing(tmp_path: Path) -> None:
    path = tmp_path / "weather.md"
    path.write_text("# The weather\n\nIt rained all day and the cat slept on the warm radiator.\n", encoding="utf-8")
    found = residue(path)
    (sentence,) = [piece for piece in found.pieces if found.document.quote(piece.span).startswith("It rained")]
    assert sentence.outcome != "gave"
    assert totals([found, found])[sentence.notes[0]] >= 2


def why(path: Path, sentence: str) -> str:
    """The reason that the place of a sentence gives, whatever the rules of today read in it."""
    document = annotate(read(path))
    return next(Place(document).why(mark) for mark in document.marks(Sentence) if document.quote(mark.span) == sentence)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The authors were kind enough to talk for hours.", "outside what is said of papers: speaks of a work, or of its authors or the reviewer"),
        ("Lunch was cold and the queue for coffee was long.", "outside what is said of papers: names nothing that we know"),
    ],
)
def test_what_stands_outside_is_told_apart(sentence: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(f"# Notes\n\n{sentence}\n", encoding="utf-8")
    assert why(path, sentence) == reason


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("They explain at length how to hold a sheep.", "says what the work does, without a name"),
        ("Nobody had asked the shepherds before about SheepView at all.", "a name that no vocabulary has"),
        ("Sheep are friendly and like to be near each other.", "no name, and speaks of something else than the work"),
    ],
)
def test_what_stands_in_an_entry_is_told_apart(sentence: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(
        f"# Notes\n\n### [Counting Sheep in Parallel](https://arxiv.org/abs/2106.05678)\n*Shirley Sheep, Bo Peep*\n\n{sentence}\n", encoding="utf-8"
    )
    assert why(path, sentence) == reason


def test_the_page_shows_the_whole_text_and_begins_gold_entries(built: Any, tmp_path: Path) -> None:
    path = tmp_path / "hostile.md"
    path.write_text('# Notes\n\nSee <script>alert(1)</script> and "this" & that, it has been a long day for us.\n', encoding="utf-8")
    page = as_html([residue(path), residue(built.texts / "counting-2021.md")])
    assert page.count("<script>") == 1
    assert "&lt;script&gt;alert(1)" in page
    shown = re.search(r'<div class="text">(.*?)</div>', page.split("counting-2021.md", 1)[1], re.DOTALL)
    assert shown
    plain = re.sub(r"<button[^>]*>\+</button>|</?mark[^>]*>", "", shown.group(1))
    assert "Counting Sheep in Parallel" in plain
    entry = json.loads(re.search(r'data-gold="([^"]*)"', page).group(1).replace("&quot;", '"').replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&#x27;", "'"))  # type: ignore[union-attr]  # fmt: skip
    assert entry["anchor"]
    assert entry["role"] == "reviewed"


def test_the_command_reads_a_graph_again_or_single_files(built: Any, tmp_path: Path) -> None:
    run = CliRunner().invoke
    whole = run(main, ["residue", "--graph", str(built.folder), "--sources", str(built.texts), "--format", "totals"])
    assert whole.exit_code == 0
    assert "in 3 documents gave facts" in whole.output
    one = run(main, ["residue", str(built.texts / "tallies.html"), "--format", "json"])
    assert set(json.loads(one.output)) == {"totals", "documents"}
    assert run(main, ["residue", str(built.texts / "tallies.html"), "-o", str(tmp_path / "page.html")]).exit_code == 0
    assert (tmp_path / "page.html").read_text("utf-8").startswith("<!doctype html>")
    assert run(main, ["residue", "--graph", str(built.folder), "--sources", str(tmp_path)]).exit_code == 1
