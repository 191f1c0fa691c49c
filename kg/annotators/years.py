"""Finds the year that a stretch of text states: in brackets, after a venue, in a date; not in an address, a page range or a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

EARLIEST, LATEST = 1900, 2035

_NO_YEARS = re.compile(
    r"https?://\S+|www\.\S+|\bdoi:?\s*\S+|\b10\.\d{4,9}/\S+|arxiv[:\s/.]\s*\S*\d\S*|\b(?:pp?|pages?|seiten?|S)\b\.?\s*\d+(?:\s*[-–—]+\s*\d+)?|:\s?\d{1,6}\s*[-–—]+\s*\d+|\b\d{4}\s*[-–—]+\s*\d{3,5}\b(?!\s*\))",
    re.I,
)
_YEAR = re.compile(r"(?<![\d.,$€£#=%&])(?<!\d:)(?:19|20)\d\d(?![\d%])(?!\.\d)(?!,\d{3})(?!/\d{3})")
_BRACKETED = re.compile(r"[(\[（【]\s*(?:[^\W\d_]{3,9}\.?\s+)?(?:\d{1,2},?\s+)?$")
_SHORT = re.compile(r"(?<=[A-Za-z])\s?[’'`´‘](\d\d)(?![\w])")


@dataclass(frozen=True, slots=True)
class Year:
    """A year as it stands in the text: `'13` is 2013."""

    start: int
    end: int
    value: int


def find_years(text: str) -> list[Year]:
    """All years of a text, in order; numbers that merely look like one are left out."""
    if not any(character.isdigit() for character in text):
        return []
    blanked = _NO_YEARS.sub(lambda match: " " * len(match.group()), text)
    found = [Year(match.start(), match.end(), int(match.group())) for match in _YEAR.finditer(blanked)]
    found = [year for year in found if EARLIEST <= year.value <= LATEST and _free(blanked, year)]
    found += [Year(match.start(1) - 1, match.end(1), short_year(match.group(1))) for match in _SHORT.finditer(blanked)]
    return sorted(found, key=lambda year: year.start)


def find_year(text: str) -> Year | None:
    """The year that the text is dated by: one in brackets before others, then the first."""
    return min(find_years(text), key=lambda year: (not _BRACKETED.search(text[: year.start][-24:]), year.start), default=None)


def short_year(digits: str) -> int:
    """`98` is 1998 and `20` is 2020: two digits are taken for the nearest year that is not past `LATEST`."""
    return 2000 + int(digits) if 2000 + int(digits) <= LATEST else 1900 + int(digits)


def _free(text: str, year: Year) -> bool:
    """Whether the digits are a word of their own, or glued to capitals as in `ISMIR2020` or a letter as in `1994a`."""
    before, after = text[year.start - 1 : year.start], text[year.end : year.end + 2]
    if after[:1].isalpha() and not (after[:1] in "abcdef" and not after[1:].isalnum()) and not after[0] > "\u2e80":
        return False
    return not (before.isalpha() or before == "_") or before.isupper() or before > "\u2e80"
