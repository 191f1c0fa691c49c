"""The papers themselves: title, identifiers and address, and that the document speaks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import identity
from kg.extractors.evidence import evidence
from kg.model import Document, Entity, Entry, Fact, Finding, HeadField, Iri, Reference

_POINTER = re.compile(r"\b(?:paper|article|preprint|publication|pdf|arxiv|full text|doi|link|here|html|abs)\b|^\W*$", re.I)
_PRINTED = re.compile(r"\b(?:doi:?\s*|https?://(?:dx\.)?doi\.org/)10\.\d{4,9}/\S+|\barxiv:\s*(?:\d{4}\.\d{4,5}|[a-z-]+/\d{7})", re.I)


class Papers:
    """Says of each entry which paper it names."""

    name = "papers"
    version = "1"
    requires = (Entry, Reference)

    def __call__(self, document: Document) -> Iterator[Finding]:
        titled: set[str] = set()
        for entry in document.marks(Entry):
            title = next((field for field in entry.fields if field.label == "title"), None)
            if title is not None and entry.paper.key not in titled:
                titled.add(entry.paper.key)
                yield Fact(entry.paper, "schema:name", title.value, evidence(document, title.span, self, entry.confidence))
            if entry.role == "reviewed":
                yield Fact(Entity("Document", document.name), "schema:mentions", entry.paper, evidence(document, entry.head[0], self, entry.confidence))
        for entry in _one_each(document):
            yield from self._addresses(document, entry)
            yield from self._printed(document, entry)

    def _addresses(self, document: Document, entry: Entry) -> Iterator[Finding]:
        own = own_reference(document, entry)
        if own is None:
            return
        found = evidence(document, own.span, self, 0.95)
        yield Fact(entry.paper, "schema:url", Iri(own.target), found)
        yield from _identified(entry, own.target, found)

    def _printed(self, document: Document, entry: Entry) -> Iterator[Finding]:
        """A DOI or arXiv number that the head prints."""
        for span in entry.head:
            for match in _PRINTED.finditer(document.text, span.start, span.end):
                yield from _identified(entry, match.group(), evidence(document, span, self, 0.95))


def _identified(entry: Entry, text: str, found: object) -> Iterator[Finding]:
    from kg.model import Evidence

    assert isinstance(found, Evidence)
    if number := identity.arxiv_id(text):
        yield Fact(entry.paper, "schema:identifier", f"arxiv:{number}", found)
        yield Fact(entry.paper, "schema:sameAs", Iri(f"https://arxiv.org/abs/{number}"), found)
    elif name := identity.doi(text):
        yield Fact(entry.paper, "schema:identifier", f"doi:{name}", found)
        yield Fact(entry.paper, "schema:sameAs", Iri(f"https://doi.org/{name}"), found)


def own_reference(document: Document, entry: Entry) -> Reference | None:
    """The link that leads to the paper of an entry: on its title, in its head, or pointed at by its passage ("the paper")."""
    title = next((field for field in entry.fields if field.label == "title"), None)
    references = [reference for reference in document.marks(Reference) if entry.span.overlaps(reference.span)]
    in_head = [reference for reference in references if any(span.overlaps(reference.span) for span in entry.head)]
    if title is None:
        return in_head[0] if in_head else None
    on_title = [reference for reference in in_head if reference.span.overlaps(title.span)]
    if on_title:
        return on_title[0]
    papers = [reference for reference in in_head if reference.kind == "paper"]
    if papers:
        return papers[0]
    pointing = [reference for reference in references if reference not in in_head and reference.kind == "paper" and _POINTER.search(_words(document, reference))]
    return pointing[0] if pointing else None


def _words(document: Document, reference: Reference) -> str:
    words = document.quote(reference.inner)
    return "" if words.startswith("http") else words


def _one_each(document: Document) -> list[Entry]:
    """The entries, those with a body first, so that the fullest speaks for its paper."""
    return list(document.marks(Entry))


def field_of(entry: Entry, label: str) -> list[HeadField]:
    return [field for field in entry.fields if field.label == label]
