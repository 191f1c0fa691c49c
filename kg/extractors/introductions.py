"""Says which system, method, dataset, task or metric a paper brings into the world."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotators import vocabulary
from kg.annotators.announcements import announcements
from kg.extractors.evidence import evidence
from kg.extractors.passages import REQUIRED, Line, Named, Passage, passages
from kg.extractors.stance import stance
from kg.model import Document, Entity, Fact, Finding, Mark

_VERB = re.compile(
    r"\b(?:propos(?:e|es|ed|ing)|introduc(?:e|es|ed|ing)|present(?:s|ed|ing)?|develop(?:s|ed|ing)?|releas(?:e|es|ed|ing)|creat(?:e|es|ed|ing)|design(?:s|ed)?|contribut(?:e|es|ed|ing)|collect(?:s|ed)?|"
    r"unveil(?:s|ed)?|coin(?:s|ed)?|devis(?:e|es|ed)|buil[dt]s?|describes?|stellen|stellt|proposent|présentent?|introduisent|presentan?|proponen?|propone)\b",
    re.I,
)
# What may stand between the verb and the name: "a new model for X called", "the", "PANNs, a".
_GAP = re.compile(r"[\s\"'“‘*_(]*(?:(?:a|an|the|our|their|its|new|novel|simple|first|named|called|dubbed|and|,)\s+|[a-z][\w-]*\s+){0,7}[\"'“‘*_(]*\Z")
_STOP = re.compile(r"\b(?:with|using|via|by|based|on|from|in|that|which|to|of|for|than|over|as|at|when|where)\b", re.I)
_CALLED = re.compile(r"\b(?:called|named|dubbed|termed|coined|titled|christened|namely|(?:we|they|authors) (?:call|name|term|dub)(?: it| this)?|(?:which|that) (?:is|are) called|known as|referred to as)\s+[\"'“‘*_(]*(?:the\s+|an?\s+)?[\"'“‘*_(]*\Z", re.I)
_CALLED_BY_OTHERS = re.compile(r"\b(?:commonly|often|usually|also|well|widely|previously|so)[\s-]+(?:called|named|known as|referred to as)\W*\Z", re.I)
_BEFORE_VERB = re.compile(r"^[\s)\"'”’*_]*(?:(?:was|were|is|are|has been|have been)\s+)(?:first\s+|newly\s+)?(?:proposed|introduced|presented|released|developed)\b|^[\s)\"'”’*_]*,\s+(?:a|an|our|the)\s+(?:new|novel|first)\b", re.I)
# What may follow a new thing's name: a stop, an explanation, a class word; not another noun, as in "a CLIP version".
_AFTER = re.compile(r"[\s\"'”’*_]*(?:$|[,.:;()–—-]|(?:a|an|the|and|or|which|that|for|to|is|are|was|on|in|by|with|using|via|as|where|based|from|of|at|does|can|und|et|y|models?|methods?|framework|networks?|systems?|architecture|algorithm|library|toolkit|data\s?sets?|corpus|benchmark|database|task|score|metric)\b)", re.I)
_JOINED = re.compile(r"(?:[A-Z][\w.-]*\s*(?:\([^)]*\)\s*)?(?:,|,?\s+and|&)\s+)+\Z")
_SAYS_WHAT = re.compile(r",\s(?:an?|the|which|short)\b|:\s|\s(?:is\s(?:an?|the|their)\b|(?!has\b|was\b|does\b|is\b|this\b)[a-z]{2,}s\s)")
_CUT = re.compile(r"\W{0,2}(?:\([^)]*\)\s*)?(?::|\s[–—-])\s")
_ACRONYM = re.compile(r"[A-Za-z]*[A-Z][\w+-]*")
_NEW = re.compile(r"\b(?:new|novel|our|proposed)\s+(?:[\w-]+\s+){0,2}\Z", re.I)


class Introductions:
    """Names at the head of a title, and names behind a verb of proposing, to `kg:introduces`."""

    name = "introductions"
    version = "1"
    requires: tuple[type[Mark], ...] = REQUIRED

    def __call__(self, document: Document) -> Iterator[Finding]:
        for passage in passages(document):
            for entity, line, confidence in introduced(passage):
                yield Fact(passage.paper, "kg:introduces", entity, evidence(document, line.span, self, confidence, stance(line.text)))


def introduced(passage: Passage) -> Iterator[tuple[Entity, Line, float]]:
    """Each thing that a paper is said to introduce, once, with the line that says so."""
    seen: set[Entity] = set()
    for line in passage.lines if passage.role == "reviewed" else passage.lines[:1]:
        opening = not seen and line in passage.body[:3]
        announced = {new.start for new in announcements(line.text)} if line.place == "body" else set()
        for named in line.named:
            confidence = _in_title(line, named) if line.place == "title" else _in_body(passage, line, named, opening, announced)
            if confidence and named.entity not in seen:
                seen.add(named.entity)
                yield named.entity, line, confidence


def _in_body(passage: Passage, line: Line, named: Named, opening: bool, announced: set[int]) -> float:
    if named.start in announced and named.entity.kind != "Task" and named.entity.key not in vocabulary.broader() and stance(line.text, named.start) != "denied":
        return 0.8
    if confidence := _in_sentence(line, named):
        return confidence
    if passage.title and line in passage.body[:3] and not line.text[: named.start].strip("\"'“‘*_ -") and _spelt_by(line.text[named.start : named.end], named, passage.title.text):
        return 0.75
    return 0.7 if opening and _opens(line, named) else 0.0


def _spelt_by(surface: str, named: Named, title: str) -> bool:
    """Whether a name is made of the first letters of the title's words, as SimCLR is of "A Simple Framework for Contrastive Learning of Representations"."""
    if named.entity.kind not in ("Method", "Dataset") or not _ACRONYM.fullmatch(surface) or surface in title or named.entity.key in vocabulary.broader():
        return False
    letters = [letter for letter in re.sub(r"s$|\W|\d", "", surface) if letter.isupper()]
    if len(letters) < 2:
        return False
    initials = iter(word[0].upper() for word in re.findall(r"[^\W_]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", title)))
    return all(letter in initials for letter in letters)


