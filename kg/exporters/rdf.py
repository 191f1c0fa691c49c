"""The whole graph in the line and Turtle formats of RDF, sorted, so that the same graph gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg import sparql
from kg.ontology import PREFIXES
from kg.protocols import Store

_ID = "https://w3id.org/paperkg/id/"
_KINDS = ("authorship", "award", "claim", "doc", "event", "extractor", "list", "org", "paper", "person", "result", "review", "topic", "venue")
NAMES = PREFIXES | {kind: f"{_ID}{kind}/" for kind in _KINDS}
_PREFIX_USED = re.compile(rb"(?:^|[\s^])([a-z]+):")
_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")
_EVIDENCE = ox.NamedNode(f"{PREFIXES['kg']}evidence")
_SOURCE = ox.NamedNode(f"{PREFIXES['oa']}hasSource")


class NTriples:
    """One triple a line, in the order of the alphabet: good for comparing two graphs."""

    name = "ntriples"
    suffix = ".nt"
    media_type = "application/n-triples"
    summary = "RDF, one triple a line, sorted"

    def export(self, store: Store) -> Iterator[bytes]:
        lines = serialized(store, ox.RdfFormat.N_TRIPLES).splitlines(keepends=True)
        yield b"".join(sorted(lines))


class Turtle:
    """The graph for people to read."""

    name = "turtle"
    suffix = ".ttl"
    media_type = "text/turtle"
    summary = "RDF, readable"

    def export(self, store: Store) -> Iterator[bytes]:
        yield turtle(store)


class NQuads:
    """Facts in the default graph, the claims and passages of each document in a graph that the document names."""

    name = "nquads"
    suffix = ".nq"
    media_type = "application/n-quads"
    summary = "RDF, one quad a line, evidence in a graph for each document"

    def export(self, store: Store) -> Iterator[bytes]:
        lines = serialized(by_document(store), ox.RdfFormat.N_QUADS).splitlines(keepends=True)
        yield b"".join(sorted(lines))


class TriG:
    """The same quads as `NQuads`, for people to read."""

    name = "trig"
    suffix = ".trig"
    media_type = "application/trig"
    summary = "RDF, readable, evidence in a graph for each document"

    def export(self, store: Store) -> Iterator[bytes]:
        quads = sorted(by_document(store), key=lambda quad: (str(quad.graph_name), *_order(quad.triple)))
        yield _ordered_prefixes(serialized(quads, ox.RdfFormat.TRIG, NAMES))


def turtle(triples: Iterable[ox.Triple], names: Mapping[str, str] = NAMES) -> bytes:
    """Turtle with the ontology's prefixes, subjects in order and each begun by its type."""
    return _ordered_prefixes(serialized(sorted(triples, key=_order), ox.RdfFormat.TURTLE, names))


def serialized(data: Iterable[ox.Triple] | Iterable[ox.Quad], form: ox.RdfFormat, names: Mapping[str, str] | None = None) -> bytes:
    """The bytes of a format, in the order of `data`."""
    found = ox.serialize(data, format=form, prefixes=dict(names) if names else None)
    assert found is not None
    return found


def by_document(store: Store) -> Iterator[ox.Quad]:
    """Claims and passages with the document that they come from as their graph; all else in the default graph."""
    documents: dict[sparql.Node, ox.NamedNode] = {}
    for triple in store.triples(None, _SOURCE):
        if isinstance(triple.object, ox.NamedNode):
            documents[triple.subject] = triple.object
    for triple in store.triples(None, _EVIDENCE):
        if triple.object in documents:
            documents[triple.subject] = documents[triple.object]
    for triple in store:
        yield ox.Quad(triple.subject, triple.predicate, triple.object, documents.get(triple.subject, ox.DefaultGraph()))


def _order(triple: ox.Triple) -> tuple[str, bool, str, str]:
    return str(triple.subject), triple.predicate != _TYPE, triple.predicate.value, str(triple.object)


def _ordered_prefixes(data: bytes) -> bytes:
    """The prefixes that are used, in order: the serializer writes all of them in no fixed order."""
    lines = data.splitlines(keepends=True)
    count = next((index for index, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    body = b"".join(lines[count:])
    used = set(_PREFIX_USED.findall(body))
    return b"".join([*sorted(line for line in lines[:count] if line.split(b":")[0][8:] in used), b"\n", body])
