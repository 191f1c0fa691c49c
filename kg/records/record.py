"""What a catalogue says of one paper, and the plain text that stands for it in the graph.

Catalogues publish records in formats that are no text for people (JSON, XML, BibTeX).  A record therefore gets one text, a line for
each value, and every fact that it gives has such a line for its passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple, Protocol

from kg import identity
from kg.model import Span


@dataclass(frozen=True, slots=True)
class Author:
    """A name as the catalogue writes it; `orcid` is the bare identifier with its hyphens, or ""."""

    name: str
    orcid: str = ""
    affiliations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A paper as one catalogue has it.  `identifiers` are `doi:…`, `arxiv:…`, `openalex:W…`; `whole` tells that no author is left out."""

    catalogue: str
    key: str
    title: str
    authors: tuple[Author, ...] = ()
    year: int | None = None
    venue: str = ""
    identifiers: tuple[str, ...] = ()
    url: str = ""
    whole: bool = True


class Head(NamedTuple):
    """As much of a record as it takes to see whether anybody wants it; `raw` is what its format makes a record of."""

    title: str
    identifiers: tuple[str, ...]
    raw: Any


class Format(Protocol):
    """One format of records, told by what its files hold."""

    @property
    def name(self) -> str: ...

    def claims(self, beginning: str) -> bool:
        """Whether a file that begins so (some 64,000 characters, in UTF-8) is of this format."""

    def heads(self, stream: BinaryIO) -> Iterator[Head]:
        """Every record, in the order of the file; memory does not grow with the file."""

    def record(self, raw: Any, origin: str) -> Record | None:
        """The record of a head; `origin` names files that are no catalogue's.  None if it has no title."""


class Lines:
    """The text of a record, grown line by line."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, label: str, value: str) -> Span:
        """Adds `label: value` and tells where it stands."""
        start = len(self.text)
        self.text += f"{label}: {value}\n"
        return Span(start, len(self.text) - 1)


def tidy(text: object) -> str:
    """One line, without control characters and doubled spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(text)).split()) if isinstance(text, str | int) else ""


def orcid(text: object) -> str:
    """The bare identifier out of an address or a text (https://support.orcid.org/hc/en-us/articles/360006897674)."""
    found = re.search(r"\b(\d{4}-\d{4}-\d{4}-\d{3}[\dX])\b", text) if isinstance(text, str) else None
    return found.group(1) if found else ""


def identifiers(*texts: object) -> tuple[str, ...]:
    """DOIs and arXiv numbers in addresses and fields, sorted; arXiv's own DOIs are its numbers (https://info.arxiv.org/help/doi.html)."""
    found = set()
    for text in texts:
        if not isinstance(text, str):
            continue
        if number := identity.arxiv_id(text):
            found.add(f"arxiv:{number}")
        elif name := identity.doi(text):
            found.add(f"arxiv:{name.split('arxiv.', 1)[1]}" if name.startswith("10.48550/arxiv.") else f"doi:{name}")
    return tuple(sorted(found))


def year(text: object) -> int | None:
    """The first year from 1900 to 2099 in a text or number."""
    found = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", str(text)) if isinstance(text, str | int) else None
    return int(found.group()) if found else None
