"""What reading a document left over: each sentence with what it gave, and why the others gave nothing.

The reasons are counted over many documents, so that the next rule to write is the one at the top of the list.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.merge.triples import word
from kg.model import Document, Evidence, Fact, Rejected, Sentence, Span
from kg.pipeline import annotate, extract, read
from kg.trust.unread import Place
from kg.trust.words import relation

Outcome = Literal["gave", "refused", "missed"]
_WHOLE = frozenset({"schema:reviewBody", "schema:itemReviewed", "schema:inLanguage", "dcterms:type"})  # they quote a passage, and read nothing in it


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence and what became of it: the relations that it gave, or the reason why it gave none."""

    span: Span
    outcome: Outcome
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Residue:
    """A document with its sentences in their order."""

    document: Document
    pieces: tuple[Piece, ...]

    def reasons(self) -> Counter[str]:
        """How many sentences gave nothing for each reason."""
        return Counter(note for piece in self.pieces if piece.outcome != "gave" for note in piece.notes[:1])


def residue(path: Path, locator: str | None = None) -> Residue:
    """What was left of one document."""
    document = annotate(read(path, locator))
    findings = extract(document)
    facts = _Found([(fact.evidence, relation(word(fact.predicate))) for fact in findings if isinstance(fact, Fact) and fact.predicate not in _WHOLE])
    refusals = _Found([(refusal.evidence, refusal.reason) for refusal in findings if isinstance(refusal, Rejected)])
    place = Place(document)
    return Residue(document, tuple(_piece(mark, facts, refusals, place) for mark in document.marks(Sentence)))


def totals(residues: Iterable[Residue]) -> Counter[str]:
    """The reasons of several documents together."""
    return sum((each.reasons() for each in residues), Counter[str]())


def _piece(mark: Sentence, facts: _Found, refusals: _Found, place: Place) -> Piece:
    if notes := facts.within(mark.span):
        return Piece(mark.span, "gave", notes)
    if notes := refusals.within(mark.span):
        return Piece(mark.span, "refused", notes)
    return Piece(mark.span, "missed", (place.why(mark),))


class _Found:
    """Notes on passages; a note belongs to the sentence that holds its passage, or that its passage is most of."""

    def __init__(self, notes: Sequence[tuple[Evidence, str]]) -> None:
        self._notes = sorted(((evidence.span, note) for evidence, note in notes), key=lambda pair: (pair[0], pair[1]))
        self._starts = [span.start for span, _ in self._notes]
        self._longest = max((len(span) for span, _ in self._notes), default=0)

    def within(self, sentence: Span) -> tuple[str, ...]:
        first, last = bisect_left(self._starts, sentence.start - self._longest), bisect_right(self._starts, sentence.end)
        near = (pair for pair in self._notes[first:last] if sentence.overlaps(pair[0]))
        return tuple(dict.fromkeys(note for span, note in near if sentence.contains(span) or len(span) < 2 * len(sentence)))
