"""The papers themselves: title, identifiers and address, and that the document speaks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from kg import identity
from kg.annotators import titles
from kg.extractors.evidence import evidence
from kg.model import Address, Document, Entity, Entry, Evidence, Fact, Finding, HeadField, Iri, Reference

_POINTER = re.compile(r"\b(?:paper|article|preprint|publication|pdf|arxiv|full text|doi|link|here|html|abs)\b|^\W*$", re.I)
_PRINTED = re.compile(r"\b(?:doi:?\s*|https?://(?:dx\.)?doi\.org/)10\.\d{4,9}/\S+|\barxiv:\s*(?:\d{4}\.\d{4,5}|[a-z-]+/\d{7})", re.I)


class Papers:
    """Says of each entry which paper it names."""

    name = "papers"
    version = "1"
    requires = (Entry, Reference)

    def __call__(self, document: Document) -> Iterator[Finding]:
        entries = document.marks(Entry)
        yield from self._titles(document, entries)
        for entry in entries:
            if entry.role == "reviewed":
                yield Fact(
                    Entity("Document", document.name), "schema:mentions", entry.paper, evidence(document, entry.head[0], self, entry.confidence)
                )
            yield from self._addresses(document, entry)
            yield from self._printed(document, entry)

    def _titles(self, document: Document, entries: tuple[Entry, ...]) -> Iterator[Finding]:
        """One title a paper: where the document gives several, the one most like a title."""
        best: dict[str, tuple[float, Entry, HeadField]] = {}
        for entry in entries:
            for field in entry.fields:
                if field.label == "title":
                    worth = titles.likeness(field.value)
                    if entry.paper.key not in best or worth > best[entry.paper.key][0]:
                        best[entry.paper.key] = (worth, entry, field)
        for _, entry, field in best.values():
            yield Fact(entry.paper, "schema:name", field.value, evidence(document, field.span, self, entry.confidence))

    def _addresses(self, document: Document, entry: Entry) -> Iterator[Finding]:
        own = own_reference(document, entry)
        if own is None:
            return
        found = evidence(document, own.span, self, 0.95)
        yield Fact(entry.paper, "schema:url", _address(document, own.target), found)
        yield from _identified(entry, own.target, found)

    def _printed(self, document: Document, entry: Entry) -> Iterator[Finding]:
        """A DOI or arXiv number that the head prints."""
        for span in entry.head:
            for match in _PRINTED.finditer(document.text, span.start, span.end):
                yield from _identified(entry, match.group(), evidence(document, span, self, 0.95))


def _address(document: Document, target: str) -> Iri | Address:
    """The whole address where it is one or can be made one, else the address as written."""
    whole = urljoin(document.source.url, target) if document.source.url else target
    return Iri(identity.address(whole)) if whole.startswith(("http://", "https://")) else Address(target)


def _identified(entry: Entry, text: str, found: Evidence) -> Iterator[Finding]:
    if number := identity.arxiv_id(text):
        yield Fact(entry.paper, "schema:identifier", f"arxiv:{number}", found)
        yield Fact(entry.paper, "schema:sameAs", Iri(f"https://arxiv.org/abs/{number}"), found)
    elif name := identity.doi(text):
        yield Fact(entry.paper, "schema:identifier", f"doi:{name}", found)
        yield Fact(entry.paper, "schema:sameAs", Iri(identity.address(f"https://doi.org/{name}")), found)


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
    named = {field.span for field in entry.fields if field.label == "link"}
    papers = [reference for reference in in_head if reference.kind == "paper"] or [
        reference for reference in references if reference.kind == "paper" and reference.span in named
    ]
    if papers:
        return papers[0]
    pointing = [
        reference
        for reference in references
        if reference not in in_head and reference.kind == "paper" and _POINTER.search(_words(document, reference))
    ]
    return pointing[0] if pointing else None


def _words(document: Document, reference: Reference) -> str:
    words = document.quote(reference.inner)
    return "" if words.startswith("http") else words
