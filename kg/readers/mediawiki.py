"""MediaWiki: headings, lists, tables, links and templates (https://www.mediawiki.org/wiki/Help:Formatting), line by line.

A citation template is seen as its parts in their order, a template on lines of its own as labelled lines.  mwparserfromhell, the usual
parser, takes time quadratic in open brackets and tags, so the syntax is read here in one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Document, Source
from kg.readers import records
from kg.readers.decoding import decode
from kg.readers.inline import write
from kg.readers.lines import lines
from kg.readers.mediawiki_inline import Templates, tokens
from kg.readers.outline import Outline
from kg.readers.self_description import described

_ITEM = re.compile(r"(?P<marks>[*#:;]+)[ \t]*")
_SILENT = re.compile(
    r"[ \t]*(?:__[A-Z]+__|-{4,}|\[\[(?:Category|Kategorie|Catégorie|Categoría):(?P<category>[^\]|\n]*)[^\]\n]*\]\]|#REDIRECT.*)[ \t]*$", re.IGNORECASE
)
_ATTRIBUTES = re.compile(r"[^\[\]{}|\n]*=[^\[\]{}|\n]*\|(?!\|)")
_CELL, _HEAD_CELL = re.compile(r"\|\|"), re.compile(r"\|\||!!")
_RAW = re.compile(r"[ \t]*<(?P<tag>pre|syntaxhighlight|source)\b[^>\n]*>", re.IGNORECASE)


class MediaWikiReader:
    """Reads MediaWiki's wikitext; the document's text is the whole page source."""

    name = "mediawiki"
    media_types = ("text/x-wiki",)
    suffixes = (".wiki", ".mediawiki", ".wikitext")

    def claims(self, text: str) -> float:
        head = text[:20_000]
        headings = len(re.findall(r"^={2,5}[^=\n]+={2,5}[ \t]*$", head, re.MULTILINE))
        marks = len(re.findall(r"'''[^'\n]+'''|\[\[[^\[\]\n]+\]\]|\[https?://[^\s\]]+ [^\]\n]+\]|\{\{\w[^{}]*\}\}|^\{\|", head, re.MULTILINE))
        return min(0.97, 0.35 * min(headings, 2) + 0.3 * min(marks, 2))

    def read(self, data: bytes, locator: str) -> Document:
        outline = Outline(decode(data, locator))
        _Walk(outline).run()
        return outline.document(described(Source(locator, "text/x-wiki"), outline))


class _Walk:
    """Takes lines one by one; lines of a paragraph, a cell or a template wait until it is whole."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.templates = Templates(outline.text)
        self.lines = list(lines(outline.text))
        self.next = 0
        self.waiting: tuple[int, int] | None = None
        self.marks = ""
        self.tables: list[_Table] = []

    def run(self) -> None:
        while self.next < len(self.lines):
            start, end = self.lines[self.next]
            self.next += 1
            self._line(self.outline.text[start:end], start, end)
        self._flush()
        self._nest("")

    def _line(self, line: str, start: int, end: int) -> None:
        bare = line.lstrip()
        if self.tables and bare.startswith(("|", "!")) and not bare.startswith("{|"):
            self._row(bare, end - len(bare), end)
        elif bare.startswith("{|"):
            self._begin_table()
        elif not bare:
            self._blank(end)
        elif level := _level(line):
            self._flush()
            self._nest("")
            self._block("heading", start + level, start + len(line.rstrip()) - level, level)
        elif item := _ITEM.match(line):
            self._item(item, start, end)
        elif silent := _SILENT.match(line):
            self._flush()
            if silent.group("category"):
                records.plain(self.outline, "field", "category", start + silent.start("category"), start + silent.end("category"))
        elif raw := _RAW.match(line):
            self._raw(raw, start)
        elif bare.startswith("{{") and self._template(start + len(line) - len(bare)):
            return
        else:
            self._wait(start, end)

    # -- blocks

    def _wait(self, start: int, end: int) -> None:
        """Keeps a line for the block that is being read; a template or comment that it opens belongs to it whole."""
        if self.waiting is None and not self.tables:
            self._nest("")
        end = self.templates.end_of_open(start, end)
        self._skip_to(end)
        self.waiting = (self.waiting[0] if self.waiting else start, end)

    def _skip_to(self, end: int) -> None:
        while self.next < len(self.lines) and self.lines[self.next][0] < end:
            self.next += 1

    def _blank(self, end: int) -> None:
        if self.tables and self.waiting:
            self.waiting = (self.waiting[0], end)
        else:
            self._flush()

    def _flush(self) -> None:
        """Ends the paragraph, item or cell that is being read."""
        if self.waiting is None:
            return
        (start, end), self.waiting = self.waiting, None
        if self.tables and not self.marks:
            self.tables[-1].write(self.outline, self.templates, start, end)
        else:
            self._block("paragraph", start, end)

    def _block(self, kind: str, start: int, end: int, level: int = 0) -> None:
        self.outline.open_leaf(kind, level)  # type: ignore[arg-type]
        write(self.outline, start, end, tokens(self.templates, start, end))
        self.outline.close_leaf()

    def _item(self, item: re.Match[str], start: int, end: int) -> None:
        self._flush()
        marks = item.group("marks")
        if not marks.strip(":"):  # indented text is a paragraph, in talk pages an answer
            self._nest("")
            self._wait(start + item.end(), end)
            return
        self._nest(marks)
        begin = start + item.end()
        end = self.templates.end_of_open(begin, end)
        self._skip_to(end)
        colon = self.outline.text.find(" : ", begin, end) if marks[-1] == ";" else -1
        if colon >= 0:
            self._block("term", begin, colon)
            self._block("definition", colon + 3, end)
        elif marks[-1] in ";:":
            self._block("term" if marks[-1] == ";" else "definition", begin, end)
        else:
            self._block("paragraph", begin, end)

    def _nest(self, marks: str) -> None:
        """Opens and closes lists so that those of `marks` are open, and begins an item."""
        same = 0
        while same < min(len(marks), len(self.marks)) and marks[same] in _ALIKE.get(self.marks[same], self.marks[same]):
            same += 1
        for _ in self.marks[same:]:
            self.outline.close_item()
            self.outline.close_list()
        if marks and same == len(marks):
            self.outline.close_item()
            self.outline.open_item()
        for _ in marks[same:]:
            self.outline.open_list()
            self.outline.open_item()
        self.marks = marks

    def _raw(self, raw: re.Match[str], start: int) -> None:
        self._flush()
        end = (
            self.outline.text.lower().find(f"</{raw.group('tag').lower()}", start + raw.end())
            if self.templates.closes(raw.group("tag"), start)
            else -1
        )
        if end >= 0:
            records.plain(self.outline, "code", "", start + raw.end(), end)
            self._skip_to(end)

    def _template(self, start: int) -> bool:
        """A template that stands alone on its lines, and is no citation: each named part is a line "name: value"."""
        end = self.templates.end(start)
        after = self.outline.text.find("\n", end) if end else -1
        if not end or self.outline.text[end : after if after >= 0 else None].strip() or self.templates.cites(start):
            return False
        self._flush()
        self._nest("")
        self._skip_to(end)
        for name, begin, stop in self.templates.parts(start):
            self.outline.open_leaf("paragraph")
            if name:
                self.outline.add(*name)
                self.outline.add(name[1], begin, ": ")
            write(self.outline, begin, stop, tokens(self.templates, begin, stop))
            self.outline.close_leaf()
        return True

    # -- tables

    def _begin_table(self) -> None:
        self._flush()
        self._nest("")
        self.tables.append(_Table())
        self.outline.open_list()
        self.outline.open_item()

    def _row(self, line: str, start: int, end: int) -> None:
        self._flush()
        self._nest("")
        table = self.tables[-1]
        if line.startswith("|}"):
            self.tables.pop()
            self.outline.close_item()
            self.outline.close_list()
            if line[2:].strip():
                self._wait(start + 2, end)
        elif line.startswith("|-"):
            table.next_row(self.outline)
        elif line.startswith("|+"):
            self.outline.close_item()
            self._block("paragraph", start + 2, end)
            self.outline.open_item()
        else:
            for begin, stop in self._cells(start + 1, end, line[0]):
                self._flush()
                attributes = _ATTRIBUTES.match(self.outline.text, begin, stop)
                table.begin_cell(head=line[0] == "!")
                self._wait(attributes.end() if attributes else begin, stop)

    def _cells(self, start: int, end: int, sign: str) -> Iterator[tuple[int, int]]:
        for mark in (_HEAD_CELL if sign == "!" else _CELL).finditer(self.outline.text, start, end):
            if not self.templates.inside(mark.start()):
                yield start, mark.start()
                start = mark.end()
        yield start, end


