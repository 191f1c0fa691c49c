from collections.abc import Callable, Sequence

import pytest

from kg import identity, rdf
from kg.model import Document, Entity, Evidence, Fact, Object, Source, Span

Part = tuple[str, list[str]]


class Review:
    """Makes the lines of one document out of a few words about papers."""

    def __init__(self, title: str) -> None:
        self.text = f"{title}. The words that state it."
        self.document = Document(identity.document_name(title, title), self.text, Source(title, "text/plain", title))
        self.facts: list[Fact] = []
        self.say(Entity("Document", self.document.name), "schema:name", title)

    def say(self, subject: Entity, predicate: str, value: Object, words: str | None = None, confidence: float = 0.9) -> "Review":
        if words is not None and words not in self.text:
            self.text += f" {words}"
            self.document = Document(self.document.name, self.text, self.document.source)
        start = self.text.index(words) if words else 0
        span = Span(start, start + len(words)) if words else Span(0, len(self.text))
        self.facts.append(
            Fact(subject, predicate, value, Evidence(self.document.name, span, self.text[span.start : span.end], "test/1", "asserted", confidence))
        )
        return self

    def paper(self, title: str, authors: Sequence[str] = (), *more: tuple[str, Object], complete: bool = False) -> "Review":
        paper = identity.paper(title)
        self.say(paper, "schema:name", title)
        for position, name in enumerate(authors, 1):
            properties: tuple[tuple[str, Object], ...] = (
                ("schema:author", identity.person(name, paper.key)),
                ("schema:position", position),
                ("kg:nameAsWritten", name),
            )
            self.say(paper, "kg:authorship", Entity("Authorship", f"{paper.key}-{position}", "", properties))
        if complete:
            self.say(paper, "kg:authorsComplete", value=True)
        for predicate, value in more:
            self.say(paper, predicate, value)
        return self

    @property
    def part(self) -> Part:
        return self.document.name, rdf.lines(self.document, self.facts)


@pytest.fixture
def review() -> Callable[[str], Review]:
    return Review
