"""reStructuredText: docutils parses; where each block and run stands is found again by its line and its raw text, and checked.

docutils is told to read no file, run no raw content and follow no configuration (https://docutils.sourceforge.io/docs/howto/security.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.errors import InputError
from kg.model import BlockKind, Document, InlineKind, Source
from kg.readers.decoding import decode
from kg.readers.inline import Token, write
from kg.readers.lines import lines
from kg.readers.outline import Outline
from kg.readers.self_description import described

_SETTINGS = {
    "file_insertion_enabled": False, "raw_enabled": False, "_disable_config": True, "report_level": 5, "halt_level": 6, "warning_stream": False,
    "doctitle_xform": False, "docinfo_xform": False, "syntax_highlight": "none", "smart_quotes": False, "record_dependencies": None, "line_length_limit": 1_000_000,
}  # fmt: skip
_RUNS: dict[str, InlineKind] = {"strong": "bold", "emphasis": "italic", "title_reference": "italic", "literal": "code", "math": "code", "reference": "link"}
_LISTS = frozenset({"bullet_list", "enumerated_list", "option_list"})
_LEAVES: dict[str, BlockKind] = {"paragraph": "paragraph", "title": "heading", "subtitle": "heading", "rubric": "heading", "caption": "paragraph", "term": "term", "line": "paragraph", "attribution": "quote", "literal_block": "code", "doctest_block": "code", "math_block": "code", "comment": "comment"}  # fmt: skip
_SILENT = frozenset({"substitution_definition", "target", "pending", "raw", "meta", "image", "label", "decoration", "colspec"})
_HIDDEN = frozenset({"footnote_reference", "citation_reference", "image"})
_TOKEN = re.compile(r"(?P<line>(?<![ \t])[ \t]*\n[ \t]*)|\\(?:(?P<space>[\s])|(?P<escaped>.))|(?P<substituted>\|[^|\s](?:[^|\n]*[^|\s])?\|)")
_REACH = 3  # lines around the one that docutils names in which a block's first line is looked for


class RstReader:
    """Reads reStructuredText; the document's text is the whole file."""

    name = "rst"
    media_types = ("text/x-rst", "text/prs.fallenstein.rst")
    suffixes = (".rst", ".rest")

    def claims(self, text: str) -> float:
        head = text[:20_000]
        signs = len(re.findall(r"^\.\. (?:[\w-]+::|_[^:\n]+:|\[)|^[ \t]*:(?:author|date|title|field|authors|venue)s?: |`[^`\n]+ <[^>\n]+>`__?|\w`_\b|``[^`\n]+``|^[.:]{2}$|:\w+:`", head, re.MULTILINE | re.IGNORECASE))
        underlined = sum(len(title) <= len(line) for title, line in re.findall(r"^(\S[^\n]*)\n((?:=+|-+|~+|\^+|\"+|\*+|\++|#+))$", head, re.MULTILINE))
        return min(0.97, 0.4 * min(signs, 2) + 0.17 * bool(underlined and signs))

    def read(self, data: bytes, locator: str) -> Document:
        from docutils.core import publish_doctree  # noqa: PLC0415 - heavy, and needed for this format only

        outline = Outline(decode(data, locator))
        try:
            tree = publish_doctree(outline.text, settings_overrides=_SETTINGS)
        except (Exception, RecursionError) as error:  # whatever a parser of untrusted text may raise
            raise InputError(locator, f"cannot be read as reStructuredText: {error}; read it as plain text by giving it the suffix .txt") from error
        _Walk(outline, tree).run()
        return outline.document(described(Source(locator, "text/x-rst"), outline))


