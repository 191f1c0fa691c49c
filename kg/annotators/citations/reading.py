"""Takes a reference apart: the authors in front first, a title in quotation marks next, then what is left, piece by piece.

What is left is cut at its punctuation, and each piece gets the label that its words, its neighbours and the usual order of references
speak for.  Styles differ in punctuation and order, hardly in the parts; so no style is recognised by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.annotators.citations.authors import Opening, read_names
from kg.annotators.citations.evidence import Label
from kg.annotators.citations.likeness import likeness
from kg.annotators.citations.path import best_path
from kg.annotators.citations.people import as_piece, behind_title, body, named_regions
from kg.annotators.citations.pieces import MONTH, Piece, cut
from kg.annotators.names import NOBODY, People

Place = tuple[int, int]
LONGEST = 1500  # characters; references are shorter, and what is longer is prose


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of a reference as (start, end) in the text that was read; `likeness` tells how surely it is a reference, 0 to 1."""

    authors: People = NOBODY
    title: Place | None = None
    container: Place | None = None
    year: Place | None = None
    date: Place | None = None
    volume: Place | None = None
    issue: Place | None = None
    pages: Place | None = None
    publisher: Place | None = None
    editor: Place | None = None
    location: Place | None = None
    genre: Place | None = None
    note: Place | None = None
    identifiers: tuple[Place, ...] = ()
    urls: tuple[Place, ...] = ()
    likeness: float = 0.0


_MARKER = re.compile(r"\s*(?:(?:\[[^\s\[\]]{1,30}\]|\(\d{1,4}\)|\d{1,3}[.):]|\d{1,3}(?=\s[A-Z])|[•*‣▪◦·]|[-–—](?=\s))\s*(?!\d{4}\b))?")
_DATE_FIRST = re.compile(
    rf"\s*[.,:]?\s*[(\[]?\s*(?:(?:1[5-9]|20)\d\d[a-h]?|n\.\s?d\.|s\.\s?d\.|in press|forthcoming|{MONTH} (?:19|20)\d\d(?=[)\]]))"
    rf"(?:\s?[(\[]\d{{4}}[)\]]|[/–-]\d{{2,4}}|,\s?{MONTH}(?:\s\d{{1,2}})?(?:[-–]\d{{1,2}})?|,\s?\d{{1,2}}(?:[-–]\d{{1,2}})?\s{MONTH})?\s*[)\]]?\s*[.,:;]?\s*",
    re.I,
)
_QUOTES = {
    "“": "”",
    '"': '"”“',
    "``": "''",
    "‘": "’",
    "«": "»",
    "„": '“”"',
    "'": "'",
    "”": "”",
    "»": "«",
    "‟": "”",
    "「": "」",
    "《": "》",
    "『": "』",
}
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_SKIP = re.compile(r"[\s.,:;]*")
_AFTER_QUOTE = re.compile(r"\s*(?:[.,;:(\[“\"]|[A-Z]|in\b|\d|$)")
_CONTAINER_OPENING = re.compile(r"(?:[Ii]n:?|(?:[Pp]aper |[Pp]oster )?[Pp]resented at|Appeared in|Published in)\s+")
_SERIES_NUMBER = re.compile(r"\s\d{1,3}(?=[.,(]|\s\()(?:\s\([^()]{2,20}\))?")
_YEAR_BEFORE = re.compile(r"[.,”\"]\s((?:19|20)\d\d )$")
_MEDIUM = re.compile(r"\s*\[[^\[\]]{0,20}(?:picture|DVD|CD|[Ff]ilm|[Vv]ideo|[Aa]udio|software|[Dd]ata ?set|Internet|[Oo]nline)[^\[\]]{0,20}\]?$")
_ISSUE = re.compile(r"\(\s?([\w –/-]+?)\s?\)|(?:[Nn]o|[Nn]r|[Ii]ssue|n°|№|H)\.?\s?(\d+)")


