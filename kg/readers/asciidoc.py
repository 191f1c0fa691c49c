"""AsciiDoc: header, sections, lists, blocks, tables and links (https://docs.asciidoctor.org/asciidoc/latest/), read line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import BlockKind, Document, InlineKind, Source
from kg.readers import records
from kg.readers.decoding import decode
from kg.readers.inline import Token, write
from kg.readers.lines import lines
from kg.readers.outline import Outline
from kg.readers.self_description import described

_HEADING = re.compile(r"(?P<level>={1,6}|#{1,6})[ \t]+(?P<title>\S.*)$")
_ATTRIBUTE = re.compile(r":(?P<name>!?\w[\w-]*!?):(?:[ \t]+(?P<value>.*))?$")
_ITEM = re.compile(r"[ \t]*(?P<mark>\*{1,6}|-|\.{1,6}|\d{1,4}\.|<(?:\d+|\.)>)[ \t]+(?=\S)(?:\[[ xX*]\][ \t]+)?")
_TERM = re.compile(r"(?P<term>\S[^:;]*(?:(?::(?!:)|;(?!;))[^:;]*)*)(?P<mark>:{2,4}|;;)(?:[ \t]+(?P<rest>\S.*)|[ \t]*)$")
_FENCE = re.compile(r"(-{4,}|={4,}|\.{4,}|_{4,}|\*{4,}|\+{4,}|/{4,}|--|```\w*|[|,:!]={3,})[ \t]*$")
_ATTRIBUTES = re.compile(r"\[(?P<inner>[^\[\]\n]*(?:\[[^\[\]\n]*\][^\[\]\n]*)*)\][ \t]*$")
_MACRO = re.compile(r"(?:image|video|audio|include|toc|ifdef|ifndef|endif|ifeval)::[^\[\n]*\[.*\][ \t]*$")
_RAW: dict[str, BlockKind] = {"-": "code", ".": "code", "+": "code", "`": "code", "/": "comment"}
_TOKEN = re.compile(
    r"\\(?P<escaped>[*_`#^~\[<{]|https?://)"
    r"|(?:(?P<scheme>(?:https?|ftp|irc)://[^\s\[\]<>]+)|(?:link|mailto|xref):(?P<path>[^\s\[\]]+))\[(?P<label>)"
    r"|<<(?P<anchor>[^<>,\n]+)(?P<comma>,[ \t]*(?P<words>[^<>\n]+))?>>|(?P<end>\^?\])"
    r"|(?P<hidden>,[ \t]*(?:window|role|opts|title|rel|id)=[^\[\],\n]*(?=[\],])|\[\[[^\[\]\n]*\]\]|\(\(\([^()\n]*\)\)\)|(?:image|icon|kbd|btn):[^\s\[\]:][^\s\[\]]*\[[^\]\n]*\]|footnote:\w*\[\]|[ \t]\+(?=\n))"
    r"|footnote:\w*\[(?P<note>[^\[\]\n]+)\]|(?P<mark>\*\*?|__?|``?|##?)|(?P<entity>\{(?:nbsp|amp|lt|gt|plus|empty|sp)\})|(?P<line>(?<![ \t])[ \t]*\n[ \t]*)"
)
_MARKS: dict[str, InlineKind] = {"*": "bold", "_": "italic", "`": "code", "#": "italic"}
_ENTITIES = {"{nbsp}": " ", "{amp}": "&", "{lt}": "<", "{gt}": ">", "{plus}": "+", "{empty}": "", "{sp}": " "}


class AsciiDocReader:
    """Reads AsciiDoc; the document's text is the whole file."""

    name = "asciidoc"
    media_types = ("text/asciidoc",)
    suffixes = (".adoc", ".asciidoc", ".asc")

    def claims(self, text: str) -> float:
        head = text[:20_000]
        headings = len(re.findall(r"^={1,5} \S[^=\n]*$", head, re.MULTILINE))
        signs = len(
            re.findall(
                r"^:[\w-]+: |^\[(?:quote|source|NOTE|TIP|cols|horizontal|\.\w+|%)[^\]\n]*\]$|https?://[^\s\[\]]+\[[^\]\n]+\]|^\|===|^(?:NOTE|TIP): |link:\S+\[|^\S.*:: ?\S",
                head,
                re.MULTILINE,
            )
        )
        return min(0.96, 0.35 * min(headings, 2) + 0.3 * min(signs, 2))

    def read(self, data: bytes, locator: str) -> Document:
        outline = Outline(decode(data, locator))
        _Walk(outline).run()
        return outline.document(described(Source(locator, "text/asciidoc"), outline))


