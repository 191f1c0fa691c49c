"""Collects the blocks and inline marks of a text as a parser walks through it, and makes the document of them."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from kg import identity
from kg.model import Block, BlockKind, Document, Inline, InlineKind, Layer, Piece, Source, Span

_BARE_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"'`{}|\\^（）「」，。]*[^\s<>\"'`{}|\\^.,;:!?*_（）「」，。]", re.I)

_APART = frozenset({"heading", "code", "comment", "chrome", "field"})  # they stand in no list


@dataclass(slots=True)
class _Item:
    """A list item or table row that is open: how deep it is, and where its first block and that of the item around it stand."""

    level: int
    group: int
    above: int | None
    first: int | None = None


@dataclass(slots=True)
class _Leaf:
    kind: BlockKind
    level: int = 0
    name: str = ""
    row: int = 0
    column: int = 0
    pieces: list[Piece] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)


class Outline:
    """Blocks in the making.  Offsets are those of `text`; a block without visible text is dropped."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.inlines: list[Inline] = []
        self._items: list[_Item] = []
        self._groups: list[int] = []
        self._group_count = 0
        self._leaf: _Leaf | None = None
        self._runs: list[tuple[InlineKind, int, str]] = []

    # -- structure

    def open_list(self) -> None:
        self.close_leaf()
        self._group_count += 1
        self._groups.append(self._group_count)

    def close_list(self) -> None:
        self.close_leaf()
        if self._groups:
            self._groups.pop()

    def open_item(self) -> None:
        self.close_leaf()
        outer = self._items[-1] if self._items else None
        above = None if outer is None else outer.above if outer.first is None else outer.first
        self._items.append(_Item(len(self._groups) or 1, self._groups[-1] if self._groups else 0, above))

    def close_item(self) -> None:
        self.close_leaf()
        if self._items:
            self._items.pop()

    def open_leaf(self, kind: BlockKind, level: int = 0, name: str = "", row: int = 0, column: int = 0) -> None:
        """Starts a block; one that is open is closed first."""
        self.close_leaf()
        self._leaf = _Leaf(kind, level, name, row, column)

    def close_leaf(self) -> None:
        leaf, self._leaf = self._leaf, None
        if leaf is not None:
            self._end_runs(leaf)
        pieces = _trimmed(self.text, leaf.pieces) if leaf else ()
        if leaf is None or not pieces:
            return
        span = Span(pieces[0].span.start, pieces[-1].span.end)
        kind, level, parent, group = self._place(leaf)
        self.blocks.append(Block(span, kind, pieces, level, parent, leaf.name, group, leaf.row, leaf.column))

    def rename(self, first: int, before: BlockKind, after: BlockKind) -> None:
        """Gives the blocks from an index on that are of one kind another."""
        for index in range(first, len(self.blocks)):
            if self.blocks[index].kind == before:
                self.blocks[index] = replace(self.blocks[index], kind=after)

    def aside(self, kind: BlockKind, name: str, span: Span, shown: str) -> None:
        """A block that stands beside the one that is open, which goes on."""
        self.blocks.append(Block(span, kind, (Piece(span, None if shown == self.text[span.start : span.end] else shown),), name=name))

    def _place(self, leaf: _Leaf) -> tuple[BlockKind, int, int | None, int]:
        """Kind, level, parent and group of a block, from the list or row that is open."""
        if not self._items or leaf.kind in _APART:
            return leaf.kind, leaf.level, None, self._groups[-1] if self._groups else 0
        item = self._items[-1]
        if item.first is not None:
            return leaf.kind, item.level, item.first, item.group
        item.first = len(self.blocks)
        return "item" if leaf.kind == "paragraph" else leaf.kind, item.level, item.above, item.group

    # -- content

    def add(self, start: int, end: int, seen: str | None = None) -> None:
        """Visible text; outside any block it starts a paragraph."""
        if start >= end:
            return
        if self._leaf is None:
            if not self.text[start:end].strip():
                return
            self._leaf = _Leaf("paragraph")
        self._leaf.pieces.append(Piece(Span(start, end), None if seen is None or seen == self.text[start:end] else seen))
        self._leaf.starts.append(start)

    def open_run(self, kind: InlineKind, start: int, target: str = "") -> None:
        self._runs.append((kind, start, target))

    def close_run(self, kind: InlineKind, end: int) -> None:
        """Ends the innermost open run of a kind, if there is one with visible text."""
        for index in range(len(self._runs) - 1, -1, -1):
            if self._runs[index][0] == kind:
                self._mark(*self._runs.pop(index), end)
                return

    def _end_runs(self, leaf: _Leaf) -> None:
        end = leaf.pieces[-1].span.end if leaf.pieces else 0
        while self._runs:
            kind, start, target = self._runs.pop()
            if start < end:
                self._mark(kind, start, target, end, leaf)

    def _mark(self, kind: InlineKind, start: int, target: str, end: int, leaf: _Leaf | None = None) -> None:
        leaf = leaf or self._leaf
        first = bisect_left(leaf.starts, start) if leaf else 0
        last = bisect_left(leaf.starts, end) - 1 if leaf else -1
        if leaf and first <= last:
            self.inlines.append(Inline(Span(start, end), kind, Span(leaf.starts[first], min(end, leaf.pieces[last].span.end)), target))
        elif kind in ("image", "link") and start < end:
            self.inlines.append(Inline(Span(start, end), kind, Span(start, end), target))

    def shown(self, block: Block) -> str:
        """The visible text of one block on one line."""
        return " ".join("".join(seen(self.text, piece) for piece in block.pieces).split())

    # -- the end

    def document(self, source: Source) -> Document:
        """The finished document, with bare addresses marked as links too."""
        self.close_leaf()
        blocks = _in_order(self.blocks)
        inlines = sorted(
            {*self.inlines, *_bare_links(self.text, blocks, self.inlines)}, key=lambda mark: (mark.span.start, -mark.span.end, mark.kind)
        )
        name = identity.document_name(source.title, source.url or hashlib.sha256(self.text.encode()).hexdigest())
        layers = (Layer(Block, source.media_type, tuple(blocks)), Layer(Inline, source.media_type, tuple(inlines)))
        return Document(name, self.text, source, layers)


