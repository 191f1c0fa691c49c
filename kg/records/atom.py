"""arXiv's web interface: an Atom feed of papers (https://info.arxiv.org/help/api/user-manual.html)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.errors import InputError
from kg.records import tex
from kg.records.record import Author, Head, Record, identifiers, tidy, year

_ATOM, _ARXIV = "{http://www.w3.org/2005/Atom}", "{http://arxiv.org/schemas/atom}"


class ArxivFeed:
    """Reads the entries of a feed."""

    name = "arxiv-feed"

    def claims(self, beginning: str) -> bool:
        return "<feed" in beginning and "arxiv.org" in beginning

    def heads(self, stream: BinaryIO) -> Iterator[Head]:
        try:
            feed = ET.fromstring(stream.read())  # noqa: S314 - expat limits what entities may grow to
        except ET.ParseError as error:
            raise InputError("arXiv", f"answers something that is no Atom feed: {error}; try again later") from error
        for entry in feed.iter(f"{_ATOM}entry"):
            if "/abs/" in entry.findtext(f"{_ATOM}id", ""):
                names = identifiers(entry.findtext(f"{_ATOM}id"), entry.findtext(f"{_ARXIV}doi"))
                yield Head(tex.rough(entry.findtext(f"{_ATOM}title", "")), names, entry)

    def record(self, raw: Any, origin: str) -> Record | None:
        names = identifiers(raw.findtext(f"{_ATOM}id"), raw.findtext(f"{_ARXIV}doi"))
        number = next(name for name in names if name.startswith("arxiv:")).removeprefix("arxiv:")
        people = tuple(
            Author(
                tidy(author.findtext(f"{_ATOM}name")), "", tuple(tidy(place.text) for place in author.findall(f"{_ARXIV}affiliation") if place.text)
            )
            for author in raw.findall(f"{_ATOM}author")
        )
        journal = tidy(raw.findtext(f"{_ARXIV}journal_ref"))
        title = tidy(tex.plain(raw.findtext(f"{_ATOM}title", "")))
        when = year(journal) or year(raw.findtext(f"{_ATOM}published"))
        return Record("arXiv", number, title, people, when, journal, names, f"https://arxiv.org/abs/{number}") if title else None
