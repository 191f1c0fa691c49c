"""Selections that a document makes of its papers: "Top 10", "My favourites", "Must reads", by the headings that they stand under."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from kg import identity
from kg.extractors.evidence import evidence
from kg.model import Block, Document, Entity, Entry, Fact, Finding, Mark, Span

_SELECTION = re.compile(
    r"\btop[- ]?(?:\d+|three|five|ten|picks?|papers?)\b|\bfavou?rites?\b|\bhighlights?\b|\bmust[- ]reads?\b|\b(?:my|our|editor['’]?s?) picks?\b|\bhonou?rable mentions?\b|"
    r"\b(?:papers?|ones|works?) (?:that |which )?(?:i|we) (?:really )?(?:enjoyed|liked|loved)\b|\blieblings\w+|\bcoups? de c(?:œ|oe)ur\b|\bfavorit[oae]s?\b|\bpréférés?\b|\bpreferiti\b|精选|最爱|お気に入り|推し|가장 좋아하",
    re.I,
)
_LONGEST = 80  # characters of a heading that names a selection


class Selections:
    """Papers under a heading that chooses them to `schema:itemListElement` of a list."""

    name = "selections"
    version = "1"
    requires: tuple[type[Mark], ...] = (Entry,)

    def __call__(self, document: Document) -> Iterator[Finding]:
        above = _headings_above(document)
        starts = [block.span.start for block in document.marks(Block)]
        seen = set()
        for entry in document.marks(Entry):
            if entry.role != "reviewed":
                continue
            for heading in above.get(bisect_right(starts, entry.head[0].start) - 1, ()):
                name = " ".join(document.view(heading).text.split()).strip(" :.")
                if len(name) <= _LONGEST and _SELECTION.search(name) and (name, entry.paper) not in seen:
                    seen.add((name, entry.paper))
                    yield Fact(_list(document, name), "schema:itemListElement", entry.paper, evidence(document, heading, self, 0.85))


def _headings_above(document: Document) -> dict[int, tuple[Span, ...]]:
    """For each block, by its place, the headings that it stands under, outermost first."""
    found: dict[int, tuple[Span, ...]] = {}
    open_ones: list[Block] = []
    for place, block in enumerate(document.marks(Block)):
        if block.kind == "heading":
            open_ones = [heading for heading in open_ones if heading.level < block.level]
        found[place] = tuple(heading.span for heading in open_ones)
        if block.kind == "heading":
            open_ones.append(block)
    return found


def _list(document: Document, name: str) -> Entity:
    authors = tuple(("schema:author", identity.person(writer, document.name)) for writer in document.source.authors)
    about = (("schema:isPartOf", Entity("Document", document.name)), *authors)
    return identity.node("List", name, document.name, name, label=name, properties=about)
