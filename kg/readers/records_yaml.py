"""YAML: lists of records and what else a YAML file holds; all values are read as they are written.

PyYAML's events place every value.  Its types (`no` for false, 1.10 for 1.1) are never asked for, so tags build nothing; an alias is shown
as a reference and not followed, so that a small text can't grow large.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from kg.errors import InputError
from kg.model import Document, Piece, Source, Span
from kg.readers import records
from kg.readers.decoding import decode
from kg.readers.outline import Outline
from kg.readers.records import Leaf, Mapping, Node, Sequence
from kg.readers.self_description import described

MAX_DEPTH = 100
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same events, ten times as fast
_ENTRY = re.compile(r"^[ \t]*-[ \t]+[\w\"'-]+[\w \"'-]*:(?:[ \t]|$)", re.MULTILINE)
_KEY = re.compile(r"^[ \t]*(?:-[ \t]+)?[\w\"'-]+[\w \"'-]*:(?:[ \t]\S|[ \t]*$)", re.MULTILINE)


class YamlReader:
    """Reads YAML; the document's text is the whole file."""

    name = "yaml"
    media_types = ("application/yaml", "text/yaml")
    suffixes = (".yaml", ".yml")

    def claims(self, text: str) -> float:
        head = text[:20_000]
        lines = [line for line in head.split("\n") if line.strip() and not line.lstrip().startswith("#")]
        if not lines or not _ENTRY.search(head) or re.search(r"^(?:---|\.\.\.)[ \t]*\n\s*[^\s-]", head[3:], re.MULTILINE):
            return 0.0
        share = sum(bool(_KEY.match(line)) or line.startswith((" ", "---", "- ")) for line in lines) / len(lines)
        return 0.85 if share > 0.95 else 0.0

    def read(self, data: bytes, locator: str) -> Document:
        outline = Outline(decode(data, locator))
        for node in _Tree(outline.text, locator).nodes():
            records.write(outline, node)
        return outline.document(described(Source(locator, "application/yaml"), outline))


class _Tree:
    """Makes nodes of the parser's events; `InputError` names the line."""

    def __init__(self, text: str, locator: str) -> None:
        self.text = text
        self.locator = locator
        self.place = 0

    def nodes(self) -> Iterator[Node]:
        stack: list[list[Node]] = [[]]
        try:
            for event in yaml.parse(self.text, Loader=_LOADER):
                if isinstance(event, yaml.ScalarEvent):
                    stack[-1].append(self._scalar(event))
                elif isinstance(event, yaml.AliasEvent):
                    stack[-1].append(_plain(self.text, event.start_mark.index, event.end_mark.index))
                elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                    stack.append([])
                    self._refuse_depth(len(stack), event.start_mark.line)
                elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                    inner = stack.pop()
                    stack[-1].append(_mapping(inner) if isinstance(event, yaml.MappingEndEvent) else Sequence(tuple(inner)))
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = f" in line {mark.line + 1}" if mark else ""
            raise InputError(self.locator, f"is no YAML{line}: {getattr(error, 'problem', None) or error}; mend it, or give the file the suffix of its format") from error
        yield from stack[0]

    def _refuse_depth(self, depth: int, line: int) -> None:
        if depth > MAX_DEPTH:
            raise InputError(self.locator, f"is nested more than {MAX_DEPTH} deep in line {line + 1}; flatten it")

    def _scalar(self, event: yaml.ScalarEvent) -> Leaf:
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("'", '"'):
            return _quoted(self.text, start + 1, end - 1, event.value)
        if event.style in ("|", ">"):
            return _plain(self.text, self.text.find("\n", start, end) + 1 or end, end)
        return _plain(self.text, start, end)


def _mapping(nodes: list[Node]) -> Mapping:
    pairs = zip(nodes[::2], nodes[1::2], strict=True)
    return Mapping(tuple((key, value) for key, value in pairs if isinstance(key, Leaf)))


def _plain(text: str, start: int, end: int) -> Leaf:
    """Lines without the white space around them."""
    pieces: list[Piece] = []
    for line in re.finditer(r"[^\n]+", text[start:end]):
        words = line.group().strip()
        if words:
            begin = start + line.start() + line.group().index(words)
            if pieces:
                pieces.append(Piece(Span(pieces[-1].span.end, begin), "\n"))
            pieces.append(Piece(Span(begin, begin + len(words))))
    return Leaf(tuple(pieces))


def _quoted(text: str, start: int, end: int, value: str) -> Leaf:
    """A quoted value: as it stands, or as one piece if it has escapes or line ends."""
    if start >= end:
        return Leaf(())
    shown = None if text[start:end] == value else re.sub(r"[\ud800-\udfff\x00]", "\ufffd", value)
    return Leaf((Piece(Span(start, end), shown),))
