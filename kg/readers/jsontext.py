"""JSON with offsets: the standard library says whether a text is JSON, and the tokens, which it does not place, are found again here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NoReturn

from kg.errors import InputError
from kg.model import Piece, Span
from kg.readers.records import Leaf, Mapping, Node, Sequence

MAX_DEPTH = 100
_TOKEN = re.compile(r'[ \t\n\r]*(?:"(?P<string>(?:[^"\\]|\\.)*)"|(?P<number>-?\d[\d.eE+-]*|true|false)|(?P<null>null)|(?P<sign>[{}\[\],:]))')
_ESCAPE = re.compile(r"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|\\u\w{4}|\\.", re.DOTALL)


def parse(text: str, locator: str, start: int = 0, end: int | None = None) -> Node:
    """The tree of `text[start:end]`.  `InputError` says in which line it is no JSON; names that repeat are all kept."""
    end = len(text) if end is None else end
    try:
        json.loads(text[start:end], parse_constant=lambda word: _no_number(word, locator), parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as error:
        line = text.count("\n", 0, start + getattr(error, "pos", 0)) + 1
        raise InputError(
            locator, f"is no JSON in line {line}: {getattr(error, 'msg', error)}; mend it, or give the file the suffix of its format"
        ) from error
    return _tree(text, locator, start, end)


def tokens(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The tokens of a text that is JSON."""
    place = start
    while found := _TOKEN.match(text, place, end):
        yield found
        place = found.end()


def string(text: str, start: int, end: int) -> Leaf:
    """The inside of a string, its escapes resolved; half of a surrogate pair is seen as U+FFFD."""
    pieces = []
    place = start
    for escape in _ESCAPE.finditer(text, start, end):
        if place < escape.start():
            pieces.append(Piece(Span(place, escape.start())))
        shown = str(json.loads(f'"{escape.group()}"'))
        pieces.append(Piece(Span(*escape.span()), re.sub(r"[\ud800-\udfff]", "\ufffd", shown).replace("\x00", "\ufffd")))
        place = escape.end()
    if place < end:
        pieces.append(Piece(Span(place, end)))
    return Leaf(tuple(pieces))


def _tree(text: str, locator: str, start: int, end: int) -> Node:
    """Containers wait on a stack until their bracket closes."""
    stack: list[list[Node]] = [[]]
    for token in tokens(text, start, end):
        if token.group("string") is not None:
            stack[-1].append(string(text, *token.span("string")))
        elif token.group("number"):
            stack[-1].append(Leaf((Piece(Span(*token.span("number"))),)))
        elif token.group("null"):
            stack[-1].append(Leaf(()))
        elif token.group("sign") in "{[":
            stack.append([])
            if len(stack) > MAX_DEPTH:
                raise InputError(locator, f"is nested more than {MAX_DEPTH} deep in line {text.count(chr(10), 0, token.end()) + 1}; flatten it")
        elif token.group("sign") in "}]":
            nodes = stack.pop()
            stack[-1].append(_mapping(nodes) if token.group("sign") == "}" else Sequence(tuple(nodes)))
    return stack[0][0]


def _mapping(nodes: list[Node]) -> Mapping:
    keys = [node for node in nodes[::2] if isinstance(node, Leaf)]
    return Mapping(tuple(zip(keys, nodes[1::2], strict=True)))


def _no_number(word: str, locator: str) -> NoReturn:
    raise InputError(locator, f"has {word}, which is no JSON; write null, or a string")
