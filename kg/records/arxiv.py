"""arXiv's metadata snapshot: a JSON object a line (https://www.kaggle.com/datasets/Cornell-University/arxiv)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.records import tex
from kg.records.jsonvalues import values
from kg.records.record import Author, Head, Record, identifiers, tidy, year


class ArxivSnapshot:
    """Reads the snapshot; the year is that of the first version, or of the journal where that is given."""

    name = "arxiv"

    def claims(self, beginning: str) -> bool:
        return '"authors_parsed"' in beginning

    def heads(self, stream: BinaryIO) -> Iterator[Head]:
        for raw in values(stream):
            name = raw.get("id")
            if isinstance(name, str) and isinstance(raw.get("title"), str):
                yield Head(tex.rough(raw["title"]), (f"arxiv:{name.lower()}", *(identifiers(raw["doi"]) if raw.get("doi") else ())), raw)

    def record(self, raw: Any, origin: str) -> Record | None:
        name, journal = tidy(raw["id"]), tidy(raw.get("journal-ref"))
        title = tidy(tex.plain(raw["title"]))
        people = tuple(Author(tidy(tex.plain(_name(parts)))) for parts in raw.get("authors_parsed") or () if any(parts))
        versions = raw.get("versions") or [{}]
        when = year(journal) or year(versions[0].get("created")) or year(raw.get("update_date"))
        names = identifiers(f"arxiv:{name}", raw.get("doi"))
        return Record("arXiv", name, title, people, when, journal, names, f"https://arxiv.org/abs/{name}") if title else None


def _name(parts: list[str]) -> str:
    family, given, suffix = (*parts, "", "", "")[:3]
    return " ".join(part for part in (given, family, suffix) if part)
