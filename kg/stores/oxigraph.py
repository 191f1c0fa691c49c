"""Oxigraph inside this process: a directory on disk, or memory alone.

A directory that is opened is opened for reading, so any number of processes can.  Only a new one is ever written, because a graph
is built aside and swapped in whole; so nobody waits for a lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg import sparql
from kg.errors import GraphError, QueryError
from kg.identity import BASE
from kg.ontology import PREFIXES
from kg.protocols import Answer


class OxigraphStore:
    """Triples in the default graph of an Oxigraph store.  `inner` is the store of pyoxigraph itself, `place` its directory if it has one."""

    def __init__(self, inner: ox.Store | None = None, place: Path | None = None) -> None:
        self.inner = ox.Store() if inner is None else inner
        self.place = place

    def load(self, triples: Iterable[ox.Triple]) -> None:
        """Adds triples in bulk.  `GraphError` if the disk does not take them."""
        try:
            self.inner.bulk_extend(ox.Quad(*triple) for triple in triples)
        except OSError as error:
            raise GraphError(f"the store cannot be written: {error}; free some space and build again") from error

    def query(self, query: str, parameters: Mapping[str, sparql.Parameter] | None = None, dataset: sparql.Dataset | None = None) -> Answer:
        """Answers SPARQL 1.1; the ontology's prefixes need not be declared, and `<paper/…>` is the thing of that address.

        `parameters` bind variables that the query projects; `dataset` takes the place of the graphs that the query names.
        `QueryError` if the query is wrong or not allowed.
        """
        sparql.check(query)
        default, named = (
            (list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph](dataset[0]), list[ox.NamedNode | ox.BlankNode](dataset[1]))
            if dataset
            else (None, None)
        )
        try:
            terms = sparql.substitutions(parameters or {}) or None
            return self.inner.query(query, base_iri=BASE, prefixes=PREFIXES, substitutions=terms, default_graph=default, named_graphs=named)
        except SyntaxError as error:
            raise QueryError(f"the query is not SPARQL: {error}") from error
        except (OSError, RuntimeError, ValueError) as error:
            if isinstance(error, OSError) or "Corruption" in str(error):
                raise _damaged(self.place, error) from error
            raise QueryError(f"the query cannot be answered: {error}") from error

    def triples(
        self, subject: ox.NamedNode | None = None, predicate: ox.NamedNode | None = None, object_: sparql.Node | None = None
    ) -> Iterator[ox.Triple]:
        """Triples that match; `None` matches all.  `GraphError` if the files are damaged."""
        try:
            for quad in self.inner.quads_for_pattern(subject, predicate, object_, ox.DefaultGraph()):
                yield quad.triple
        except (OSError, RuntimeError) as error:
            raise _damaged(self.place, error) from error

    def __iter__(self) -> Iterator[ox.Triple]:
        return self.triples()

    def __len__(self) -> int:
        return len(self.inner)


class OnDisk:
    """Opens and makes stores that are directories."""

    name = "oxigraph"

    def open(self, place: str | Path) -> OxigraphStore:
        """A store to read.  `GraphError` if it is absent, in use by a writer, or damaged."""
        path = Path(place)
        try:
            store = OxigraphStore(ox.Store.read_only(str(path)), path)
        except FileNotFoundError as error:
            if path.exists():
                raise _damaged(path, error) from error
            raise GraphError(f"{path} is not there; run `kg build` to make a graph") from error
        except (OSError, RuntimeError) as error:
            raise _refused(path, error) from error
        # A list of files that was cut short reads as an older one, of a time when nothing was in the store; an empty store has one file.
        if next(store.inner.quads_for_pattern(None, None, None, None), None) is None and len(list(path.glob("*.sst"))) > 1:
            raise _damaged(path, "its list of files does not name the files that it has")
        return store

    def create(self, place: str | Path) -> OxigraphStore:
        """A new store to fill.  `GraphError` unless the place is absent or an empty directory."""
        path = Path(place)
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise GraphError(f"{path} is not empty; a store is only made in a new place")
        try:
            return OxigraphStore(ox.Store(str(path)), path)
        except (OSError, RuntimeError) as error:
            raise _refused(path, error) from error


class InMemory:
    """Makes stores that live as long as the process, empty or read from an RDF file."""

    name = "memory"

    def open(self, place: str | Path) -> OxigraphStore:
        """All triples of an RDF file, whatever graph they stand in.  `GraphError` if it cannot be read."""
        store = OxigraphStore()
        try:
            store.load(quad.triple for quad in ox.parse(path=str(place)))
        except (OSError, SyntaxError, ValueError) as error:
            raise GraphError(f"{place} cannot be read as RDF: {error}") from error
        return store

    def create(self, place: str | Path) -> OxigraphStore:
        return OxigraphStore()


def _refused(path: Path, error: Exception) -> GraphError:
    if "LOCK" in str(error):
        return GraphError(f"{path} is being written by another process; wait for it, or build into another directory")
    return _damaged(path, error)


def _damaged(place: Path | None, reason: object) -> GraphError:
    return GraphError(f"the store {place or 'in memory'} is damaged: {reason}; remove it and run `kg build` again, what was read is kept")
