"""exports/ holds what the demonstration writes today, and tools that are not ours read it."""

from __future__ import annotations

from pathlib import Path

import bibtexparser
import pyoxigraph as ox
import pytest
import rdflib

import kg
import tasks
from kg import queries, registry
from kg.graph import Graph

ROOT = Path(__file__).parent.parent
EXPORTS = ROOT / "exports"
KEPT = {"turtle": "graph.ttl", "bibtex": "papers.bib", "description": "dataset.ttl"}
QUICK = ("awards", "papers-by-task", "resources", "counts", "authors-of-paper", "introductions")  # rdflib takes minutes for all


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("exports") / "graph"
    kg.build([ROOT / "examples"], folder)
    return kg.open(folder)


@pytest.mark.parametrize("form", KEPT)
def test_what_is_kept_is_what_is_made_today(form: str, graph: Graph) -> None:
    made = b"".join(registry.plugin("exporter", form).export(graph.store))
    assert (EXPORTS / KEPT[form]).read_bytes() == made, "run `python3 tasks.py demo` and look at what changed"


def test_the_demonstration_writes_what_is_kept() -> None:
    assert {form: tasks.PRODUCTS.get(form, "dataset.ttl") for form in KEPT} == KEPT
    allowed = {line[1:] for line in (EXPORTS / ".gitignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")}
    assert allowed == {*KEPT.values(), ".gitignore"}


def test_the_demonstration_asks_what_has_an_answer(graph: Graph) -> None:
    for name, *assignments in tasks.QUESTIONS:
        assert list(graph.ask(name, **dict(word.split("=", 1) for word in assignments)))


@pytest.fixture(scope="module")
def in_rdflib() -> rdflib.Graph:
    return rdflib.Graph().parse(EXPORTS / "graph.ttl")


@pytest.mark.parametrize("name", QUICK)
def test_rdflib_answers_alike(name: str, graph: Graph, in_rdflib: rdflib.Graph) -> None:
    ours = graph.ask(name)
    assert isinstance(ours, ox.QuerySolutions)
    rows = sorted(tuple("" if term is None else term.value for term in row) for row in ours)  # type: ignore[union-attr]
    theirs = in_rdflib.query(queries.find(name).text)
    assert rows == sorted(tuple("" if term is None else str(term) for term in row) for row in theirs)  # type: ignore[union-attr]
    assert rows


def test_bibtex_is_read_whole(graph: Graph) -> None:
    library = bibtexparser.parse_string((EXPORTS / "papers.bib").read_text(encoding="utf-8"))
    assert not library.failed_blocks
    assert len(library.entries) == sum(1 for row in graph.papers() if row.title)
