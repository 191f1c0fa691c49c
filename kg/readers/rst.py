"""reStructuredText (https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html): blocks told apart by their indentation.

docutils, which defines the language, gives no offsets and needs time quadratic in the length of a paragraph; the tests compare with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from kg.model import BlockKind, Document, Source
from kg.readers import records_csv
from kg.readers.decoding import decode
from kg.readers.inline import write
from kg.readers.lines import lines
from kg.readers.outline import Outline
from kg.readers.rst_inline import Names, tokens
from kg.readers.self_description import described

MAX_DEPTH = 40
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*$")
_BULLET = re.compile(r"[-*+•‣⁃](?:[ \t]+|$)")
_NUMBER = re.compile(r"(?:\(?(?:\d{1,4}|#)[.)]|\([a-z]\))(?:[ \t]+|$)")
_FIELD = re.compile(r":(?P<name>[^:\s](?:[^:\n]{0,60}[^:\s])?):(?:[ \t]+|$)")
_NOTE = re.compile(r"\.\. \[(?P<label>[^\]\n]+)\](?:[ \t]+|$)")
_SILENT = re.compile(r"\.\. (?:_[^\n]*:|__(?: |$)|\|[^|\n]+\| )|__ ")
_DIRECTIVE = re.compile(r"\.\. (?P<name>[\w:.+-]+)::(?:[ \t]+|$)")
_OPTION = re.compile(r":[\w-]+:(?: |$)")
_GRID = re.compile(r"\+[-=+]*[-=][-=+]*\+$")
_SIMPLE = re.compile(r"={2,}(?:[ \t]+={2,})+$")
_CODE = frozenset({"code", "code-block", "sourcecode", "highlight", "math", "parsed-literal", "raw", "graphviz", "doctest", "literalinclude", "plantuml", "testcode", "productionlist"})
_UNSEEN = frozenset({"image", "include", "toctree", "contents", "meta", "index", "bibliography", "sectnum", "default-role", "role", "highlights", "tabularcolumns", "currentmodule", "unicode", "target-notes", "header", "footer"})  # fmt: skip


class RstReader:
    """Reads reStructuredText; the document's text is the whole file."""

    name = "rst"
    media_types = ("text/x-rst", "text/prs.fallenstein.rst")
    suffixes = (".rst", ".rest")

    def claims(self, text: str) -> float:
        head = text[:20_000]
        signs = len(re.findall(r"^\.\. (?:[\w-]+::|_[^:\n]+:|\[)|^[ \t]*:(?:author|date|title|field|authors|venue)s?: |`[^`\n<]+ <[^>\n`]+>`__?|\w`_\b|``[^`\n]+``|^::$|:\w+:`", head, re.MULTILINE | re.IGNORECASE))  # fmt: skip
        underlined = sum(len(title) <= len(line) for title, line in re.findall(r"^(\S[^\n]*)\n((?:=+|-+|~+|\^+|\"+|\*+|\++|#+))$", head, re.MULTILINE))
        return min(0.97, 0.4 * min(signs, 2) + 0.17 * bool(underlined and signs))

    def read(self, data: bytes, locator: str) -> Document:
        outline = Outline(decode(data, locator))
        _Walk(outline).run()
        return outline.document(described(Source(locator, "text/x-rst"), outline))


