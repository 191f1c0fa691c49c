"""Reads one reference of a bibliography: who wrote what, where and when, each with its place in the text.

The authors that stand at the beginning are read first, a title in quotation marks next; what is left is cut at its punctuation and
each piece gets the label that its words, its neighbours and the order of references speak for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.annotators.citations.authors import Opening, read_names
from kg.annotators.citations.evidence import Label
from kg.annotators.citations.path import best_path
from kg.annotators.citations.pieces import Piece, cut
from kg.annotators.names import NOBODY, Name, People

__all__ = ["Citation", "read_citation"]

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


_MARKER = re.compile(r"\s*(?:(?:\[[\w+*.,:-]{1,14}\]|\(\d{1,4}\)|\d{1,3}[.):]|\d{1,3}(?=\s[A-Z])|[•*‣▪◦·]|[-–—](?=\s))\s*(?!\d{4}\b))?")
_DATE_FIRST = re.compile(r"\s*[.,:]?\s*[(\[]?\s*(?:(?:1[5-9]|20)\d\d[a-h]?|n\.\s?d\.|in press|forthcoming)(?:\s?[(\[]\d{4}[)\]]|[/–-]\d{2,4}|,\s?[A-Z][a-zé]+\.?(?:\s\d{1,2})?(?:[-–]\d{1,2})?)?\s*[)\]]?\s*[.,:;]?\s*", re.I)
_QUOTES = {"“": "”", '"': "\"”“", "``": "''", "‘": "’", "«": "»", "„": "“”\"", "'": "'", "”": "”", "»": "«", "‟": "”", "「": "」", "《": "》", "『": "』"}
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_EDITED = re.compile(r"\b(?:[Ee]d(?:s|ited|itors?)?|[Hh]rsg|Hg|[ÉéEe]ds?|dirs?|coords?|a cura di|Edited)\b")
_EDITED_BY = re.compile(r"\b(?:[Ee]d(?:s|\.|ited|s\.)?(?:\s(?:and\s\w+\s)?by)?|[Hh]rsg\.?\s?v(?:on|\.)|a cura di|sous la dir(?:ection|\.) d[e’'])\s+")
_IN = re.compile(r"\b[Ii]n:?\s+(?=[A-ZÀ-Þdvl])")


def read_citation(text: str) -> Citation | None:
    """The reference that the whole text is; None where nothing of it can be told."""
    marker = _MARKER.match(text)
    start = marker.end() if marker else 0
    if len(text) - start < 8 or len(text) > LONGEST:
        return None
    return _Reading(text, start).citation()


class _Reading:
    """The parts found so far; each step takes what it understands and leaves the rest."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.at = start
        self.opening: Opening | None = None
        self.parts: dict[str, Place] = {}

    def citation(self) -> Citation | None:
        self._authors()
        self._date()
        titled = self._quoted_title()
        if titled and self.opening is None:
            self._authors()
            self._date()
        pieces = self._pieces()
        labels, points = best_path(self.text, pieces, titled=titled)
        return self._assembled(pieces, labels, points)

    def _authors(self) -> None:
        opening = read_names(self.text, self.at)
        if opening is None or not self._ends_well(opening):
            return
        self.opening = opening
        self.at = opening.end
        self.at = re.compile(r"[\s.,:;]*").match(self.text, self.at).end()  # type: ignore[union-attr]

    def _ends_well(self, opening: Opening) -> bool:
        return bool(opening.sureness >= 0.5)

    def _date(self) -> None:
        match = _DATE_FIRST.match(self.text, self.at)
        if match and match.end() < len(self.text) and match.group().strip(" .,:"):
            year = _YEAR.search(match.group())
            if year:
                self.parts["year"] = (match.start() + year.start(), match.start() + year.end())
            self.parts["date"] = _trim(self.text, match.start(), match.end())
            self.at = match.end()

    def _quoted_title(self) -> bool:
        begin = self.at
        mark = "``" if self.text.startswith("``", begin) else self.text[begin : begin + 1]
        closing = _QUOTES.get(mark)
        if not closing:
            return False
        pattern = r"''" if mark == "``" else rf"[{re.escape(closing)}]"
        end = re.compile(rf"{pattern}(?!\w)").search(self.text, begin + len(mark))
        if end is None or end.start() - begin < 4:
            return False
        rest = self.text[end.end() :]
        if rest.strip() and not re.match(r"\s*(?:[.,;:(\[“\"]|[A-Z]|in\b|\d|$)", rest) and self.text[end.start() - 1] not in ".,?!":
            return False
        self.parts["title"] = _trim(self.text, begin + len(mark), end.start())
        self.at = end.end() + len(rest) - len(rest.lstrip(" .,;:"))
        return True

    def _pieces(self) -> list[Piece]:
        region = self._editors()
        if region is None:
            return cut(self.text, self.at)
        begin, end = region
        head = cut(self.text[:begin], self.at) if begin > self.at else []
        tail = cut(self.text, end)
        return [*head, Piece(begin, end, "stop" if head else "start", "editor"), *(tail[:1] and [Piece(tail[0].start, tail[0].end, "comma" if tail[0].gap == "start" else tail[0].gap, tail[0].form)]), *tail[1:]]

    def _editors(self) -> Place | None:
        text = self.text
        for match in _IN.finditer(text, self.at):
            opening = read_names(text, match.end())
            if opening and opening.names and (opening.editors or (opening.shape in ("inverted", "straight") and re.match(r"\s*[,.:]", text[opening.end :]))):
                return match.start(), opening.end
        if not _EDITED.search(text, self.at):
            return None
        for match in _EDITED_BY.finditer(text, self.at):
            opening = read_names(text, match.end())
            if opening and opening.names:
                return match.start(), opening.end
        for match in re.compile(r"[.,(]\s+").finditer(text, self.at):
            opening = read_names(text, match.end())
            if opening and opening.editors:
                return match.end(), opening.end
        return None

    def _assembled(self, pieces: list[Piece], labels: list[Label], points: float) -> Citation | None:
        runs = list(_runs(self.text, pieces, labels))
        first = dict(reversed([(label, place) for label, place in runs]))
        parts = self.parts
        for label in ("title", "container", "editor", "volume", "pages", "publisher", "genre", "note", "date"):
            if label in first:
                parts.setdefault(label, first[label])  # type: ignore[index]
        if "place" in first:
            parts["location"] = first["place"]
        if "year" not in parts:
            self._year(runs)
        self._clean()
        authors = NOBODY
        if self.opening and not self.opening.editors:
            authors = People(self.opening.names, self.opening.et_al, self.opening.sureness)
        elif self.opening and self.opening.names:
            parts.setdefault("editor", (self.opening.names[0].start, self.opening.end))
        addresses = [place for label, place in runs if label == "address"]
        urls = tuple(place for place in addresses if re.match(r"<?\s?(?:https?|ftp|www)", self.text[slice(*place)]))
        identifiers = tuple(place for place in addresses if place not in urls)
        if "title" not in parts and "container" not in parts:
            return None
        likeness = self._likeness(authors, labels, points)
        return Citation(authors, identifiers=identifiers, urls=urls, likeness=likeness, **{name: parts.get(name) for name in ("title", "container", "year", "date", "volume", "pages", "publisher", "editor", "location", "genre", "note")})  # type: ignore[arg-type]

    def _year(self, runs: list[tuple[Label, Place]]) -> None:
        dates = [place for label, place in runs if label == "date"]
        for place in (*dates, *(place for label, place in runs if label in ("container", "note", "genre", "publisher", "volume"))):
            year = _YEAR.search(self.text, *place)
            if year:
                self.parts["year"] = year.span()
                return

    def _clean(self) -> None:
        if "container" in self.parts:
            start, end = self.parts["container"]
            opening = re.compile(r"(?:[Ii]n:?|[Pp]resented at|Paper presented at|Appeared in|Published in)\s+").match(self.text, start)
            self.parts["container"] = (opening.end() if opening and opening.end() < end else start, end)
        for name in ("title", "container", "publisher"):
            if name in self.parts:
                place = _trim(self.text, *self.parts[name])
                if place[0] < place[1]:
                    self.parts[name] = place
                else:
                    del self.parts[name]

    def _likeness(self, authors: People, labels: list[Label], points: float) -> float:
        del points
        parts = self.parts
        score = 0.45 * authors.likeness * bool(authors.names or authors is not NOBODY)
        score += 0.2 * ("year" in parts) + 0.15 * ("container" in parts) + 0.1 * ("title" in parts) + 0.1 * ("pages" in parts or "volume" in parts) + 0.08 * ("publisher" in parts) + 0.05 * ("location" in parts)
        prose = len(re.findall(r"\b(?:is|are|was|were|we|they|it|this|that|which|I|have|has|can|will|would|should|you|my|our)\b", self.text))
        score -= 0.12 * max(0, prose - 2 * ("title" in parts))
        return max(0.0, min(1.0, score))


def _runs(text: str, pieces: list[Piece], labels: list[Label]) -> Iterator[tuple[Label, Place]]:
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
    while start < end and text[start] in " \n\t.,;:“”\"'‘«»[]*_–—-":
        start += 1
    while end > start and text[end - 1] in " \n\t,;:“”\"’'‘«»([*_–—-":
        end -= 1
    while end > start and text[end - 1] == "." and not text[start:end].endswith("..."):
        end -= 1
    return start, end


_ = Name
