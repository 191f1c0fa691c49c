"""The graph as nodes and edges for people: claims and passages become the sentences on an edge.

A node is a thing that a reader would name: papers, people, topics, events … .  Authorships are left out, because the direct
`schema:author` edge says the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.ontology import PREFIXES
from kg.protocols import Store

# The last kind that fits a node names it: a method is a topic too, and is shown as a method.
KINDS = {
    "skos:Concept": "Topic", "kg:Task": "Task", "kg:Method": "Method", "kg:Dataset": "Dataset", "kg:Metric": "Metric",
    "kg:Resource": "Resource", "kg:Award": "Award", "kg:Result": "Result", "schema:ItemList": "List", "schema:Review": "Review",
    "schema:EventSeries": "EventSeries", "schema:Periodical": "Periodical", "schema:Event": "Event", "schema:Organization": "Organization",
    "schema:Person": "Person", "kg:Document": "Document", "schema:ScholarlyArticle": "Paper",
}  # fmt: skip
_LABELS = ("skos:prefLabel", "schema:name")
# A claim on such a triple covers the triples of its object, or of its subject (ontology/README.md, "What a claim covers").
_COVERS_OBJECT = ("kg:authorship", "kg:reportsResult", "kg:receivedAward")
_COVERS_SUBJECT = ("schema:itemReviewed", "schema:itemListElement")
_SENTENCES = """SELECT ?s ?p ?o ?quote {
  ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:evidence/oa:exact ?quote FILTER NOT EXISTS { ?claim kg:stance ?stance } }"""
_REVIEWS = "SELECT ?review ?title { ?review schema:itemReviewed/schema:name ?title }"
_AUTHORS = "SELECT ?authorship ?person { ?authorship a kg:Authorship ; schema:author ?person }"


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A thing, by its IRI; `kind` is a value of `KINDS`, `year` is 0 where none is known."""

    iri: str
    kind: str
    label: str
    year: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A fact between two nodes; `predicate` is a word such as `kg:usesMethod`, `sentences` are the passages that state it."""

    source: str
    predicate: str
    target: str
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges, sorted; every edge joins two of the nodes."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def network(store: Store) -> Network:
    """The part of a graph that people look at."""
    nodes = {node.iri: node for node in _nodes(store)}
    return Network(tuple(sorted(nodes.values())), tuple(sorted(_edges(store, nodes))))


def _nodes(store: Store) -> Iterator[Node]:
    kinds = _kinds(store)
    labels = _labels(store)
    years = {triple.subject.value: int(triple.object.value) for triple in store.triples(None, _name("kg:year"))}  # type: ignore[union-attr]
    for iri, kind in kinds.items():
        yield Node(iri, kind, labels.get(iri) or iri.rsplit("/", 1)[-1], years.get(iri, 0))


def _kinds(store: Store) -> dict[str, str]:
    """The kind of each thing.  Concepts of the ontology's own lists are words, not things."""
    found = {}
    for word, kind in KINDS.items():
        for triple in store.triples(None, _name("rdf:type"), _name(word)):
            iri = str(triple.subject.value)  # type: ignore[union-attr]
            if not iri.startswith(PREFIXES["kg"]):
                found[iri] = kind
    return found


def _labels(store: Store) -> dict[str, str]:
    """One name for each thing: the first in the order of the alphabet where there are several."""
    found: dict[str, str] = {}
    for predicate in _LABELS:
        for triple in store.triples(None, _name(predicate)):
            subject, label = str(triple.subject.value), str(triple.object.value)  # type: ignore[union-attr]
            found[subject] = min(label, found.get(subject, label))
    for review, title in _rows(store, _REVIEWS):
        found[review.value] = f"Review of {title.value}"
    return found


def _edges(store: Store, nodes: dict[str, Node]) -> Iterator[Edge]:
    words = {address: prefix for prefix, address in PREFIXES.items()}
    stated, covering = _sentences(store)
    for triple in store:
        source, predicate, target = triple.subject.value, triple.predicate.value, triple.object.value  # type: ignore[union-attr]
        if source in nodes and target in nodes and isinstance(triple.object, ox.NamedNode):
            sentences = stated.get((source, predicate, target)) or covering.get(source, set())
            yield Edge(source, _short(predicate, words), target, tuple(sorted(sentences)))


def _sentences(store: Store) -> tuple[dict[tuple[str, str, str], set[str]], dict[str, set[str]]]:
    """The passages that state each triple, and those that cover all triples of a node."""
    stated: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    covering: dict[str, set[str]] = defaultdict(set)
    authors = {authorship.value: person.value for authorship, person in _rows(store, _AUTHORS)}
    over_object = {_name(word).value for word in _COVERS_OBJECT}
    over_subject = {_name(word).value for word in _COVERS_SUBJECT}
    for subject, predicate, object_, quote in _rows(store, _SENTENCES):
        stated[subject.value, predicate.value, object_.value].add(quote.value)
        if predicate.value in over_subject:
            covering[subject.value].add(quote.value)
        if predicate.value in over_object:
            covering[object_.value].add(quote.value)
        if object_.value in authors:
            stated[subject.value, _name("schema:author").value, authors[object_.value]].add(quote.value)
    return stated, covering


def _rows(store: Store, query: str) -> Iterator[tuple[ox.NamedNode | ox.Literal, ...]]:
    answer = store.query(query)
    assert isinstance(answer, ox.QuerySolutions)
    for solution in answer:
        yield tuple(solution)


def _short(address: str, words: dict[str, str]) -> str:
    cut = max(address.rfind("#"), address.rfind("/")) + 1
    prefix = words.get(address[:cut])
    return f"{prefix}:{address[cut:]}" if prefix else address


def _name(word: str) -> ox.NamedNode:
    prefix, local = word.split(":")
    return ox.NamedNode(PREFIXES[prefix] + local)
