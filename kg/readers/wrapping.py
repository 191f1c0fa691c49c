"""Tells the line ends of a text that was broken to fit a width from those that mean something."""

from __future__ import annotations

import re
from functools import lru_cache

# A line that begins with a mark or a label is one of its own.
_BEGINS_ANEW = re.compile(r"\s*(?:[-*+•>#|]|\d+[.)]\s|\*\*|[^\W\d_][\w ]{0,20}[:：]\s)")
_NARROWEST, _WIDEST = 50, 120  # characters: widths that people and editors wrap text to


@lru_cache(maxsize=8)
def width(text: str) -> int:
    """The width that the text was wrapped to, or 0 if it was not: long lines that many lines come near to."""
    lengths = sorted(len(line.rstrip()) for line in text.split("\n") if line.strip())
    if len(lengths) < 6:
        return 0
    longest = lengths[int(0.95 * (len(lengths) - 1))]
    near = sum(0.75 * longest <= length <= longest + 2 for length in lengths)
    return longest if _NARROWEST <= longest <= _WIDEST and near >= 0.3 * len(lengths) else 0


def is_soft(text: str, end: int) -> bool:
    """Whether the line end at offset `end` was put in to fit the width: the next word would not have fitted on the line."""
    limit = width(text)
    if not limit or _BEGINS_ANEW.match(text, end):
        return False
    start = text.rfind("\n", 0, end) + 1
    following = re.compile(r"\s*(\S+)").match(text, end)
    return end - start + 1 + len(following.group(1) if following else "") > limit - 3
