"""CSV and TSV (RFC 4180): the first row names the columns, every other is a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.model import Document, Source
from kg.readers import records
from kg.readers.decoding import decode
from kg.readers.outline import Outline
from kg.readers.self_description import described

_DELIMITERS = ",;\t|"
_WORDS = re.compile(
    r"title|author|year|venue|paper|journal|conference|doi|url|link|name|note|summary|abstract|review|date|rating|tags|titel|titre|título",
    re.IGNORECASE,
)


class CsvReader:
    """Reads comma-, semicolon-, tab- and bar-separated values; the document's text is the whole file."""

    name = "csv"
    media_types = ("text/csv", "text/tab-separated-values")
    suffixes = (".csv", ".tsv")

    def claims(self, text: str) -> float:
        head = text[:20_000]
        delimiter = _delimiter(head)
        found = list(rows(head[: head.rfind("\n") + 1] or head, delimiter))[: -1 if len(text) > len(head) else None]
        width = len(found[0]) if found else 0
        if width < 2 or len(found) < 2 or not all(head[start:end].strip() and end - start < 40 for start, end, _ in found[0]):
            return 0.0
        even = sum(len(row) == width for row in found) / len(found)
        named = any(_WORDS.search(head[start:end]) for start, end, _ in found[0])
        return 0.9 if even > 0.9 and named else 0.0

    def read(self, data: bytes, locator: str) -> Document:
        outline = Outline(decode(data, locator))
        names: list[str] = []
        outline.open_list()
        for number, row in enumerate(rows(outline.text, _delimiter(outline.text))):
            outline.open_item()
            for column, cell in enumerate(row):
                name = names[column] if number and column < len(names) else ""
                put(outline, cell, name, number, column)
            names = names or [outline.text[start:end].replace('""', '"').strip() for start, end, _ in row]
            outline.close_item()
        outline.close_list()
        return outline.document(described(Source(locator, "text/csv"), outline))


Cell = tuple[int, int, bool]


def put(outline: Outline, cell: Cell, name: str, row: int, column: int) -> None:
    start, end, _ = cell
    target = records.address(name.lower(), outline.text[start:end])
    outline.open_leaf("cell", 0, name, row, column)
    if target:
        outline.open_run("link", start, target)
    add(outline, cell)
    if target:
        outline.close_run("link", end)
    outline.close_leaf()


def add(outline: Outline, cell: Cell) -> None:
    """Adds the words of a cell to the block that is open, a doubled quotation mark as one."""
    start, end, quoted = cell
    place = start
    for double in re.finditer('""', outline.text[start:end]) if quoted else ():
        outline.add(place, start + double.start())
        outline.add(start + double.start(), start + double.end(), '"')
        place = start + double.end()
    outline.add(place, end)


def _delimiter(text: str) -> str:
    """The sign that the first row has most often outside quotation marks."""
    first = re.sub(r'"(?:[^"]|"")*"', "", text[:10_000]).lstrip("\n").split("\n", 1)[0]
    return max(_DELIMITERS, key=first.count)


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    sign = re.escape(delimiter)
    return re.compile(rf'[ ]*"(?P<quoted>(?:[^"]|"")*)(?:"[^{sign}\n]*|\Z)(?P<next>{sign}|\n|\Z)|(?P<bare>[^{sign}\n]*)(?P<after>{sign}|\n|\Z)')


def rows(text: str, delimiter: str, place: int = 0, end: int | None = None) -> Iterator[list[Cell]]:
    """The rows that are not empty, each cell with its place and whether it is quoted."""
    row: list[Cell] = []
    end = len(text) if end is None else end
    while place < end and (found := _cell(delimiter).match(text, place, end)):
        quoted = found.group("quoted") is not None
        row.append((*found.span("quoted" if quoted else "bare"), quoted))
        place = found.end()
        if found.group("next" if quoted else "after") != delimiter:
            if any(text[start:end].strip() for start, end, _ in row):
                yield row
            row = []
    if any(text[start:end].strip() for start, end, _ in row):
        yield row
