"""What stands inside a block of wikitext: links, bold and italic, HTML tags, references and templates."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator

from kg.model import InlineKind
from kg.readers import records
from kg.readers.inline import Token

MAX_DEPTH = 8  # templates in templates; deeper ones are not shown
_TOKEN = re.compile(
    r"(?P<template>\{\{)|(?P<comment><!--)"
    r"|\[\[(?P<page>[^\[\]|{}\n<>]+)(?P<piped>\|)?|(?P<closed>\]\])"
    r"|\[(?P<address>(?:https?:)?//[^\s\[\]<>\"]+)(?P<gap>[ \t]+(?=[^\s\]]))?|(?P<end>\])"
    r"|(?P<quotes>'{2,5})"
    r"|<(?P<close>/?)(?P<tag>[a-zA-Z]+)\b(?P<rest>[^<>]*)>"
    r"|(?P<entity>&(?:#\d{1,7}|#x[\da-fA-F]{1,6}|\w{2,10});)|(?P<magic>__[A-Z]{3,}__)|(?P<line>\n[ \t]*)"
)
_PARTS = re.compile(r"\{\{|\}\}|\[\[|\]\]|(?P<bar>\|)")
_NAME = re.compile(r"\s*(?P<name>[^\s=|{}\[\]<>][^=|{}\[\]<>\n]{0,40}?)\s*=\s*")
_RUNS: dict[str, InlineKind] = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "struck",
    "del": "struck",
    "code": "code",
    "tt": "code",
}
_CITES = re.compile(r"\{\{\s*(?:cit(?:e|ation|ar|web)?|literatur|ouvrage|article|lien web|internetquelle|vcite|harvard)\b", re.IGNORECASE)
_SEEN = re.compile(
    r"^(?:title|chapter|author|authors|vauthors|editor|last|first|surname|given|journal|conference|book-title|booktitle|work|website|publisher|institution|year|date|volume|issue|number|pages?|doi|arxiv|eprint|isbn|quote|titel|autor|titre|auteur|título|apellidos?|nombre|año|jahr|année|revue|sammelwerk|verlag)\d*$",
    re.IGNORECASE,
)
_MEDIA = re.compile(r"\s*(?:file|image|datei|fichier|archivo|media|category|kategorie)\s*:", re.IGNORECASE)
_Part = tuple[tuple[int, int] | None, int, int]


class Templates:
    """The templates and comments of a page: where each ends, found in one pass."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.ends: dict[int, int] = {}
        waiting: list[int] = []
        for brace in re.finditer(r"\{\{(?!\{)|\}\}|<!--.*?(?:-->|\Z)", text, re.DOTALL):
            if brace.group() == "{{":
                waiting.append(brace.start())
            elif brace.group() == "}}":
                if waiting:
                    self.ends[waiting.pop()] = brace.end()
            else:
                self.ends[brace.start()] = brace.end()
        self.outer: list[tuple[int, int]] = []
        for start in sorted(self.ends):
            if not self.outer or start >= self.outer[-1][1]:
                self.outer.append((start, self.ends[start]))
        self.closing = {tag: text.lower().rfind(f"</{tag}") for tag in ("pre", "syntaxhighlight", "source")}

    def end(self, start: int) -> int | None:
        """Where the template or comment that begins at an offset ends."""
        return self.ends.get(start)

    def closes(self, tag: str, start: int) -> bool:
        """Whether an element is ever closed after an offset."""
        return self.closing[tag.lower()] > start

    def inside(self, offset: int) -> bool:
        index = bisect_right(self.outer, (offset, len(self.text))) - 1
        return index >= 0 and self.outer[index][0] < offset < self.outer[index][1]

    def end_of_open(self, start: int, end: int) -> int:
        """Where the line ends in which all templates that begin in `start` to `end`, and on the lines that they reach, have ended."""
        while (
            (index := bisect_right(self.outer, (end - 1, len(self.text))) - 1) >= 0 and self.outer[index][0] >= start and self.outer[index][1] > end
        ):
            stop = self.text.find("\n", self.outer[index][1])
            end = stop if stop >= 0 else len(self.text)
        return end

    def cites(self, start: int) -> bool:
        return _CITES.match(self.text, start) is not None

    def parts(self, start: int) -> list[_Part]:
        """Name's place, if it has one, and value's place of each part of a template; the template's own name is none."""
        end = self.ends[start] - 2
        bars, depth = [], 0
        for sign in _PARTS.finditer(self.text, start + 2, end):
            if sign.group("bar"):
                bars += [sign.start()] if depth == 0 else []
            else:
                depth = max(0, depth + (1 if sign.group() in ("{{", "[[") else -1))
        return [self._part(begin + 1, stop) for begin, stop in zip(bars, [*bars[1:], end], strict=False)]

    def _part(self, start: int, end: int) -> _Part:
        name = _NAME.match(self.text, start, end)
        begin = name.end() if name else start
        value = self.text[begin:end]
        begin += len(value) - len(value.lstrip()) if value.strip() else 0
        return (name.span("name") if name else None), begin, max(begin, begin + len(value.strip()))


