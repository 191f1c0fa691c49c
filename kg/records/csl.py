"""CSL-JSON, as reference managers write it (https://github.com/citation-style-language/schema)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.records.jsonvalues import values
from kg.records.record import Author, Head, Record, identifiers, orcid, tidy, year


class CslJson:
    """Reads items of a library."""

    name = "csl"

    def claims(self, beginning: str) -> bool:
        return bool(re.search(r'"(?:family|literal)"\s*:|"issued"\s*:', beginning)) and bool(re.search(r'"title"\s*:\s*"', beginning))

    def heads(self, stream: BinaryIO) -> Iterator[Head]:
        for raw in values(stream):
            if title := first(raw.get("title")):
                yield Head(unmarked(title), _names(raw), raw)

    def record(self, raw: Any, origin: str) -> Record | None:
        return item(raw, origin, tidy(raw.get("id") or raw.get("citation-key")), _names(raw), tidy(raw.get("URL")))


def item(raw: dict[str, Any], catalogue: str, key: str, names: tuple[str, ...], url: str) -> Record | None:
    """A record out of the fields that CSL-JSON and Crossref share."""
    title = unmarked(first(raw.get("title")))
    subtitle = unmarked(first(raw.get("subtitle")))
    whole = f"{title}: {subtitle}" if subtitle and subtitle.casefold() not in title.casefold() else title
    venue = unmarked(first(raw.get("container-title")) or first(raw.get("event-title")) or (raw.get("event") or {}).get("name") if raw else "")
    people = tuple(author for person in raw.get("author") or () if (author := _author(person)).name)
    when = next((found for name in ("issued", "published", "published-print", "published-online") if (found := _year(raw.get(name)))), None)
    return Record(catalogue, key, whole, people, when, venue, names, url) if title else None


def first(value: object) -> str:
    """A text, or the first of several."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""


def unmarked(text: object) -> str:
    """Without the HTML and MathML that publishers put into titles."""
    return tidy(html.unescape(re.sub(r"</?[A-Za-z][\w:]*(?:\s[^<>]*)?/?>", "", text))) if isinstance(text, str) else ""


def _names(raw: dict[str, Any]) -> tuple[str, ...]:
    number = raw.get("number") if isinstance(raw.get("number"), str) and "arxiv" in str(raw.get("number")).lower() else None
    return identifiers(raw.get("DOI"), raw.get("URL"), number)


def _author(person: Any) -> Author:
    if not isinstance(person, dict):
        return Author(tidy(person))
    particle = person.get("non-dropping-particle") or person.get("dropping-particle")
    parts = [person.get("given"), particle, person.get("family"), person.get("suffix")]
    name = tidy(" ".join(tidy(part) for part in parts if part)) or tidy(person.get("literal") or person.get("name"))
    places = (
        [tidy(place.get("name")) for place in person.get("affiliation") or () if isinstance(place, dict)]
        if isinstance(person.get("affiliation"), list)
        else []
    )
    return Author(name, orcid(person.get("ORCID")), tuple(place for place in places if place))


def _year(date: object) -> int | None:
    if not isinstance(date, dict):
        return year(date)
    parts = date.get("date-parts") or [[]]
    return year(parts[0][0] if parts[0] else date.get("raw") or date.get("literal"))
