"""Markdown in its dialects: CommonMark and GFM by pulldown-cmark, with front matter, templates' tags and raw HTML around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

from pyromark import Markdown, Options

from kg.model import Document, InlineKind, Source
from kg.readers.decoding import decode
from kg.readers.frontmatter import fields
from kg.readers.markup import Markup
from kg.readers.outline import Outline
from kg.readers.self_description import described
from kg.readers.wrapping import is_soft

_OPTIONS = Options.ENABLE_TABLES | Options.ENABLE_FOOTNOTES | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_TASKLISTS | Options.ENABLE_DEFINITION_LIST | Options.ENABLE_HEADING_ATTRIBUTES  # fmt: skip
_PARSER = Markdown(options=_OPTIONS)
# Hugo shortcodes, Liquid and Jinja tags, kramdown attribute lists: they are instructions, not text, unless they carry a paper's record.
_OPENING = re.compile(r"\{\{[<%]?|\{%|\{:")
_CLOSING = {"{{<": ">}}", "{{%": "%}}", "{{": "}}", "{%": "%}", "{:": "}"}
_PARAMETER = re.compile(r"([\w-]+)=(?:\"([^\"\n]*)\"|'([^'\n]*)'|`([^`\n]*)`)")
_RECORD = frozenset("author authors venue year journal conference booktitle doi url link".split())
_WIDE = re.compile(r"[^\x00-\x7f]")  # characters of several bytes
_LONGEST_TEMPLATE = 1000
_SIGNS = (r"^#{1,6} \S", r"^[ \t]*[-*+] \S", r"^[ \t]*\d+[.)] \S", r"\[[^\]\[\n]+\]\([^()\n]+\)", r"\*\*[^*\n]+\*\*", r"^(?:---|\+\+\+)$", r"^\|.+\|", r"^>", r"^```", r"^(?:===+|---+)$")  # fmt: skip
_RUNS: dict[str, InlineKind] = {"Strong": "bold", "Emphasis": "italic", "Strikethrough": "struck"}


class MarkdownReader:
    """Reads Markdown; the document's text is the whole file, front matter included."""

    name = "markdown"
    media_types = ("text/markdown",)
    suffixes = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")

    def claims(self, text: str) -> float:
        """By the share of the usual signs that occur; front matter alone is a strong one."""
        signs = sum(bool(re.search(sign, text[:20_000], re.MULTILINE)) for sign in _SIGNS)
        return min(0.9, 0.25 * signs)

    def read(self, data: bytes, locator: str) -> Document:
        outline = Outline(decode(data, locator))
        write(outline, fields(outline), len(outline.text))
        return outline.document(described(Source(locator, "text/markdown"), outline))


def write(outline: Outline, start: int, end: int) -> None:
    """Adds the Markdown in `text[start:end]` to an outline."""
    _Walk(outline, start, end).run()