def tokens(templates: Templates, start: int, end: int, depth: int = 0) -> Iterator[Token]:
    """The markup in a stretch of a page."""
    place, opened = start, ""
    while found := _TOKEN.search(templates.text, place, end):
        begin, place = found.span()
        if found.group("template") or found.group("comment"):
            stop = templates.end(begin)
            if stop is not None and stop <= end:
                yield from _template(templates, begin, stop, depth) if found.group("template") else [Token(begin, stop, "hidden")]
                place = stop
        elif found.group("page") is not None:
            if found.group("piped") and _MEDIA.match(found.group("page")):
                stop = templates.text.find("]]", place, end)
                place = stop + 2 if stop >= 0 else place
                yield Token(begin, place, "hidden")
            else:
                yield from _page(templates.text, found)
                place = place if found.group("piped") or not templates.text.startswith("]]", place) else place + 2
        elif found.group("quotes"):
            for token in _quotes(found, opened):
                yield token
                opened = opened.replace(token.sign[0], "") if token.sign[0] in opened else opened + token.sign[0]
        else:
            yield from _other(found)


def _page(text: str, found: re.Match[str]) -> Iterator[Token]:
    """A link to a page of the wiki."""
    begin, end = found.span()
    target = found.group("page").strip()
    if found.group("piped"):
        yield Token(begin, end, "open", "link", "[[", target)
    elif text.startswith("]]", end):
        yield Token(begin, end + 2, "whole", "link", target=target, inner=found.span("page"))


def _quotes(found: re.Match[str], opened: str) -> Iterator[Token]:
    """Two apostrophes are italic, three bold, five both; what was opened last closes first."""
    begin, end = found.span()
    bold, italic = (3, "bold"), (2, "italic")
    order = {2: [italic], 3: [bold], 4: [bold], 5: [italic, bold] if opened.endswith("i") else [bold, italic]}[end - begin]
    begin += end - begin == 4
    for length, kind in order:
        yield Token(begin, begin + length, "mark", kind, kind)  # type: ignore[arg-type]
        begin += length


def _other(found: re.Match[str]) -> Iterator[Token]:
    begin, end = found.span()
    if found.group("closed"):
        yield Token(begin, end, "close", "link", "[[")
    elif found.group("address"):
        if found.group("gap"):
            yield Token(begin, end, "open", "link", "[", found.group("address"))
        else:
            yield Token(begin, begin + 1, "hidden")
    elif found.group("end"):
        yield Token(begin, end, "close", "link", "[")
    elif found.group("tag"):
        yield from _tag(found)
    elif found.group("entity"):
        yield Token(begin, end, "seen", shown=html.unescape(found.group()).replace("\xa0", " "))
    elif found.group("magic"):
        yield Token(begin, end, "hidden")
    elif found.group("line"):
        yield Token(begin, end, "seen", shown="\n")


def _tag(found: re.Match[str]) -> Iterator[Token]:
    begin, end = found.span()
    tag, closing = found.group("tag").lower(), bool(found.group("close"))
    if tag in _RUNS:
        yield Token(begin, end, "hidden") if found.group("rest").endswith("/") else Token(begin, end, "close" if closing else "open", _RUNS[tag], tag)
    elif tag == "br":
        yield Token(begin, end, "seen", shown="\n")
    elif tag == "ref" and not found.group("rest").endswith("/"):
        yield Token(begin, end, "seen", shown=")" if closing else " (")
    else:
        yield Token(begin, end, "hidden")


def _template(templates: Templates, start: int, end: int, depth: int) -> Iterator[Token]:
    """A citation: its parts with full stops between; any other: the parts without a name."""
    parts = [part for part in templates.parts(start) if part[1] < part[2]] if depth < MAX_DEPTH else []
    cites = templates.cites(start)
    if cites:
        address = next((templates.text[begin:stop] for name, begin, stop in parts if name and templates.text[slice(*name)].lower() == "url"), "")
        parts = [part for part in parts if part[0] and _SEEN.match(templates.text[slice(*part[0])])]
    else:
        address = ""
        parts = [part for part in parts if part[0] is None]
    place, before = start, ""
    for name, begin, stop in parts:
        label = templates.text[slice(*name)].lower().rstrip("0123456789") if name else ""
        between = ", " if before in ("last", "surname") and label in ("first", "given") else ". " if cites else " "
        yield Token(place, begin, "seen", shown=between) if before or (place > start) else Token(place, begin, "hidden")
        target = address if label == "title" else records.address(label, templates.text[begin:stop]) or ""
        kind: InlineKind | None = "link" if target else "quoted" if label == "title" else None
        if kind:
            yield Token(begin, begin, "open", kind, f"part{start}", target)
        yield from tokens(templates, begin, stop, depth + 1)
        if kind:
            yield Token(stop, stop, "close", kind, f"part{start}")
        place, before = stop, label
    yield Token(place, end, "hidden")
