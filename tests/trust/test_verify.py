"""A graph that was built holds; one that was changed, whatever was changed, does not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.merge.triples import cut, joined, kind_of, word
from kg.pipeline import build
from kg.trust.again import again
from kg.trust.ledger import Ledger, lines
from kg.trust.verify import examine, verify

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"


def test_a_graph_that_was_built_holds(built: Any) -> None:
    verdict = verify(built.folder, built.texts)
    assert (verdict.problems, verdict.hanging) == ((), ())
    assert (verdict.documents, verdict.claims) == (
        3,
        len({line.split(" ", 1)[0] for line in built.lines if kind_of(line.split(" ", 1)[0]) == "claim"}),
    )


@pytest.mark.parametrize("folder", [ROOT / "examples", CORPUS / "seeds", CORPUS / "dev"], ids=lambda folder: folder.name)
def test_real_documents_give_no_false_alarm(folder: Path, tmp_path: Path) -> None:
    if not folder.is_dir():
        pytest.skip("these documents are not on this machine")
    verdict = verify(build([folder], tmp_path / "graph").folder, folder)
    assert (verdict.problems, verdict.hanging) == ((), ())
    assert verdict.claims > 500


@pytest.mark.parametrize(
    ("predicate", "other", "rule"),
    [
        ("kg:year", '"1999"^^<http://www.w3.org/2001/XMLSchema#integer>', "fact without claim"),
        ("oa:exact", '"Something else"', "quote"),
        ("oa:start", '"3"^^<http://www.w3.org/2001/XMLSchema#integer>', "passage"),
        ("kg:contentDigest", '"sha256:0"', "document"),
        ("rdf:predicate", word("kg:extends"), "claim"),
        ("kg:confidence", '"1.90"^^<http://www.w3.org/2001/XMLSchema#decimal>', "claim"),
        ("schema:value", '"99.9"^^<http://www.w3.org/2001/XMLSchema#decimal>', "number"),
        ("schema:position", '"9"^^<http://www.w3.org/2001/XMLSchema#integer>', "author list"),
        ("kg:nameAsWritten", '"Nobody Atall"', "author list"),
    ],
)
def test_each_rule_finds_what_it_is_for(predicate: str, other: str, rule: str, built: Any) -> None:
    old = next(line for line in built.lines if cut(line)[1] == word(predicate) and (predicate != "kg:year" or kind_of(cut(line)[0]) == "paper"))
    subject, name, _ = cut(old)
    changed = [line if line != old else joined(subject, name, other) for line in built.lines]
    assert rule in {problem.rule for problem in built.problems(changed)}


def test_a_source_that_changed_or_is_gone_is_named_with_what_hangs_on_it(built: Any, tmp_path: Path) -> None:
    shutil.copytree(built.texts, texts := tmp_path / "texts")
    (texts / "autumn-notes.md").write_text("Something else.", encoding="utf-8")
    (texts / "tallies.html").unlink()
    hanging = {each.source.wanted.locator: each for each in verify(built.folder, texts).hanging}
    assert {locator: each.source.state for locator, each in hanging.items()} == {"texts/autumn-notes.md": "changed", "texts/tallies.html": "gone"}
    assert all(each.claims >= len(each.facts) > 0 for each in hanging.values())
    assert not verify(built.folder, texts).problems


def test_a_source_may_have_another_name(built: Any, tmp_path: Path) -> None:
    for number, path in enumerate(sorted(built.texts.iterdir())):
        shutil.copy(path, tmp_path / f"{number}{path.suffix}")
    assert verify(built.folder, tmp_path).hanging == ()


def test_a_file_of_somebody_else_can_be_checked(built: Any, tmp_path: Path) -> None:
    file = tmp_path / "received.nt"
    file.write_text("\n".join(built.lines) + "\n", encoding="utf-8")
    assert verify(file, built.texts).problems == ()
    file.write_text("\n".join(line.replace("CountNet", "CountNot") for line in built.lines) + "\n", encoding="utf-8")
    assert verify(file, built.texts).problems != ()


def test_without_the_texts_the_names_still_tell(built: Any) -> None:
    old = next(line for line in built.lines if cut(line)[1] == word("rdf:object") and "topic/" in line)
    swapped = joined(*cut(old)[:2], "<https://w3id.org/paperkg/id/topic/fishing>")
    changed = [line if line != old else swapped for line in built.lines]
    assert {"claim", "fact without claim"} <= {problem.rule for problem in examine(Ledger(changed), {})}


def test_reading_again_finds_every_difference(built: Any, tmp_path: Path) -> None:
    assert again(built.folder, built.texts) == []
    shutil.copytree(built.folder, copy := tmp_path / "graph")
    old = next(line for line in lines(copy) if cut(line)[1] == word("kg:confidence"))
    text = (copy / "graph.nt").read_text("utf-8")
    (copy / "graph.nt").write_text(text.replace(old, joined(*cut(old)[:2], '"0.11"^^<http://www.w3.org/2001/XMLSchema#decimal>')), "utf-8")
    assert len(again(copy, built.texts)) == 2


def test_the_command_ends_with_what_it_found(built: Any, tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert run(main, ["verify", str(built.folder), "--sources", str(built.texts), "--again"]).exit_code == 0
    assert run(main, ["verify", "--graph", str(built.folder), "--sources", str(tmp_path)]).exit_code == 3
    shutil.copytree(built.folder, copy := tmp_path / "graph")
    (copy / "graph.nt").write_text("\n".join(built.lines[1:]) + "\n", encoding="utf-8")
    found = run(main, ["verify", str(copy), "--sources", str(built.texts), "--format", "json"])
    assert found.exit_code == 1
    assert json.loads(found.output)["problems"]
