"""What a document says of itself: title, authors, date, language, kind and the events whose papers it reviews."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kg import identity, ontology
from kg.annotators.names import is_name, read_people
from kg.extractors.evidence import evidence
from kg.extractors.publications import entity_of, event_of
from kg.model import Block, Document, Entity, Entry, Fact, Finding, Iri, Sentence, Span

_TITLES = ("title", "og:title", "citation_title", "dc.title")
_AUTHORS = ("author", "authors", "author.name", "authors.name", "article:author", "citation_author", "dc.creator", "by")
_DATES = ("date", "published", "pubdate", "publishdate", "article:published_time", "datepublished", "dc.date", "created")
_LANGUAGES = ("lang", "language", "locale", "og:locale", "html:lang")
_DATE = re.compile(r"\b((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})")
_BYLINE = re.compile(r"^(?:(?:written |posted |published )?by|author|von|par|por|作者|著者)[:：]?\s+(.{3,60})$", re.I)
_POSTED = re.compile(r"\b(?:post(?:ed)?|published|date|updated|datum|publié)\b\W{0,6}(?:on\s+)?((?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})", re.I)


class Documents:
    """Reads the document's own fields, first heading and by-line."""

    name = "documents"
    version = "1"
    requires = (Block, Entry, Sentence)

    def __call__(self, document: Document) -> Iterator[Finding]:
        node = Entity("Document", document.name)
        title = _title(document)
        if title is not None:
            yield Fact(node, "schema:name", _shown(document, title), evidence(document, title, self, 0.95))
        for span, name in _authors(document):
            yield Fact(node, "schema:author", identity.person(name, document.name), evidence(document, span, self, 0.9))
        if (found := _date(document)) is not None:
            yield Fact(node, "schema:datePublished", found[1], evidence(document, found[0], self, 0.95))
        event = event_of(document)
        if event is not None and event.venue is not None:
            yield Fact(node, "schema:about", entity_of(event.venue, event.year), evidence(document, event.span, self, 0.9))
        yield from self._language(document, node)
        if (kind := _kind(document)) is not None:
            yield Fact(node, "dcterms:type", Iri(ontology.expand(kind[0])), evidence(document, kind[1], self, 0.7))

    def _language(self, document: Document, node: Entity) -> Iterator[Finding]:
        for block in document.marks(Block):
            if block.kind == "field" and block.name.lower() in _LANGUAGES:
                tag = document.quote(block.span).replace("_", "-").split("-")[0].lower()
                if re.fullmatch(r"[a-z]{2,3}", tag):
                    yield Fact(node, "schema:inLanguage", tag, evidence(document, block.span, self, 0.8))
                    return
        shown = [block for block in document.marks(Block) if block.kind in ("paragraph", "item", "quote", "cell", "definition")]
        longest = max(shown, key=lambda block: len(block.span), default=None)
        if longest is not None:
            sample = "\n".join(document.view(block.span).text for block in shown)[:6000]
            yield Fact(node, "schema:inLanguage", _classified(sample), evidence(document, longest.span, self, 0.85))


def _classified(text: str) -> str:
    """The BCP 47 tag of a text's language, by py3langid's model."""
    import py3langid

    return str(py3langid.classify(text)[0])


def _title(document: Document) -> Span | None:
    blocks = document.marks(Block)
    for block in blocks:
        if block.kind == "field" and block.name.lower() in _TITLES:
            return block.span
    own = document.source.title
    return next(
        (block.span for block in blocks if own and block.kind != "chrome" and identity.key(_shown(document, block.span)) == identity.key(own)), None
    )


def _authors(document: Document) -> Iterator[tuple[Span, str]]:
    fields = [block for block in document.marks(Block) if block.kind == "field" and block.name.lower() in _AUTHORS]
    for block in fields:
        view = document.view(block.span)
        people = read_people(view.text)
        for name in people.names if people.likeness >= 0.6 else ():
            yield view.span(name.start, name.end), name.written
        if people.likeness < 0.6 and len(view.text) <= 60 and "://" not in view.text:
            yield block.span, view.text
    if not fields:
        yield from _byline(document)


def _byline(document: Document) -> Iterator[tuple[Span, str]]:
    for block in [block for block in document.marks(Block) if block.kind in ("paragraph", "heading")][:5]:
        view = document.view(block.span)
        match = _BYLINE.match(view.text)
        if match:
            for name in read_people(match.group(1)).names:
                if is_name(name.written):
                    yield view.span(match.start(1) + name.start, match.start(1) + name.end), name.written


def _date(document: Document) -> tuple[Span, date] | None:
    for block in document.marks(Block):
        if block.kind == "field" and block.name.lower() in _DATES and (day := _day(document.quote(block.span))):
            return block.span, day
    for block in document.marks(Block)[:60]:
        if block.kind in ("paragraph", "chrome", "heading", "item"):
            view = document.view(block.span)
            if (match := _POSTED.search(view.text)) and (day := _day(match.group(1))):
                return view.span(match.start(1), match.end(1)), day
    return None


def _day(text: str) -> date | None:
    match = _DATE.search(text)
    try:
        return date(int(match.group(1)), int(match.group(2)), int(match.group(3))) if match else None
    except ValueError:
        return None


def _kind(document: Document) -> tuple[str, Span] | None:
    """What sort of document it is, from how its entries look; the first entry stands for all."""
    entries = [entry for entry in document.marks(Entry) if entry.role == "reviewed"]
    if len(entries) < 2:
        return None
    reviewed = sum(any(field.label == "reviewer" for field in entry.fields) for entry in entries)
    kind = "kg:reviewCollection" if reviewed * 2 > len(entries) else "kg:roundUp" if event_of(document) else "kg:annotatedList"
    return kind, entries[0].head[0]


def _shown(document: Document, span: Span) -> str:
    return " ".join(document.view(span).text.split())
