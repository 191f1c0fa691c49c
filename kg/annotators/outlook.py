"""What the lines of a document say together: the headings above each, the labels that recur, the titles that references name."""

from __future__ import annotations

import re
from collections import Counter

from kg import identity
from kg.annotators.heads import cited
from kg.annotators.lines import Line


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


def cited_titles(lines: list[Line]) -> frozenset[str]:
    keys = set()
    for line in lines:
        if 40 < len(line.text) < 900 and line.block.kind != "heading" and (head := cited(line.text)) is not None:
            keys.add(identity.key(line.text[head.start : head.end]))
    return frozenset(keys)
