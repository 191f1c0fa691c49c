"""The topical headings that a paper stands under."""

from __future__ import annotations

from collections.abc import Iterator

from kg import identity
from kg.annotators import vocabulary
from kg.extractors.evidence import evidence
from kg.model import Document, Entity, Entry, Fact, Finding


class Sections:
    """A heading above an entry is a topic of its paper; the heading is the evidence."""

    name = "sections"
    version = "1"
    requires = (Entry,)

    def __call__(self, document: Document) -> Iterator[Finding]:
        seen = set()
        for entry in document.marks(Entry):
            for span in entry.sections:
                label = " ".join(document.view(span).text.split())
                if (entry.paper.key, label) not in seen:
                    seen.add((entry.paper.key, label))
                    yield Fact(entry.paper, "schema:about", _topic(label), evidence(document, span, self, 0.9))


def _topic(label: str) -> Entity:
    """The curated topic of that very name, else one of this graph."""
    known = vocabulary.labels().get(vocabulary.key(label), ())
    return known[0].entity if len(known) == 1 else identity.topic(label)
