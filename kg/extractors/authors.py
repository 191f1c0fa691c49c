"""Who wrote a paper: the people of its head in order, and whether the list is whole."""

from __future__ import annotations

from collections.abc import Iterator

from kg import identity
from kg.extractors.evidence import evidence
from kg.model import Document, Entity, Entry, Fact, Finding, Span

_WHOLE = True  # the list is never said not to be whole: adding documents only adds facts


class Authors:
    """Reads the author fields of the entries; of several lists of one paper the fullest counts."""

    name = "authors"
    version = "1"
    requires = (Entry,)

    def __call__(self, document: Document) -> Iterator[Finding]:
        best: dict[str, Entry] = {}
        for entry in document.marks(Entry):
            known = best.get(entry.paper.key)
            if known is None or _fullness(entry) > _fullness(known):
                best[entry.paper.key] = entry
        for entry in best.values():
            yield from self._authorships(document, entry)

    def _authorships(self, document: Document, entry: Entry) -> Iterator[Finding]:
        authors = [field for field in entry.fields if field.label == "author"]
        for position, field in enumerate(authors, 1):
            person = identity.person(field.value, entry.paper.key)
            node = Entity(
                "Authorship",
                f"{entry.paper.key}-{position}",
                "",
                (("schema:author", person), ("schema:position", position), ("kg:nameAsWritten", field.value)),
            )
            yield Fact(entry.paper, "kg:authorship", node, evidence(document, field.span, self, 0.95))
        if authors and not any(field.label == "et_al" for field in entry.fields):
            span = Span(min(field.span.start for field in authors), max(field.span.end for field in authors))
            yield Fact(entry.paper, "kg:authorsComplete", _WHOLE, evidence(document, span, self, 0.9))


def _fullness(entry: Entry) -> tuple[int, int]:
    """More people before fewer, longer names before shorter."""
    names = [field.value for field in entry.fields if field.label == "author"]
    return len(names), sum(map(len, names))
