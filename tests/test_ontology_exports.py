"""The CONSTRUCT queries of `ontology/exports/` write the graph in other people's words."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import ontology
from kg.graph import Graph

FILES = sorted((ontology.folder() / "exports").glob("*.rq"))


def constructed(graph: Graph, name: str) -> list[ox.Triple]:
    return list(graph.query((ontology.folder() / "exports" / f"{name}.rq").read_text(encoding="utf-8")))  # type: ignore[arg-type]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_gives_triples(path: Path, small_graph: Graph) -> None:
    assert constructed(small_graph, path.stem)


def test_schema_org_has_the_award_and_the_year(small_graph: Graph) -> None:
    said = {(triple.predicate.value.rsplit("/", 1)[-1], triple.object.value) for triple in constructed(small_graph, "schema-org")}  # type: ignore[union-attr]
    assert {("award", "Best Paper"), ("datePublished", "2021"), ("keywords", "CountNet-W")} <= said


def test_every_annotation_has_both_selectors(small_graph: Graph) -> None:
    triples = constructed(small_graph, "web-annotation")
    passages = {triple.subject for triple in triples if triple.predicate.value.endswith("#hasSelector")}
    assert passages
    assert len({triple.object for triple in triples if triple.predicate.value.endswith("#hasSelector")}) == 2 * len(passages)


def test_facts_alone_hold_no_claims(small_graph: Graph) -> None:
    assert not [
        triple for triple in constructed(small_graph, "without-evidence") if "/claim/" in str(triple.subject) or "#char=" in str(triple.subject)
    ]