class _Walk:
    """Reads stretches of lines whose left edge is known; what is indented further belongs to the line before it."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.names = Names(outline.text)
        self.lines = list(lines(outline.text))
        self.starts = [start + len(outline.text[start:end]) - len(outline.text[start:end].lstrip()) for start, end in self.lines]
        self.columns = [len(outline.text[start:begin].expandtabs(8)) for (start, _), begin in zip(self.lines, self.starts, strict=True)]
        self.depth = 0
        self.quotes = 0
        self.begun = False
        self.levels: list[tuple[str, bool]] = []

    def run(self) -> None:
        self._body(0, len(self.lines))

    # -- lines

    def _words(self, index: int) -> str:
        """A line without the white space, and the marks already read, before it."""
        return self.outline.text[self.starts[index] : self.lines[index][1]].rstrip()

    def _blank(self, index: int) -> bool:
        return self.starts[index] >= self.lines[index][1] or not self._words(index)

    def _indented(self, index: int, last: int, column: int) -> int:
        """Where the lines end that are blank or right of a column."""
        end = index
        while index < last and (self._blank(index) or self.columns[index] > column):
            index += 1
            end = index if not self._blank(index - 1) else end
        return end

    def _body(self, first: int, last: int) -> None:
        """Reads lines `first` to `last`, whose left edge is that of the leftmost of them."""
        if self.depth >= MAX_DEPTH:
            self._leaf("paragraph", first, last)
            return
        self.depth += 1
        edge = min((self.columns[index] for index in range(first, last) if not self._blank(index)), default=0)
        listed: Callable[[str], bool] | None = None
        index = first
        while index < last:
            if self._blank(index):
                index += 1
                continue
            kind = self._list_kind(index) if self.columns[index] == edge else None
            if kind is not listed:
                self._switch(listed, kind)
                listed = kind
            index = self._block(index, last, edge)
        self._switch(listed, None)
        self.depth -= 1

    def _switch(self, before: object, after: object) -> None:
        if before:
            self.outline.close_list()
        if after:
            self.outline.open_list()

    def _list_kind(self, index: int) -> Callable[[str], bool] | None:
        words = self._words(index)
        if self._is_title(index):
            return None
        return _is_bullet if _is_bullet(words) else _is_number if _is_number(words) else None

    # -- blocks: each reads from a line on and says where it has ended

    def _block(self, index: int, last: int, edge: int) -> int:
        words = self._words(index)
        if self.columns[index] > edge:
            return self._quote(index, last, edge)
        if self.depth == 1 and (end := self._title(index, last)):
            return end
        if found := _BULLET.match(words) or _NUMBER.match(words):
            return self._item(index, last, found.end())
        if field := _FIELD.match(words):
            return self._field(index, last, field)
        if words.startswith((".. ", "__ ")) or words == "..":
            return self._explicit(index, last, words)
        if _GRID.match(words) or _SIMPLE.match(words):
            return self._table(index, last)
        if words.startswith(("| ", ">>> ")) or words == "|":
            return self._line(index, words)
        if index + 1 < last and not self._blank(index + 1) and self.columns[index + 1] > edge and not words.endswith("::"):
            return self._definition(index, last)
        return self._paragraph(index, last, edge)

    def _is_title(self, index: int) -> bool:
        return self.depth == 1 and index + 1 < len(self.lines) and self.columns[index] == 0 and self._underlines(index + 1, self._words(index))

    def _underlines(self, index: int, title: str) -> bool:
        line = self._words(index) if not self._blank(index) and self.columns[index] == 0 else ""
        return bool(line and _ADORNMENT.match(line) and (len(line) >= len(title) or len(line) >= 4) and not (title and _ADORNMENT.match(title)))

    def _title(self, index: int, last: int) -> int | None:
        words = self._words(index)
        if _ADORNMENT.match(words) and index + 2 < last and not self._blank(index + 1) and self._words(index + 2) == words and len(words) >= 2:
            self._heading(index + 1, (words[0], True))
            return index + 3
        if index + 1 < last and self._underlines(index + 1, words):
            self._heading(index, (self._words(index + 1)[0], False))
            return index + 2
        if _ADORNMENT.match(words) and len(words) >= 4 and (index + 1 >= last or self._blank(index + 1)):
            return index + 1
        return None

    def _heading(self, index: int, style: tuple[str, bool]) -> None:
        if style not in self.levels:
            self.levels.append(style)
        self._leaf("heading", index, index + 1, level=self.levels.index(style) + 1)

    def _quote(self, index: int, last: int, edge: int) -> int:
        end = self._indented(index, last, edge)
        self.quotes += 1
        self._body(index, end)
        self.quotes -= 1
        return end

    def _item(self, index: int, last: int, length: int) -> int:
        end = max(index + 1, self._indented(index + 1, last, self.columns[index]))
        self._cut(index, length)
        self.outline.open_item()
        self._body(index, end)
        self.outline.close_item()
        return end

    def _cut(self, index: int, length: int) -> None:
        """Takes marks off the beginning of a line."""
        self.starts[index] += length
        self.columns[index] += length

    def _field(self, index: int, last: int, field: re.Match[str]) -> int:
        """A field of the document if it stands at its beginning, otherwise a line "name: value"."""
        end = max(index + 1, self._indented(index + 1, last, self.columns[index]))
        begin = self.starts[index]
        self._cut(index, field.end())
        first = index if not self._blank(index) else index + 1
        stop = next((at for at in range(first, end) if self._blank(at)), end)
        if first < stop and not (self.begun and _is_bullet(self._words(first))):
            if self.begun:
                self.outline.open_leaf("paragraph")
                self.outline.add(begin + field.start("name"), begin + field.end("name"))
                self.outline.add(begin + field.end("name"), self.starts[first], ": ")
            else:
                self.outline.open_leaf("field", name=field.group("name").lower())
            self._content(first, stop)
            self.outline.close_leaf()
            first = stop
        if first < end:
            self._body(first, end)
        return end

    def _explicit(self, index: int, last: int, words: str) -> int:
        end = max(index + 1, self._indented(index + 1, last, self.columns[index]))
        if note := _NOTE.match(words):
            self._cut(index, note.end())
            self.outline.open_item()
            self._body(index, end)
            self.outline.close_item()
        elif _SILENT.match(words):
            return end
        elif directive := _DIRECTIVE.match(words):
            self._directive(index, end, directive)
        else:
            self._cut(index, min(3, len(words)))
            self._leaf("comment", index, end, raw=True)
        return end

    def _directive(self, index: int, end: int, directive: re.Match[str]) -> None:
        name = directive.group("name").lower()
        if name in _UNSEEN:
            return
        body = index + 1
        while body < end and not self._blank(body) and _OPTION.match(self._words(body)):
            body += 1
        self._cut(index, directive.end())
        if name in _CODE:
            self._leaf("code", body, end, raw=True)
        elif name == "csv-table":
            self._csv(body, end)
        elif name == "list-table":
            headed = re.search(r":header-rows:[ \t]*[1-9]", self.outline.text[self.lines[index][0] : self.lines[body - 1][1]]) is not None
            self._list_table(body, end, headed=headed)
        else:
            if not self._blank(index) and name != "figure":
                self._leaf("paragraph", index, index + 1)
            self._body(body, end)

    def _list_table(self, first: int, last: int, *, headed: bool) -> None:
        """A list of rows, each a list of cells."""
        names: list[str] = []
        self.outline.open_list()
        for number, row in enumerate(self._items(first, last), 0 if headed else 1):
            self.outline.open_item()
            for column, (begin, end) in enumerate(self._items(*row)):
                before = len(self.outline.blocks)
                self.outline.open_leaf("cell", 0, names[column] if number and column < len(names) else "", number, column)
                self._content(begin, end)
                self.outline.close_leaf()
                names += [" ".join(map(self.outline.shown, self.outline.blocks[before:]))] if number == 0 and len(names) == column else []
            self.outline.close_item()
        self.outline.close_list()

    def _items(self, first: int, last: int) -> list[tuple[int, int]]:
        """The items of a list that fills lines `first` to `last`, their marks taken off."""
        edge = min((self.columns[index] for index in range(first, last) if not self._blank(index)), default=0)
        starts = [index for index in range(first, last) if not self._blank(index) and self.columns[index] == edge and _is_bullet(self._words(index))]
        for index in starts:
            mark = _BULLET.match(self._words(index))
            assert mark is not None
            self._cut(index, mark.end())
        return list(zip(starts, [*starts[1:], last], strict=False))

    def _csv(self, first: int, last: int) -> None:
        """Rows of comma-separated values; the column names that a `:header:` gives stand in no row."""
        stretch = [index for index in range(first, last) if not self._blank(index)]
        if not stretch:
            return
        self.outline.open_list()
        start = self.starts[stretch[0]]
        for number, row in enumerate(records_csv.rows(self.outline.text, ",", start, self.lines[stretch[-1]][1]), 1):
            self.outline.open_item()
            for column, cell in enumerate(row):
                records_csv.put(self.outline, cell, "", number, column)
            self.outline.close_item()
        self.outline.close_list()

    def _line(self, index: int, words: str) -> int:
        """A line of verse, or of a session with an interpreter."""
        if words.startswith(">>>"):
            self._leaf("code", index, index + 1, raw=True)
        else:
            self._cut(index, min(2, len(words)))
            self._leaf("paragraph", index, index + 1)
        return index + 1

    def _definition(self, index: int, last: int) -> int:
        self._leaf("term", index, index + 1)
        end = self._indented(index + 1, last, self.columns[index])
        before = len(self.outline.blocks)
        self._body(index + 1, end)
        self.outline.rename(before, "paragraph", "definition")
        return end

    def _paragraph(self, index: int, last: int, edge: int) -> int:
        end = index + 1
        while end < last and not self._blank(end) and self.columns[end] >= edge and not (self._words(end - 1).endswith("::") and self.columns[end] > edge):
            end += 1
        literal = self._words(end - 1).endswith("::")
        if not (literal and end == index + 1 and self._words(index) == "::"):
            self._leaf("quote" if self.quotes else "paragraph", index, end)
        if literal:
            stop = self._indented(end, last, edge)
            if stop > end:
                self._leaf("code", end, stop, raw=True)
            return max(end, stop)
        return end

    # -- text

    def _leaf(self, kind: BlockKind, first: int, last: int, *, level: int = 0, raw: bool = False) -> None:
        self.begun = self.begun or kind not in ("heading", "comment")
        self.outline.open_leaf(kind, level)
        self._content(first, last, raw=raw)
        self.outline.close_leaf()

    def _content(self, first: int, last: int, *, raw: bool = False) -> None:
        lines = [index for index in range(first, last) if not self._blank(index)]
        if not lines:
            return
        start, end = self.starts[lines[0]], self.lines[lines[-1]][1]
        if raw:
            self.outline.add(start, end)
            return
        colons = self.outline.text[start:end].rstrip()
        literal = colons.endswith("::")
        end = start + len(colons) - literal
        write(self.outline, start, end, tokens(self.names, self.outline.text, start, end))

    # -- tables

    def _table(self, index: int, last: int) -> int:
        """A table in a drawn grid, or with its columns underlined."""
        end = index
        grid = self._words(index).startswith("+")
        while end < last and (not self._blank(end) if grid else not (self._blank(end) and self._is_rule(end - 1) and end - 1 > index)):
            end += 1
        rules = [at for at in range(index, end) if self._is_rule(at)]
        if len(rules) < 2:
            self._leaf("paragraph", index, end)
            return end
        edges = [found.start() for found in re.finditer(r"\+", self._words(index))] if grid else [found.start() for found in re.finditer(r"=+", self._words(index))]
        head = next((at for at in rules[1:-1] if "=" in self._words(at)), None)
        rows = self._grid_rows(rules) if grid else self._simple_rows(rules, edges)
        self._rows(rows, edges, head, self._left(index), grid=grid)
        return max(end, index + 1)

    def _is_rule(self, index: int) -> bool:
        words = self._words(index) if not self._blank(index) else ""
        return bool(_GRID.match(words) or _SIMPLE.match(words) or re.fullmatch(r"-{2,}(?:[ \t]+-{2,})*|={2,}", words))

    def _grid_rows(self, rules: list[int]) -> list[list[int]]:
        return [list(range(before + 1, after)) for before, after in pairwise(rules) if after > before + 1]

    def _simple_rows(self, rules: list[int], edges: list[int]) -> list[list[int]]:
        """Lines whose first column is empty go on with the row before."""
        rows: list[list[int]] = []
        for index in range(rules[0] + 1, rules[-1]):
            if self._blank(index) or self._is_rule(index):
                continue
            line = self.outline.text[self._left(rules[0]) + self.lines[index][0] : self.lines[index][1]]
            if rows and len(edges) > 1 and not line[: edges[1]].strip():
                rows[-1].append(index)
            else:
                rows.append([index])
        return rows

    def _left(self, index: int) -> int:
        return self.starts[index] - self.lines[index][0]

    def _rows(self, rows: list[list[int]], edges: list[int], head: int | None, margin: int, *, grid: bool) -> None:
        names: list[str] = []
        self.outline.open_list()
        for number, row in enumerate(rows, 0 if head is not None else 1):
            self.outline.open_item()
            header = head is not None and row[0] < head
            for column, (left, right) in enumerate(zip(edges, [*edges[1:], None], strict=True)):
                if grid and right is None:
                    break
                before = len(self.outline.blocks)
                self.outline.open_leaf("cell", 0, names[column] if not header and column < len(names) else "", number, column)
                self._cell(row, margin, left + grid, right)
                self.outline.close_leaf()
                names += [" ".join(map(self.outline.shown, self.outline.blocks[before:]))] if header and len(names) == column else []
            self.outline.close_item()
        self.outline.close_list()

    def _cell(self, row: list[int], margin: int, left: int, right: int | None) -> None:
        begun = False
        for index in row:
            start, end = self.lines[index]
            edge = start + margin
            begin = min(end, edge + left)
            stop = end if right is None else min(end, edge + right)
            words = self.outline.text[begin:stop]
            if words.strip():
                begin += len(words) - len(words.lstrip())
                if begun:
                    self.outline.add(begin - 1, begin, "\n")
                write(self.outline, begin, begin + len(words.strip()), tokens(self.names, self.outline.text, begin, begin + len(words.strip())))
                begun = True


def _is_bullet(words: str) -> bool:
    return _BULLET.match(words) is not None


def _is_number(words: str) -> bool:
    return _NUMBER.match(words) is not None
