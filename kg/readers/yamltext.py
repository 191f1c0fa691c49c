"""YAML with offsets: PyYAML's events place every value, and values stay as they are written.

YAML's types (`no` for false, 1.10 for 1.1) are never asked for, so tags build nothing; an alias is shown as a reference and not
followed, so that a small text can't grow large.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from kg.errors import InputError
from kg.model import Piece, Span
from kg.readers.records import Leaf, Mapping, Node, Sequence

MAX_DEPTH = 100
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same events, ten times as fast


def parse(text: str, locator: str, start: int = 0, end: int | None = None) -> list[Node]:
    """The trees of the YAML documents in `text[start:end]`.  `InputError` says in which line it is no YAML."""
    events = yaml.parse(text if start == 0 and end is None else text[start:end], Loader=_LOADER)
    try:
        return _nodes(events, text, locator, start)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" in line {text.count(chr(10), 0, start) + mark.line + 1}" if mark else ""
        why = getattr(error, "problem", None) or error
        raise InputError(locator, f"is no YAML{line}: {why}; mend it, or give the file the suffix of its format") from error


def _nodes(events: Iterator[Any], text: str, locator: str, base: int) -> list[Node]:
    """Containers wait on a stack until they end."""
    stack: list[list[Node]] = [[]]
    for event in events:
        if isinstance(event, yaml.ScalarEvent):
            stack[-1].append(_scalar(event, text, base))
        elif isinstance(event, yaml.AliasEvent):
            stack[-1].append(_plain(text, *_place(event, base)))
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            stack.append([])
            if len(stack) > MAX_DEPTH:
                raise InputError(locator, f"is nested more than {MAX_DEPTH} deep; flatten it")
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            inner = stack.pop()
            stack[-1].append(_mapping(inner) if isinstance(event, yaml.MappingEndEvent) else Sequence(tuple(inner)))
    return stack[0]


def _place(event: Any, base: int) -> tuple[int, int]:
    return base + event.start_mark.index, base + event.end_mark.index


def _scalar(event: Any, text: str, base: int) -> Leaf:
    start, end = _place(event, base)
    if event.style in ("'", '"'):
        return _quoted(text, start + 1, end - 1, event.value)
    if event.style in ("|", ">"):
        return _plain(text, text.find("\n", start, end) + 1 or end, end)
    return _plain(text, start, end)


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
