"""Org: headings with keywords and tags, drawers, lists, tables and blocks (https://orgmode.org/worg/org-syntax.html), read line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Document, InlineKind, Source
from kg.readers.decoding import decode
from kg.readers.inline import Token, write
from kg.readers.lines import lines
from kg.readers.outline import Outline
from kg.readers.self_description import described

_HEADING = re.compile(r"^(?P<stars>\*+)[ \t]+(?=\S)")
_TAGS = re.compile(r"(?:^|(?<=[ \t])):[\w@#%:]+:$")
_PRIORITY = re.compile(r"\[#\w\][ \t]*")
_KEYWORD = re.compile(r"^[ \t]*#\+(?P<key>[\w-]+)(?:\[[^\]\n]*\])?:[ \t]*(?P<value>.*)$")
_BEGIN = re.compile(r"^[ \t]*#\+begin_(?P<kind>\w+)", re.I)
_DRAWER = re.compile(r"^[ \t]*:(?P<name>[\w-]+):[ \t]*$")
_PROPERTY = re.compile(r"^[ \t]*:(?P<key>[\w-]+?)\+?(?P<colon>:[ \t]+)(?P<value>\S.*)$")
_PLANNING = re.compile(r"^[ \t]*(?:(?:CLOSED|DEADLINE|SCHEDULED|CLOCK):[ \t]*[<\[][^>\]\n]*[>\]](?:--\S.*)?[ \t]*)+$")
_ITEM = re.compile(
    r"^(?P<indent>[ \t]*)(?P<bullet>[-+](?=[ \t]|$)|-(?=[^\W\d_])|(?<=[ \t])\*(?=[ \t])|\d+[.)](?=[ \t]|$))[ \t]*(?:\[@\d+\][ \t]*)?(?:\[[ Xx-]\][ \t]+)?"
)
_RULE = re.compile(r"^[ \t]*-{5,}[ \t]*$")
_TABLE_RULE = re.compile(r"^[ \t]*\|[-+|]*-[-+|]*[ \t]*$")
_TOKEN = re.compile(
    r"\[\[(?P<link>[^\[\]\n]+)\](?:(?P<described>\[)|\])|(?P<end>\]\])|<(?P<angle>https?://[^<>\s]+)>|(?P<hidden>\[(?:fn:[^\[\]\n:]*|cite(?:/\w+)*:[^\[\]]*)\])"
    r"|(?<![^\s\-–—('\"{])(?P<code>[=~])(?=\S)(?P<inner>[^=~\n]+)(?<=\S)(?P=code)(?![^\s\-–—.,:!?;'\")}\[\\/])"
    r"|(?P<mark>[*/_+])|(?P<term>(?<![ \t])[ \t]+::(?=[ \t]))|(?P<line>(?<![ \t])[ \t]*\n[ \t]*)"
)
_MARKS: dict[str, InlineKind] = {"*": "bold", "/": "italic", "_": "italic", "+": "struck"}
_BEFORE, _AFTER = " \t\n-–—('\"{*/_+[]", " \t\n-–—.,:!?;'\")}[]\\*/_+"
_MACHINE = frozenset(
    "id custom_id created category archive_time archive_file archive_olpath archive_category archive_todo archive_itags style columns effort ordered logging visibility header-args export_file_name noter_page interleave_page_note".split()
)


class OrgReader:
    """Reads Org; the document's text is the whole file."""

    name = "org"
    media_types = ("text/org", "text/x-org")
    suffixes = (".org",)

    def claims(self, text: str) -> float:
        head = text[:20_000]
        keywords = len(re.findall(r"^#\+(?:title|author|date|options|startup|begin_\w+|filetags|todo|property)\b", head, re.M | re.I))
        tagged = len(re.findall(r"^\*+ .*[ \t]:[\w@:]+:[ \t]*$|^[ \t]*:(?:PROPERTIES|END):[ \t]*$|^\*+ (?:TODO|DONE|NEXT) ", head, re.M))
        links = len(re.findall(r"\[\[(?:https?|file|doi):[^\]\n]+\]\[", head))
        stars = len(re.findall(r"^\*{2,} \S", head, re.M))
        return min(0.95, 0.45 * keywords + 0.3 * tagged + 0.3 * links + 0.2 * min(stars, 2))

    def read(self, data: bytes, locator: str) -> Document:
        outline = Outline(decode(data, locator))
        _Walk(outline).run()
        return outline.document(described(Source(locator, "text/org"), outline))


