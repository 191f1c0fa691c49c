"""Splits the visible text of each block into sentences, or into lines where a text is made of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.model import Block, Document, Layer, Mark, Sentence, View

_SILENT = frozenset({"code", "comment", "chrome", "field"})
_END = re.compile(r"(?:[.!?…]+[\"'”’»)\]*_]*(?=\s)|[。！？]+[」』”）]*)\s*")
_NEXT_OPENS = re.compile(r"[\"'“‘«(\[*_¿¡]*(?:[^\W\d_a-zß-öø-ÿ]|[a-z]+[A-Z]|\d|$)")
# Words that end in a full stop inside a sentence (English, German, French, Spanish).
_ABBREVIATION = re.compile(
    r"(?:\b(?:al|etc|vs|cf|eg|ie|e\.g|i\.e|e\.\s?g|i\.\s?e|resp|approx|fig|figs|eq|eqs|sec|tab|ch|vol|no|nos|pp|ed|eds|dr|prof|mr|mrs|ms|st|jr|sr|inc|ltd|corp|univ|dept|"
    r"proc|conf|trans|int|ref|refs|wrt|w\.r\.t|viz|ca|bzw|z\.\s?b|d\.\s?h|u\.\s?a|usw|vgl|bspw|abb|nr|p\.\s?ex|par ex|p\.\s?ej|sra?)|\b[^\W\d_])\.$",
    re.I,
)
_LINE_OPENS = re.compile(r"\s*(?:[-*•–+]|\d+[.)]|\(?[ivx]+\))\s")


class Sentences:
    """Blocks to sentences.  Headings, items and cells are sentences too; markup, code and comments are not."""

    name = "sentences"
    requires: tuple[type[Mark], ...] = (Block,)
    provides: type[Mark] = Sentence

    def __call__(self, document: Document) -> Layer:
        blocks = document.marks(Block)
        marks = tuple(mark for index, block in enumerate(blocks) if block.kind not in _SILENT for mark in _of_block(document, index, block))
        return Layer(Sentence, self.name, marks)


def _of_block(document: Document, index: int, block: Block) -> Iterator[Sentence]:
    view = View.of(document.text, (block,), block.span)
    for start, end in ranges(view.text):
        yield Sentence(view.span(start, end), index)


def ranges(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text stand, without the white space around them."""
    cuts = sorted({0, len(text), *_sentence_ends(text), *_line_ends(text)})
    for start, end in pairwise(cuts):
        words = text[start:end]
        if words.strip():
            yield start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _sentence_ends(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        if match.end() < len(text) and _ends_sentence(text, match):
            yield match.end()


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if match.group()[0] in "。！？":
        return True
    if not _NEXT_OPENS.match(text, match.end()):
        return False
    before = text[max(0, match.start() - 12) : match.start() + 1]
    if match.group().rstrip() != "." or not _ABBREVIATION.search(before):
        return True
    return "\n\n" in match.group()


def _line_ends(text: str) -> Iterator[int]:
    """Line ends that end a thought: none in text that was wrapped at a width, most in a text of short lines."""
    lines = text.split("\n")
    if len(lines) < 2 or _wrapped(lines):
        return
    position = 0
    for line, following in pairwise(lines):
        position += len(line) + 1
        if _thought_ends(line.rstrip(), following.lstrip()):
            yield position


def _wrapped(lines: list[str]) -> bool:
    """Whether each line is as full as the width of the longest allows, as an editor's line wrapping leaves it."""
    width = max(len(line.rstrip()) for line in lines)
    early = sum(
        len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) <= width - 12 for line, following in pairwise(lines) if following.strip()
    )
    return early * 3 <= len(lines) - 1


def _thought_ends(line: str, following: str) -> bool:
    if not following or line.endswith((",", ";", " and", " or", "-")):
        return False
    if _LINE_OPENS.match(following) or following.startswith(("-", "*", "+")):
        return True
    return len(line) < 60 or not following[0].islower()
