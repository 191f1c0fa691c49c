"""What the lines of a document say together: the headings above each, the labels that recur, the titles that references name."""

from __future__ import annotations

import re
from collections import Counter

from kg import identity
from kg.annotators.heads import Head, cited, reference_end
from kg.annotators.lines import Line

_CLOSING = 40  # characters of a reference that its reader leaves unread: a place, a number of pages, a note


def prefix(line: Line) -> str:
    """The words before a colon at the beginning of a line, if they are few."""
    match = re.match(r"\W*([^\W\d_][^:：\n]{1,30}?)\s*[:：]\s", line.text)
    return identity.key(match.group(1)) if match and len(match.group(1).split()) <= 3 else ""


def recurring_prefixes(lines: list[Line]) -> frozenset[str]:
    """Prefixes that three lines or more begin with: they are labels of this document, not titles."""
    counted = Counter(prefix(line) for line in lines if line.block.kind != "heading")
    return frozenset(prefix for prefix, count in counted.items() if prefix and count >= 3)


def sections_above(lines: list[Line]) -> list[tuple[int, ...]]:
    """For each line the places of the headings above it, outermost first."""
    found: list[tuple[int, ...]] = []
    stack: list[int] = []
    for place, line in enumerate(lines):
        if line.block.kind == "heading":
            while stack and lines[stack[-1]].block.level >= line.block.level:
                stack.pop()
            found.append(tuple(stack))
            stack.append(place)
        else:
            found.append(tuple(stack))
    return found


def references(lines: list[Line]) -> list[tuple[Line, Head]]:
    """The lines that can be read as references, each with what it names."""
    read = ((line, cited(line.text)) for line in lines if is_long(line))
    return [(line, head) for line, head in read if head is not None]


def nothing_but(lines: list[Line], references: list[tuple[Line, Head]]) -> bool:
    """Whether the lines are a list of references, without remarks."""
    long = sum(map(is_long, lines))
    bare = sum(len(line.text) - reference_end(head) < _CLOSING for line, head in references)
    return long >= 8 and long >= 0.8 * len(lines) and bare >= 0.6 * long


def is_long(line: Line) -> bool:
    """Whether a line is as long as references are."""
    return 40 < len(line.text) < 900 and line.block.kind != "heading"