class _Walk:
    """Takes lines one by one; lines of a paragraph wait until it is whole."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.lines = list(lines(outline.text))
        self.next = 0
        self.waiting: list[tuple[int, int]] = []
        self.indents: list[int] = []
        self.todo = frozenset(_todo_words(outline.text))
        self.absent: set[str] = set()
        self.in_comment = 0
        self.headings = 0

    def run(self) -> None:
        while self.next < len(self.lines):
            start, end = self.lines[self.next]
            self.next += 1
            self._line(self.outline.text[start:end], start, end)
        self._flush()
        self._dedent(-1)

    def _line(self, line: str, start: int, end: int) -> None:
        if heading := _HEADING.match(line):
            self._heading(heading, start)
        elif self.in_comment:
            self._plain("comment", start, end)
        elif not line.strip():
            self._blank()
        elif begin := _BEGIN.match(line):
            self._fenced(begin.group("kind").lower())
        elif keyword := _KEYWORD.match(line):
            self._plain("field", start + keyword.start("value"), start + keyword.end("value"), keyword.group("key").lower())
        elif drawer := _DRAWER.match(line):
            self._drawer(drawer.group("name").upper())
        elif _RULE.match(line) or _PLANNING.match(line):
            self._flush()
        elif re.match(r"[ \t]*#(?:[ \t]|$)", line):
            self._plain("comment", start + line.index("#") + 1, end)
        elif re.match(r"[ \t]*:(?:[ \t]|$)", line):
            self._plain("code", start + line.index(":") + 1, end)
        elif line.lstrip().startswith("|"):
            self._table()
        else:
            self._text(line, start, end)

    # -- structure

    def _heading(self, heading: re.Match[str], start: int) -> None:
        self._flush()
        self._dedent(-1)
        self.headings += 1
        level = len(heading.group("stars"))
        if self.in_comment and level <= self.in_comment:
            self.in_comment = 0
        begin, end = heading.end(), len(heading.string.rstrip())
        tags = _TAGS.search(heading.string, begin, end)
        end = tags.start() if tags else end
        word = heading.string[begin:end].split(maxsplit=1)[0] if begin < end else ""
        if word in self.todo:
            self._plain("field", start + begin, start + begin + len(word), "todo")
            begin = min(end, begin + len(word) + 1)
        elif word == "COMMENT":
            self.in_comment = level
        if priority := _PRIORITY.match(heading.string, begin, end):
            begin = priority.end()
        self.outline.open_leaf("comment" if self.in_comment else "heading", level)
        write(self.outline, start + begin, start + end, _tokens(self.outline.text, start + begin, start + end))
        self.outline.close_leaf()
        if tags:
            self._plain("field", start + tags.start() + 1, start + tags.end() - 1, "tags")

    def _blank(self) -> None:
        self._flush()
        following = self.lines[self.next : self.next + 1]
        if self.indents and following and not self.outline.text[slice(*following[0])].strip():
            self._dedent(-1)

    def _text(self, line: str, start: int, end: int) -> None:
        indent = _width(line)
        item = _ITEM.match(line)
        if item is None:
            if self.indents and (not self.waiting or indent <= self.indents[-1]):
                self._flush()
                self._dedent(indent)
            self.waiting.append((start, end))
            return
        self._flush()
        self._dedent(indent if not self.indents or indent <= self.indents[-1] else indent + 1)
        if not self.indents or indent > self.indents[-1]:
            self.outline.open_list()
            self.indents.append(indent)
        else:
            self.outline.close_item()
        self.outline.open_item()
        if item.end() < len(line):
            self.waiting.append((start + item.end(), end))

    def _dedent(self, indent: int) -> None:
        """Ends the lists whose bullets stand at or right of a column; an item at that very column goes on with its list."""
        item = indent >= 0 and self._at_item()
        while self.indents and (indent < self.indents[-1] if item else indent <= self.indents[-1]):
            self.indents.pop()
            self.outline.close_item()
            self.outline.close_list()

    def _at_item(self) -> bool:
        start, end = self.lines[self.next - 1]
        return _ITEM.match(self.outline.text[start:end]) is not None

    def _flush(self) -> None:
        if not self.waiting:
            return
        start, end = self.waiting[0][0], self.waiting[-1][1]
        self.waiting.clear()
        self.outline.open_leaf("paragraph")
        write(self.outline, start, end, _tokens(self.outline.text, start, end))
        self.outline.close_leaf()

    def _plain(self, kind: str, start: int, end: int, name: str = "") -> None:
        self._flush()
        self.outline.open_leaf(kind, name=name)  # type: ignore[arg-type]
        self.outline.add(start, end)
        self.outline.close_leaf()

    # -- stretches with a beginning and an end

    def _fenced(self, kind: str) -> None:
        """The lines of a block; what is not code or a quote is read as if it stood outside."""
        self._flush()
        first = self.next
        last = self._until(f"#+end_{kind}") if kind in ("src", "example", "quote", "comment", "export", "verbatim") else None
        if last is None:
            return
        self.next = last + 1
        if first < last:
            self.outline.open_leaf({"quote": "quote", "comment": "comment"}.get(kind, "code"))  # type: ignore[arg-type]
            start, end = self.lines[first][0], self.lines[last - 1][1]
            write(self.outline, start, end, _tokens(self.outline.text, start, end) if kind == "quote" else ())
            self.outline.close_leaf()

    def _until(self, words: str) -> int | None:
        """The next line that holds nothing but some words; that there is none is looked up once only."""
        if words in self.absent:
            return None
        for index in range(self.next, len(self.lines)):
            if self.outline.text[slice(*self.lines[index])].strip().lower() == words:
                return index
        self.absent.add(words)
        return None

    def _drawer(self, name: str) -> None:
        """Properties become labelled lines, "AUTHORS: …", or fields of the document before its first heading."""
        self._flush()
        if name == "END":
            return
        stop = self._until(":end:") if name in ("PROPERTIES", "LOGBOOK") else None
        if stop is None:
            return
        for start, end in self.lines[self.next : stop]:
            found = _PROPERTY.match(self.outline.text[start:end])
            if found and name == "PROPERTIES" and found.group("key").lower() not in _MACHINE:
                self._property(found, start)
        self.next = stop + 1

    def _property(self, found: re.Match[str], start: int) -> None:
        if not self.headings:
            self._plain("field", start + found.start("value"), start + found.end("value"), found.group("key").lower())
            return
        self.outline.open_leaf("paragraph")
        self.outline.add(start + found.start("key"), start + found.end("key"))
        self.outline.add(start + found.start("colon"), start + found.end("colon"), ": ")
        begin, end = start + found.start("value"), start + found.end("value")
        write(self.outline, begin, end, _tokens(self.outline.text, begin, end))
        self.outline.close_leaf()

    def _table(self) -> None:
        """A table; its first row gives the columns' names if a rule follows it."""
        self._flush()
        rows = []
        self.next -= 1
        while self.next < len(self.lines) and self.outline.text[slice(*self.lines[self.next])].lstrip().startswith("|"):
            rows.append(self.lines[self.next])
            self.next += 1
        ruled = [bool(_TABLE_RULE.match(self.outline.text[slice(*row)])) for row in rows]
        headed = True in ruled[1:] and not ruled[0]
        names: list[str] = []
        self.outline.open_list()
        for number, row in enumerate((row for row, rule in zip(rows, ruled, strict=True) if not rule), 0 if headed else 1):
            self.outline.open_item()
            for column, (start, end) in enumerate(_cells(self.outline.text, *row)):
                names += [self.outline.text[start:end].strip()] if number == 0 else []
                self.outline.open_leaf("cell", 0, names[column] if number and column < len(names) else "", number, column)
                write(self.outline, start, end, _tokens(self.outline.text, start, end))
            self.outline.close_item()
        self.outline.close_list()


