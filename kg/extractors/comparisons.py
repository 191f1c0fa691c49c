"""Says what a paper's system outperforms, extends, or is compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extractors.evidence import evidence
from kg.extractors.introductions import introduced
from kg.extractors.passages import REQUIRED, Line, Named, passages
from kg.extractors.stance import stance
from kg.model import Document, Entity, Fact, Finding, Mark

_CUES = (
    ("kg:outperforms", re.compile(r"\b(?:outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|beat(?:s|ing)?|exceed(?:s|ed|ing)?|(?:better|faster|stronger|more accurate|more efficient)\s+(?:\w+\s+){0,8}?(?:than|compared to|as compared to)|superior to|übertrifft|surpasse|supera)\b", re.I)),
    ("kg:extends", re.compile(
        r"\b(?:extend(?:s|ed|ing)?|extensions? (?:of|to)|build(?:s|ing)? (?:up)?on|built (?:up)?on(?: top of)?|improv(?:es|ed|ing|ement) (?:up)?on|adaptations? of|adapt(?:s|ed|ing)|variants? of|variations? (?:of|on)|successor (?:of|to)|"
        r"follow-?up (?:of|to|on)|generali[sz](?:es|ation of)|takes? the backbone from|version of|modif(?:ies|ied|ication of)|revisits?|erweitert|étend|extiende)\b", re.I)),
    ("kg:comparesWith", re.compile(r"\b(?:compar(?:e|es|ed|ing|able|ison)\s+(?:\w+\s+){0,3}?(?:with|to|against)|competitive with|on par with|similar (?:idea )?to|same idea as|(?:than|vs\.?|versus|unlike|instead of|alternative to|in contrast to|as opposed to|comparé\w* (?:à|avec)|verglichen mit))\b", re.I)),
)  # fmt: skip
_REACH = 70
_AND_ALSO = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:,|,?\s+and|&)\s+(?:the\s+)?\Z")
_STOP = re.compile(r"[.;:]\s|\b(?:by|while|whereas|which|because|since|when|but)\b")


class Comparisons:
    """Sentences with a word of comparison before the name of another method."""

    name = "comparisons"
    version = "1"
    requires: tuple[type[Mark], ...] = REQUIRED

    def __call__(self, document: Document) -> Iterator[Finding]:
        for passage in passages(document):
            if passage.role == "cited":
                continue
            own = [entity for entity, _, _ in introduced(passage)]
            systems = [entity for entity in own if entity.kind == "Method"]
            subject = systems[0] if len(systems) == 1 else passage.paper
            seen: set[tuple[str, Entity]] = set()
            for line in passage.lines:
                for predicate, target, place in compared(line):
                    if target not in own and (predicate, target) not in seen:
                        seen.add((predicate, target))
                        yield Fact(subject, predicate, target, evidence(document, line.span, self, 0.75, stance(line.text, place)))


def compared(line: Line) -> Iterator[tuple[str, Entity, int]]:
    """Each relation that a line states, its target and where the word for it stands."""
    taken: set[Entity] = set()
    for predicate, pattern in _CUES:
        for cue in pattern.finditer(line.text):
            for named in _targets(line, cue.end()):
                if named.entity not in taken:
                    taken.add(named.entity)
                    yield predicate, named.entity, cue.start()


def _targets(line: Line, start: int) -> Iterator[Named]:
    """The first method named after the cue, and those that are joined to it by "and"."""
    end = start
    for named in line.named:
        if named.start < end or named.entity.kind != "Method":
            continue
        between = line.text[end : named.start]
        if end == start and (len(between) > _REACH or _STOP.search(between)):
            return
        if end != start and not _AND_ALSO.fullmatch(between):
            return
        yield named
        end = named.end
