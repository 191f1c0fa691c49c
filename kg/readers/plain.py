"""Plain text: paragraphs, list items and lines, told apart by blank lines, marks and the length of the lines."""

from __future__ import annotations

import re
from statistics import median

from kg.model import Document, Source
from kg.readers.decoding import decode
from kg.readers.frontmatter import fields
from kg.readers.lines import lines
from kg.readers.outline import Outline
from kg.readers.self_description import described
from kg.readers.wrapping import is_soft, width

_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*•·–◦▪►●]|\(?\d{1,3}[.)\]]|\[\d{1,3}\])[ \t]+(?=\S)")
_MARKED_SHARE = 0.2  # of the lines of a list; with fewer marks a line that was not wrapped is one of its own
_UNDERLINE = re.compile(r"^[ \t]*([=\-~*^_#])\1{3,}[ \t]*$")


class PlainReader:
    """Reads text without markup; the last resort for anything that is text."""

    name = "plain"
    media_types = ("text/plain",)
    suffixes = (".txt", ".text")

    def claims(self, text: str) -> float:
        return 0.3 if text else 0.1

    def read(self, data: bytes, locator: str) -> Document:
        outline = Outline(decode(data, locator))
        _Lines(outline).run(fields(outline))
        return outline.document(described(Source(locator, "text/plain"), outline))


class _Lines:
    """Groups of lines between blank ones; a group is a paragraph if its lines were wrapped, otherwise each line is a block."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline

    def run(self, begin: int) -> None:
        group: list[tuple[int, int]] = []
        for line in lines(self.outline.text, begin):
            if self._line(line).strip():
                group.append(line)
            elif group:
                self._group(group)
                group = []
        if group:
            self._group(group)

    def _group(self, group: list[tuple[int, int]]) -> None:
        if len(group) == 2 and _UNDERLINE.match(self._line(group[1])):
            self._block(*group[0], heading=True)
            return
        marked = [place for place, line in enumerate(group) if _ITEM.match(self._line(line))]
        if marked and (len(marked) >= _MARKED_SHARE * len(group) or width(self.outline.text)):
            if marked[0] > 0:
                self._group(group[: marked[0]])
            self._items(group[marked[0] :])
        elif len(group) > 1 and _wrapped([self._line(line) for line in group]):
            self._block(group[0][0], group[-1][1])
        else:
            for line in group:
                if not _UNDERLINE.match(self._line(line)):
                    self._block(*line)

    def _items(self, group: list[tuple[int, int]]) -> None:
        """A list: each marked line begins an item, lines without a mark go on with the one before; the first has a mark."""
        self.outline.open_list()
        for place, (start, end) in enumerate(group):
            mark = _ITEM.match(self._line((start, end)))
            if mark:
                if place:
                    self.outline.close_item()
                self.outline.open_item()
                self.outline.open_leaf("paragraph")
            else:
                self.outline.add(start - 1, start, " " if is_soft(self.outline.text, start - 1) else "\n")
            indent = len(self._line((start, end))) - len(self._line((start, end)).lstrip())
            self.outline.add(start + (mark.end() if mark else indent), end)
        self.outline.close_item()
        self.outline.close_list()

    def _block(self, start: int, end: int, *, heading: bool = False) -> None:
        self.outline.open_leaf("heading" if heading else "paragraph", 1 if heading else 0)
        self.outline.add(start, end)
        self.outline.close_leaf()

    def _line(self, line: tuple[int, int]) -> str:
        return self.outline.text[line[0] : line[1]]


def _wrapped(lines: list[str]) -> bool:
    """Whether the lines were broken to fit a width: all but the last are about as long, and many break inside a sentence."""
    body = [len(line.rstrip()) for line in lines[:-1]]
    inside = sum(not line.rstrip().endswith((".", "!", "?", ":", "”", '"', ")")) for line in lines[:-1])
    return median(body) >= 50 and min(body) >= 0.6 * median(body) and inside >= 0.5 * len(body)
