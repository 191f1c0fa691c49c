"""The nouns: text that never changes, marks on it, and the facts that are read from it.

All types are frozen, slotted and picklable, so that a document can be read in any process.  Offsets count Unicode code points
from 0, end exclusive, as the Web Annotation model asks (https://www.w3.org/TR/annotation-model/#text-position-selector).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Literal, TypeVar

from kg.errors import LayerMissing


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text, half-open and never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span is never empty nor negative: {self.start}, {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def cover(self, other: Span) -> Span:
        """The smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text came from and what it says of itself; `url` is its canonical address if one is known."""

    locator: str
    media_type: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None
    licence: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of visible text; `text` is what a reader sees where it differs from the source (`&amp;` is seen as `&`)."""

    span: Span
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A note on the text.  Each subclass is one layer, named by the class."""

    span: Span


BlockKind = Literal["heading", "paragraph", "item", "cell", "quote", "code", "comment", "field", "term", "definition", "chrome"]
READABLE: frozenset[BlockKind] = frozenset({"heading", "paragraph", "item", "cell", "quote", "term", "definition", "code"})
InlineKind = Literal["link", "image", "bold", "italic", "code", "struck", "quoted"]


@dataclass(frozen=True, slots=True)
class Block(Mark):
    """A leaf of the document's structure, with the pieces of it that a reader sees.

    `level` is the heading's level or the item's depth (from 1); `parent` is the index of the enclosing item's or row's first
    block in the layer; `name` is a field's key or a cell's column header; `row` and `column` place a cell (from 0) in table
    `group`, which also numbers lists, so that items of one list share it.
    """

    kind: BlockKind
    pieces: tuple[Piece, ...]
    level: int = 0
    parent: int | None = None
    name: str = ""
    group: int = 0
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Inline(Mark):
    """A run inside a block: a link (with its target), an image, bold, italic … `inner` is the run without its markup."""

    kind: InlineKind
    inner: Span
    target: str = ""


ReferenceKind = Literal["paper", "code", "demo", "data", "video", "slides", "poster", "project", "other"]


@dataclass(frozen=True, slots=True)
class Reference(Mark):
    """A link out of the document, and what kind of thing stands at its other end; `inner` is the link's text."""

    kind: ReferenceKind
    target: str
    inner: Span


@dataclass(frozen=True, slots=True)
class Sentence(Mark):
    """One sentence, or one line where a text is made of lines."""

    block: int


FieldLabel = Literal[
    "title", "author", "et_al", "year", "venue", "date", "pages", "publisher", "identifier", "link", "award", "reviewer", "organization", "keywords"
]


@dataclass(frozen=True, slots=True)
class HeadField(Mark):
    """A part of an entry's head: what it is, and its value without markup."""

    label: FieldLabel
    value: str


@dataclass(frozen=True, slots=True)
class Entry(Mark):
    """One place where the document speaks of one paper: the head that names it and the passages about it.

    Several entries may name the same `paper`.  `role` tells whether the document presents the paper or only refers to it.
    `sections` are the headings that it stands under, outermost first.
    """

    paper: Entity
    role: Literal["reviewed", "cited"]
    head: tuple[Span, ...]
    body: tuple[Span, ...]
    fields: tuple[HeadField, ...]
    sections: tuple[Span, ...] = ()
    confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class Mention(Mark):
    """A name of a concept as it stands in the text; `entity` is a topic, `discovered` if no vocabulary holds it."""

    entity: Entity
    discovered: bool = False


M = TypeVar("M", bound=Mark)


@dataclass(frozen=True, slots=True)
class Layer:
    """All marks of one kind, in the order of the text.  It exists even when empty: looked for and not found.

    `refused` are the passages that might have been marked, and why they were not.
    """

    kind: type[Mark]
    by: str
    marks: tuple[Mark, ...]
    refused: tuple[Rejected, ...] = ()

    @property
    def name(self) -> str:
        return self.kind.__name__


