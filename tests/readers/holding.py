"""What holds of every document that a reader makes, whatever it was made of."""

from __future__ import annotations

from itertools import pairwise

from kg.model import Block, Document, Inline, View

PROSE = frozenset({"heading", "paragraph", "item", "cell", "quote", "term", "definition", "chrome"})


def check(document: Document) -> None:
    """Every mark is inside the text, every piece has its place, and what is seen can be found again."""
    length = len(document.text)
    document.text.encode()
    blocks = document.marks(Block)
    assert [block.span.start for block in blocks] == sorted(block.span.start for block in blocks)
    for index, block in enumerate(blocks):
        assert block.pieces
        assert block.span.end <= length
        assert (block.pieces[0].span.start, block.pieces[-1].span.end) == (block.span.start, block.span.end)
        assert all(before.span.end <= after.span.start for before, after in pairwise(block.pieces))
        assert block.parent is None or (0 <= block.parent < len(blocks) and block.parent != index)
        _check_view(document, block)
    pieces = sorted(piece.span for block in blocks if block.kind != "field" for piece in block.pieces)
    assert all(before.end <= after.start for before, after in pairwise(pieces)), "two blocks show the same words"
    for mark in document.marks(Inline):
        assert mark.span.end <= length
        assert mark.inner.end <= length
        assert mark.span.contains(mark.inner)


def _check_view(document: Document, block: Block) -> None:
    view = View.of(document.text, (block,), block.span)
    shown = "".join(document.quote(piece.span) if piece.text is None else piece.text for piece in block.pieces)
    assert view.text == shown
    assert shown.strip(), "a block that shows nothing"
    assert block.span.contains(view.span(0, len(view.text)))
    for piece in block.pieces:
        if piece.text is None:
            start = view.position(piece.span.start)
            assert view.text[start : start + len(piece.span)] == document.quote(piece.span)


def visible(document: Document) -> str:
    """All that a reader sees of the prose, block by block."""
    return "\n".join(
        document.view(block.span).text if block.kind != "cell" else _alone(document, block) for block in document.marks(Block) if block.kind in PROSE
    )


def _alone(document: Document, block: Block) -> str:
    return View.of(document.text, (block,), block.span).text
