"""Finds the cells of tables and the fields of records that stand in a span."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from kg.model import Block, Document, Span


def cells(document: Document, span: Span) -> Iterator[Block]:
    """The cells in the order of the text; found by bisection, since a file of records has very many."""
    blocks = document.marks(Block)
    for index in range(bisect_left(blocks, span.start, key=lambda block: block.span.start), len(blocks)):
        if blocks[index].span.start >= span.end:
            return
        if blocks[index].kind == "cell" and span.contains(blocks[index].span):
            yield blocks[index]
