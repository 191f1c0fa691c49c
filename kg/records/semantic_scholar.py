"""Semantic Scholar's papers: its datasets (a JSON object a line) or its web interface (https://api.semanticscholar.org/api-docs/)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.records.jsonvalues import values
from kg.records.record import Author, Head, Record, identifiers, tidy, year


class SemanticScholar:
    """Reads papers; the two sources write the names of fields in capitals or without."""

    name = "semantic-scholar"

    def claims(self, beginning: str) -> bool:
        return '"paperId"' in beginning or '"corpusid"' in beginning

    def heads(self, stream: BinaryIO) -> Iterator[Head]:
        for raw in values(stream):
            if isinstance(raw.get("title"), str) and _key(raw):
                yield Head(raw["title"], _names(raw), raw)

    def record(self, raw: Any, origin: str) -> Record | None:
        title, key = tidy(raw["title"]), _key(raw)
        people = tuple(Author(tidy(person.get("name"))) for person in raw.get("authors") or () if person.get("name"))
        url = f"https://www.semanticscholar.org/paper/{key}" if raw.get("paperId") else f"https://api.semanticscholar.org/CorpusID:{key}"
        return Record("Semantic Scholar", key, title, people, year(raw.get("year")), tidy(raw.get("venue")), _names(raw), url) if title else None


def _key(raw: dict[str, Any]) -> str:
    return tidy(raw.get("paperId") or raw.get("corpusid"))


def _names(raw: dict[str, Any]) -> tuple[str, ...]:
    known = raw.get("externalIds") or raw.get("externalids") or {}
    number = known.get("ArXiv")
    return identifiers(known.get("DOI"), f"arxiv:{number}" if number else None)
