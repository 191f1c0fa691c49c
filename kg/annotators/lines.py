"""The blocks of a document as a reader sees them: visible text, with runs and references in its coordinates."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import READABLE, Block, Document, Inline, InlineKind, Reference, Span, View


@dataclass(frozen=True, slots=True)
class Run:
    """An inline mark in visible coordinates."""

    kind: InlineKind
    start: int
    end: int
    target: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A reference in visible coordinates; `bare` if the text shows the address itself."""

    start: int
    end: int
    reference: Reference
    bare: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One readable block.  `index` is its place among the blocks of the document."""

    index: int
    block: Block
    view: View
    runs: tuple[Run, ...]
    addresses: tuple[Address, ...]

    @property
    def text(self) -> str:
        return self.view.text

    def span(self, start: int, end: int) -> Span:
        return self.view.span(start, end)


def lines(document: Document) -> list[Line]:
    """All readable blocks in order."""
    # By where their words begin: the markup before the words may stand outside the block.
    inlines = sorted(document.marks(Inline), key=lambda mark: mark.inner.start)
    references = sorted(document.marks(Reference), key=lambda mark: mark.inner.start)
    starts, places = [mark.inner.start for mark in inlines], [mark.inner.start for mark in references]
    found = []
    for index, block in enumerate(document.marks(Block)):
        if block.kind in READABLE:
            near = inlines[bisect_left(starts, block.span.start - 8) : bisect_left(starts, block.span.end)]
            links = references[bisect_left(places, block.span.start - 8) : bisect_left(places, block.span.end)]
            found += [line] if (line := _line(document, index, block, near, links)).text.strip() else []
    return found


def field_line(document: Document, names: tuple[str, ...]) -> Line | None:
    """The first field of one of these names as a line."""
    fields = ((index, block) for index, block in enumerate(document.marks(Block)) if block.kind == "field" and block.name.lower() in names)
    return next((_line(document, index, block, (), ()) for index, block in fields), None)


def _line(document: Document, index: int, block: Block, inlines: Sequence[Inline], references: Sequence[Reference]) -> Line:
    view = View.of(document.text, (block,), block.span)
    return Line(index, block, view, tuple(_runs(view, block, inlines)), tuple(_addresses(view, block, references)))


def _runs(view: View, block: Block, inlines: Sequence[Inline]) -> Iterator[Run]:
    for mark in inlines:
        if mark.kind != "image" and block.span.overlaps(mark.inner):
            start, end = view.position(mark.inner.start), min(len(view.text), view.position(mark.inner.end - 1) + 1)
            if start < end:
                yield Run(mark.kind, start, end, mark.target)


def _addresses(view: View, block: Block, references: Sequence[Reference]) -> Iterator[Address]:
    for reference in references:
        if block.span.overlaps(reference.span):
            start, end = view.position(reference.inner.start), min(len(view.text), view.position(reference.inner.end - 1) + 1)
            shown = view.text[start:end]
            yield Address(start, end, reference, shown.startswith(("http", "www.")) or not shown.strip())