def _in_title(line: Line, named: Named) -> float:
    """A title begins with the name and a colon ("X: a …"), or is about "The X Dataset"."""
    before, after = line.text[: named.start].strip(" \"'“‘*"), line.text[named.end :]
    head = not before or before.lower() in ("the", "introducing")
    if head and not after.strip(" .\"'”’*") and named.mention.discovered and named.entity.kind == "Method" and len(line.text.split()) < 3:
        return 0.75
    if head and re.match(r"\s+(?:An?\s+[A-Z]|[A-Z][a-z]+ing\s)", after) and named.mention.discovered and " " not in line.text[named.start : named.end]:
        return 0.8
    if (head and re.match(r"\s+(?:and|&)\s+[A-Z]\S+:\s", after)) or (re.fullmatch(r"[A-Z]\S+\s+(?:and|&)", before) and re.match(r":\s", after)):
        return 0.85
    surface = line.text[named.start : named.end]
    if head and (cut := _CUT.match(after)) and (":" in cut.group() or named.mention.discovered) and (_proper(surface, named) or _is_name(named, surface)):
        return 0.9
    if named.mention.discovered and named.entity.kind == "Dataset" and (head or before.endswith((":", "the", "The"))):
        return 0.9
    return 0.0


def _in_sentence(line: Line, named: Named) -> float:
    before, after = line.text[: named.start], line.text[named.end :]
    if _CALLED.search(before) and not _CALLED_BY_OTHERS.search(before) and named.mention.discovered:
        return 0.8
    if not _proper(line.text[named.start : named.end], named) or not _AFTER.match(after):
        return 0.0
    if _BEFORE_VERB.match(after):
        return 0.7
    for verb in _VERB.finditer(before):
        gap = _JOINED.sub("", before[verb.end() :])
        if _GAP.fullmatch(gap) and not _STOP.search(gap):
            return 0.85
        if re.search(r"[,(:–—-]\s*\Z", gap) and len(gap) < 120 and _NEW.search(gap[:40] + " ") is not None:
            return 0.7
    return 0.0


def _opens(line: Line, named: Named) -> bool:
    """Whether a passage begins with the name and says what it is or does: "X, a …", "X: …", "X learns …"."""
    surface = line.text[named.start : named.end]
    name = _proper(surface, named) or (named.mention.discovered and any(c.isdigit() for c in surface)) or _is_name(named, surface)
    return name and named.entity.kind == "Method" and not line.text[: named.start].strip("\"'“‘*_ -") and bool(_SAYS_WHAT.match(line.text, named.end)) and (named.mention.discovered or named.entity.label[0].isupper())


def _is_name(named: Named, surface: str) -> bool:
    """Whether a capitalised word at the head of a title is the vocabulary's name of one system, such as "Spanner"."""
    return surface[:1].isupper() and named.entity.label[:1].isupper() and named.entity.kind in ("Method", "Dataset")


def _proper(surface: str, named: Named) -> bool:
    """Whether the words are a name: with capitals inside, an acronym, or found as a name of this document."""
    if named.mention.discovered and any(dict(named.entity.properties)):
        return True
    return any(c.isupper() for c in surface[1:]) or (surface[:1].isupper() and named.mention.discovered and named.entity.kind != "Task" and " " not in surface)