def read_citation(text: str) -> Citation | None:
    """The reference that the whole text is; None where nothing of it can be told."""
    marker = _MARKER.match(text)
    start = marker.end() if marker else 0
    if len(text) - start < 8 or len(text) > LONGEST:
        return None
    return _Reading(text, start).citation()


class _Reading:
    """The parts found so far; each step takes what it understands and moves `at` behind it."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.at = start
        self.opening: Opening | None = None
        self.parts: dict[str, Place] = {}

    def citation(self) -> Citation | None:
        self._take_authors()
        self._take_date()
        titled = self._take_quoted_title() or self._take_title_before_authors()
        pieces = self._pieces()
        labels = best_path(self.text, pieces, titled=titled, dated="year" in self.parts)
        return self._assembled(list(_runs(pieces, labels)))

    def _take_authors(self) -> None:
        opening = read_names(self.text, self.at) or body(self.text, self.at)
        if opening is not None:
            self._open(opening)

    def _open(self, opening: Opening) -> None:
        self.opening = opening
        self.at = _skip(self.text, opening.end)

    def _take_date(self) -> None:
        match = _DATE_FIRST.match(self.text, self.at)
        if match and match.end() < len(self.text) and match.group().strip(" .,:"):
            year = _YEAR.search(match.group())
            if year:
                self.parts["year"] = (match.start() + year.start(), match.start() + year.end())
            self.parts["date"] = _trim(self.text, match.start(), match.end())
            self.at = match.end()

    def _take_quoted_title(self) -> bool:
        text, begin = self.text, self.at
        mark = "``" if text.startswith("``", begin) else text[begin : begin + 1]
        closing = _QUOTES.get(mark)
        if not closing:
            return False
        end = re.compile(rf"(?:{closing if mark == '``' else f'[{re.escape(closing)}]'})(?!\w)").search(text, begin + len(mark))
        if end is None or end.start() - begin < 4 or (not _AFTER_QUOTE.match(text, end.end()) and text[end.start() - 1] not in ".,?!"):
            return False
        self.parts["title"] = _trim(text, begin + len(mark), end.start())
        self.at = _skip(text, end.end())
        if self.opening is None:
            opening = read_names(text, self.at)
            if opening and opening.names and (len(opening.names) > 1 or opening.et_al or opening.shape in ("inverted", "straight")):
                self._open(opening)
                self._take_date()
        return True

    def _take_title_before_authors(self) -> bool:
        if self.opening is not None or "year" in self.parts:
            return False
        found = behind_title(self.text, self.at)
        if found is None:
            return False
        end, opening = found
        self.parts["title"] = _trim(self.text, self.at, end)
        self._open(opening)
        self._take_date()
        return True

    def _pieces(self) -> list[Piece]:
        pieces: list[Piece] = []
        at = self.at
        for region in named_regions(self.text, at):
            pieces += cut(self.text, at, region[0]) if region[0] > at else []
            pieces.append(as_piece(region, first=not pieces))
            at = region[1]
        rest = cut(self.text, at, len(self.text))
        if pieces and rest and rest[0].gap == "start":
            rest[0] = replace(rest[0], gap="comma")
        return pieces + rest

    def _assembled(self, runs: list[tuple[Label, Place]]) -> Citation | None:
        parts = self.parts
        for label, place in runs:
            parts.setdefault("location" if label == "place" else label, place)
        if "year" not in parts:
            self._find_year(runs)
        self._clean()
        self._reconsider()
        authors = self._people()
        if "title" not in parts and "container" not in parts:
            return None
        addresses = [_trim(self.text, *place) for label, place in runs if label == "address"]
        urls = tuple(place for place in addresses if re.match(r"<?\s?(?:https?|ftp|www)", self.text[slice(*place)]))
        fields = {
            name: parts.get(name)
            for name in ("title", "container", "year", "date", "volume", "issue", "pages", "publisher", "editor", "location", "genre", "note")
        }
        citation = Citation(authors, identifiers=tuple(place for place in addresses if place not in urls), urls=urls, **fields)  # type: ignore[arg-type]
        return replace(citation, likeness=likeness(self.text, authors, fields, sure=self.opening.sureness if self.opening else 0.0))

    def _reconsider(self) -> None:
        """Where nothing is left for a title, what was taken for one person's name is the title: "Small Worlds. Ed. Jane Roe"."""
        opening = self.opening
        if opening and opening.shape in ("full", "body") and len(opening.names) == 1 and not self.parts.keys() & {"title", "container"}:
            self.parts["title"] = (opening.names[0].start, opening.names[0].end)
            self.opening = None

    def _people(self) -> People:
        opening = self.opening
        if opening is None or not opening.names:
            return NOBODY
        if opening.editors:
            self.parts.setdefault("editor", _trim(self.text, opening.names[0].start, opening.end))
            return NOBODY
        return People(opening.names, opening.et_al, opening.sureness)

    def _find_year(self, runs: list[tuple[Label, Place]]) -> None:
        dates = [place for label, place in runs if label == "date"]
        for place in (*dates, *(place for label, place in runs if label in ("container", "note", "genre", "publisher", "volume"))):
            year = _YEAR.search(self.text, *place)
            if year:
                self.parts["year"] = year.span()
                return

    def _clean(self) -> None:
        parts = self.parts
        if "container" in parts:
            start, end = parts["container"]
            opening = _CONTAINER_OPENING.match(self.text, start)
            start = opening.end() if opening and opening.end() < end else start
            numbered = _SERIES_NUMBER.match(self.text, end) if self.text.startswith("Advances", start) else None
            year = _YEAR_BEFORE.search(self.text, max(0, start - 8), start)
            parts["container"] = (year.start(1) if year else start, numbered.end() if numbered else end)
        issue = _ISSUE.search(self.text, *parts["volume"]) if "volume" in parts else None
        if issue:
            parts["issue"] = issue.span(1 if issue.group(1) else 2)
        medium = _MEDIUM.search(self.text, *parts["title"]) if "title" in parts else None
        if medium:
            parts["title"] = (parts["title"][0], medium.start())
        for name in list(parts):
            start, end = _closed(self.text, *_trim(self.text, *parts[name]))
            parts[name] = (start, end + (self.text[end : end + 1] in ("?", "!") and name == "title"))
            if parts[name][0] >= parts[name][1]:
                del parts[name]