class _Walk:
    """Takes lines one by one; lines of a paragraph wait until it is whole."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.lines = list(lines(outline.text))
        self.next = 0
        self.waiting: list[tuple[int, int]] = []
        self.kind: BlockKind = "paragraph"
        self.marks: list[str] = []
        self.style = ""
        self.absent: set[str] = set()

    def run(self) -> None:
        self._header()
        while self.next < len(self.lines):
            start, end = self.lines[self.next]
            self.next += 1
            self._line(self.outline.text[start:end], start, end)
        self._flush()
        self._nest(None)

    def _header(self) -> None:
        """The title, then lines with the authors and the date, as far as they follow without a blank line."""
        start, end = self.lines[0]
        title = _HEADING.match(self.outline.text[start:end])
        if not title or len(title.group("level")) != 1:
            return
        self.next = 1
        self._block("heading", start + title.start("title"), start + title.end("title"), 1)
        for name in ("author", "date"):
            start, end = self.lines[self.next] if self.next < len(self.lines) else (0, 0)
            words = self.outline.text[start:end]
            if not words.strip() or words.startswith((":", "//", "=", "[")):
                return
            self.next += 1
            for part in re.finditer(r"[^;]+", words) if name == "author" else [re.search(r"\d.*|\S.*", words)]:
                if part:
                    shown = part.group().split("<", 1)[0]
                    records.plain(self.outline, "field", name, start + part.start(), start + part.start() + len(shown))

    def _line(self, line: str, start: int, end: int) -> None:
        if not line.strip():
            self._flush()
        elif line.startswith("//") and not _FENCE.match(line):
            self._flush()
            records.plain(self.outline, "comment", "", start + 2, end)
        elif fence := _FENCE.match(line):
            self._fence(fence.group(1))
        elif heading := _HEADING.match(line):
            self._flush()
            self._nest(None)
            self._block("heading", start + heading.start("title"), start + heading.end("title"), len(heading.group("level")))
        elif (attribute := _ATTRIBUTE.match(line)) and not self.waiting:
            if attribute.group("value"):
                records.plain(
                    self.outline, "field", attribute.group("name").lower(), start + attribute.start("value"), start + attribute.end("value")
                )
        elif attributes := _ATTRIBUTES.match(line):
            self._attributes(attributes.group("inner"))
        elif _MACRO.match(line) or line.strip() in ("'''", "<<<", "---", "***", "+"):
            self._flush()
        else:
            self._text(line, start, end)

    def _text(self, line: str, start: int, end: int) -> None:
        item = _ITEM.match(line)
        term = None if item else _TERM.match(line)
        if item:
            self._flush()
            self._nest(re.sub(r"\d+", "1", item.group("mark")))
            self.waiting.append((start + item.end(), end))
        elif term:
            self._flush()
            self._nest(term.group("mark"))
            self._block("term", start + term.start("term"), start + term.end("term"))
            self.kind = "definition"
            if term.group("rest"):
                self.waiting.append((start + term.start("rest"), end))
        else:
            if not self.waiting and self.marks and (self.kind != "definition" or self._after_blank()) and self._before() != "+":
                self._nest(None)
            title = re.match(r"\.(?=[^\s.])", line) if not self.waiting else None
            self.waiting.append((start + 1 if title else start, end))
            if title:
                self._flush()

    def _before(self) -> str:
        """The line before the one that is read."""
        return self.outline.text[slice(*self.lines[self.next - 2])].strip() if self.next > 1 else ""

    def _after_blank(self) -> bool:
        return not self._before()

    def _attributes(self, inner: str) -> None:
        self._flush()
        if self._before() != "+":
            self._nest(None)
        self.style = inner.split(",", maxsplit=1)[0].strip().lower()

    def _nest(self, mark: str | None) -> None:
        """Opens or closes lists so that one of `mark` is innermost, and begins an item."""
        self.kind = "paragraph"
        inner = mark is not None and (not self._after_blank() or any(mark.startswith(other) for other in self.marks))
        while self.marks and self.marks[-1] != mark and (mark in self.marks or not inner):
            self._leave()
        if mark is None:
            return
        if self.marks and self.marks[-1] == mark:
            self.outline.close_item()
        else:
            self.outline.open_list()
            self.marks.append(mark)
        self.outline.open_item()

    def _leave(self) -> None:
        self.outline.close_item()
        self.outline.close_list()
        self.marks.pop()

    # -- blocks

    def _flush(self) -> None:
        if not self.waiting:
            return
        start, end = self.waiting[0][0], self.waiting[-1][1]
        self.waiting.clear()
        kind: BlockKind = "quote" if self.style in ("quote", "verse") else self.kind
        self.style = ""
        self._block(kind, start, end)

    def _block(self, kind: BlockKind, start: int, end: int, level: int = 0) -> None:
        self.outline.open_leaf(kind, level)
        write(self.outline, start, end, _tokens(self.outline.text, start, end))
        self.outline.close_leaf()

    def _fence(self, fence: str) -> None:
        """Delimited blocks: code and comments are taken whole, tables read; the others are read as if they stood outside."""
        self._flush()
        if self.marks and self._before() != "+" and not self.style:
            self._nest(None)
        sign = fence.rstrip("\n")
        sign = "```" if sign.startswith("```") else sign
        kind = "code" if sign == "```" else _RAW.get(sign[0]) if len(sign) > 2 else None
        if sign[0] in "|,:!" and sign[1:2] == "=":
            last = self._until(sign)
            self._table(last if last is not None else len(self.lines), sign[0])
        elif kind and (last := self._until(sign)) is not None:
            if last > self.next:
                records.plain(self.outline, kind, "", self.lines[self.next][0], self.lines[last - 1][1])
            self.next = last + 1

    def _until(self, sign: str) -> int | None:
        """The next line that is that fence; that there is none is looked up once only."""
        if sign in self.absent:
            return None
        for index in range(self.next, len(self.lines)):
            if self.outline.text[slice(*self.lines[index])].rstrip() == sign:
                return index
        self.absent.add(sign)
        return None

    def _table(self, last: int, separator: str) -> None:
        """Rows are lines with several cells; where each cell has its own line, a row has as many cells as the first line."""
        first, self.next = self.next, min(last + 1, len(self.lines))
        if first >= last:
            return
        start, end = self.lines[first][0], self.lines[last - 1][1]
        mark = re.compile(
            r"(?:(?<=\n)|(?<=[ \t])|(?<=^))(?:\d*\.?\d*[*+])?[<^>.]{0,3}[aehlmdsv]?(?<!\\)" + re.escape(separator if separator in "|!" else ","),
            re.MULTILINE,
        )
        marks = list(mark.finditer(self.outline.text, start, end))
        head = self.outline.text.find("\n", start, end)
        width = max(1, sum(found.start() < (head if head >= 0 else end) for found in marks))
        begun = self.outline.text[start : marks[0].start()].strip() if marks else ""
        if not marks or begun:
            self._block("paragraph", start, end)
            return
        headed = "header" in self.style or self._blank_after(first)
        self.style = ""
        self._cells(marks, end, width if width > 1 or not headed else 1, 0 if headed else 1)

    def _blank_after(self, index: int) -> bool:
        following = self.lines[index + 1 : index + 2]
        return bool(following) and not self.outline.text[slice(*following[0])].strip()

    def _cells(self, marks: list[re.Match[str]], end: int, width: int, first: int) -> None:
        names: list[str] = []
        self.outline.open_list()
        for number, (mark, stop) in enumerate(zip(marks, [*(other.start() for other in marks[1:]), end], strict=True)):
            row, column = first + number // width, number % width
            if column == 0:
                self.outline.close_item()
                self.outline.open_item()
            words = self.outline.text[mark.end() : stop]
            names += [" ".join(words.split())] if row == 0 else []
            self.outline.open_leaf("cell", 0, names[column] if row and column < len(names) else "", row, column)
            write(self.outline, mark.end(), stop, _tokens(self.outline.text, mark.end(), stop))
        self.outline.close_item()
        self.outline.close_list()


def _tokens(text: str, start: int, end: int) -> Iterator[Token]:
    for found in _TOKEN.finditer(text, start, end):
        begin, stop = found.span()
        if found.group("escaped"):
            yield Token(begin, stop, "seen", shown=found.group("escaped"))
        elif found.group("label") is not None:
            yield Token(begin, stop, "open", "link", "[", found.group("scheme") or found.group("path"))
        elif found.group("anchor"):
            inner = found.span("words") if found.group("words") else found.span("anchor")
            yield Token(begin, stop, "whole", "link", target=f"#{found.group('anchor')}", inner=inner)
        elif found.group("end"):
            yield Token(begin, stop, "close", "link", "[")
        elif found.group("note"):
            yield Token(begin, found.start("note"), "seen", shown=" (")
            yield Token(found.end("note"), stop, "seen", shown=")")
        elif found.group("hidden"):
            yield Token(begin, stop, "hidden")
        elif found.group("entity"):
            yield Token(begin, stop, "seen", shown=_ENTITIES[found.group("entity")] or "\u200b")
        elif found.group("line"):
            yield Token(begin, stop, "seen", shown="\n")
        else:
            yield from _mark(text, found, start, end)


def _mark(text: str, found: re.Match[str], start: int, end: int) -> Iterator[Token]:
    """One sign holds at the edges of words, a doubled one anywhere."""
    begin, stop = found.span()
    sign = found.group("mark")
    before = text[begin - 1] if begin > start else " "
    after = text[stop] if stop < end else " "
    opens = not after.isspace() and (len(sign) == 2 or not (before.isalnum() or before in "}:;"))
    closes = not before.isspace() and (len(sign) == 2 or not after.isalnum())
    if opens or closes:
        yield Token(begin, stop, "mark" if opens and closes else "open" if opens else "close", _MARKS[sign[0]], sign)
