"""Shapes and checks: the small graph holds, and each planted fault is found by name."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg import ontology
from kg.graph import Graph
from kg.ontology import PREFIXES
from kg.validate import violations


def name(word: str) -> ox.NamedNode:
    prefix, local = word.split(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def rules(graph: Graph, shapes: bool = False) -> set[str]:
    return {violation.rule for violation in violations(graph.store, shapes)}


def first(graph: Graph, word: str) -> ox.NamedNode:
    return nodes(graph, word)[0]


def last(graph: Graph, word: str) -> ox.NamedNode:
    return nodes(graph, word)[-1]


def nodes(graph: Graph, word: str) -> list[ox.NamedNode]:
    found = [triple.subject for triple in graph.store.triples(None, name("rdf:type"), name(word))]
    return sorted((node for node in found if isinstance(node, ox.NamedNode)), key=str)


def add(graph: Graph, subject: ox.NamedNode, word: str, value: ox.NamedNode | ox.Literal) -> None:
    graph.store.load([ox.Triple(subject, name(word), value)])


def drop(graph: Graph, word: str) -> None:
    inner: ox.Store = graph.store.inner  # type: ignore[attr-defined]
    inner.remove(min(inner.quads_for_pattern(None, name(word), None, None), key=str))


def test_the_small_graph_holds(small_graph: Graph) -> None:
    assert list(violations(small_graph.store)) == []


OTHER = ox.NamedNode("https://example.org/other")
FAULTS = {
    "authors-agree": lambda graph: add(graph, first(graph, "schema:ScholarlyArticle"), "schema:author", OTHER),
    "author-list-whole": lambda graph: add(graph, last(graph, "kg:Authorship"), "schema:position", ox.Literal(3)),
    "quote-fits-offsets": lambda graph: add(graph, first(graph, "kg:Passage"), "oa:exact", ox.Literal("not so long")),
    "passage-name": lambda graph: add(graph, first(graph, "kg:Passage"), "oa:start", ox.Literal(7)),
    "claim-is-asserted": lambda graph: drop(graph, "kg:introduces"),
    "fact-has-claim": lambda graph: add(graph, first(graph, "schema:ScholarlyArticle"), "schema:identifier", ox.Literal("doi:10.9/none")),
    "passage-is-used": lambda graph: add(graph, ox.NamedNode("https://example.org/d#char=0,1"), "rdf:type", name("kg:Passage")),
    "broader-is-a-tree": lambda graph: add(graph, first(graph, "kg:Task"), "skos:broader", first(graph, "kg:Task")),
    "one-kind-of-topic": lambda graph: add(graph, first(graph, "kg:Task"), "rdf:type", name("kg:Method")),
}


def test_every_check_has_a_fault_planted() -> None:
    assert {path.stem for path in (ontology.folder() / "checks").glob("*.rq")} == set(FAULTS)


@pytest.mark.parametrize("rule", FAULTS)
def test_a_planted_fault_is_found(rule: str, small_graph: Graph) -> None:
    FAULTS[rule](small_graph)
    assert rule in rules(small_graph)


def test_two_kinds_are_only_a_warning(small_graph: Graph) -> None:
    FAULTS["one-kind-of-topic"](small_graph)
    assert {violation.severity for violation in violations(small_graph.store, shapes=False)} == {"warning"}


def test_a_stance_excuses_what_is_not_asserted(small_graph: Graph) -> None:
    assert bool(small_graph.query("ASK { ?claim kg:stance kg:denied }"))
    assert "claim-is-asserted" not in rules(small_graph)


@pytest.mark.parametrize(
    ("kind", "word", "value", "rule"),
    [
        ("schema:ScholarlyArticle", "schema:name", ox.Literal("A second title"), "name"),
        ("schema:ScholarlyArticle", "schema:identifier", ox.Literal("arxiv:2206.04769v2"), "identifier"),
        ("schema:ScholarlyArticle", "kg:year", ox.Literal(21), "year"),
        ("schema:ScholarlyArticle", "kg:usesMethod", OTHER, "usesMethod"),
        ("kg:Authorship", "schema:position", ox.Literal(0), "position"),
        ("schema:Review", "kg:sentiment", name("kg:code"), "sentiment"),
        ("kg:Award", "dcterms:type", name("kg:roundUp"), "type"),
        ("kg:Result", "schema:value", ox.Literal("much"), "value"),
        ("kg:Document", "kg:contentDigest", ox.Literal("md5:1"), "contentDigest"),
        ("kg:Claim", "kg:stance", name("kg:positive"), "stance"),
        ("kg:Claim", "kg:confidence", ox.Literal("high"), "confidence"),
        ("kg:Resource", "dcterms:type", name("kg:bestPaper"), "type"),
    ],
)
def test_shacl_finds_a_planted_fault(kind: str, word: str, value: ox.NamedNode | ox.Literal, rule: str, small_graph: Graph) -> None:
    add(small_graph, first(small_graph, kind), word, value)
    assert rule in rules(small_graph, shapes=True)


@pytest.mark.parametrize("word", ["schema:name", "schema:identifier", "schema:url"])
def test_a_paper_is_known_by_title_identifier_or_address(word: str, small_graph: Graph) -> None:
    paper = ox.NamedNode("https://example.org/paper")
    add(small_graph, paper, "rdf:type", name("schema:ScholarlyArticle"))
    assert "OrConstraintComponent" in rules(small_graph, shapes=True)
    value = {"schema:name": ox.Literal("A title"), "schema:identifier": ox.Literal("doi:10.1/x"), "schema:url": ox.NamedNode("https://example.org/")}[
        word
    ]
    add(small_graph, paper, word, value)
    assert "OrConstraintComponent" not in rules(small_graph, shapes=True)


def test_the_shapes_are_core_only() -> None:
    assert "sh:sparql" not in (ontology.folder() / "shapes.ttl").read_text(encoding="utf-8")
