"""Front matter: what a document says of itself before it begins, in YAML, TOML, JSON, `@def` lines or plain `key: value` lines.

Values are strings as written (YAML's own typing would turn `no` into false and 1.10 into 1.1); aliases and tags are refused, so
that a small text can't grow large.  Where a parser gives no offsets they are found again in the text.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import InputError
from kg.model import Span
from kg.readers import jsontext, yamltext
from kg.readers.outline import Outline
from kg.readers.records import Leaf, Mapping, Node, Sequence

MAX_LENGTH = 65_536
_YAML = re.compile(r"\A\s{0,100}---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.S | re.M)
_TOML = re.compile(r"\A\s{0,100}\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*$\n?", re.S | re.M)
_DEFINITIONS = re.compile(r"\A(?:\s*@def[ \t]+\w+[ \t]*=.*\n)+")
_DEFINITION = re.compile(r"@def[ \t]+(\w+)[ \t]*=[ \t]*[\"\[]?(.*?)[\"\]]?[ \t]*$", re.M)
# A single line right over a rule is a heading: "Review: a title", underlined.
_KEYED = re.compile(
    r"\A[ \t]*[A-Za-z][\w -]{1,24}:[ \t]+\S.*\n(?:(?:[ \t]*[A-Za-z][\w -]{1,24}:[ \t]+\S.*\n)+\s*|[ \t]*\n\s*)(?:-{3,}|={3,})[ \t]*\n"
)
_KEYED_LINE = re.compile(r"^[ \t]*([A-Za-z][\w -]{1,24}):[ \t]+(\S.*)$", re.M)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one key, with its place; a list gives one value an element, nested keys are joined by dots."""

    key: str
    text: str
    span: Span


def fields(outline: Outline) -> int:
    """Adds the front matter of a text to its outline; the offset at which the document itself begins."""
    begin, values = front_matter(outline.text)
    for value in values:
        outline.open_leaf("field", name=value.key)
        outline.add(value.span.start, value.span.end)
        outline.close_leaf()
    return begin


def front_matter(text: str) -> tuple[int, tuple[Value, ...]]:
    """The offset at which the document itself begins, and the values before it."""
    if (found := _YAML.match(text)) and len(found.group(1)) <= MAX_LENGTH:
        values = tuple(_yaml(text, *found.span(1)))
        return (found.end(), values) if values or not found.group(1).strip() else (0, ())
    if (found := _TOML.match(text)) and len(found.group(1)) <= MAX_LENGTH:
        return found.end(), tuple(_toml(found.group(1), found.start(1)))
    if found := _DEFINITIONS.match(text):
        defined = _DEFINITION.finditer(text, 0, found.end())
        return found.end(), tuple(Value(line.group(1), line.group(2), Span(*line.span(2))) for line in defined if line.group(2))
    if found := _KEYED.match(text):
        keyed = _KEYED_LINE.finditer(text, 0, found.end())
        return found.end(), tuple(Value(line.group(1).lower(), line.group(2).strip(), Span(*line.span(2))) for line in keyed)
    if text.lstrip().startswith("{"):
        return _json(text)
    return 0, ()


def _yaml(text: str, start: int, end: int) -> Iterator[Value]:
    """The values of YAML; of what only looks like it, those of its lines "key: value"."""
    try:
        for node in yamltext.parse(text, "", start, end):
            yield from _leaves(node, "", text)
    except InputError:
        for line in _KEYED_LINE.finditer(text, start, end):
            yield Value(line.group(1), line.group(2).strip(), Span(*line.span(2)))


def _toml(text: str, base: int) -> Iterator[Value]:
    try:
        values = tomllib.loads(text, parse_float=str)
    except (tomllib.TOMLDecodeError, RecursionError):
        values = {}
    yield from _found_again(values, "", text, base)


def _json(text: str) -> tuple[int, tuple[Value, ...]]:
    start = len(text) - len(text.lstrip())
    try:
        _, length = json.JSONDecoder(parse_int=str).raw_decode(text[start : start + MAX_LENGTH])
        root = jsontext.parse(text, "", start, start + length)
    except (ValueError, RecursionError, InputError):
        return 0, ()
    if not text[start + length :].strip():
        return 0, ()
    return start + length, tuple(_leaves(root, "", text))


def _leaves(node: Node, key: str, text: str) -> Iterator[Value]:
    if isinstance(node, Leaf) and node.text(text):
        yield Value(key, node.text(text), Span(node.pieces[0].span.start, node.pieces[-1].span.end))
    elif isinstance(node, Sequence):
        for inner in node.nodes:
            yield from _leaves(inner, key, text)
    elif isinstance(node, Mapping):
        for name, inner in node.items:
            yield from _leaves(inner, f"{key}.{name.text(text)}".strip("."), text)


def _found_again(value: object, key: str, text: str, base: int) -> Iterator[Value]:
    """Values of a parser that gives no offsets, with the place of each after its key."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _found_again(inner, f"{key}.{name}".strip("."), text, base)
    elif isinstance(value, list):
        for inner in value:
            yield from _found_again(inner, key, text, base)
    else:
        words = str(value)
        place = text.find(words, max(0, text.find(key.rsplit(".", 1)[-1])))
        if words.strip() and place >= 0:
            yield Value(key, words.strip(), Span(base + place, base + place + len(words)))
