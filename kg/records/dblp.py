"""dblp's XML, one element for a publication (https://dblp.org/xml/docu/dblpxml.pdf)."""

from __future__ import annotations

import html.entities
import re
from collections import deque
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.parsers import expat

from kg.errors import InputError
from kg.records.record import Author, Head, Record, identifiers, orcid, tidy, year

_PUBLICATIONS = frozenset("article inproceedings incollection book phdthesis mastersthesis".split())
_FIELDS = frozenset("author title year journal booktitle ee".split())
_PIECE = 1 << 20  # bytes at a time


class Dblp:
    """Reads publications; the entities of dblp's DTD are those of HTML, so that the DTD itself is not needed."""

    name = "dblp"

    def claims(self, beginning: str) -> bool:
        return "<dblp" in beginning or "dblp.dtd" in beginning

    def heads(self, stream: BinaryIO) -> Iterator[Head]:
        reading = _Reading()
        while piece := stream.read(_PIECE):
            yield from reading.publications(piece)

    def record(self, raw: Any, origin: str) -> Record | None:
        title = tidy(_joined(raw, "title")).removesuffix(".")
        # Namesakes have a number after their name: `Wei Wang 0001`.
        people = tuple(
            Author(re.sub(r"\s+\d{4}$", "", tidy(name)), orcid(attributes.get("orcid"))) for tag, attributes, name in raw["fields"] if tag == "author"
        )
        venue = tidy(_joined(raw, "journal") or _joined(raw, "booktitle"))
        key = raw["key"]
        # CoRR is arXiv under its older name: a preprint has not been published anywhere.
        venue = "" if venue == "CoRR" else venue
        return Record("dblp", key, title, people, year(_joined(raw, "year")), venue, _names(raw), f"https://dblp.org/rec/{key}") if title else None


class _Reading:
    """Publications out of pieces of the file."""

    def __init__(self) -> None:
        self.found: deque[Head] = deque()
        self.publication: dict[str, Any] | None = None
        self.field: list[str] | None = None
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.UseForeignDTD(True)  # noqa: FBT003 - so that entities which nobody defined are told, not refused
        self.parser.ExternalEntityRefHandler = lambda *_: 1
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.SkippedEntityHandler = self._entity

    def publications(self, piece: bytes) -> Iterator[Head]:
        try:
            self.parser.Parse(piece)
        except expat.ExpatError as error:
            raise InputError("dblp", f"is broken XML: {error}; fetch it again") from error
        while self.found:
            yield self.found.popleft()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _PUBLICATIONS:
            self.publication = {"key": attributes.get("key", ""), "fields": []}
        elif self.publication is not None and tag in _FIELDS:
            self.field = []
            self.publication["fields"].append((tag, attributes, self.field))

    def _end(self, tag: str) -> None:
        if self.publication is None:
            return
        if tag in _FIELDS and self.field is not None:
            name, attributes, parts = self.publication["fields"][-1]
            self.publication["fields"][-1] = (name, attributes, "".join(parts))
            self.field = None
        elif tag in _PUBLICATIONS:
            if title := _joined(self.publication, "title"):
                self.found.append(Head(title, _names(self.publication), self.publication))
            self.publication = None

    def _text(self, text: str) -> None:
        if self.field is not None:
            self.field.append(text)

    def _entity(self, name: str, parameter: bool) -> None:
        if self.field is not None and not parameter:
            self.field.append(html.entities.html5.get(f"{name};", ""))


def _joined(raw: dict[str, Any], tag: str) -> str:
    return next((value for name, _, value in raw["fields"] if name == tag), "")


def _names(raw: dict[str, Any]) -> tuple[str, ...]:
    return identifiers(*(value for name, _, value in raw["fields"] if name == "ee"))
