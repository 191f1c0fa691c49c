"""BibTeX: each entry is a row of cells, one for each field, their LaTeX resolved (https://www.ctan.org/pkg/bibtex, "BibTeXing").

The grammar is small, and what reads it here keeps offsets and takes time linear in the text; an entry that is not closed ends where
the next one begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Document, Source
from kg.readers import latex, records
from kg.readers.decoding import decode
from kg.readers.outline import Outline
from kg.readers.self_description import described

_CHUNK = re.compile(r"^[ \t]*(?=@[ \t]*\w+[ \t]*[{(])", re.MULTILINE)
_ENTRY = re.compile(r"@[ \t]*(?P<type>\w+)\s*(?P<bracket>[{(])")
_KEY = re.compile(r"\s*(?P<key>[^\s,={}()\"]*)\s*,")
_NAME = re.compile(r"[\s,]*(?P<name>[^\s,={}()\"#]+)\s*=\s*")
_BARE = re.compile(r"[^\s,#{}()\"]+")
_PLUS = re.compile(r"\s*#\s*")
_MACHINE = frozenset({"file", "timestamp", "owner", "groups", "bibsource", "biburl", "date-added", "date-modified", "bdsk-url-1", "bdsk-url-2", "bdsk-file-1", "rating", "readstatus", "creationdate", "modificationdate", "added-at", "interhash", "intrahash", "username", "__markedentry", "archiveprefix", "primaryclass", "eprinttype", "eprintclass", "langid"})  # fmt: skip
_VERBATIM = frozenset({"url", "doi", "eprint", "link", "pdf", "code", "video"})


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the parts of a value that `#` joins: text in braces or quotation marks, or a bare word."""

    start: int
    end: int
    bare: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: tuple[int, int]
    fields: tuple[tuple[str, tuple[_Part, ...]], ...]
    end: int


class BibtexReader:
    """Reads BibTeX and BibLaTeX files; the document's text is the whole file."""

    name = "bibtex"
    media_types = ("application/x-bibtex", "text/x-bibtex")
    suffixes = (".bib", ".bibtex")

    def claims(self, text: str) -> float:
        entries = re.findall(r"^[ \t]*@[a-zA-Z]+[ \t]*\{[^,\s{}]*,[ \t]*(?:\n|$|\w+[ \t]*=)", text[:50_000], re.MULTILINE)
        held = len(entries) * 400 / max(1, min(len(text), 50_000))
        return min(0.99, 0.6 * bool(entries) + 0.3 * min(1.0, held) + 0.09 * text.lstrip().startswith(("@", "%")))

    def read(self, data: bytes, locator: str) -> Document:
        text = decode(data, locator)
        outline = Outline(text)
        strings: dict[str, str] = {}
        outline.open_list()
        row = place = 0
        for entry in _entries(text):
            _between(outline, place, entry.kind[0] - 1)
            place = entry.end
            kind = text[slice(*entry.kind)].lower()
            if kind == "string":
                strings.update({name: "".join(text[part.start : part.end] for part in parts) for name, parts in entry.fields})
            elif kind in ("comment", "preamble"):
                _between(outline, entry.kind[1] + 1, entry.end - 1)
            else:
                row += 1
                _write(outline, entry, row, strings)
        _between(outline, place, len(text))
        outline.close_list()
        return outline.document(described(Source(locator, "application/x-bibtex"), outline))


def _write(outline: Outline, entry: _Entry, row: int, strings: dict[str, str]) -> None:
    outline.open_item()
    records.plain(outline, "field", "type", *entry.kind)
    archive = next(
        (outline.text[parts[0].start : parts[0].end].lower() for name, parts in entry.fields if name in ("archiveprefix", "eprinttype") and parts),
        "arxiv",
    )
    for column, (name, parts) in enumerate(entry.fields):
        if not parts:
            continue
        if name in _MACHINE:
            records.plain(outline, "comment", name, parts[0].start, parts[-1].end)
            continue
        outline.open_leaf("cell", 0, name, row, column)
        address = records.address(archive if name == "eprint" else name, outline.text[parts[0].start : parts[0].end])
        if address:
            outline.open_run("link", parts[0].start, address)
        for part in parts:
            _put(outline, name, part, strings)
        if address:
            outline.close_run("link", parts[-1].end)
        outline.close_leaf()
    outline.close_item()


def _put(outline: Outline, name: str, part: _Part, strings: dict[str, str]) -> None:
    if part.bare:
        outline.add(part.start, part.end, strings.get(outline.text[part.start : part.end].lower()))
    elif name in _VERBATIM:
        outline.add(part.start, part.end)
    else:
        latex.write(outline, part.start, part.end, value=True)


def _between(outline: Outline, start: int, end: int) -> None:
    """What BibTeX passes over: a comment, line by line."""
    for line in re.finditer(r"[^\n]+", outline.text[start:end] if start < end else ""):
        records.plain(outline, "comment", "", start + line.start(), start + line.end())


def _entries(text: str) -> Iterator[_Entry]:
    """The entries, one chunk of text after the other; a chunk begins with an entry at the start of a line."""
    starts = [*(found.end() for found in _CHUNK.finditer(text)), len(text)]
    place = 0
    for start, stop in zip([0, *starts], starts, strict=False):
        place = start
        while found := _ENTRY.search(text, place, stop):
            entry = _entry(text, found, stop)
            yield entry
            place = entry.end


def _entry(text: str, head: re.Match[str], stop: int) -> _Entry:
    kind = head.group("type").lower()
    fields: list[tuple[str, tuple[_Part, ...]]] = []
    place = head.end()
    if kind in ("comment", "preamble"):
        return _Entry(head.span("type"), (), _closing(text, place, stop)[1])
    if kind != "string" and (key := _KEY.match(text, place, stop)):
        place = key.end()
    while found := _NAME.match(text, place, stop):
        parts, place = _value(text, found.end(), stop)
        fields.append((found.group("name").lower(), parts))
    end = re.compile(r"[\s,]*[})]?").match(text, place, stop)
    return _Entry(head.span("type"), tuple(fields), end.end() if end else place)


def _value(text: str, place: int, stop: int) -> tuple[tuple[_Part, ...], int]:
    parts = []
    while place < stop:
        if text[place] == "{":
            inner, after = _closing(text, place + 1, stop)
            parts.append(_Part(place + 1, inner, bare=False))
        elif text[place] == '"':
            inner = _quoted(text, place + 1, stop)
            parts.append(_Part(place + 1, inner, bare=False))
            after = min(inner + 1, stop)
        elif bare := _BARE.match(text, place, stop):
            parts.append(_Part(place, bare.end(), bare=True))
            after = bare.end()
        else:
            break
        place = after
        plus = _PLUS.match(text, place, stop)
        if plus is None:
            break
        place = plus.end()
    return tuple(part for part in parts if part.start < part.end), place


def _closing(text: str, place: int, stop: int) -> tuple[int, int]:
    """Where the text that a brace has opened ends, and what follows begins."""
    depth = 1
    for found in _BRACE.finditer(text, place, stop):
        depth += {"{": 1, "}": -1}.get(found.group(), 0)
        if depth == 0:
            return found.start(), found.end()
    return stop, stop


def _quoted(text: str, place: int, stop: int) -> int:
    depth = 0
    for found in _QUOTE.finditer(text, place, stop):
        depth += {"{": 1, "}": -1}.get(found.group(), 0)
        if found.group() == '"' and depth <= 0:
            return found.start()
    return stop


_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_QUOTE = re.compile(r"\\.|[{}\"]", re.DOTALL)
