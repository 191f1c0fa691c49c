"""Walks HTML tags into an outline: whole pages and the fragments that stand inside Markdown.

Tags are read by the standard library's tolerant tokenizer, which knows where each stands.  Which elements are blocks follows
the HTML standard's rendering section (https://html.spec.whatwg.org/multipage/rendering.html).
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import accumulate

from kg.model import InlineKind
from kg.readers.outline import Outline

_RUNS: dict[str, InlineKind] = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic", "s": "struck", "del": "struck", "strike": "struck", "code": "code"}  # fmt: skip
_PARAGRAPHS = frozenset("p div section article main header footer figure figcaption address center fieldset details body html hr".split())
_SILENT = frozenset("script style noscript template svg iframe object select option textarea head math".split())
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_IMPLIED = {"li": {"li"}, "p": {"p"}, "tr": {"tr", "td", "th"}, "td": {"td", "th"}, "th": {"td", "th"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}}
_BARRIERS = {"li": {"ul", "ol", "menu"}, "p": {"div", "li", "td", "blockquote", "section", "article"}, "tr": {"table"}, "td": {"table"}, "th": {"table"}, "dt": {"dl"}, "dd": {"dl"}}  # fmt: skip
MAX_DEPTH = 500


@dataclass(slots=True)
class _Table:
    """A table that is open: its row (from 0), its next column, its headers, and the cells that reach down from rows above.

    Cells take the first free column, as the HTML standard lays tables out (https://html.spec.whatwg.org/#forming-a-table).
    """

    row: int = -1
    column: int = 0
    heads: dict[int, str] = field(default_factory=dict)  # by column
    reaching: dict[int, int] = field(default_factory=dict)  # the last row of the cell that fills a column

    def next_row(self) -> None:
        self.row, self.column = self.row + 1, 0

    def take(self, down: int, across: int) -> int:
        """The column of the next cell, which goes `down` so many rows and `across` so many columns; cells before any row make one."""
        self.row = max(self.row, 0)
        while self.reaching.get(self.column, -1) >= self.row:
            self.column += 1
        column, self.column = self.column, self.column + across
        for place in range(column, self.column):
            self.reaching[place] = self.row + down - 1
        return column


def _span(values: dict[str, str], name: str) -> int:
    """How many rows or columns a cell fills; at most a thousand, as the HTML standard has it."""
    written = values.get(name, "")
    return max(1, min(1000, int(written))) if written.isascii() and written.isdigit() else 1


class Markup(HTMLParser):
    """Feeds an outline with the visible text of HTML; may be fed several stretches of one text."""

    def __init__(self, outline: Outline) -> None:
        super().__init__(convert_charrefs=False)
        self.outline = outline
        self.stack: list[tuple[str, dict[str, str]]] = []
        self._silent = 0
        self._base = 0
        self._lines: list[int] = [0]
        self._tables: list[_Table] = []
        self._cell: list[tuple[int, range, int]] = []

    # -- where we are

    def walk(self, start: int, end: int) -> None:
        """Reads the stretch `text[start:end]` of the outline's text."""
        chunk = self.outline.text[start:end]
        self._base = start
        self._lines = [0, *accumulate(len(line) + 1 for line in chunk.split("\n"))]
        self.reset()
        self.feed(chunk)
        if self.rawdata:
            self.handle_data(self.rawdata)

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._base + self._lines[line - 1] + column

    # -- tags

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        offset = self._offset()
        self._close_implied(tag, offset)
        values = {name: value or "" for name, value in attrs}
        held = tag not in _VOID and len(self.stack) < MAX_DEPTH
        if held:
            self.stack.append((tag, values))
            self.entered(tag, values, offset)
        if tag in _SILENT:
            self._silent += held
        elif not self._silent:
            self._open(tag, values, offset)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not any(open_tag == tag for open_tag, _ in self.stack):
            return
        offset = self._offset()
        while self.stack:
            open_tag, values = self.stack.pop()
            self._leave(open_tag, values, offset)
            if open_tag == tag:
                break

    def _close_implied(self, tag: str, offset: int) -> None:
        """Ends the elements that a start tag ends without saying so (HTML standard, optional tags)."""
        closes, barriers = _IMPLIED.get(tag, set()), _BARRIERS.get(tag, set())
        for depth in range(len(self.stack) - 1, -1, -1):
            if self.stack[depth][0] in barriers:
                return
            if self.stack[depth][0] in closes:
                while len(self.stack) > depth:
                    self._leave(*self.stack.pop(), offset)
                return

    def _leave(self, tag: str, values: dict[str, str], offset: int) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif not self._silent:
            self._close(tag, offset)
        self.left(tag, values, offset)

    def entered(self, tag: str, values: dict[str, str], offset: int) -> None:
        """For readers of whole pages: an element begins."""

    def left(self, tag: str, _values: dict[str, str], offset: int) -> None:
        """For readers of whole pages: an element ends."""

    def _open(self, tag: str, values: dict[str, str], offset: int) -> None:
        outline = self.outline
        if tag in _RUNS:
            outline.open_run(_RUNS[tag], offset)
        elif tag == "a":
            outline.open_run("link", offset, values.get("href", ""))
        elif tag in ("ul", "ol", "menu"):
            outline.open_list()
        elif tag == "li":
            outline.open_item()
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            outline.open_leaf("heading", int(tag[1]))
        elif tag == "br":
            self._break(offset)
        elif tag == "img":
            outline.open_run("image", offset, values.get("src", ""))
            outline.close_run("image", offset + len(self.get_starttag_text() or "<"))
        elif tag in ("table", "tr", "td", "th"):
            self._open_table(tag, values)
        elif tag in ("dt", "dd", "blockquote", "pre", "summary"):
            outline.open_leaf({"dt": "term", "dd": "definition", "blockquote": "quote", "pre": "code", "summary": "heading"}[tag], 6)  # type: ignore[arg-type]
        elif tag in _PARAGRAPHS:
            outline.close_leaf()

    def _close(self, tag: str, offset: int) -> None:
        outline = self.outline
        if tag in _RUNS:
            outline.close_run(_RUNS[tag], offset)
        elif tag == "a":
            outline.close_run("link", offset)
        elif tag in ("ul", "ol", "menu"):
            outline.close_list()
        elif tag in ("li", "tr"):
            outline.close_item()
        elif tag == "table":
            outline.close_list()
            if self._tables:
                self._tables.pop()
        elif tag in ("td", "th"):
            self._close_cell()
        elif (tag[0] == "h" and tag[1:].isdigit()) or tag in _PARAGRAPHS or tag in ("dt", "dd", "blockquote", "pre", "summary"):
            outline.close_leaf()

    def _open_table(self, tag: str, values: dict[str, str]) -> None:
        if tag == "table":
            self.outline.open_list()
            self._tables.append(_Table())
        elif self._tables and tag == "tr":
            self._tables[-1].next_row()
            self.outline.open_item()
        elif self._tables:
            table = self._tables[-1]
            column = table.take(_span(values, "rowspan"), _span(values, "colspan"))
            self.outline.open_leaf("cell", 0, table.heads.get(column, "") if table.row else "", table.row, column)
            self._cell.append((table.row, range(column, table.column), len(self.outline.blocks)))

    def _close_cell(self) -> None:
        self.outline.close_leaf()
        if not self._cell or not self._tables:
            return
        row, columns, first = self._cell.pop()
        if row == 0:
            self._tables[-1].heads |= dict.fromkeys(columns, " ".join(map(self.outline.shown, self.outline.blocks[first:])))

    def _break(self, offset: int) -> None:
        end = offset + len(self.get_starttag_text() or "<")
        self.outline.add(offset, end, "\n")

    # -- text

    def handle_data(self, data: str) -> None:
        if not self._silent:
            start = self._offset()
            self.outline.add(start, start + len(data))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, written: str) -> None:
        if self._silent:
            return
        start = self._offset()
        end = start + len(written)
        if self.outline.text[end : end + 1] == ";":
            end += 1
        self.outline.add(start, end, html.unescape(self.outline.text[start:end]).replace("\xa0", " "))
