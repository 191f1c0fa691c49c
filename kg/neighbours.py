"""What stands around one thing: the things that it is joined with, and the sentences behind each edge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from kg import sparql
from kg.network import KINDS, Edge, Node
from kg.ontology import PREFIXES
from kg.protocols import Store

_WORDS = {f"{PREFIXES[word.split(':')[0]]}{word.split(':')[1]}": kind for word, kind in KINDS.items()}
_ORDER = list(_WORDS)
_SHORT = {address: prefix for prefix, address in PREFIXES.items()}
_LABELS = tuple(ox.NamedNode(f"{PREFIXES[prefix]}{word}") for prefix, word in (("skos", "prefLabel"), ("schema", "name"), ("kg", "nameAsWritten")))
_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")
_SUBJECT, _PREDICATE, _OBJECT = (ox.NamedNode(f"{PREFIXES['rdf']}{word}") for word in ("subject", "predicate", "object"))
_EVIDENCE, _EXACT = ox.NamedNode(f"{PREFIXES['kg']}evidence"), ox.NamedNode(f"{PREFIXES['oa']}exact")
_SENTENCES = 3
_FEW = 500


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The thing itself is the first of `nodes`; `more` tells that there are edges beyond the limit."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    more: bool


def neighbours(store: Store, iri: str, limit: int) -> Surroundings:
    """At most `limit` edges of a thing, in a fixed order; nothing for an address that the graph does not know as a thing."""
    centre = sparql.iri(iri)
    node = _node(store, centre)
    if node is None:
        return Surroundings((), (), more=False)
    nodes, edges = {iri: node}, []
    found = list(islice(_edges(store, centre), limit + 1))
    for triple, other in found[:limit]:
        nodes.setdefault(other.iri, other)
        source, target = (iri, other.iri) if triple.subject == centre else (other.iri, iri)
        edges.append(Edge(source, _word(triple.predicate.value), target, sentences(store, triple)))
    return Surroundings(tuple(nodes.values()), tuple(edges), more=len(found) > limit)


def sentences(store: Store, triple: ox.Triple) -> tuple[str, ...]:
    """Some of the passages that state a triple."""
    found = set()
    for claim in _claims(store, triple):
        if all(_has(store, claim, *part) for part in ((_SUBJECT, triple.subject), (_PREDICATE, triple.predicate), (_OBJECT, triple.object))):
            passages = (evidence.object for evidence in store.triples(claim, _EVIDENCE) if isinstance(evidence.object, ox.NamedNode))
            found |= {quote.object.value for passage in passages for quote in store.triples(passage, _EXACT) if isinstance(quote.object, ox.Literal)}
        if len(found) >= _SENTENCES:
            break
    return tuple(sorted(found))


def _claims(store: Store, triple: ox.Triple) -> Iterator[ox.NamedNode]:
    """Claims that may be of a triple: those on its subject, or those on its object where that has less to look through."""
    found: list[ox.Triple] = []
    for predicate, term in ((_SUBJECT, triple.subject), (_OBJECT, triple.object)):
        found = list(islice(store.triples(None, predicate, term), _FEW + 1))
        if len(found) <= _FEW:
            break
    else:
        found = list(store.triples(None, _SUBJECT, triple.subject))
    return (claim.subject for claim in found if isinstance(claim.subject, ox.NamedNode))


def label(store: Store, node: ox.NamedNode) -> str:
    """A thing's name, the first in the order of the alphabet where it has several; empty if it has none."""
    names = (triple.object.value for predicate in _LABELS for triple in store.triples(node, predicate) if isinstance(triple.object, ox.Literal))
    return min(names, default="")


def _edges(store: Store, centre: ox.NamedNode) -> Iterator[tuple[ox.Triple, Node]]:
    """Facts that join the thing with another; what no reader would name, such as a claim, is no thing."""
    for triple in sorted(store.triples(centre), key=str):
        if isinstance(triple.object, ox.NamedNode) and triple.object != centre and (other := _node(store, triple.object)):
            yield triple, other
    for triple in store.triples(None, None, centre):
        if isinstance(triple.subject, ox.NamedNode) and triple.subject != centre and (other := _node(store, triple.subject)):
            yield triple, other


def _node(store: Store, node: ox.NamedNode) -> Node | None:
    classes = {str(triple.object.value) for triple in store.triples(node, _TYPE) if isinstance(triple.object, ox.NamedNode)}
    kinds = [address for address in _ORDER if address in classes]
    if not kinds or node.value.startswith(PREFIXES["kg"]):
        return None
    return Node(node.value, _WORDS[kinds[-1]], label(store, node) or node.value.rsplit("/", 1)[-1])


def _has(store: Store, subject: ox.NamedNode, predicate: ox.NamedNode, object_: sparql.Node) -> bool:
    return any(True for _ in store.triples(subject, predicate, object_))


def _word(address: str) -> str:
    cut = max(address.rfind("#"), address.rfind("/")) + 1
    prefix = _SHORT.get(address[:cut])
    return f"{prefix}:{address[cut:]}" if prefix else address