def _skip(text: str, at: int) -> int:
    match = _SKIP.match(text, at)
    return match.end() if match else at


def _runs(pieces: list[Piece], labels: list[Label]) -> Iterator[tuple[Label, Place]]:
    """Neighbouring pieces of one label as one place."""
    index = 0
    while index < len(pieces):
        label = labels[index]
        last = index
        while label not in ("address", "date") and last + 1 < len(pieces) and labels[last + 1] == label:
            last += 1
        yield label, (pieces[index].start, pieces[last].end)
        index = last + 1


def _trim(text: str, start: int, end: int) -> Place:
    while start < end and text[start] in " \n\t.,;:“”\"'‘’«»„*_–—-":
        start += 1
    while end > start and text[end - 1] in " \n\t,;:“”\"’'‘«»([*_–—-":
        end -= 1
    while end > start and text[end - 1] == "." and not text[start:end].endswith("..."):
        end -= 1
    return start, end


def _closed(text: str, start: int, end: int) -> Place:
    """With the bracket or quotation mark that was cut off at the end."""
    for left, right in ("()", "[]", "“”", "‘’", "«»"):
        if text[start:end].count(left) > text[start:end].count(right) and text[end : end + 2].strip()[:1] == right:
            end = text.index(right, end) + 1
    while end > start and text[start] in "([" and text[end - 1] not in ")]" and ")" not in text[start:end] and "]" not in text[start:end]:
        start += 1
    return start, end
