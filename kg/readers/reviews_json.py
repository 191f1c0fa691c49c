"""Peer reviews in JSON, as OpenReview's API and its kin give them: the paper's title as a heading, the parts of each review below it.

Both of OpenReview's shapes are read, values as they are and values in `{"value": …}` (https://docs.openreview.net/reference/api-v2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Document, Piece, Source, Span
from kg.readers import jsontext, records
from kg.readers.decoding import LIMIT, decode
from kg.readers.outline import Outline, seen
from kg.readers.records import Leaf, Mapping, Node, Sequence
from kg.readers.self_description import described

_PARTS = (
    "summary", "strengths", "weaknesses", "questions", "limitations", "soundness", "presentation", "contribution", "rating", "confidence", "recommendation",
    "review", "reviews", "decision", "main_review", "metareview", "meta_review", "strengths_and_weaknesses", "summary_of_the_paper", "summary_of_the_review",
    "strength_and_weaknesses", "clarity", "originality", "novelty", "significance", "quality", "correctness", "technical_quality", "overall", "comments", "pros", "cons",
)  # fmt: skip
_SIGN = re.compile(rf'"({"|".join(_PARTS)})"\s*:', re.IGNORECASE)
_MACHINE = frozenset(
    "id forum number cdate tcdate mdate tmdate ddate pdate odate invitation invitations parentinvitations readers nonreaders writers replyto version domain venueid _bibtex paperhash pdf supplementary_material revisions license details".split()
)
_NAMES = ("title", "paper", "paper_title", "papertitle")
_OF_PAPERS = frozenset({"authors", "authorids", "abstract", "keywords"})  # what papers have and reviews, which may have titles too, have not
_BULLET = re.compile(r"[ \t]*(?:[-*+•]|\(?\d{1,2}[.)])[ \t]+(?=\S)")
_LONG = 160
_Line = list[Piece]


class ReviewsReader:
    """Reads peer reviews in JSON; the document's text is the whole file."""

    name = "reviews"
    media_types = ("application/vnd.openreview+json",)
    suffixes = (".json",)

    def claims(self, text: str) -> float:
        bare = text[:200_000]
        parts = {found.lower() for found in _SIGN.findall(bare)}
        return 0.97 * bool(bare.lstrip()[:1] in tuple("[{") and len(parts) >= 3)

    def read(self, data: bytes, locator: str) -> Document:
        outline = Outline(decode(data, locator, LIMIT))
        _Walk(outline).node(jsontext.parse(outline.text, locator), 1)
        return outline.document(described(Source(locator, "application/vnd.openreview+json"), outline))


class _Walk:
    """Goes through the tree in the order of the text."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.titled = False

    def node(self, node: Node, level: int) -> None:
        if isinstance(node, Sequence):
            for inner in node.nodes:
                self.node(inner, level)
        elif isinstance(node, Mapping):
            names = {key.text(self.outline.text).lower() for key, _ in node.items}
            self.titled = self.titled and names.isdisjoint(_OF_PAPERS)
            for key, value in node.items:
                self._member(key, _unwrapped(self.outline.text, value), level)
        else:
            self._passage(node)

    def _member(self, key: Leaf, value: Node, level: int) -> None:
        name = key.text(self.outline.text).lower()
        if name in _MACHINE:
            return
        if isinstance(value, Leaf):
            self._value(key, value, name, level)
        elif isinstance(value, Sequence) and value.nodes and all(isinstance(inner, Leaf) for inner in value.nodes):
            records.labelled(self.outline, key, [inner for inner in value.nodes if isinstance(inner, Leaf)])
        elif name in ("content", "note", "notes", "data"):
            self.node(value, level)
        else:
            self._heading(key, level + 1)
            self.node(value, level + 1)

    def _value(self, key: Leaf, value: Leaf, name: str, level: int) -> None:
        shown = value.text(self.outline.text)
        if not shown:
            return
        if name in _NAMES and (level == 1 or not self.titled):
            self.titled = True
            self._heading(value, level)
        elif len(shown) > _LONG or "\n" in shown or (name in _PARTS and not shown[0].isdigit() and len(shown) > _LONG / 4):
            self._heading(key, level + 1)
            self._passage(value)
        else:
            records.labelled(self.outline, key, [value])

    def _heading(self, leaf: Leaf, level: int) -> None:
        self.outline.open_leaf("heading", level)
        for piece in leaf.pieces:
            self.outline.add(piece.span.start, piece.span.end, piece.text.replace("\n", " ") if piece.text else None)
        self.outline.close_leaf()

    def _passage(self, leaf: Leaf) -> None:
        """Paragraphs and list items of a text, told apart by its line ends."""
        listed = False
        self.outline.close_leaf()
        for line in _lines(self.outline.text, leaf.pieces):
            words = "".join(seen(self.outline.text, piece) for piece in line)
            bullet = _BULLET.match(words)
            if not words.strip():
                self.outline.close_leaf()
                continue
            if bullet and not listed:
                self.outline.open_list()
                listed = True
            if bullet:
                self.outline.close_item()
                self.outline.open_item()
            elif listed and not words.startswith((" ", "\t")):
                self.outline.close_item()
                self.outline.close_list()
                listed = False
            self._add(line, bullet.end() if bullet else 0)
        if listed:
            self.outline.close_item()
            self.outline.close_list()
        self.outline.close_leaf()

    def _add(self, line: _Line, skipped: int) -> None:
        for piece in line:
            words = seen(self.outline.text, piece)
            if skipped >= len(words):
                skipped -= len(words)
            elif piece.text is None:
                self.outline.add(piece.span.start + skipped, piece.span.end)
                skipped = 0
            else:
                self.outline.add(piece.span.start, piece.span.end, piece.text)


def _unwrapped(source: str, node: Node) -> Node:
    """The inside of `{"value": …}`."""
    if isinstance(node, Mapping) and len(node.items) == 1 and node.items[0][0].text(source) == "value":
        return node.items[0][1]
    return node


def _lines(source: str, pieces: tuple[Piece, ...]) -> Iterator[_Line]:
    """The pieces of each line, its line end included; an empty line is one of its line end only."""
    line: _Line = []
    for piece in pieces:
        words = seen(source, piece)
        if piece.text is None and "\n" in words:
            start = piece.span.start
            for part in words.splitlines(keepends=True):
                line.append(Piece(Span(start, start + len(part))))
                start += len(part)
                if part.endswith("\n"):
                    yield line
                    line = []
        else:
            line.append(piece)
            if words == "\n":
                yield line
                line = []
    if line:
        yield line
