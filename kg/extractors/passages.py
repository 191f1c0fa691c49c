"""What the document says of each paper, line by line: its title, its sentences and headings, with the concepts named in them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.model import Block, Document, Entity, Entry, Mark, Mention, Sentence, Span, View

REQUIRED: tuple[type[Mark], ...] = (Entry, Sentence, Mention)
Place = Literal["title", "head", "body", "section"]


@dataclass(frozen=True, slots=True)
class Named:
    """A concept named at `start` to `end` of a line's text."""

    start: int
    end: int
    mention: Mention

    @property
    def entity(self) -> Entity:
        return self.mention.entity


@dataclass(frozen=True, slots=True)
class Line:
    """A title, a sentence or a heading as a reader sees it, line ends as spaces; `named` is in the order of the text, `column` a cell's header."""

    place: Place
    span: Span
    text: str
    view: View
    named: tuple[Named, ...]
    is_heading: bool = False
    column: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """All that a document says of one paper, over all its entries; `heads` are where title, authors and venue stand."""

    paper: Entity
    entries: tuple[Entry, ...]
    title: Line | None
    heads: tuple[Line, ...]
    body: tuple[Line, ...]
    sections: tuple[Line, ...]

    @property
    def role(self) -> str:
        return "reviewed" if any(entry.role == "reviewed" for entry in self.entries) else "cited"

    @property
    def lines(self) -> tuple[Line, ...]:
        return (*([self.title] if self.title else []), *self.body)


# The document that was asked for last: compared by identity, since comparing documents costs as much as reading them.
_latest: list[tuple[Document, tuple[Passage, ...]]] = []


def passages(document: Document) -> tuple[Passage, ...]:
    """One passage for each paper, in the order of their first entries; read once for all extractors of a document."""
    if not _latest or _latest[0][0] is not document:
        _latest[:] = [(document, tuple(_read(document)))]
    return _latest[0][1]


def _read(document: Document) -> Iterator[Passage]:
    together: dict[Entity, list[Entry]] = defaultdict(list)
    for entry in document.marks(Entry):
        together[entry.paper].append(entry)
    reader = _LineReader(document)
    for paper, entries in together.items():
        heads = tuple(reader.line(span, "head") for span in dict.fromkeys(span for entry in entries for span in entry.head))
        yield Passage(paper, tuple(entries), _title(reader, entries), heads, tuple(_body(reader, entries)), tuple(_sections(reader, entries)))


def stands(entity: Entity, *lines: Line | None) -> bool:
    """Whether one of the lines names the entity: no fact borrows a name from elsewhere."""
    return any(named.entity == entity for line in lines if line for named in line.named)


class _LineReader:
    """Makes lines out of spans; knows which sentences and mentions stand in a span."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.blocks = document.marks(Block)
        self.sentences = document.marks(Sentence)
        self.mentions = document.marks(Mention)
        self._sentence_starts = [mark.span.start for mark in self.sentences]
        self._mention_starts = [mark.span.start for mark in self.mentions]

    def sentence_lines(self, span: Span) -> Iterator[tuple[Span, Block]]:
        """The sentences in a span, cut where it begins and ends, and the blocks that they stand in."""
        first = max(0, bisect_left(self._sentence_starts, span.start) - 1)
        for sentence in self.sentences[first:]:
            if sentence.span.start >= span.end:
                return
            if sentence.span.overlaps(span):
                place = Span(max(sentence.span.start, span.start), min(sentence.span.end, span.end))
                yield place, self.blocks[sentence.block]

    def line(self, span: Span, place: Place, block: Block | None = None) -> Line:
        view = self.document.view(span)
        text = view.text.replace("\n", " ").replace("\u00a0", " ")
        return Line(place, span, text, view, tuple(self._named(span, view)), *_outlook(block))

    def _named(self, span: Span, view: View) -> Iterator[Named]:
        for index in range(bisect_left(self._mention_starts, span.start), len(self.mentions)):
            mention = self.mentions[index]
            if mention.span.start >= span.end:
                return
            if span.contains(mention.span):
                yield Named(view.position(mention.span.start), view.position(mention.span.end - 1) + 1, mention)


def _outlook(block: Block | None) -> tuple[bool, str]:
    """Whether a block is a heading, and the header of its column if it is a cell."""
    return (False, "") if block is None else (block.kind == "heading", block.name if block.kind == "cell" else "")


def _title(reader: _LineReader, entries: list[Entry]) -> Line | None:
    spans = [field.span for entry in entries for field in entry.fields if field.label == "title"]
    return reader.line(spans[0], "title") if spans else None


def _body(reader: _LineReader, entries: list[Entry]) -> Iterator[Line]:
    seen: set[Span] = set()
    for span in (span for entry in entries for span in entry.body):
        for sentence, block in reader.sentence_lines(span):
            if sentence not in seen:
                seen.add(sentence)
                yield reader.line(sentence, "body", block)


def _sections(reader: _LineReader, entries: list[Entry]) -> Iterator[Line]:
    for span in dict.fromkeys(span for entry in entries for span in entry.sections):
        yield reader.line(span, "section")
