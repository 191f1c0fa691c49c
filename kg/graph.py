"""A graph that was built, opened for reading: queries, papers, networkx and rdflib over one store."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import ordering, queries, registry, sparql
from kg.errors import GraphError
from kg.manifest import FORMAT, NAME
from kg.names import Names
from kg.network import Network, network
from kg.papers import PaperRow, papers
from kg.protocols import Answer, Store
from kg.queries import StockQuery
from kg.sparql import Parameter
from kg.tables import FOLDER, Tables

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

CHILDREN = ("graph", "exports")
TRIES = 20  # a build takes longer than opening a graph, so that two in a row are rare already


@dataclass(frozen=True, slots=True)
class Graph:
    """A store with what people ask of it.  `directory` is None for a graph that was not built into one."""

    store: Store
    directory: Path | None = None

    def query(self, sparql: str, **parameters: Parameter) -> Answer:
        """Answers SPARQL 1.1.  A variable that the query projects can be bound: `graph.query(text, topic="CLAP")`.

        Gives solutions (`for row in answer: row["title"].value`), triples, or a truth value, as pyoxigraph does.
        """
        stock = queries.by_text(sparql)
        return self._prepared(stock, parameters) if stock else self.store.query(sparql, parameters)

    def ask(self, name: str, **parameters: str | int) -> Answer:
        """Answers a stock query: `graph.ask("papers-by-method", method="CLAP")`; `kg queries` lists them."""
        found = queries.find(name)
        return self._prepared(found, found.bind(parameters))

    def _prepared(self, stock: StockQuery, terms: Mapping[str, Parameter]) -> Answer:
        """The answer to a stock query, by what the build prepared for it where it did."""
        if self.directory is None:
            return self.store.query(stock.text, terms)
        tables = Tables(self.directory / FOLDER)
        kept = tables.answer(stock, terms)
        return kept if kept is not None else ordering.ask(self.store, tables.narrowed(stock, terms), terms)

    def papers(self) -> tuple[PaperRow, ...]:
        """All papers, in the order of their titles."""
        return papers(self.store)

    def network(self) -> Network:
        """Nodes and edges without claims and passages, each edge with the sentences that state it."""
        return network(self.store)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The network for graph algorithms: nodes have kind, label and year; edges have predicate and sentences."""
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        found = self.network()
        for node in found.nodes:
            graph.add_node(node.iri, kind=node.kind, label=node.label, year=node.year)
        for edge in found.edges:
            graph.add_edge(edge.source, edge.target, key=edge.predicate, predicate=edge.predicate, sentences=edge.sentences)
        return graph

    def names(self) -> Names:
        """All names of all things, to look them up: from the table that the build made, else from the whole graph."""
        kept = Tables(self.directory / FOLDER).names if self.directory else None
        return kept or Names.of(self.store)

    def rdflib(self) -> rdflib.Graph:
        """The same store as an rdflib Graph, to read; `GraphError` if it is not an Oxigraph store.

        Queries asked of it do not pass the checks of `query`: ask it only what you wrote.
        """
        from oxrdflib import OxigraphStore
        from rdflib import Graph as RdflibGraph
        from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

        inner = getattr(self.store, "inner", None)
        if not isinstance(inner, ox.Store):
            raise GraphError("only an Oxigraph store can be seen through rdflib; export Turtle and load that")
        return RdflibGraph(store=OxigraphStore(store=inner), identifier=DATASET_DEFAULT_GRAPH_ID)

    def describe(self, iri: str) -> tuple[ox.Triple, ...]:
        """All triples that a thing stands in, sorted; claims about it are among them."""
        node = sparql.iri(iri)
        triples = {*self.store.triples(node), *self.store.triples(None, None, node)}
        return tuple(sorted(triples, key=str))


def open_graph(directory: str | os.PathLike[str] | None = None) -> Graph:
    """Opens a graph that `kg build` made.

    Without a directory: `$KG_GRAPH`, else the graph directory in or above the working directory.  `GraphError` if there is none.
    """
    found = find(directory)
    for _ in range(TRIES):
        before = _state(found)
        try:
            store = registry.plugin("store", "oxigraph").open(found / "store")
        except GraphError:
            if _state(found) == before:
                raise
            continue
        if _state(found) == before:  # otherwise its files may be of two graphs, one of which took the place of the other meanwhile
            return Graph(store, found)
    raise GraphError(f"{found} is replaced all the time; wait for the builds to end")


def _state(directory: Path) -> tuple[int, int] | None:
    """Changes when another graph takes the place."""
    try:
        about = (directory / NAME).stat()
    except OSError:
        return None
    return about.st_ino, about.st_mtime_ns


def find(directory: str | os.PathLike[str] | None = None) -> Path:
    """The directory of a graph; `GraphError` says how to make one."""
    named = directory if directory is not None else os.environ.get("KG_GRAPH")
    if named:
        path = Path(named)
        if not _is_graph(path):
            raise GraphError(f"{path} is not a graph; make one with `kg build PATH… --out {path}`")
        return path
    here = Path.cwd()
    for place in (here, *here.parents):
        for path in (place, *(place / child for child in CHILDREN)):
            if _is_graph(path):
                return path
    raise GraphError(f"no graph in or above {here}; make one with `kg build PATH…`, or name one with --graph or $KG_GRAPH")


def _is_graph(directory: Path) -> bool:
    """Whether a directory holds the manifest of a graph; `GraphError` if another version of its format made it."""
    try:
        manifest = json.loads((directory / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if not isinstance(manifest, dict) or "format" not in manifest:
        return False
    if manifest["format"] != FORMAT:
        raise GraphError(f"{directory} has format {manifest['format']}, this version reads {FORMAT}; build it again with `kg build`")
    return True
