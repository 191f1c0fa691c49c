"""Records of `key=value` lines: one record a group of lines between blank ones, or several pairs a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.model import Document, Source
from kg.readers import records
from kg.readers.decoding import decode
from kg.readers.lines import lines
from kg.readers.outline import Outline
from kg.readers.self_description import described

_KEY = re.compile(r"(?<![^\s;,|])(?P<key>[A-Za-z][\w.-]{0,30})[ \t]*=[ \t]*(?!=)")
_PAIR_LINE = re.compile(r"[ \t]*[A-Za-z][\w.-]{0,30}[ \t]*=[ \t]*(?!=)\S")
_SECTION = re.compile(r"[ \t]*\[(?P<name>[^\[\]\n]+)\][ \t]*$")


class KeyValueReader:
    """Reads lines of `key=value` pairs; the document's text is the whole file."""

    name = "keyvalue"
    media_types = ("text/x-key-value",)
    suffixes = (".ini", ".kv", ".properties")

    def claims(self, text: str) -> float:
        lines = [line for line in text[:20_000].split("\n") if line.strip() and not line.lstrip().startswith(("#", ";"))]
        pairs = sum(bool(_PAIR_LINE.match(line) or _SECTION.match(line)) for line in lines)
        return 0.85 if pairs >= 2 and pairs > 0.85 * len(lines) else 0.0

    def read(self, data: bytes, locator: str) -> Document:
        outline = Outline(decode(data, locator))
        columns: dict[str, int] = {}
        outline.open_list()
        for number, record in enumerate(_records(outline.text), 1):
            outline.open_item()
            for name, start, end in record:
                _write(outline, name, (start, end), number, columns)
            outline.close_item()
        outline.close_list()
        return outline.document(described(Source(locator, "text/x-key-value"), outline))


def _write(outline: Outline, name: str, place: tuple[int, int], row: int, columns: dict[str, int]) -> None:
    start, end = place
    if not name:
        records.plain(outline, "comment" if outline.text[start] in "#;" else "heading", "", start, end)
        return
    target = records.address(name.lower(), outline.text[start:end])
    outline.open_leaf("cell", 0, name, row, columns.setdefault(name, len(columns)))
    if target:
        outline.open_run("link", start, target)
    outline.add(start, end)
    if target:
        outline.close_run("link", end)
    outline.close_leaf()


def _records(text: str) -> Iterator[list[tuple[str, int, int]]]:
    """Each record's keys and the places of their values; a key that comes again begins a new record, what has no key has the name ""."""
    record: list[tuple[str, int, int]] = []
    for begin, stop in lines(text):
        if not text[begin:stop].strip():
            if record:
                yield record
            record = []
            continue
        for name, start, end in _pairs(text, begin, stop):
            if name and any(name == other for other, _, _ in record):
                yield record
                record = []
            record.append((name, start, end))
    if record:
        yield record


def _pairs(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    if section := _SECTION.match(text, start, end):
        yield "", *section.span("name")
        return
    first = _PAIR_LINE.match(text, start, end)
    keys = list(_KEY.finditer(text, start, end)) if first else []
    keys = keys if _packed(text, keys) else keys[:1]
    if not keys:
        yield "", *_bare(text, start, end)
    for key, stop in zip(keys, [*(following.start() for following in keys[1:]), end], strict=False):
        begin, last = _bare(text, key.end(), stop)
        if begin < last:
            yield key.group("key"), begin, last


def _packed(text: str, keys: list[re.Match[str]]) -> bool:
    """Whether a line holds several pairs: each ends with a separator, or its value is in quotation marks."""
    return all(re.search(r"(?:[;|\t]|\"|',?|,)\s*$", text[key.end() : following.start()]) for key, following in pairwise(keys))


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A value without white space, separators and quotation marks around it."""
    words = text[start:end]
    start += len(words) - len(words.lstrip(" \t"))
    words = words.strip(" \t").rstrip(";|,\t ")
    if len(words) > 1 and words[0] == words[-1] and words[0] in "\"'":
        return start + 1, start + len(words) - 1
    return start, start + len(words)