def _level(line: str) -> int:
    """How many equals signs stand on both sides of a heading; 0 for other lines."""
    bare = line.rstrip()
    level = min(6, len(bare) - len(bare.lstrip("=")), len(bare) - len(bare.rstrip("=")))
    return level if level and bare.strip("= \t") else 0


_ALIKE = {"*": "*", "#": "#", ";": ";:", ":": ";:"}


class _Table:
    """Where the cell that is read stands, and what the columns are called."""

    def __init__(self) -> None:
        self.row = 1
        self.column = -1
        self.head = False
        self.heads: dict[int, str] = {}

    def next_row(self, outline: Outline) -> None:
        outline.close_item()
        outline.open_item()
        self.row += self.column >= 0 and not (self.head and self.row == 0)
        self.row = max(1, self.row)
        self.column = -1

    def begin_cell(self, *, head: bool) -> None:
        self.column += 1
        self.head = head
        if head and self.column == 0 and not self.heads:
            self.row = 0

    def write(self, outline: Outline, templates: Templates, start: int, end: int) -> None:
        name = self.heads.get(self.column, "") if self.row else ""
        outline.open_leaf("cell", 0, name, self.row, max(0, self.column))
        write(outline, start, end, tokens(templates, start, end))
        before = len(outline.blocks)
        outline.close_leaf()
        if self.row == 0:
            self.heads[self.column] = " ".join(map(outline.shown, outline.blocks[before:]))
