"""The doors: what a reader, annotator, extractor, store and exporter must offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kg.model import Document, Finding, Layer, Mark

if TYPE_CHECKING:
    import pyoxigraph


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

    name: str
    requires: tuple[type[Mark], ...]
    provides: type[Mark]

    def __call__(self, document: Document) -> Layer: ...


class Extractor(Protocol):
    """A document to facts and refusals.  `version` changes whenever the results may."""

    name: str
    version: str
    requires: tuple[type[Mark], ...]

    def __call__(self, document: Document) -> Iterator[Finding]: ...


class Store(Protocol):
    """A place that holds triples and answers SPARQL."""

    def load(self, triples: Iterable["pyoxigraph.Triple"]) -> None: ...

    def query(self, query: str, **options: Any) -> Any: ...

    def __len__(self) -> int: ...


class Exporter(Protocol):
    """A graph to one file.  `suffix` names the file when no path is given; `media_type` names what it holds."""

    name: str
    suffix: str
    media_type: str
    summary: str

    def export(self, store: Store, path: Path) -> None: ...