class _Walk:
    """Takes the parser's events, whose offsets count bytes, into the outline."""

    def __init__(self, outline: Outline, begin: int, end: int) -> None:
        self.outline = outline
        self.markup = Markup(outline)
        self.chunk = _without_templates(outline.text[begin:end])
        self.begin = begin
        self.offsets = _Offsets(self.chunk)
        self.image = 0
        self.heads: list[str] = []
        self.cell_start = 0
        self.row = self.column = 0

    def run(self) -> None:
        for event, place in _PARSER.events_with_range(self.chunk):
            start, end = self._place(place)
            if isinstance(event, str):
                self._plain(event, start, end)
            else:
                ((kind, value),) = event.items()
                getattr(self, f"_on_{kind.lower()}", self._ignored)(value, start, end)

    def _place(self, place: Any) -> tuple[int, int]:
        return self.begin + self.offsets[place["start"]], self.begin + self.offsets[place["end"]]

    def _ignored(self, value: Any, start: int, end: int) -> None:
        """Events without text of their own."""

    def _plain(self, event: str, start: int, end: int) -> None:
        if event in ("SoftBreak", "HardBreak") and not self.image:
            found = self.outline.text.find("\n", start, end + 1)
            place = found if found >= 0 else start
            soft = event == "SoftBreak" and is_soft(self.outline.text, place)
            self.outline.add(place, place + 1, " " if soft else "\n")
        elif event == "Rule":
            self.outline.close_leaf()

    # -- containers

    def _on_start(self, value: Any, start: int, _end: int) -> None:
        details: Any
        kind, details = (value, None) if isinstance(value, str) else next(iter(value.items()))
        if kind in _RUNS:
            self.outline.open_run(_RUNS[kind], start)
        elif kind == "Link":
            self.outline.open_run("link", start, details["dest_url"].strip())
        elif kind == "Image":
            self.image += 1
            self.outline.open_run("image", start, details["dest_url"].strip())
        elif kind == "Paragraph":
            self.outline.open_leaf("paragraph")
        elif kind == "Heading":
            self.outline.open_leaf("heading", int(details["level"][1:]))
        elif kind == "List":
            self.outline.open_list()
        elif kind == "Item":
            self.outline.open_item()
        elif kind in ("CodeBlock", "DefinitionListTitle", "DefinitionListDefinition", "FootnoteDefinition"):
            self._open_leaf(kind)
        elif kind in ("Table", "TableHead", "TableRow", "TableCell"):
            self._open_table(kind)
        elif kind in ("BlockQuote", "HtmlBlock"):
            self.outline.close_leaf()

    def _open_leaf(self, kind: str) -> None:
        if kind == "CodeBlock":
            self.outline.open_leaf("code")
        elif kind == "DefinitionListTitle":
            self.outline.open_leaf("term")
        elif kind == "DefinitionListDefinition":
            self.outline.open_leaf("definition")
        else:
            self.outline.close_leaf()

    def _open_table(self, kind: str) -> None:
        if kind == "Table":
            self.outline.open_list()
            self.heads, self.row = [], 0
        elif kind == "TableCell":
            self.outline.open_leaf("cell", 0, self.heads[self.column] if self.row and self.column < len(self.heads) else "", self.row, self.column)
            self.cell_start = len(self.outline.blocks)
        else:
            self.column = 0
            self.outline.open_item()

    def _on_end(self, value: Any, _start: int, end: int) -> None:
        kind = value if isinstance(value, str) else next(iter(value))
        if kind in _RUNS:
            self.outline.close_run(_RUNS[kind], end)
        elif kind == "Link":
            self.outline.close_run("link", end)
        elif kind == "Image":
            self.image -= 1
            self.outline.close_run("image", end)
        elif kind in ("List", "Table"):
            self.outline.close_list()
        elif kind == "Item":
            self.outline.close_item()
        elif kind in ("TableHead", "TableRow"):
            self.outline.close_item()
            self.row += 1
        elif kind == "TableCell":
            self._end_cell()
        elif kind in ("Paragraph", "Heading", "CodeBlock", "HtmlBlock", "BlockQuote", "DefinitionListTitle", "DefinitionListDefinition"):
            self.outline.close_leaf()

    def _end_cell(self) -> None:
        self.outline.close_leaf()
        if self.row == 0:
            self.heads.append(" ".join(map(self.outline.shown, self.outline.blocks[self.cell_start :])))
        self.column += 1

    # -- text

    def _on_text(self, value: str, start: int, end: int) -> None:
        if not self.image:
            self.outline.add(start, end, None if self.outline.text[start:end] == value else value.replace("\xa0", " "))

    def _on_code(self, value: str, start: int, end: int) -> None:
        ticks = (end - start - len(value)) // 2
        self.outline.open_run("code", start)
        self.outline.add(start + ticks, end - ticks)
        self.outline.close_run("code", end)

    def _on_html(self, _value: str, start: int, end: int) -> None:
        self.markup.walk(start, end)

    def _on_inlinehtml(self, _value: str, start: int, end: int) -> None:
        self.markup.walk(start, end)


def _without_templates(text: str) -> str:
    """The text with blanks where template tags stand; a tag holds no blank line, and an attribute list no line end."""
    parts, place = [], 0
    for opening in _OPENING.finditer(text):
        closing = _CLOSING[opening.group()]
        stop = text.find(closing, opening.end(), opening.end() + _LONGEST_TEMPLATE) if opening.start() >= place else -1
        tag = text[opening.start() : stop + len(closing)]
        if stop >= 0 and "\n\n" not in tag and not (closing == "}" and "\n" in tag):
            parts += [text[place : opening.start()], _as_record(tag) or re.sub(r"[^\n]", " ", tag)]
            place = opening.start() + len(tag)
    return "".join([*parts, text[place:]])


def _as_record(tag: str) -> str:
    """A tag such as `{{< paper title="…" authors="…" >}}` as lines "title: …", each character in its place; empty for other tags."""
    parameters = list(_PARAMETER.finditer(tag))
    names = {match.group(1).lower() for match in parameters}
    if "title" not in names or names.isdisjoint(_RECORD):
        return ""
    shown = [" " if character != "\n" else character for character in tag]
    for match in parameters:
        start, end = match.span(match.lastindex or 0)
        shown[match.start() : match.end()] = [*match.group(1), ":", " ", *tag[start:end], " "]
        shown[match.start() - 1] = "\n"
    return "".join(shown)


class _Offsets:
    """Offsets in the UTF-8 bytes of a text to offsets in its characters."""

    def __init__(self, text: str) -> None:
        self.ends: list[int] = []
        self.extra = [0]
        for found in _WIDE.finditer(text):
            extra = self.extra[-1] + len(found.group().encode()) - 1
            self.ends.append(found.end() + extra)
            self.extra.append(extra)

    def __getitem__(self, offset: int) -> int:
        return offset - self.extra[bisect_right(self.ends, offset)]
