"""Says how a reviewer judges a paper: the sentiment of the passage, and the single strengths and weaknesses, each with its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg import ontology
from kg.extractors.evidence import evidence
from kg.extractors.judgements import judged
from kg.extractors.passages import REQUIRED, Line, Passage, passages
from kg.extractors.reviews import reviews
from kg.extractors.voice import speaks_for_itself
from kg.model import Document, Fact, Finding, Iri, Mark

_STRENGTHS = re.compile(r"^\W*(?:pros?|strengths?|strong points?|positives?|the good|what i like[ds]?|likes?|advantages?|highlights?|stärken|points forts|puntos fuertes|ventajas)\W*$", re.I)
_WEAKNESSES = re.compile(r"^\W*(?:cons?|weakness(?:es)?|weak points?|negatives?|the bad|what i (?:didn[’']?t|don[’']?t) like|dislikes?|disadvantages?|limitations?|drawbacks?|criticisms?|schwächen|points faibles|debilidades|desventajas)\W*$", re.I)
_LABEL = re.compile(r"^\W*(pros?|strengths?|cons?|weakness(?:es)?|positives?|negatives?|limitations?)\s*:\s+(?=\S)", re.I)
_OTHER_HEADING = re.compile(r"^[A-Z][\w ]{2,40}:?$")
_RATING = re.compile(r"\b(?:rating|score|my (?:rating|score)|verdict|note|bewertung)\s*:?\s*(\d+(?:\.\d)?)\s*(?:/|out of)\s*(5|10)\b|(?<![\d/])(\d)\s*/\s*(5)\b(?:\s*stars?)?|(★+)(☆*)|(⭐+)", re.I)


# Criticism that takes something back from what was said before.
_AFTER_ALL = re.compile(r"\W*(?:however|but|still|although|though|nevertheless|that said|on the other hand|allerdings|jedoch|cependant|toutefois|sin embargo)\b", re.I)


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence that judges: how strongly it praises and blames."""

    line: Line
    praise: float
    blame: float


class Opinions:
    """Reviewed passages to sentiments and notes; the paper's own claims are no opinion."""

    name = "opinions"
    version = "1"
    requires: tuple[type[Mark], ...] = REQUIRED

    def __call__(self, document: Document) -> Iterator[Finding]:
        for passage in passages(document):
            if passage.role != "reviewed" or speaks_for_itself(passage):
                continue
            notes = list(noted(passage))
            if not notes:
                continue
            sentiment, line, confidence = overall(notes)
            for review in reviews(document, passage):
                yield Fact(review, "kg:sentiment", Iri(ontology.expand(f"kg:{sentiment}")), evidence(document, line.span, self, confidence))
                for note in notes:
                    predicate = "schema:positiveNotes" if note.praise > note.blame else "schema:negativeNotes"
                    yield Fact(review, predicate, note.line.text.strip(" -–*•+"), evidence(document, note.line.span, self, 0.8))


def noted(passage: Passage) -> Iterator[Note]:
    """The sentences that judge; those under "Pros" and "Cons" do so by their place."""
    side = 0
    for line in passage.body:
        text = line.text.strip()
        if _STRENGTHS.match(text) or _WEAKNESSES.match(text):
            side = 1 if _STRENGTHS.match(text) else -1
            continue
        if side and _OTHER_HEADING.match(text) and len(text.split()) < 5:
            side = 0
        if label := _LABEL.match(text):
            positive = label.group(1).lower().startswith(("pro", "strength", "positive"))
            yield Note(line, float(positive), float(not positive))
        elif side:
            yield Note(line, float(side > 0), float(side < 0))
        elif rating := _rating(text):
            yield Note(line, *rating)
        else:
            judgement = judged(text)
            if judgement.praise or judgement.blame:
                yield Note(line, judgement.praise, judgement.blame)


def _rating(text: str) -> tuple[float, float] | None:
    match = _RATING.search(text)
    if not match:
        return None
    if match.group(5) or match.group(7):
        stars = len(match.group(5) or match.group(7))
        share = stars / max(5, stars + len(match.group(6) or ""))
    else:
        share = float(match.group(1) or match.group(3)) / float(match.group(2) or match.group(4))
    return (1.5, 0.0) if share >= 0.7 else (0.0, 1.5) if share <= 0.4 else (1.0, 1.0)


def overall(notes: list[Note]) -> tuple[str, Line, float]:
    """The sentiment of all notes together, with the sentence that says most and how sure that is."""
    praise, blame = sum(note.praise for note in notes), sum(note.blame for note in notes)
    strongest = max(notes, key=lambda note: (note.praise + note.blame, -note.line.span.start)).line
    if min(praise, blame) >= 0.5 and 1 / 5 < praise / blame < 5:
        return "mixed", strongest, 0.65
    if not praise and all(_AFTER_ALL.match(note.line.text) for note in notes):
        return "mixed", strongest, 0.5
    confidence = 0.9 if max(praise, blame) >= 2 else 0.8 if max(praise, blame) >= 1 else 0.6
    return ("positive" if praise > blame else "negative"), strongest, confidence
