"""BibTeX as a stream of entries, for files as large as the ACL Anthology's (https://aclanthology.org/anthology.bib.gz).

Only an entry that somebody wants is parsed, by bibtexparser; until then its title is found with a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from bibtexparser.model import Entry

from kg.records import tex
from kg.records.record import Author, Head, Record, identifiers, tidy, year

_START = re.compile(r"\s*@\s*(\w+)\s*[{(]")
_TITLE = re.compile(r"[\s,{]title\s*=\s*[{\"]+(.*?)[}\"]+\s*,?\s*(?:\n|\}\s*$)", re.IGNORECASE | re.DOTALL)
_NAMES = re.compile(r"[\s,](?:doi|eprint|url|arxiv)\s*=\s*[{\"]([^}\"]*)", re.IGNORECASE)
_ANTHOLOGY = re.compile(r"https?://(?:www\.)?aclanthology\.org/([\w.-]+?)/?$")
_KEY = re.compile(r"@\s*\w+\s*[{(]\s*([^,\s]+)\s*,")
_CROSSREF = re.compile(r"[\s,]crossref\s*=\s*[{\"]\s*([^}\"]+?)\s*[}\"]", re.IGNORECASE)
_VOLUMES = frozenset({"proceedings", "book", "collection", "mvbook", "mvcollection", "mvproceedings"})
_VENUES = ("journal", "journaltitle", "booktitle", "series")


class Bibtex:
    """Reads entries; abbreviations that `@string` defines hold for all that follows.

    An entry that leaves its volume to another one (`crossref`) comes last, because that one stands behind it.
    """

    name = "bibtex"

    def claims(self, beginning: str) -> bool:
        return bool(re.search(r"^\s*@\s*\w+\s*[{(]", beginning, re.MULTILINE)) and not beginning.lstrip().startswith(("{", "[", "<"))

    def heads(self, stream: BinaryIO) -> Iterator[Head]:
        strings, volumes, waiting = list[str](), dict[str, str](), list[tuple[Head, str]]()
        for kind, text in _entries(stream):
            if kind == "string":
                strings.append(text)
            if kind in _VOLUMES and (key := _KEY.search(text)):
                volumes[key.group(1).lower()] = text
            if kind in ("string", "comment", "preamble") or not (title := _TITLE.search(text)):
                continue
            head = Head(tex.rough(title.group(1)), _quick_names(text), (strings, text))
            if crossref := _CROSSREF.search(text):
                waiting.append((head, crossref.group(1).lower()))
            else:
                yield head
        for head, volume in waiting:
            yield head._replace(raw=([*strings, volumes.get(volume, "")], head.raw[1]))

    def record(self, raw: Any, origin: str) -> Record | None:
        strings, text = raw
        parsed = parse_string("".join((*strings, text)), append_middleware=[SeparateCoAuthors(), SplitNameParts()])
        if not parsed.entries:
            return None
        entry, volume = parsed.entries[-1], next(iter(parsed.entries[:-1]), None)
        title, url = _field(entry, "title"), _field(entry, "url")
        anthology = _ANTHOLOGY.match(url)
        catalogue, key = ("ACL Anthology", anthology.group(1)) if anthology else (origin, entry.key)
        people, whole = _people(entry)
        venue = _venue(entry) or (_venue(volume) or _field(volume, "title") if volume else "")
        when = _when(entry) or (_when(volume) if volume else None)
        return Record(catalogue, key, title, people, when, venue, _names(entry), url, whole) if title else None


def _entries(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    """Kind and text of each entry; one begins where a line does."""
    kind, lines = "", list[str]()
    for line in stream:
        text = line.decode("utf-8", "replace")
        if found := _START.match(text):
            if kind:
                yield kind, "".join(lines)
            kind, lines = found.group(1).lower(), []
        lines.append(text)
    if kind:
        yield kind, "".join(lines)


def _quick_names(text: str) -> tuple[str, ...]:
    return identifiers(
        *(f"arxiv:{found}" if re.fullmatch(r"(?:[a-z-]+/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?", found) else found for found in _NAMES.findall(text))
    )


def _names(entry: Entry) -> tuple[str, ...]:
    archive = (_field(entry, "archiveprefix") or _field(entry, "eprinttype") or "arxiv").lower()
    number = _field(entry, "eprint")
    return identifiers(_field(entry, "doi"), f"arxiv:{number}" if number and archive == "arxiv" else None, _field(entry, "url"))


def _venue(entry: Entry) -> str:
    return next((found for name in _VENUES if (found := _field(entry, name))), "")


def _when(entry: Entry) -> int | None:
    return year(_field(entry, "year")) or year(_field(entry, "date"))


def _field(entry: Entry, name: str) -> str:
    field = next((field for field in entry.fields if field.key.lower() == name), None)
    return tidy(tex.plain(str(field.value))) if field else ""


def _people(entry: Entry) -> tuple[tuple[Author, ...], bool]:
    """Authors in order, and whether the list is whole (`and others` says that it is not)."""
    field = next((field for field in entry.fields if field.key.lower() == "author"), None)
    parts = [] if field is None or isinstance(field.value, str) else field.value
    names = [tidy(tex.plain(" ".join([*part.first, *part.von, *part.last, *part.jr]))) for part in parts]
    return tuple(Author(name) for name in names if name and name.lower() != "others"), "others" not in [name.lower() for name in names]
