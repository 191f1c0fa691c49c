"""Pairs acronyms with their long forms where a text defines them: "long form (LF)" and "LF (long form)".

The matching is that of Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text", 2003.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BRACKET = re.compile(r"[(（]\s*[\"'“‘]?([^()（）\[\]]{2,80}?)[\"'”’]?\s*[)）]")
_SHORT = re.compile(r"[^\W_][\w\-/&.]{1,11}")
_TAIL = re.compile(r"[;,:]\s|\s(?:for short|e\.g\.|i\.e\.|hereafter)")
_CLAUSE = re.compile(r".*[.,;:!?()]\s", re.S)
_NEAR = 300  # characters before the brackets in which the other form is looked for
_WORDS = re.compile(r"[^\s()]+")


@dataclass(frozen=True, slots=True)
class Definition:
    """An acronym and its long form, each at a place of the text."""

    short: tuple[int, int]
    long: tuple[int, int]


def definitions(text: str) -> Iterator[Definition]:
    for bracket in _BRACKET.finditer(text):
        inside = _TAIL.split(bracket.group(1))[0].strip()
        start = bracket.start(1)
        found = _long_before(text, start, inside, bracket.start()) if _acronym(inside) else _short_before(text, start, inside, bracket.start())
        if found:
            yield found


def _acronym(text: str) -> bool:
    return bool(_SHORT.fullmatch(text)) and sum(c.isupper() for c in text) >= 2 and not text.isdigit()


def _long_before(text: str, start: int, short: str, bracket: int) -> Definition | None:
    before = text[:bracket].rstrip()
    near = max(0, len(before) - _NEAR)
    clause = _CLAUSE.match(before, near)
    limit = clause.end() if clause else near
    words = [match.start() for match in _WORDS.finditer(before, limit)][-min(len(short) + 5, 2 * len(short)) :]
    if not words:
        return None
    singular = short[:-1] if short.endswith("s") and short[:-1].isupper() else short
    begin = _fitted(singular, before[words[0] :])
    if begin is None or words[0] + begin not in words:
        return None
    place = (words[0] + begin, len(before))
    return Definition((start, start + len(short)), place) if _sensible(short, text[slice(*place)]) else None


def _short_before(text: str, start: int, long: str, bracket: int) -> Definition | None:
    words = list(_WORDS.finditer(text, max(0, bracket - _NEAR), bracket))
    short = words[-1].group().strip("\"'“”‘’*") if words else ""
    if len(long.split()) < 2 or not _acronym(short):
        return None
    singular = short[:-1] if short.endswith("s") and short[:-1].isupper() else short
    if _fitted(singular, long) != 0 or not _sensible(short, long):
        return None
    begin = words[-1].start() + words[-1].group().index(short)
    return Definition((begin, begin + len(short)), (start, start + len(long)))


def _fitted(short: str, long: str) -> int | None:
    """Where in `long` the letters of `short` begin, found from the right; the first letter must begin a word."""
    place = len(long) - 1
    for index in range(len(short) - 1, -1, -1):
        letter = short[index].lower()
        if not letter.isalnum():
            continue
        while place >= 0 and (long[place].lower() != letter or (index == 0 and place > 0 and long[place - 1].isalnum())):
            place -= 1
        if place < 0:
            return None
        place -= 1
    return place + 1


def _sensible(short: str, long: str) -> bool:
    """Rejects a long form that is shorter than its acronym, holds it, or has far more words than it has letters."""
    words = long.split()
    return len(long) > len(short) + 2 and short not in words and len(words) <= len(short) + 4 and not long[0].isdigit()
