"""Says how a reviewer judges a paper: the sentiment of the passage, and the single strengths and weaknesses, each with its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from kg import ontology
from kg.annotators.sentences import ranges
from kg.extractors.aspects import aspects
from kg.extractors.evidence import evidence
from kg.extractors.judgements import contrasts, judged
from kg.extractors.lexicon import languages
from kg.extractors.passages import REQUIRED, Line, Passage, passages
from kg.extractors.ratings import best, points, rating
from kg.extractors.reviews import reviewers, reviews
from kg.extractors.voice import speaks_for_itself
from kg.model import Document, Fact, Finding, Iri, Mark, View

_PRAISE_WORDS = r"pros?|strengths?|strong points?|positives?|the good|what i like[ds]?|what works|likes?|liked|loved|advantages?|highlights?|upsides?|stärken?|vorteile?|pluspunkte?|points? forts?|avantages?|puntos? fuertes?|fortalezas|ventajas|优点|优势|亮点|良い点|長所|強み"
_BLAME_WORDS = r"cons?|weakness(?:es)?|weak points?|negatives?|the bad|what i (?:didn['’]?t|don['’]?t) like|what doesn['’]t(?: work)?|dislikes?|disliked|disadvantages?|limitations?|drawbacks?|downsides?|criticisms?|shortcomings?|complaints?|concerns?|gripes?|schwächen?|nachteile?|kritik|minuspunkte?|points? faibles?|faiblesses|inconvénients?|limites|puntos? débiles?|debilidades|desventajas|limitaciones|缺点|不足|劣势|悪い点|短所|弱み"
_STRENGTHS = re.compile(rf"^\W*(?:{_PRAISE_WORDS})\W*$", re.I)
_WEAKNESSES = re.compile(rf"^\W*(?:{_BLAME_WORDS})\W*$", re.I)
_BOTH = re.compile(rf"^\W*(?:{_PRAISE_WORDS})\s*(?:/|and|&|,|und|et|y)\s*(?:{_BLAME_WORDS})\W*$", re.I)
_LABEL = re.compile(rf"^\W*(?:(?P<praise>{_PRAISE_WORDS})|(?P<blame>{_BLAME_WORDS}))\s*[:：]\s*(?=\S)", re.I)
_LABEL_INSIDE = re.compile(rf"[;.；。,，]\s*(?:{_PRAISE_WORDS}|{_BLAME_WORDS})\s*[:：是]", re.I)
_BULLET = re.compile(r"^\s*(?:\((?P<sign>[+\-−–])\)|(?P<plus>\+)|(?P<minus>[−–]))\s*(?=[A-Za-z])")
_NOTHING = re.compile(r"^\W*(?:none|n/?a|nothing|no|-|keine|aucune?|ninguna?|无|なし)\W*$", re.I)
_OTHER_HEADING = re.compile(r"^[A-ZÀ-Þ][\w /]{2,40}[:.]?$")
_VERDICT = re.compile(
    r"\b(?:recommendation|verdict|overall|my take|bottom line|conclusion|tl;?dr|in (?:short|sum)|all in all|fazit|insgesamt|en somme|bilan|en resumen|veredicto)\b|总之|总体|総評|結論",
    re.I,
)
# "…, which is hard.  To solve this, the authors …": the difficulty is the paper's subject.
_REMEDY = re.compile(
    r"^\W*(?:to (?:solve|fix|address|overcome|tackle|remedy|avoid|circumvent|alleviate|mitigate|counter|deal with|get around)\b|(?:this|the) (?:paper|work|article) (?:solves|fixes|addresses|overcomes|tackles|remedies)\b|the (?:paper|authors)(?:['’]s?)? (?:solution|answer|remedy|fix)\b)",
    re.I,
)
_MIXED = 3.0
_HEARD = 0.7
# How sure a sentiment is, by how much is said for it; least where praise is faint or may be irony.
_SURE = ((2.0, 0.9), (1.0, 0.8), (0.7, 0.6), (0.0, 0.4))


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence that judges: how strongly it praises and blames; `mark` is the share of the best mark if it gives one."""

    line: Line
    praise: float
    blame: float
    mark: float | None = None


class Opinions:
    """Reviewed passages to sentiments and notes; the paper's own claims are no opinion."""

    name = "opinions"
    version = "2"
    requires: tuple[type[Mark], ...] = REQUIRED

    def __call__(self, document: Document) -> Iterator[Finding]:
        judged_ones = [passage for passage in passages(document) if passage.role == "reviewed" and not speaks_for_itself(passage)]
        spoken = languages(" ".join(line.text for passage in judged_ones for line in passage.body))
        scale = best([mark for passage in judged_ones for line in passage.body if (mark := points(_labelled(line))) is not None])
        for passage in judged_ones:
            own = languages(" ".join(line.text for line in passage.body))
            if notes := list(noted(passage, spoken | own, scale)):
                yield from self._facts(document, passage, notes, spoken | own)

    def _facts(self, document: Document, passage: Passage, notes: list[Note], spoken: frozenset[str]) -> Iterator[Finding]:
        if not (said := overall(notes)):
            return
        sentiment, line, confidence = said
        for review in reviews(document, passage):
            if not passage.body and not reviewers(passage):  # no passage of its own says whose review it is; the judgement does
                yield Fact(review, "schema:itemReviewed", passage.paper, evidence(document, line.span, self, 0.8))
            yield Fact(review, "kg:sentiment", Iri(ontology.expand(f"kg:{sentiment}")), evidence(document, line.span, self, confidence))
            for note in notes:
                if note.praise == note.blame and note.mark is not None:
                    continue
                predicate = "schema:positiveNotes" if note.praise > note.blame else "schema:negativeNotes"
                yield Fact(review, predicate, note.line.text.strip(" -–*•+"), evidence(document, note.line.span, self, 0.8))
                for aspect, praised in aspects(note.line.text, note.praise, note.blame, spoken):
                    found = Iri(ontology.expand(f"kg:{aspect}"))
                    yield Fact(review, "kg:praises" if praised else "kg:criticises", found, evidence(document, note.line.span, self, 0.7))


