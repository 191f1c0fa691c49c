"""The doors: what a reader, annotator, extractor, store and exporter must offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol, TypeAlias

import pyoxigraph

from kg.model import Document, Finding, Layer, Mark
from kg.sparql import Node, Parameter

Answer: TypeAlias = pyoxigraph.QuerySolutions | pyoxigraph.QueryTriples | pyoxigraph.QueryBoolean


class Reader(Protocol):
    """Bytes of one format to a document with its blocks and inline marks."""

    name: str
    media_types: tuple[str, ...]
    suffixes: tuple[str, ...]

    def claims(self, text: str) -> float:
        """How sure the reader is, from 0 to 1, that a text of unknown name is of its format."""

    def read(self, data: bytes, locator: str) -> Document:
        """Raises `InputError` naming the place when the bytes are not of the format."""


class Annotator(Protocol):
    """A document to one more layer.  `requires` and `provides` are classes of marks; the order of work follows from them."""

    @property
    def name(self) -> str: ...

    @property
    def requires(self) -> tuple[type[Mark], ...]: ...

    @property
    def provides(self) -> type[Mark]: ...

    def __call__(self, document: Document) -> Layer: ...


class Extractor(Protocol):
    """A document to facts and refusals.  `version` changes whenever the results may."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def requires(self) -> tuple[type[Mark], ...]: ...

    def __call__(self, document: Document) -> Iterator[Finding]: ...


class Store(Protocol):
    """A place that holds triples, all in its default graph, and answers SPARQL 1.1.  Its terms are those of pyoxigraph."""

    def load(self, triples: Iterable[pyoxigraph.Triple]) -> None:
        """Adds triples."""

    def query(self, query: str, parameters: Mapping[str, Parameter] | None = None) -> Answer:
        """Answers a query, its projected variables bound to `parameters`.  `QueryError` if it is wrong or not allowed."""

    def triples(
        self, subject: pyoxigraph.NamedNode | None = None, predicate: pyoxigraph.NamedNode | None = None, object_: Node | None = None
    ) -> Iterator[pyoxigraph.Triple]:
        """Triples that match; `None` matches all."""

    def __iter__(self) -> Iterator[pyoxigraph.Triple]: ...

    def __len__(self) -> int: ...


class StoreKind(Protocol):
    """One kind of store: how it is opened for reading and how a new one is made.  A place is a path, or an address of a server."""

    name: str

    def open(self, place: str | Path) -> Store:
        """`GraphError` if there is none, or it is damaged or in use."""

    def create(self, place: str | Path) -> Store:
        """A new, empty store.  `GraphError` if the place is taken."""


class Exporter(Protocol):
    """A graph to one product.  `suffix` names the file when no path is given; `media_type` names what it holds.

    `export` gives the bytes in order, the same for the same graph; who calls it puts them into a file or a pipe.
    """

    name: str
    suffix: str
    media_type: str
    summary: str

    def export(self, store: Store) -> Iterator[bytes]:
        """`ExportError` if the graph cannot be written so."""