def seen(text: str, piece: Piece) -> str:
    """What a reader sees of a piece."""
    return text[piece.span.start : piece.span.end] if piece.text is None else piece.text


def _trimmed(text: str, pieces: list[Piece]) -> tuple[Piece, ...]:
    """Pieces without white space at both ends of the block."""
    first, last = 0, len(pieces)
    while first < last and not seen(text, pieces[last - 1]).strip():
        last -= 1
    while first < last and not seen(text, pieces[first]).strip():
        first += 1
    kept = pieces[first:last]
    if kept:
        kept[0] = _stripped(text, kept[0], str.lstrip)
        kept[-1] = _stripped(text, kept[-1], str.rstrip)
    return tuple(kept)


def _stripped(text: str, piece: Piece, strip: Callable[[str], str]) -> Piece:
    words = text[piece.span.start : piece.span.end]
    bare = strip(words)
    if piece.text is not None or len(bare) == len(words):
        return piece
    start = piece.span.start + (len(words) - len(bare) if strip is str.lstrip else 0)
    return Piece(Span(start, start + len(bare)))


def _in_order(blocks: list[Block]) -> list[Block]:
    """Blocks sorted by their place; references to parents follow."""
    if all(a.span.start <= b.span.start for a, b in pairwise(blocks)):
        return blocks
    order = sorted(range(len(blocks)), key=lambda index: blocks[index].span.start)
    place = {old: new for new, old in enumerate(order)}
    return [replace(blocks[index], parent=None if (parent := blocks[index].parent) is None else place[parent]) for index in order]


def _bare_links(text: str, blocks: list[Block], inlines: list[Inline]) -> list[Inline]:
    """Addresses that a reader sees, outside code, comments and the links that are marked as such."""
    taken = sorted((mark.span.start, mark.span.end) for mark in inlines if mark.kind in ("link", "image"))
    reach = list(accumulate((end for _, end in taken), max))
    found = []
    for block in blocks:
        if block.kind in ("code", "comment"):
            continue
        starts = [piece.span.start for piece in block.pieces]
        for match in _BARE_LINK.finditer(text, block.span.start, block.span.end):
            span = _balanced(text, match.start(), match.end())
            before = bisect_left(taken, (span.end,))
            piece = block.pieces[bisect_right(starts, span.start) - 1]
            if (not before or reach[before - 1] <= span.start) and span.start < piece.span.end:
                address = text[span.start : span.end]
                found.append(Inline(span, "link", span, address if address.lower().startswith("http") else f"http://{address}"))
    return found


def _balanced(text: str, start: int, end: int) -> Span:
    """An address without the bracket that closes the sentence around it."""
    while text[end - 1] in ")]" and text.count(")", start, end) + text.count("]", start, end) > text.count("(", start, end) + text.count(
        "[", start, end
    ):
        end -= 1
    return Span(start, end)
