"""The example reviews: each described, each with gold that fits its text, every fact in its own words, and a graph that holds together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg
from kg.evaluation import gold
from kg.graph import Graph
from kg.pipeline import extract, read
from kg.validate import violations

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.is_file())
OTHERS = sorted(path for name in ("gold_blind", "gold_practice") for path in (ROOT / "tests" / name).iterdir() if path.suffix != ".json")
GOLD = {path: (ROOT / "tests" / "gold" if path in EXAMPLES else path.parent) / f"{path.name}.json" for path in (*EXAMPLES, *OTHERS)}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("examples") / "graph"
    report = kg.build([ROOT / "examples"], folder)
    assert report.complete
    return kg.open(folder)


def name(path: Path) -> str:
    return path.name


def test_there_are_seven_examples_and_all_are_described() -> None:
    listed = re.findall(r"^\| `(.+?)` \|", (ROOT / "docs" / "examples.md").read_text(encoding="utf-8"), re.M)
    assert sorted(listed) == [path.name for path in EXAMPLES]
    assert len(EXAMPLES) == 7
    assert len(OTHERS) == 90


@pytest.mark.parametrize("path", GOLD, ids=name)
def test_gold_fits_its_document(path: Path) -> None:
    facts = gold.load(GOLD[path])
    assert facts.papers
    assert list(facts.problems(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", GOLD, ids=name)
def test_every_finding_is_in_the_words_of_its_document(path: Path) -> None:
    document = read(path)
    findings = extract(document)
    assert len(findings) > 10
    for finding in findings:
        evidence = finding.evidence
        assert evidence.document == document.name
        assert evidence.quote
        assert document.text[evidence.span.start : evidence.span.end] == evidence.quote


def test_the_graph_keeps_the_shapes(graph: Graph) -> None:
    assert [violation for violation in violations(graph.store) if violation.severity == "violation"] == []


def test_one_paper_in_two_spellings_is_one_paper(graph: Graph) -> None:
    rows = [row for row in graph.papers() if row.title.startswith("HiFi-GAN")]
    assert len(rows) == 1
    writers = {row["who"].value for row in graph.ask("opinions-on-paper", paper="HiFi-GAN")}  # type: ignore[union-attr]
    assert writers == {"Mirela Ostrander", "Oksana Brightwater"}


def test_refusals_have_reasons(graph: Graph) -> None:
    assert graph.directory is not None
    lines = (graph.directory / "rejected.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines
    assert all('"reason": "' in line for line in lines)
