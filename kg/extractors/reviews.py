"""What a document says of a paper, as a review: who reviews it, and in which words."""

from __future__ import annotations

from collections.abc import Iterator

from kg import identity
from kg.extractors.evidence import evidence
from kg.extractors.passages import REQUIRED, Passage, passages
from kg.extractors.voice import speaks_for_itself
from kg.model import Document, Entity, Fact, Finding, HeadField, Mark, Span


class Reviews:
    """Each reviewed passage in the writer's own words to a review with its text."""

    name = "reviews"
    version = "1"
    requires: tuple[type[Mark], ...] = REQUIRED

    def __call__(self, document: Document) -> Iterator[Finding]:
        for passage in passages(document):
            named = reviewers(passage)
            if passage.role == "reviewed" and (named or (passage.body and not speaks_for_itself(passage))):
                for review in reviews(document, passage):
                    yield from self._of(document, passage, review)

    def _of(self, document: Document, passage: Passage, review: Entity) -> Iterator[Finding]:
        first = passage.lines[0].span if passage.lines else passage.entries[0].head[0]
        yield Fact(review, "schema:itemReviewed", passage.paper, evidence(document, first, self, 0.9))
        for field in reviewers(passage):
            person = identity.person(field.value, passage.paper.key)
            if ("schema:author", person) in review.properties:
                yield Fact(review, "schema:author", person, evidence(document, field.span, self, 0.95))
        if body := _body(passage):
            text = document.view(body).text
            yield Fact(review, "schema:reviewBody", text, evidence(document, body, self, 0.9))


def reviewers(passage: Passage) -> list[HeadField]:
    """The persons who are named as the authors of this very passage."""
    return list({field.value: field for entry in passage.entries for field in entry.fields if field.label == "reviewer"}.values())


def reviews(document: Document, passage: Passage) -> list[Entity]:
    """One review for each named reviewer, else one by the document's author, else one by nobody known."""
    people = [identity.person(field.value, passage.paper.key) for field in reviewers(passage)]
    if people:
        return [_review(document, passage.paper, (person,), person.key) for person in people]
    return [_review(document, passage.paper, tuple(identity.person(name, document.name) for name in document.source.authors), "")]


def _review(document: Document, paper: Entity, authors: tuple[Entity, ...], suffix: str) -> Entity:
    key = f"{document.name.rsplit('-', 1)[-1]}-{paper.key}" + (f"-{identity.digest(suffix, 6)}" if suffix else "")
    about = (("schema:itemReviewed", paper), ("schema:isPartOf", Entity("Document", document.name)))
    return Entity("Review", key, "", (*about, *(("schema:author", author) for author in authors)))


def _body(passage: Passage) -> Span | None:
    """The longest stretch of prose about the paper."""
    return max((span for entry in passage.entries for span in entry.body), key=lambda span: (len(span), -span.start), default=None)