def _width(line: str) -> int:
    """Columns before the first character that is no white space; a tab goes to the next multiple of eight, as in Emacs."""
    return len(line[: len(line) - len(line.lstrip())].expandtabs(8))


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    place = text.index("|", start) + 1
    while place < end:
        stop = text.find("|", place, end)
        if stop < 0:
            if text[place:end].strip():
                yield place, end
            return
        yield place, stop
        place = stop + 1


def _todo_words(text: str) -> Iterator[str]:
    """The keywords of unfinished and finished tasks: Org's own, the usual ones, and those that the file declares."""
    yield from ("TODO", "DONE", "NEXT", "WAITING", "CANCELLED", "CANCELED", "STARTED", "SOMEDAY", "READ", "READING", "SKIM", "SKIMMED")
    for declared in re.finditer(r"^#\+(?:SEQ_|TYP_)?TODO:(.*)$", text, re.M | re.I):
        yield from (word.split("(")[0] for word in declared.group(1).split() if word != "|")


def _tokens(text: str, start: int, end: int) -> Iterator[Token]:
    for found in _TOKEN.finditer(text, start, end):
        begin, stop = found.span()
        if found.group("link"):
            target = re.sub(r"^doi:", "https://doi.org/", found.group("link"))
            if found.group("described"):
                yield Token(begin, stop, "open", "link", "[[", target)
            elif text.startswith("]", stop):
                yield Token(begin, stop + 1, "whole", "link", target=target, inner=found.span("link"))
        elif found.group("end"):
            yield Token(begin, stop, "close", "link", "[[")
        elif found.group("angle"):
            yield Token(begin, stop, "whole", "link", target=found.group("angle"), inner=found.span("angle"))
        elif found.group("hidden"):
            yield Token(begin, stop, "hidden")
        elif found.group("code"):
            yield Token(begin, stop, "whole", "code", inner=found.span("inner"))
        elif found.group("term"):
            yield Token(begin, stop, "seen", shown=":")
        elif found.group("line"):
            yield Token(begin, stop, "seen", shown="\n")
        else:
            yield from _mark(text, begin, start, end)


def _mark(text: str, place: int, start: int, end: int) -> Iterator[Token]:
    """A sign of emphasis, if what stands around it lets it open or close a run."""
    before = text[place - 1] if place > start else " "
    after = text[place + 1] if place + 1 < end else " "
    opens = before in _BEFORE and not after.isspace()
    closes = after in _AFTER and not before.isspace()
    if opens or closes:
        role = "mark" if opens and closes else "open" if opens else "close"
        yield Token(place, place + 1, role, _MARKS[text[place]], text[place])  # type: ignore[arg-type]
