"""reStructuredText (https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html): blocks told apart by their indentation.

docutils, which defines the language, gives no offsets and needs time quadratic in the length of a paragraph; the tests compare with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.model import BlockKind, Document, Source
from kg.readers import rst_tables
from kg.readers.decoding import decode
from kg.readers.indented import Lines
from kg.readers.outline import Outline
from kg.readers.rst_inline import Names
from kg.readers.rst_tables import BULLET, Tables, put
from kg.readers.self_description import described

MAX_DEPTH = 40
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*$")
_NUMBER = re.compile(r"(?:\(?(?:\d{1,4}|#)[.)]|\([a-z]\))(?:[ \t]+|$)")
_FIELD = re.compile(r":(?P<name>[^:\s](?:[^:\n]{0,60}[^:\s])?):(?:[ \t]+|$)")
_NOTE = re.compile(r"\.\. \[(?P<label>[^\]\n]+)\](?:[ \t]+|$)")
_SILENT = re.compile(r"\.\. (?:_[^\n]*:|__(?: |$)|\|[^|\n]+\| )|__ ")
_DIRECTIVE = re.compile(r"\.\. (?P<name>[\w:.+-]+)::(?:[ \t]+|$)")
_OPTION = re.compile(r":[\w-]+:(?: |$)")
_CODE = frozenset(
    {
        "code",
        "code-block",
        "sourcecode",
        "highlight",
        "math",
        "parsed-literal",
        "raw",
        "graphviz",
        "doctest",
        "literalinclude",
        "plantuml",
        "testcode",
        "productionlist",
    }
)
_UNSEEN = frozenset({"image", "include", "toctree", "contents", "meta", "index", "bibliography", "sectnum", "default-role", "role", "highlights", "tabularcolumns", "currentmodule", "unicode", "target-notes", "header", "footer"})  # fmt: skip


class RstReader:
    """Reads reStructuredText; the document's text is the whole file."""

    name = "rst"
    media_types = ("text/x-rst", "text/prs.fallenstein.rst")
    suffixes = (".rst", ".rest")

    def claims(self, text: str) -> float:
        head = text[:20_000]
        signs = len(re.findall(r"^\.\. (?:[\w-]+::|_[^:\n]+:|\[)|^[ \t]*:(?:author|date|title|field|authors|venue)s?: |`[^`\n<]+ <[^>\n`]+>`__?|\w`_\b|``[^`\n]+``|^::$|:\w+:`", head, re.MULTILINE | re.IGNORECASE))  # fmt: skip
        underlined = sum(
            len(title) <= len(line) for title, line in re.findall(r"^(\S[^\n]*)\n((?:=+|-+|~+|\^+|\"+|\*+|\++|#+))$", head, re.MULTILINE)
        )
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
        self.lines = Lines(outline.text)
        self.tables = Tables(outline, self.names, self.lines)
        self.depth = 0
        self.quotes = 0
        self.begun = False
        self.levels: list[tuple[str, bool]] = []

    def run(self) -> None:
        self._body(0, len(self.lines))

    def _body(self, first: int, last: int) -> None:
        """Reads lines `first` to `last`, whose left edge is that of the leftmost of them."""
        if self.depth >= MAX_DEPTH:
            self._leaf("paragraph", first, last)
            return
        self.depth += 1
        edge = self.lines.edge(first, last)
        listed: Callable[[str], bool] | None = None
        index = first
        while index < last:
            if self.lines.blank(index):
                index += 1
                continue
            kind = self._list_kind(index) if self.lines.columns[index] == edge else None
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
        words = self.lines.words(index)
        if self._is_title(index):
            return None
        return _is_bullet if _is_bullet(words) else _is_number if _is_number(words) else None

    # -- blocks: each reads from a line on and says where it has ended

    def _block(self, index: int, last: int, edge: int) -> int:
        words = self.lines.words(index)
        if self.lines.columns[index] > edge:
            return self._quote(index, last, edge)
        if self.depth == 1 and (end := self._title(index, last)):
            return end
        if found := BULLET.match(words) or _NUMBER.match(words):
            return self._item(index, last, found.end())
        if field := _FIELD.match(words):
            return self._field(index, last, field)
        if words.startswith((".. ", "__ ")) or words == "..":
            return self._explicit(index, last, words)
        if rst_tables.begins(words):
            return self._table(index, last)
        if words.startswith(("| ", ">>> ")) or words == "|":
            return self._line(index, words)
        if index + 1 < last and not self.lines.blank(index + 1) and self.lines.columns[index + 1] > edge and not words.endswith("::"):
            return self._definition(index, last)
        return self._paragraph(index, last, edge)

    def _is_title(self, index: int) -> bool:
        return (
            self.depth == 1
            and index + 1 < len(self.lines)
            and self.lines.columns[index] == 0
            and self._underlines(index + 1, self.lines.words(index))
        )

    def _underlines(self, index: int, title: str) -> bool:
        line = self.lines.words(index) if not self.lines.blank(index) and self.lines.columns[index] == 0 else ""
        return bool(line and _ADORNMENT.match(line) and (len(line) >= len(title) or len(line) >= 4) and not (title and _ADORNMENT.match(title)))

    def _title(self, index: int, last: int) -> int | None:
        words = self.lines.words(index)
        if (
            _ADORNMENT.match(words)
            and index + 2 < last
            and not self.lines.blank(index + 1)
            and self.lines.words(index + 2) == words
            and len(words) >= 2
        ):
            self._heading(index + 1, (words[0], True))
            return index + 3
        if index + 1 < last and self._underlines(index + 1, words):
            self._heading(index, (self.lines.words(index + 1)[0], False))
            return index + 2
        if _ADORNMENT.match(words) and len(words) >= 4 and (index + 1 >= last or self.lines.blank(index + 1)):
            return index + 1
        return None

    def _heading(self, index: int, style: tuple[str, bool]) -> None:
        if style not in self.levels:
            self.levels.append(style)
        self._leaf("heading", index, index + 1, level=self.levels.index(style) + 1)

    def _quote(self, index: int, last: int, edge: int) -> int:
        end = self.lines.indented(index, last, edge)
        self.quotes += 1
        self._body(index, end)
        self.quotes -= 1
        return end

    def _item(self, index: int, last: int, length: int) -> int:
        end = max(index + 1, self.lines.indented(index + 1, last, self.lines.columns[index]))
        self.lines.cut(index, length)
        self.outline.open_item()
        self._body(index, end)
        self.outline.close_item()
        return end

    def _cut(self, index: int, length: int) -> None:
        """Takes marks off the beginning of a line."""
        self.lines.starts[index] += length
        self.lines.columns[index] += length

    def _field(self, index: int, last: int, field: re.Match[str]) -> int:
        """A field of the document if it stands at its beginning, otherwise a line "name: value"."""
        end = max(index + 1, self.lines.indented(index + 1, last, self.lines.columns[index]))
        begin = self.lines.starts[index]
        self.lines.cut(index, field.end())
        first = index if not self.lines.blank(index) else index + 1
        stop = next((at for at in range(first, end) if self.lines.blank(at)), end)
        if first < stop and not (self.begun and _is_bullet(self.lines.words(first))):
            if self.begun:
                self.outline.open_leaf("paragraph")
                self.outline.add(begin + field.start("name"), begin + field.end("name"))
                self.outline.add(begin + field.end("name"), self.lines.starts[first], ": ")
            else:
                self.outline.open_leaf("field", name=field.group("name").lower())
            put(self.outline, self.names, self.lines, range(first, stop))
            self.outline.close_leaf()
            first = stop
        if first < end:
            self._body(first, end)
        return end

    def _explicit(self, index: int, last: int, words: str) -> int:
        end = max(index + 1, self.lines.indented(index + 1, last, self.lines.columns[index]))
        if note := _NOTE.match(words):
            self.lines.cut(index, note.end())
            self.outline.open_item()
            self._body(index, end)
            self.outline.close_item()
        elif _SILENT.match(words):
            return end
        elif directive := _DIRECTIVE.match(words):
            self._directive(index, end, directive)
        else:
            self.lines.cut(index, min(3, len(words)))
            self._leaf("comment", index, end, raw=True)
        return end

    def _directive(self, index: int, end: int, directive: re.Match[str]) -> None:
        name = directive.group("name").lower()
        if name in _UNSEEN:
            return
        body = index + 1
        while body < end and not self.lines.blank(body) and _OPTION.match(self.lines.words(body)):
            body += 1
        self.lines.cut(index, directive.end())
        if name in _CODE:
            self._leaf("code", body, end, raw=True)
        elif name == "csv-table":
            self.tables.csv(body, end)
        elif name == "list-table":
            headed = re.search(r":header-rows:[ \t]*[1-9]", self.outline.text[self.lines.lines[index][0] : self.lines.lines[body - 1][1]]) is not None
            self.tables.of_lists(body, end, headed=headed)
        else:
            if not self.lines.blank(index) and name != "figure":
                self._leaf("paragraph", index, index + 1)
            self._body(body, end)

    def _line(self, index: int, words: str) -> int:
        """A line of verse, or of a session with an interpreter."""
        if words.startswith(">>>"):
            self._leaf("code", index, index + 1, raw=True)
        else:
            self.lines.cut(index, min(2, len(words)))
            self._leaf("paragraph", index, index + 1)
        return index + 1

    def _definition(self, index: int, last: int) -> int:
        self._leaf("term", index, index + 1)
        end = self.lines.indented(index + 1, last, self.lines.columns[index])
        before = len(self.outline.blocks)
        self._body(index + 1, end)
        self.outline.rename(before, "paragraph", "definition")
        return end

    def _paragraph(self, index: int, last: int, edge: int) -> int:
        end = index + 1
        while (
            end < last
            and not self.lines.blank(end)
            and self.lines.columns[end] >= edge
            and not (self.lines.words(end - 1).endswith("::") and self.lines.columns[end] > edge)
        ):
            end += 1
        literal = self.lines.words(end - 1).endswith("::")
        if not (literal and end == index + 1 and self.lines.words(index) == "::"):
            self._leaf("quote" if self.quotes else "paragraph", index, end)
        if literal:
            stop = self.lines.indented(end, last, edge)
            if stop > end:
                self._leaf("code", end, stop, raw=True)
            return max(end, stop)
        return end

    def _table(self, index: int, last: int) -> int:
        end = self.tables.drawn(index, last)
        if end is None:
            self._leaf("paragraph", index, index + 1)
            return index + 1
        return end

    # -- text

    def _leaf(self, kind: BlockKind, first: int, last: int, *, level: int = 0, raw: bool = False) -> None:
        self.begun = self.begun or kind not in ("heading", "comment")
        self.outline.open_leaf(kind, level)
        put(self.outline, self.names, self.lines, range(first, last), raw=raw)
        self.outline.close_leaf()


def _is_bullet(words: str) -> bool:
    return BULLET.match(words) is not None


def _is_number(words: str) -> bool:
    return _NUMBER.match(words) is not None
