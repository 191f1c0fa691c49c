"""Reads other people's vocabularies as they are published, one name of one concept at a time, so that no file is too long.

Any SKOS in RDF; the Computer Science Ontology (https://cso.kmi.open.ac.uk/downloads) in RDF, or as its CSV of quoted N-Triples; OpenAlex
topics (https://docs.openalex.org/api-entities/topics) as JSON lines of the snapshot, or as the table of topics in CSV.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg.errors import InputError, UnknownFormat
from kg.ontology import PREFIXES
from kg.records.stream import SUFFIXES, beginning, opened

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML, ".owl": ox.RdfFormat.RDF_XML, ".xml": ox.RdfFormat.RDF_XML, ".jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip
_CSO = "http://cso.kmi.open.ac.uk/schema/cso#"
_PREFERRED = frozenset({f"{PREFIXES['skos']}prefLabel", f"{PREFIXES['rdfs']}label"})
_OTHER = frozenset({f"{PREFIXES['skos']}altLabel"})
_INSTEAD = f"{_CSO}preferentialEquivalent"
_OPENALEX = "https://openalex.org/"
_LANGUAGE = re.compile(r"\"?(?:@[A-Za-z-]+|\^\^\S+)?\s*\.?\s*\Z")
_DEEPEST = 200  # triple terms, of which a vocabulary has none: the parser calls itself for each


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a concept; one that is not `preferred`, or in another language than English, is an alternative."""

    concept: str
    label: str
    preferred: bool


@dataclass(frozen=True, slots=True)
class Instead:
    """That a concept only stands for another, whose names its own are."""

    concept: str
    other: str


Said = Name | Instead


def said(path: Path) -> Iterator[Said]:
    """All names that a vocabulary gives, in the order of the file.  `UnknownFormat` lists what is read, `InputError` what is wrong."""
    suffix = next((part.lower() for part in reversed(path.suffixes) if part.lower() not in SUFFIXES), "")
    reader = _rdf(FORMATS[suffix], path) if suffix in FORMATS else _table(beginning(path), path)
    with opened(path) as stream:
        try:
            yield from reader(stream)
        except (SyntaxError, ValueError, KeyError, TypeError, csv.Error) as error:
            raise InputError(str(path), f"is damaged, or not what its beginning says: {error}") from error


def _table(start: str, path: Path) -> Callable[[BinaryIO], Iterator[Said]]:
    if start.lstrip().startswith("{") and '"display_name"' in start:
        return _json_lines
    if start.startswith(('"<http', "<http")):
        return _quoted_triples
    if "topic_id" in start.split("\n", 1)[0] and "topic_name" in start.split("\n", 1)[0]:
        return _topic_table
    raise UnknownFormat(
        str(path), f"is no vocabulary that is known; there are SKOS ({', '.join(FORMATS)}), CSO (RDF, CSV), OpenAlex topics (JSON lines, CSV)"
    )


def _rdf(form: ox.RdfFormat, path: Path) -> Callable[[BinaryIO], Iterator[Said]]:
    def read(stream: BinaryIO) -> Iterator[Said]:
        if form == ox.RdfFormat.RDF_XML and re.search(r"<!(?:DOCTYPE|ENTITY)", beginning(path)):
            raise InputError(str(path), "has a document type or entities, which may grow without end; write it without them")
        for quad in ox.parse(_Flat(stream, path), format=form):  # type: ignore[arg-type]
            if isinstance(quad.subject, ox.NamedNode):
                yield from _told(quad.subject.value, quad.predicate.value, quad.object)

    return read


class _Flat(io.RawIOBase):
    """A stream that ends in an error where triples stand about triples, which bring the parser down when they nest without end."""

    def __init__(self, stream: BinaryIO, path: Path) -> None:
        self.stream, self.path, self.nested = stream, path, 0

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.nested += data.count(b"<<")
        if self.nested > _DEEPEST:
            raise InputError(str(self.path), "has triples about triples, which no vocabulary needs")
        return data


def _told(subject: str, predicate: str, value: object) -> Iterator[Said]:
    if isinstance(value, ox.Literal) and predicate in _PREFERRED | _OTHER:
        english = (value.language or "en").lower().startswith("en")
        yield Name(subject, value.value, predicate in _PREFERRED and english)
    elif isinstance(value, ox.NamedNode) and predicate == _INSTEAD:
        yield Instead(subject, value.value)


def _quoted_triples(stream: BinaryIO) -> Iterator[Said]:
    """Rows of subject, predicate and object as N-Triples write them."""
    for row in csv.reader(_text(stream)):
        if len(row) < 3:
            continue
        subject, predicate, value = (cell.strip() for cell in row[:3])
        node = re.fullmatch(r"<([^>]*)>\s*\.?", value)
        term = ox.NamedNode(node.group(1)) if node else ox.Literal(_LANGUAGE.sub("", value).lstrip('"'))
        yield from _told(subject.strip("<>"), predicate.strip("<>"), term)


def _json_lines(stream: BinaryIO) -> Iterator[Said]:
    for line in _text(stream):
        if line.strip():
            row = json.loads(line)
            yield Name(_openalex(str(row["id"])), str(row["display_name"]), preferred=True)


def _topic_table(stream: BinaryIO) -> Iterator[Said]:
    for row in csv.DictReader(_text(stream)):
        if row["topic_id"] and row["topic_name"]:
            yield Name(_openalex(row["topic_id"]), row["topic_name"], preferred=True)


def _openalex(name: str) -> str:
    """The address of a topic that a table may name by its number alone."""
    return name if "://" in name else f"{_OPENALEX}{name if name.startswith('T') else f'T{name}'}"


def _text(stream: BinaryIO) -> Iterator[str]:
    for number, line in enumerate(stream):
        text = line.decode("utf-8")
        yield text.removeprefix("\ufeff") if number == 0 else text
