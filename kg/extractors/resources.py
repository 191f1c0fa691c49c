"""What a passage links to beside its paper: code, demo, data, video, slides, poster, project page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urldefrag

from kg import identity, ontology
from kg.extractors.evidence import evidence
from kg.extractors.papers import own_reference
from kg.model import Document, Entity, Entry, Fact, Finding, Iri, Reference, Rejected, Span

_KINDS = {
    "code": "kg:code",
    "demo": "kg:demo",
    "data": "kg:data",
    "video": "kg:video",
    "slides": "kg:slides",
    "poster": "kg:poster",
    "project": "kg:projectPage",
    "other": "kg:otherResource",
}
# Words before a link, or of it, that tie it to the paper at hand.
_OWN = re.compile(
    r"\b(?:code|demo|demos|data ?set|data|here|video|slides?|poster|project|website|page|repo(?:sitory)?|implementation|github|examples?|samples?|supplement\w*|results|resources?|annotations?|blog ?post|listen|available|link|talk|presentation|notebook|colab|toolbox|library|checkpoints?|weights|source)\b",
    re.I,
)


class Resources:
    """Links of an entry that are the paper's own; a link in passing is refused with its reason."""

    name = "resources"
    version = "1"
    requires = (Entry, Reference)

    def __call__(self, document: Document) -> Iterator[Finding]:
        papers = [own_reference(document, entry) for entry in document.marks(Entry)]
        taken = {reference.span for reference in papers if reference is not None}
        for entry in document.marks(Entry):
            if entry.role == "reviewed":
                yield from self._links(document, entry, taken)

    def _links(self, document: Document, entry: Entry, taken: set[Span]) -> Iterator[Finding]:
        for reference in document.marks(Reference):
            if reference.span in taken or reference.kind == "paper" or not any(span.overlaps(reference.span) for span in (*entry.head, *entry.body)):
                continue
            found = evidence(document, reference.span, self, 0.85)
            in_head = any(span.overlaps(reference.span) for span in entry.head)
            if (reference.kind == "other" and not in_head) or (not in_head and not _OWN.search(_said(document, reference))):
                yield Rejected(found, "a link in passing")
                continue
            if "://" not in reference.target:
                yield Rejected(found, "a file beside the document")
                continue
            address = identity.address(urldefrag(reference.target)[0])
            resource = Entity("Resource", address, "", (("dcterms:type", Iri(ontology.expand(_KINDS[reference.kind]))),))
            yield Fact(entry.paper, "kg:hasResource", resource, found)


def _said(document: Document, reference: Reference) -> str:
    """The words of the link and the few before it."""
    before = document.text[max(0, reference.span.start - 28) : reference.span.start]
    return f"{before} {document.quote(reference.inner)}"
