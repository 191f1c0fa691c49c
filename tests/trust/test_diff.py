"""What changed between two graphs is told in words, and nothing is told twice or made up."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from kg.cli import main
from kg.merge.triples import cut, joined, node, word
from kg.trust.changes import as_html, between
from kg.trust.diff import WHAT, diff
from kg.trust.ledger import Ledger


def test_a_graph_does_not_differ_from_itself(built: Any) -> None:
    assert diff(Ledger(built.lines), Ledger(reversed(built.lines))) == []


def test_what_one_adds_the_other_takes_away(built: Any) -> None:
    some = [line for line in built.lines if "kg#" not in line and "usesMethod" not in line]
    forth, back = diff(Ledger(some), Ledger(built.lines)), diff(Ledger(built.lines), Ledger(some))
    assert forth
    assert {(c.what, c.about, c.words, c.sign) for c in forth} == {(c.what, c.about, c.words, "-" if c.sign == "+" else "+") for c in back}


def test_a_document_more_is_told_with_its_papers(make: Callable[..., Path], tmp_path: Path, built: Any) -> None:
    less = make(tmp_path, ("counting-2021.md", "autumn-notes.md"))
    found = between(less, built.folder)
    assert [change.about for change in found if change.what == "Documents"] == ["Tallies of the week"]
    assert {change.sign for change in found if change.what in ("Documents", "Papers")} == {"+"}
    assert {change.what for change in found} <= set(WHAT)


def test_another_value_is_one_line_of_each_sign(built: Any) -> None:
    old = next(line for line in built.lines if cut(line)[1] == word("kg:year") and "paper/" in cut(line)[0])
    other = joined(*cut(old)[:2], '"1999"^^<http://www.w3.org/2001/XMLSchema#integer>')
    found = diff(Ledger(built.lines), Ledger([line if line != old else other for line in built.lines]))
    assert [(change.sign, change.words) for change in found] == [("+", "is of 1999"), ("-", f"is of {cut(old)[2][1:5]}")]


def test_a_merge_is_one_change(built: Any) -> None:
    old, new = node("topic/convolutional-neural-network"), node("topic/conv-net")
    assert any(old in line for line in built.lines)
    merged = [line.replace(old, new) for line in built.lines] + [joined(new, word("schema:sameAs"), old)]
    assert [change.what for change in diff(Ledger(built.lines), Ledger(merged))] == ["Merges"]


def test_hostile_names_stay_text(built: Any) -> None:
    hostile = [*built.lines, f'<{node("paper/x")[1:-1]}> {word("schema:name")} "<script>alert(1)</script>\\u001B[31m" .']
    page = as_html(diff(Ledger(built.lines), Ledger(hostile)))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_git_can_call_it(built: Any, tmp_path: Path) -> None:
    """Git gives path, old file, digest, mode, new file, digest, mode; a file that is not there is /dev/null."""
    new = tmp_path / "graph.nt"
    new.write_text("\n".join(built.lines) + "\n", encoding="utf-8")
    run = CliRunner().invoke
    git = run(main, ["diff", "graph.nt", "/dev/null", ".", ".", str(new), "0123abc", "100644"])
    assert git.exit_code == 0
    assert "+ " in git.output
    assert run(main, ["diff", str(new), str(built.folder)]).output == "The graphs say the same.\n"
    assert run(main, ["diff", "/dev/null", str(new), "--exit-code", "--format", "json"]).exit_code == 1
    assert json.loads(run(main, ["diff", "/dev/null", str(new), "--format", "json"]).output)
    assert run(main, ["diff", str(new)]).exit_code == 2