class _Walk:
    """Takes the nodes of a document tree into an outline; lists and tables keep what is in them together."""

    def __init__(self, outline: Outline, tree: Any) -> None:
        self.outline = outline
        self.tree = tree
        self.lines = list(lines(outline.text))
        self.taken: dict[int, int] = {}  # how far each line has been read
        self.line = 0
        self.level = 0
        self.begun = False
        self.substitutions = {name: node.astext() for name, node in tree.substitution_defs.items()}

    def run(self) -> None:
        self._children(self.tree)
        self.outline.close_leaf()

    def _children(self, node: Any) -> None:
        for child in node.children:
            self._node(child)

    def _node(self, node: Any) -> None:
        name = node.tagname
        if name in _SILENT:
            return
        if name == "section":
            self.level += 1
            self._children(node)
            self.level -= 1
        elif name in _LISTS:
            self.outline.open_list()
            self._children(node)
            self.outline.close_list()
        elif name in ("list_item", "option_list_item", "footnote", "citation"):
            self.outline.open_item()
            self._children(node)
            self.outline.close_item()
        elif name == "field":
            self._field(node)
        elif name == "table":
            self._table(node)
        elif name in _LEAVES:
            self._leaf(node, _LEAVES[name])
        elif name == "system_message":
            self._unread(node)
        elif name != "#text":
            self._children(node)

    # -- blocks

    def _leaf(self, node: Any, kind: BlockKind) -> None:
        ranges = self._ranges(node)
        if node.parent is not None and kind == "paragraph" and node.parent.tagname in ("block_quote", "definition"):
            kind = "quote" if node.parent.tagname == "block_quote" else "definition"
        self.begun = self.begun or kind not in ("heading", "comment")
        self.outline.open_leaf(kind, max(1, self.level) if kind == "heading" else 0)
        self._content(node, ranges, raw=kind in ("code", "comment"))
        self.outline.close_leaf()

    def _field(self, node: Any) -> None:
        """A field of the document if it stands at its beginning, otherwise a line "name: value"."""
        name, body = node.children[0].astext(), node.children[1]
        first = body.children[0] if body.children and body.children[0].tagname == "paragraph" else None
        place = self._find(f":{name}:", (node.line or self.line + 1) - 1)
        if first is None or place is None:
            self._children(body)
            return
        ranges = self._ranges(first)
        if self.begun:
            self.outline.open_leaf("paragraph")
            self.outline.add(place + 1, place + 1 + len(name))
            self.outline.add(place + 1 + len(name), max(place + 2 + len(name), ranges[0][0] if ranges else 0), ": ")
        else:
            self.outline.open_leaf("field", name=name.lower())
        self._content(first, ranges)
        self.outline.close_leaf()
        for other in body.children[1:]:
            self._node(other)

    def _table(self, node: Any) -> None:
        self.outline.open_list()
        heads: list[str] = []
        rows = [(row, row.parent.tagname == "thead") for row in node.findall(lambda inner: inner.tagname == "row")]
        for number, (row, head) in enumerate(rows, 0 if rows and rows[0][1] else 1):
            self.outline.open_item()
            for column, entry in enumerate(row.children):
                before = len(self.outline.blocks)
                self._entry(entry, heads[column] if not head and column < len(heads) else "", number, column)
                heads += [" ".join(map(self.outline.shown, self.outline.blocks[before:]))] if head and len(heads) <= column else []
            self.outline.close_item()
        self.outline.close_list()

    def _entry(self, entry: Any, name: str, row: int, column: int) -> None:
        self.outline.open_leaf("cell", 0, name, row, column)
        for number, node in enumerate(entry.findall(lambda inner: inner.tagname in _LEAVES)):
            ranges = self._ranges(node)
            if number and ranges:
                self.outline.add(ranges[0][0] - 1, ranges[0][0], "\n")
            self._content(node, ranges, apart=True)
        self.outline.close_leaf()

    def _unread(self, node: Any) -> None:
        """What a directive that docutils does not know holds: shown as it stands."""
        for inner in node.children:
            if inner.tagname == "literal_block":
                inner.line = inner.line or node.get("line")
                self._leaf(inner, "code")

    # -- where things stand

    def _ranges(self, node: Any) -> list[tuple[int, int]]:
        """Start and end of each line of a block, in the text."""
        raw = (node.rawsource or node.astext()).strip("\n")
        at = min((node.line or self.line + 1) - 1, len(self.lines) - 1)
        found = []
        for written in (line.strip() for line in raw.split("\n")):
            if not written:
                at += 1
                continue
            place = self._find(written, at)
            if place is not None:
                found.append((place, place + len(written)))
                self.taken[self.line] = place + len(written)
                at = self.line + 1
        return found

    def _find(self, words: str, line: int) -> int | None:
        """The first place of words that stand on one line, in the lines from a little before `line` on, that is not taken."""
        for index in range(max(0, line - _REACH), min(len(self.lines), line + 2 * _REACH)):
            start, end = self.lines[index]
            place = self.outline.text.find(words, max(start, self.taken.get(index, 0)), end)
            if place >= 0:
                self.line = index
                return place
        return None

    # -- runs

    def _content(self, node: Any, ranges: list[tuple[int, int]], *, raw: bool = False, apart: bool = False) -> None:
        """The text of a block with its runs; cells of a table stand `apart`, with other cells between their lines."""
        if not ranges:
            return
        stretches = ranges if apart else [(ranges[0][0], ranges[-1][1])]
        children = [] if raw else [child for child in node.children if child.tagname != "#text" and child.rawsource and (child.children or child.tagname != "target")]
        for number, (start, end) in enumerate(stretches):
            if number:
                self.outline.add(start - 1, start, "\n")
            place = start
            while children and ((found := self._run(children[0], place, end)) or not apart):
                child = children.pop(0)
                if found:
                    write(self.outline, place, found[0], self._tokens(place, found[0]))
                    self._put(child, *found)
                    place = found[1]
            if raw:
                self.outline.add(place, end)
            else:
                write(self.outline, place, end, self._tokens(place, end))

    def _run(self, node: Any, start: int, end: int) -> tuple[int, int] | None:
        pattern = re.escape(node.rawsource.strip("\n")).replace("\\\n", "\\\n[ \t]*")
        found = re.compile(pattern).search(self.outline.text, start, end)
        return found.span() if found else None

    def _put(self, node: Any, start: int, end: int) -> None:
        if node.tagname in _HIDDEN:
            return
        kind = _RUNS.get(node.tagname)
        inner = re.compile(re.escape(node.astext()).replace("\\\n", "\\\n[ \t]*").replace("\\ ", "\\s+")).search(self.outline.text, start, end)
        begin, stop = inner.span() if inner else (start, end)
        if kind:
            self.outline.open_run(kind, start, node.get("refuri", "") if kind == "link" else "")
        write(self.outline, begin, stop, self._tokens(begin, stop))
        if kind:
            self.outline.close_run(kind, end)

    def _tokens(self, start: int, end: int) -> Iterator[Token]:
        for found in _TOKEN.finditer(self.outline.text, start, end):
            if found.group("line"):
                yield Token(*found.span(), "seen", shown="\n")
            elif found.group("space"):
                yield Token(*found.span(), "hidden")
            elif found.group("escaped"):
                yield Token(*found.span(), "seen", shown=found.group("escaped"))
            elif (shown := self.substitutions.get(found.group("substituted")[1:-1])) is not None:
                yield Token(*found.span(), "seen", shown=shown)