def noted(passage: Passage, spoken: frozenset[str], scale: int | None = None) -> Iterator[Note]:
    """The sentences that judge; those under "Pros" and "Cons" do so by their place, marks wherever they stand."""
    for line in passage.heads:
        if mark := rating(_beside(passage, line)):
            yield _marked(line, mark.share)
    side, before = 0, None
    lines = (*_remarks(passage), *passage.body)
    for line, after in zip_longest(lines, lines[1:]):
        text = line.text.strip()
        if _BOTH.match(text):
            side = 0
            continue
        if _STRENGTHS.match(text) or _WEAKNESSES.match(text):
            side = 1 if _STRENGTHS.match(text) else -1
            continue
        if line.is_heading or (side and _OTHER_HEADING.match(text) and len(text.split()) < 4 and text.endswith((":", ".")) and _is_label(text)):
            side = 0
            continue
        mark_given = points(_labelled(line)) if scale else None
        note = _marked(line, mark_given / scale) if scale and mark_given is not None else _note(line, text, side, spoken)
        if note is None and before and contrasts(text):
            note = Note(line, 0.0, 0.7) if before.praise > before.blame else Note(line, 0.5, 0.0)
        before = note
        if note and not (note.blame and not side and after and _REMEDY.match(after.text)):
            yield note


def _labelled(line: Line) -> str:
    """A cell with the header of its column before it."""
    return f"{line.column}: {line.text}" if line.column else line.text


def _is_label(text: str) -> bool:
    return bool(
        _VERDICT.search(text)
        or re.match(r"\W*(?:summary|recommendation|questions?|notes?|results?|details?|comments?|related|references?|code|links?)\b", text, re.I)
    )


def _note(line: Line, text: str, side: int, spoken: frozenset[str]) -> Note | None:
    if mark := rating(text):
        return _marked(line, mark.share)
    if (label := _LABEL.match(text)) and not _NOTHING.match(text[label.end() :]):
        # One line may hold both: "Pros: fast; cons: hard to read".
        both, praised = bool(_LABEL_INSIDE.search(text, label.end())), bool(label.group("praise"))
        return Note(line, float(praised or both), float(not praised or both))
    if side:
        return None if _NOTHING.match(text) else Note(line, float(side > 0), float(side < 0))
    if bullet := _BULLET.match(text):
        positive = (bullet.group("sign") or bullet.group("plus")) == "+"
        return Note(line, float(positive), float(not positive))
    judgement = judged(text, spoken)
    return Note(line, judgement.praise, judgement.blame) if judgement.praise or judgement.blame else None


def _marked(line: Line, share: float) -> Note:
    if share >= 0.7:
        return Note(line, 1.5, 0.0, share)
    return Note(line, 0.0, 1.5, share) if share <= 0.4 else Note(line, 0.0, 0.0, share)


def _beside(passage: Passage, line: Line) -> str:
    """What stands in a head line beside the title and the fields, which are blanked."""
    text = line.text
    values = [field.value for entry in passage.entries for field in entry.fields] + ([passage.title.text] if passage.title else [])
    for value in sorted(filter(None, values), key=len, reverse=True):
        text = text.replace(value, " " * len(value))
    return text


def _remarks(passage: Passage) -> Iterator[Line]:
    """Sentences in a head after title and fields, such as a remark behind the venue on the same line."""
    for line in passage.heads:
        beside = _beside(passage, line)
        if len(line.text) != len(line.view.text):
            continue
        for start, end in ranges(line.text):
            if start and beside[start:end] == line.text[start:end] and re.search(r"[^\W\d_]{3}", line.text[start:end]):
                yield Line(
                    "body", line.view.span(start, end), line.text[start:end], View(line.text[start:end], (0,), (line.view.span(start, end),)), ()
                )


def overall(notes: list[Note]) -> tuple[str, Line, float] | None:
    """The sentiment of all notes together, with the sentence that says most and how sure that is; a mark weighs more than words."""
    weights = [1.3 if index == len(notes) - 1 and index else 1.0 for index in range(len(notes))]
    praise = sum(note.praise * weight for note, weight in zip(notes, weights, strict=True))
    blame = sum(note.blame * weight for note, weight in zip(notes, weights, strict=True))
    strongest = max(notes, key=lambda note: (note.praise + note.blame, note.mark is not None, -note.line.span.start)).line
    marks = [note for note in notes if note.mark is not None]
    if marks:
        return _by_mark(marks[-1], praise, blame)
    if not (praise and blame) and all(contrasts(note.line.text) for note in notes):
        return "mixed", strongest, 0.5
    if min(praise, blame) >= _HEARD and 1 / _MIXED < praise / blame < _MIXED:
        return "mixed", strongest, 0.65
    confidence = next(sure for least, sure in _SURE if max(praise, blame) >= least)
    return ("positive" if praise > blame else "negative"), strongest, confidence


def _by_mark(note: Note, praise: float, blame: float) -> tuple[str, Line, float] | None:
    share = note.mark or 0.0
    if share >= 0.7:
        return ("mixed" if share < 0.9 and blame >= 1 else "positive"), note.line, 0.9
    if share <= 0.4:
        return ("mixed" if share > 0.25 and praise >= 2 else "negative"), note.line, 0.9
    if praise or blame:
        return "mixed", note.line, 0.7
    return None
