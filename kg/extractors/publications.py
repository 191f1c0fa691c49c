"""Where and when a paper came out: event or journal and year, from its head, its passage, or the event whose papers the document lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg import identity, ontology
from kg.annotators.venues import Venue, find_venue, find_venues, find_year
from kg.extractors.evidence import evidence
from kg.model import Block, Document, Entity, Entry, Fact, Finding, HeadField, Object, Sentence, Span

_SAID = re.compile(
    r"\b(?:published|presented|appear(?:ed|s|ing)?|accepted|to appear|shown|papers?|works?|from|erschienen|veröffentlicht|publié|présenté|publicado|presentado|best paper)\b[^.]{0,60}?\b(?:at|in|during|to|by|for|the|of|auf|bei|à|en|dans)\b|発表|发表|収録",
    re.I,
)
_ROUND_UP = re.compile(
    r"\b(?:papers?|works?|publications?|highlights?|round[- ]?up|recap|report|notes|trip|review|summary|favou?rites?|presented|accepted|proceedings|conference|trends|selection|posters?)\b|论文|論文",
    re.I,
)
_JOURNAL = re.compile(r"\b(?:journal|transactions|letters|annals|bulletin|magazine|review|reviews|zeitschrift|revue|revista|trans|j)\b", re.I)
_ASIDE = re.compile(r"\(\s*and\b|\b(?:beyond|before|after|other than|not)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something came out, with the words that say so."""

    venue: Venue | None
    year: int | None
    span: Span


class Publications:
    """One event or journal and one year a paper; what the passage says goes before what the document says of all."""

    name = "publications"
    version = "1"
    requires = (Block, Entry, Sentence)

    def __call__(self, document: Document) -> Iterator[Finding]:
        inherited = event_of(document)
        entries: dict[str, list[Entry]] = {}
        for entry in document.marks(Entry):
            entries.setdefault(entry.paper.key, []).append(entry)
        for same in entries.values():
            place = _in_heads(document, same) or _in_passages(document, same)
            if place is not None:
                yield from self._facts(document, same[0], _dated(place, inherited), 0.92)
            elif inherited is not None and any(entry.role == "reviewed" for entry in same):
                yield from self._facts(document, same[0], inherited, 0.85)

    def _facts(self, document: Document, entry: Entry, place: _Place, confidence: float) -> Iterator[Finding]:
        found = evidence(document, place.span, self, confidence)
        if place.venue is not None:
            venue = entity_of(place.venue, place.year)
            yield Fact(entry.paper, "schema:isPartOf" if venue.kind == "Periodical" else "kg:presentedAt", venue, found)
        if place.year is not None:
            yield Fact(entry.paper, "kg:year", place.year, found)


def _dated(place: _Place, inherited: _Place | None) -> _Place:
    """The event that the document is about has its year everywhere in it."""
    if (
        place.year is None
        and place.venue is not None
        and inherited is not None
        and inherited.venue is not None
        and place.venue.key == inherited.venue.key
    ):
        return replace(place, year=inherited.year)
    return place


def entity_of(venue: Venue, year: int | None) -> Entity:
    """A journal, or the edition of a series; an edition without a year is the series' unnamed one."""
    series = _series(venue)
    if series.kind == "Periodical":
        return series
    properties: tuple[tuple[str, Object], ...] = (("schema:superEvent", series),)
    if year is None:
        return identity.named("Event", series.label, properties)
    return identity.named("Event", f"{series.label} {year}", (*properties, ("kg:year", year)))


def _series(venue: Venue) -> Entity:
    """The series or journal, with the names that it is known by."""
    if venue.key is not None:
        known = _known()[venue.key]
        return Entity(known.kind, known.key, known.label, tuple(("schema:alternateName", name) for name in known.names))
    kind = "Periodical" if _JOURNAL.search(venue.label) else "EventSeries"
    return identity.named(kind, venue.label)


@cache
def _known() -> dict[str, ontology.Venue]:
    return {venue.key: venue for venue in ontology.venues()}


def _in_heads(document: Document, entries: list[Entry]) -> _Place | None:
    fields = [field for entry in entries for field in entry.fields]
    venue = next((field for field in fields if field.label == "venue"), None)
    year = next((field for field in fields if field.label == "year"), None)
    if venue is None and year is None:
        return None
    mention = _mention(venue) if venue is not None else None
    spans = [field.span for field in (venue, year) if field is not None]
    value = int(year.value) if year is not None else mention.year.value if mention is not None and mention.year is not None else None
    span = spans[0] if len(spans) == 1 or abs(spans[0].start - spans[-1].start) > 600 else spans[0].cover(spans[-1])
    return _Place(mention, value, span)


def _mention(field: HeadField) -> Venue | None:
    """A field that was taken for a venue is one, known or not."""
    return find_venue(field.value) or Venue(0, len(field.value), field.value)


def _in_passages(document: Document, entries: list[Entry]) -> _Place | None:
    """The venue and year that a sentence of the passage gives, "Published at TASLP."."""
    sentences = document.marks(Sentence)
    for entry in entries:
        for sentence in sentences:
            if any(body.contains(sentence.span) for body in entry.body):
                text = document.view(sentence.span).text
                mention = _said(text)
                if mention is not None:
                    return _Place(mention, mention.year.value if mention.year else None, sentence.span)
    return None


def _said(text: str) -> Venue | None:
    """The venue that a sentence gives to the paper at hand: beside words such as "published", or when it says nothing else."""
    said = _SAID.search(text)
    for mention in find_venues(text):
        if (said and mention.start >= said.start()) or mention.end - mention.start >= 0.45 * len(text.strip(" .()[]*_")):
            return mention
    return None


def event_of(document: Document) -> _Place | None:
    """The one event whose papers the document says that it speaks of: its title names it, or its first sentences do beside such words."""
    for span in _openings(document):
        text = document.view(span).text
        mentions = [mention for mention in find_venues(text) if mention.kind == "EventSeries"]
        if len({mention.key for mention in mentions}) == 1 and not _ASIDE.search(text):
            year = next((mention.year.value for mention in mentions if mention.year), None) or _year_near(document)
            if year is not None:
                return _Place(mentions[0], year, span)
    return None


def _openings(document: Document) -> Iterator[Span]:
    entries = document.marks(Entry)
    blocks = [
        block
        for block in document.marks(Block)
        if block.kind not in ("chrome", "comment", "code") and not any(entry.span.contains(block.span) for entry in entries)
    ]
    for block in blocks:
        if block.kind == "field" and block.name.lower() in ("title", "og:title", "subtitle"):
            yield block.span
    shown = [block for block in blocks if block.kind != "field"][:4]
    for block in shown:
        if block.kind == "heading" or len(block.span) < 160 or _ROUND_UP.search(document.view(block.span).text):
            yield block.span


def _year_near(document: Document) -> int | None:
    """The year of the document's own date."""
    for block in document.marks(Block):
        if block.kind == "field" and "date" in block.name.lower() and (year := find_year(document.quote(block.span))):
            return year.value
    return None
