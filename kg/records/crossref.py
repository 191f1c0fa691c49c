"""Crossref's works: its public data files or answers of its web interface (https://api.crossref.org/swagger-ui/index.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.records import csl
from kg.records.jsonvalues import values
from kg.records.record import Head, Record, identifiers


class Crossref:
    """Reads works; the key is the DOI."""

    name = "crossref"

    def claims(self, beginning: str) -> bool:
        return '"DOI"' in beginning and bool(re.search(r'"(?:reference-count|is-referenced-by-count|member|indexed)"', beginning))

    def heads(self, stream: BinaryIO) -> Iterator[Head]:
        for raw in values(stream):
            if isinstance(raw.get("DOI"), str) and (title := csl.first(raw.get("title"))):
                yield Head(csl.unmarked(title), identifiers(raw["DOI"]), raw)

    def record(self, raw: Any, origin: str) -> Record | None:
        name = raw["DOI"].lower()
        return csl.item(raw, "Crossref", name, identifiers(name), f"https://doi.org/{name}")
