"""RIS, a line for each field (https://en.wikipedia.org/wiki/RIS_(file_format), after the specification of Research Information Systems)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.records.record import Author, Head, Record, identifiers, tidy, year

_LINE = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*))?$")
_TITLES, _VENUES, _DATES = ("TI", "T1", "CT"), ("JO", "JF", "T2", "BT", "JA", "C3"), ("PY", "Y1", "DA")


class Ris:
    """Reads entries from `TY` to `ER`; a line without a tag goes on with the one before."""

    name = "ris"

    def claims(self, beginning: str) -> bool:
        return bool(re.match(r"\s*TY  ?- ", beginning))

    def heads(self, stream: BinaryIO) -> Iterator[Head]:
        for entry in _entries(stream):
            if title := _first(entry, _TITLES):
                yield Head(title, _names(entry), entry)

    def record(self, raw: Any, origin: str) -> Record | None:
        title = tidy(_first(raw, _TITLES))
        people = tuple(Author(tidy(name)) for tag in ("AU", "A1") for name in raw.get(tag, ()))
        number = tidy(_first(raw, ("ID", "AN", "DO"))) or title
        return Record(origin, number, title, people, year(_first(raw, _DATES)), tidy(_first(raw, _VENUES)), _names(raw), _first(raw, ("UR",)))


def _entries(stream: BinaryIO) -> Iterator[dict[str, list[str]]]:
    entry: dict[str, list[str]] = {}
    tag = ""
    for line in stream:
        text = line.decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r\n")
        found = _LINE.match(text)
        if found is None:
            if text.strip() and tag in entry:
                entry[tag][-1] += f" {text.strip()}"
            continue
        tag = found.group(1)
        if tag == "ER":
            yield entry
            entry = {}
        elif tag != "TY":
            entry.setdefault(tag, []).append((found.group(2) or "").strip())


def _first(entry: dict[str, list[str]], tags: tuple[str, ...]) -> str:
    return next((value for tag in tags for value in entry.get(tag, ()) if value), "")


def _names(entry: dict[str, list[str]]) -> tuple[str, ...]:
    return identifiers(*entry.get("DO", ()), *entry.get("UR", ()), *entry.get("AN", ()))
