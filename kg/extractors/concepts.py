"""Says which concepts a paper is to be indexed under, as a librarian would: from its title, then from what its passage dwells on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from kg import ontology
from kg.extractors.evidence import evidence
from kg.extractors.passages import REQUIRED, Line, Named, Passage, passages
from kg.model import Document, Entity, Fact, Finding, Mark, Rejected

_PREDICATES = {"Task": "kg:addressesTask", "Method": "kg:usesMethod", "Dataset": "kg:evaluatesOn"}
THRESHOLD = 0.5
MOST = 40


@dataclass(slots=True)
class _Candidate:
    """A concept and the lines of one passage that name it."""

    entity: Entity
    discovered: bool
    lines: list[tuple[Line, Named, int]] = field(default_factory=list)

    @property
    def places(self) -> set[str]:
        return {line.place for line, _, _ in self.lines}


class Concepts:
    """Passages to the tasks, methods and datasets of each paper."""

    name = "concepts"
    version = "1"
    requires: tuple[type[Mark], ...] = REQUIRED

    def __call__(self, document: Document) -> Iterator[Finding]:
        for passage in passages(document):
            yield from self._of(document, passage)

    def _of(self, document: Document, passage: Passage) -> Iterator[Finding]:
        ranked = sorted(((weight(candidate, passage), candidate) for candidate in candidates(passage)), key=lambda pair: (-pair[0], pair[1].entity.key))
        for rank, (score, candidate) in enumerate(ranked):
            line = candidate.lines[0][0]
            if score < THRESHOLD or rank >= MOST:
                yield Rejected(evidence(document, line.span, self, 0.3), "mentioned in passing")
                continue
            entity = _as_subject(candidate.entity)
            predicate = _PREDICATES.get(entity.kind)
            if predicate:
                yield Fact(passage.paper, predicate, entity, evidence(document, line.span, self, 0.8))


def _as_subject(entity: Entity) -> Entity:
    """A field that a paper is indexed under is its method if it is a way of learning, else its task."""
    if entity.kind != "Topic":
        return entity
    return Entity("Method" if entity.label.endswith(("learning", "model", "modeling", "method", "analysis", "theory")) else "Task", entity.key, entity.label)


def candidates(passage: Passage) -> Iterable[_Candidate]:
    found: dict[Entity, _Candidate] = {}
    lines = [*([passage.title] if passage.title else []), *passage.body, *passage.sections]
    for index, line in enumerate(lines):
        for named in line.named:
            if _inside_phrase(line, named):
                continue
            candidate = found.setdefault(named.entity, _Candidate(named.entity, named.mention.discovered))
            candidate.lines.append((line, named, index))
    return found.values()


def _inside_phrase(line: Line, named: Named) -> bool:
    """Whether a one-word concept is only the head of a longer one: "classification" in "terrain classification"."""
    word = line.text[named.start : named.end]
    return word[1:].islower() and " " not in word and any(other.mention.discovered and other.start <= named.start and named.end <= other.end and other != named for other in line.named)


def weight(candidate: _Candidate, passage: Passage) -> float:
    score = 0.0
    score += 3 * ("title" in candidate.places)
    body = sum(line.place == "body" for line, _, _ in candidate.lines)
    score += min(2.5, 1.0 * body)
    return score
