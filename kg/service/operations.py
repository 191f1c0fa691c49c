"""What may be asked of a worker, by name: each gets the opened graph and plain arguments, and gives a reply."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import pyoxigraph as ox

from kg import names, neighbours, queries, sparql
from kg.errors import QueryError
from kg.exporters.rdf import NAMES
from kg.graph import Graph
from kg.identity import BASE
from kg.names import Names
from kg.profile import Statement, profile, rows_of_merges, thing_at
from kg.service import output
from kg.service.reasons import reasons
from kg.service.replies import Reply, as_json, problem
from kg.stores.oxigraph import OxigraphStore
from kg.trust.opened import precisions
from kg.trust.why import as_json as reason_as_json


@dataclass(frozen=True)
class Room:
    """A graph and its store with the name of its state, and the size and rows that an answer may have."""

    graph: Graph
    store: OxigraphStore
    identity: str
    size: int
    rows: int

    @cached_property
    def names(self) -> Names:
        """The names of the graph's things; without a table of them, read from the whole graph once."""
        return self.graph.names()

    @cached_property
    def merges(self) -> list[dict[str, object]]:
        return rows_of_merges(self.graph)

    @cached_property
    def precisions(self) -> dict[str, float]:
        """How often each extractor was right when it was measured."""
        return precisions(self.graph.directory) if self.graph.directory else {}


Operation: TypeAlias = Callable[..., Reply]


def query(room: Room, text: str, default_graphs: list[str], named_graphs: list[str], accept: str) -> Reply:
    """SPARQL in the client's words; graphs that it names take the place of those of the query (SPARQL 1.1 Protocol, section 2.1.4)."""
    dataset = None
    if default_graphs or named_graphs:
        dataset = (tuple(map(sparql.iri, default_graphs)), tuple(map(sparql.iri, named_graphs)))
    answer = room.store.query(text, dataset=dataset) if dataset else room.graph.query(text)
    return output.reply(answer, accept, room.size, room.rows)


def stock(room: Room, name: str, parameters: dict[str, str], accept: str) -> Reply:
    """A stock query by its name."""
    if name not in queries.stock():
        return problem(404, f"no stock query is called {name!r}; /api/queries lists them")
    return output.reply(room.graph.ask(name, **parameters), accept, room.size, room.rows)


def contents(room: Room, graph: str, accept: str) -> Reply:
    """All triples of a graph; an empty `graph` is the default one.  404 for a graph that is not there."""
    inner = room.store.inner
    if graph and not inner.contains_named_graph(sparql.iri(graph)):
        return problem(404, f"there is no graph {graph}; all facts are in the default graph: ?default")
    place: ox.NamedNode | ox.DefaultGraph = sparql.iri(graph) if graph else ox.DefaultGraph()
    return output.graph_reply(lambda file, form: inner.dump(file, form, from_graph=place, prefixes=dict(NAMES)), accept, room.size, room.rows)


def describe(room: Room, iri: str, accept: str) -> Reply:
    """All triples that a thing stands in; what it became if it was merged away; 404 if it is in none."""
    triples = room.graph.describe(iri)
    if moved := _moved(room, iri):
        return moved
    if not triples:
        return problem(404, f"the graph does not know {iri}")
    return output.graph_reply(lambda file, form: ox.serialize(triples, file, form, prefixes=dict(NAMES)), accept, room.size, room.rows)


def entity(room: Room, iri: str) -> Reply:
    """All that is said of a thing, each statement with a sentence; what it became if it was merged away."""
    if moved := _moved(room, iri):
        return moved
    thing = thing_at(room.graph, iri)
    if thing is None:
        return problem(404, f"the graph does not know {iri}")
    told = profile(room.graph, thing)
    statements = [_said(room, statement, sources) for statement, sources in told.statements]
    beside = [{"label": label, "papers": papers} for label, papers in told.neighbours]
    described = {"iri": thing.iri, "kind": thing.kind, "labels": thing.labels, "statements": statements, "beside": beside, "merges": told.merges}
    return as_json(described)


def why(room: Room, subject: str, predicate: str, object_: str) -> Reply:
    """Who says a fact, in which words, and what speaks against it; all facts of a subject and a predicate if there is no object."""
    if moved := _moved(room, subject):
        return moved
    found = reasons(room.store, subject, predicate, object_, room.merges, room.precisions)
    if not found:
        return problem(404, f"no claim says {' '.join((subject, predicate, object_)).strip()}; /api/entity tells what is said of a thing")
    return as_json([reason_as_json(each) for each in found])


def around(room: Room, iri: str, limit: int) -> Reply:
    """The thing, the things that it is joined with, and the facts between it and them."""
    if moved := _moved(room, iri):
        return moved
    found = neighbours.neighbours(room.store, iri, limit)
    if not found.nodes:
        return problem(404, f"the graph does not know {iri}")
    nodes = [{"iri": node.iri, "kind": node.kind, "label": node.label} for node in found.nodes]
    edges = [{"source": e.source, "predicate": e.predicate, "target": e.target, "sentences": e.sentences} for e in found.edges]
    return as_json({"nodes": nodes, "edges": edges, "more": found.more})


def part(room: Room, iri: str) -> Reply:
    """The value of the explorer's page for a thing and what stands around it."""
    from kg.service.part import around  # what lays a page out is loaded by those who are asked for one

    if moved := _moved(room, iri):
        return moved
    value = around(room.store, iri)
    if not value["nodes"]:
        return problem(404, f"the graph does not know {iri}")
    return as_json(value)


def search(room: Room, text: str, kind: str, limit: int) -> Reply:
    """Things that are called so, the best match first."""
    found = (name for name in room.names.containing(text) if kind in ("", name.kind))
    return as_json([{"iri": name.iri, "kind": name.kind, "label": name.label} for name in names.best(found, text)[:limit]])


def state(room: Room) -> Reply:
    """How much there is, for the health page and the service description."""
    return as_json({"graph": room.identity, "triples": len(room.store)})


def _said(room: Room, statement: Statement, sources: int) -> dict[str, object]:
    told = {"relation": statement.relation, "other": statement.other, "iri": statement.address, "sentence": statement.sentence}
    fact = dict(zip(("subject", "predicate", "object"), statement.fact, strict=True))
    documents = sorted(statement.documents)
    titles = [neighbours.label(room.store, ox.NamedNode(document)) or document.removeprefix(BASE) for document in documents]
    return {**told, "documents": documents, "titles": titles, "sources": sources, "fact": fact}


def _moved(room: Room, iri: str) -> Reply | None:
    """301 to the thing that an address was merged into."""
    same = ox.NamedNode("https://schema.org/sameAs")
    if any(True for _ in room.store.triples(_iri(iri))):
        return None
    heirs = sorted(str(t.subject.value) for t in room.store.triples(None, same, _iri(iri)) if isinstance(t.subject, ox.NamedNode))
    return as_json({"iri": heirs[0]}, 301) if heirs else None


def _iri(text: str) -> ox.NamedNode:
    if not text:
        raise QueryError("name the thing by its address: ?iri=https://…")
    return sparql.iri(text)


OPERATIONS: Mapping[str, Operation] = {
    "query": query, "stock": stock, "contents": contents, "describe": describe,
    "entity": entity, "why": why, "neighbours": around, "part": part, "search": search, "state": state,
}  # fmt: skip