@dataclass(frozen=True, slots=True)
class Document:
    """One source text with layers of marks on it.  The text never changes; `with_layer` gives a new document.

    `name` is the last part of the document's IRI; `digest` is the SHA-256 of the text in UTF-8, in hexadecimal.
    """

    name: str
    text: str
    source: Source
    layers: tuple[Layer, ...] = ()
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", hashlib.sha256(self.text.encode()).hexdigest())

    def with_layer(self, layer: Layer) -> Document:
        return replace(self, layers=(*(x for x in self.layers if x.kind is not layer.kind), layer))

    def has(self, kind: type[Mark]) -> bool:
        return any(layer.kind is kind for layer in self.layers)

    def marks(self, kind: type[M]) -> tuple[M, ...]:
        """The marks of one layer; `LayerMissing` names the layers that there are."""
        for layer in self.layers:
            if layer.kind is kind:
                return layer.marks  # type: ignore[return-value]
        raise LayerMissing(kind.__name__, tuple(layer.name for layer in self.layers))

    def quote(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def view(self, span: Span) -> View:
        """What a reader sees of a stretch of the text, blocks joined by line ends."""
        return View.of(self.text, self.marks(Block), span)


@dataclass(frozen=True, slots=True)
class View:
    """Visible text, markup removed, that knows where each character stands in the source."""

    text: str
    starts: tuple[int, ...]
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, source: str, blocks: tuple[Block, ...], span: Span) -> View:
        first = max(0, bisect_right(blocks, span.start, key=lambda block: block.span.start) - 1)
        parts: list[tuple[str, Span]] = []
        for block in blocks[first:]:
            if block.span.start >= span.end:
                break
            pieces = list(_clipped(source, block.pieces, span))
            if pieces and parts:
                parts.append(("\n", Span(parts[-1][1].end - 1, parts[-1][1].end)))
            parts.extend(pieces)
        return cls.joined(parts)

    @classmethod
    def joined(cls, parts: Iterable[tuple[str, Span]]) -> View:
        parts = [part for part in parts if part[0]]
        starts = tuple(accumulate((len(text) for text, _ in parts), initial=0))[:-1]
        return cls("".join(text for text, _ in parts), starts, tuple(span for _, span in parts))

    def span(self, start: int, end: int) -> Span:
        """The source span of `text[start:end]`; markup between the two ends is inside it."""
        last = bisect_right(self.starts, end - 1) - 1
        following = self.starts[last + 1] if last + 1 < len(self.starts) else len(self.text)
        whole = end == following  # an escape that is shown as fewer characters ends with its source
        return Span(self._source(start), self.spans[last].end if whole else self._source(end - 1) + 1)

    def position(self, offset: int) -> int:
        """The place in `text` of a source offset, or of the next visible character after it."""
        index = bisect_right(self.spans, offset, key=lambda span: span.end)
        if index == len(self.spans):
            return len(self.text)
        span = self.spans[index]
        return self.starts[index] + max(0, min(offset - span.start, len(span)))

    def _source(self, position: int) -> int:
        index = bisect_right(self.starts, position) - 1
        span = self.spans[index]
        return min(span.start + position - self.starts[index], span.end - 1)


def _clipped(source: str, pieces: tuple[Piece, ...], span: Span) -> Iterator[tuple[str, Span]]:
    for piece in pieces[bisect_right(pieces, span.start, key=lambda piece: piece.span.end) :]:
        if piece.span.start >= span.end:
            break
        start, end = max(piece.span.start, span.start), min(piece.span.end, span.end)
        if start < end:
            part = Span(start, end)
            whole = part == piece.span
            yield (piece.text if whole and piece.text is not None else source[start:end]), part


class Iri(str):
    """An address that is the object of a fact."""

    __slots__ = ()


class Address(str):
    """An address as the document writes it, which may be relative to a place that nobody knows."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing of the graph.  `kind` and `key` are its identity; `label` is for people.

    `properties` describe nodes that exist only through their link to a paper (a result, an award, an authorship); the claim on
    that link covers them.
    """

    kind: str
    key: str
    label: str = field(default="", compare=False)
    properties: tuple[tuple[str, Object], ...] = field(default=(), compare=False)


Value = str | int | bool | Decimal | date | Iri
Object = Entity | Value
Stance = Literal["asserted", "denied", "hedged"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that state a fact: `text[span.start:span.end] == quote` of the document of that name, always."""

    document: str
    span: Span
    quote: str
    extractor: str
    stance: Stance = "asserted"
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class Fact:
    """A triple of the ontology, read from a passage."""

    subject: Entity
    predicate: str
    object: Object
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Rejected:
    """A passage that was looked at and not taken, and why."""

    evidence: Evidence
    reason: str


Finding = Fact | Rejected
