"""Says which concepts a paper is to be indexed under, as a librarian would: from its title, then from what its passage dwells on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.annotators import vocabulary
from kg.extractors.evidence import evidence
from kg.extractors.keywords import keywords
from kg.extractors.passages import REQUIRED, Line, Named, Passage, passages
from kg.model import Document, Entity, Fact, Finding, Mark, Rejected

_PREDICATES = {"Task": "kg:addressesTask", "Method": "kg:usesMethod", "Dataset": "kg:evaluatesOn"}
_WAYS = ("learning", "model", "modeling", "modelling", "method", "analysis", "theory", "programming", "computing")
_MOST = 20
_SHOWN = 12  # sentences that a reader is given for one concept
_PLACES = {"title": 3.0, "body": 1.0, "section": 1.0, "head": 0.0}


@dataclass(slots=True)
class _Candidate:
    """A concept and the lines of one passage that name it."""

    entity: Entity
    discovered: bool
    lines: list[Line] = field(default_factory=list)

    @property
    def weight(self) -> float:
        """How much the passage is about it: the title counts as three sentences."""
        return sum(_PLACES[line.place] for line in self.lines)

    @property
    def shown(self) -> list[Line]:
        """The first line, and further ones that say its name itself, not a short form that holds in this document only."""
        return [line for line in self.lines if line is self.lines[0] or _spelt(line, self.entity)][:_SHOWN]

    @property
    def confidence(self) -> float:
        in_title = self.lines[0].place == "title"
        if self.discovered:
            return 0.8 if in_title or len(self.lines) > 2 else 0.6
        return 0.95 if in_title else 0.85 if len(self.lines) > 1 else 0.7


class Concepts:
    """Passages to the tasks, methods and datasets of each paper."""

    name = "concepts"
    version = "1"
    requires: tuple[type[Mark], ...] = REQUIRED

    def __call__(self, document: Document) -> Iterator[Finding]:
        for passage in passages(document):
            yield from self._keywords(document, passage)
            ranked = sorted(candidates(passage), key=lambda candidate: (-candidate.weight, candidate.entity.key))
            for rank, candidate in enumerate(ranked):
                entity = _as_subject(candidate.entity)
                if rank >= _MOST:
                    yield Rejected(evidence(document, candidate.lines[0].span, self, 0.3), "named in passing")
                elif predicate := _PREDICATES.get(entity.kind):
                    for line in candidate.shown:
                        yield Fact(passage.paper, predicate, entity, evidence(document, line.span, self, candidate.confidence))

    def _keywords(self, document: Document, passage: Passage) -> Iterator[Finding]:
        """What the paper is filed under, whether or not the passage speaks of it."""
        for entity, span in keywords(document, passage):
            subject = _as_subject(entity)
            if predicate := _PREDICATES.get(subject.kind):
                yield Fact(passage.paper, predicate, subject, evidence(document, span, self, 0.9))


def _spelt(line: Line, entity: Entity) -> bool:
    """Whether a line writes a concept as its label or as the vocabulary does."""
    written = {vocabulary.key(line.text[named.start : named.end]) for named in line.named if named.entity == entity}
    return vocabulary.key(entity.label) in written or any(label.entity == entity for key in written for label in vocabulary.labels().get(key, ()))


def candidates(passage: Passage) -> list[_Candidate]:
    """The concepts that title, body and headings name, each with its lines in this order."""
    found: dict[Entity, _Candidate] = {}
    for line in (*passage.lines, *passage.sections):
        for named in line.named:
            if not _inside_phrase(line, named):
                candidate = found.setdefault(named.entity, _Candidate(named.entity, named.mention.discovered))
                if line not in candidate.lines:
                    candidate.lines.append(line)
    return [candidate for candidate in found.values() if not _subsumed(candidate, found)]


def _subsumed(candidate: _Candidate, found: dict[Entity, _Candidate]) -> bool:
    """Whether a word in passing, such as "classification", is what a narrower concept of the passage is a sort of: the specific heading is enough."""
    label = candidate.entity.label.casefold()
    return candidate.weight <= 1 and " " not in label and label.islower() and any(other.label.casefold().endswith(f" {label}") for other in found)


def _inside_phrase(line: Line, named: Named) -> bool:
    """Whether a one-word concept is only the head of a longer one: "classification" in "terrain classification"."""
    word = line.text[named.start : named.end]
    return (
        word[1:].islower()
        and " " not in word
        and any(other.mention.discovered and other.start <= named.start and named.end <= other.end and other != named for other in line.named)
    )


def _as_subject(entity: Entity) -> Entity:
    """A field that a paper is indexed under is its method if it is a way of doing things, else its task."""
    if entity.kind != "Topic":
        return entity
    return Entity("Method" if entity.label.endswith(_WAYS) else "Task", entity.key, entity.label)
