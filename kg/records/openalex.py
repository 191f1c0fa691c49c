"""OpenAlex works, of its snapshot (a JSON object a line) or its web interface (https://docs.openalex.org/api-entities/works/work-object)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.records.jsonvalues import values
from kg.records.record import Author, Head, Record, identifiers, orcid, tidy, year


class OpenAlex:
    """Reads works; an author list that OpenAlex cut short is not whole."""

    name = "openalex"

    def claims(self, beginning: str) -> bool:
        return "https://openalex.org/W" in beginning and '"authorships"' in beginning

    def heads(self, stream: BinaryIO) -> Iterator[Head]:
        for raw in values(stream):
            title = raw.get("title") or raw.get("display_name")
            if isinstance(title, str) and isinstance(raw.get("id"), str):
                yield Head(title, _names(raw), raw)

    def record(self, raw: Any, origin: str) -> Record | None:
        title = tidy(raw.get("title") or raw.get("display_name"))
        source = (raw.get("primary_location") or {}).get("source") or {}
        venue = tidy(source.get("display_name")) if source.get("type") in ("journal", "conference", "book series") else ""
        people = tuple(map(_author, raw.get("authorships") or ()))
        number = raw["id"].rsplit("/", 1)[-1]
        whole = not raw.get("is_authors_truncated")
        return Record("OpenAlex", number, title, people, year(raw.get("publication_year")), venue, _names(raw), raw["id"], whole) if title else None


def _names(raw: dict[str, Any]) -> tuple[str, ...]:
    pages = [(place or {}).get("landing_page_url") for place in raw.get("locations") or ()]
    # Landing pages of other versions may be anywhere; only arXiv's are telling.
    found = identifiers(raw.get("doi"), *(page for page in pages if isinstance(page, str) and "arxiv.org/" in page.lower()))
    return (*found, f"openalex:{raw['id'].rsplit('/', 1)[-1]}")


def _author(place: dict[str, Any]) -> Author:
    person = place.get("author") or {}
    houses = [tidy((house or {}).get("display_name")) for house in place.get("institutions") or ()]
    return Author(
        tidy(place.get("raw_author_name") or person.get("display_name")), orcid(person.get("orcid")), tuple(house for house in houses if house)
    )
