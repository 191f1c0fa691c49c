"""Whether two titles are one paper's: the same words but for misprints, plurals, small words and notes on the version.

Titles of different papers often differ in one word that matters (`Part 1`, `Part 2`; `supervised`, `unsupervised`), so no measure of likeness
alone decides: every word that differs must be one that may.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from rapidfuzz.distance import OSA, Indel

from kg.identity import key
from kg.merge.spelling import american, letters_named, singular

_VERSIONS = "invited|extended|full|long|short|preliminary|revised|updated|journal|conference|camera[- ]ready|arxiv|best"
_NOTE = re.compile(
    r"\s*(?:[-–—:,.]\s*|[(\[]\s*)"
    rf"(?:(?:an?\s+)?(?:{_VERSIONS})\s+(?:version|abstract|paper|talk|report|preprint)(?:\s+award)?"
    r"|with (?:an? )?(?:discussions?|comments?)(?: and (?:an? )?rejoinder)?(?: by the authors?)?|technical report|tech report|preprint|pdf|paper|arxiv|poster|demo|oral|slides|keynote"
    r"|arxiv:?\s?\d{4}\.\d{4,5}(?:v\d+)?)\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_OCCASION = re.compile(r"\s*[(\[][^()\[\]]*\b(?:19|20)\d\d[^()\[\]]*[)\]]\s*$|(?:,|\.)\s+(?:[A-Z][A-Za-z’'/&-]*[A-Z]\s+)?(?:19|20)\d\d\.?$")
_NUMBERING = re.compile(
    r"^\s*(?:\[\w{1,4}\]|\(\d{1,3}\)|\d{1,3}[.)](?=\s)|(?:paper|talk|article|no\.?)\s+#?\d{1,3}\s*[:.)](?=\s)"
    r"|(?:full|extended|long|short)\s+(?:version|abstract|paper):(?=\s))\s*",
    re.IGNORECASE,
)
_COINED = re.compile(r"\w[a-z]\w*[A-Z]|[A-Za-z]\d|^\w+\W+\w+\W+\d$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LATEX = re.compile(r"\\[a-zA-Z]+\s*|[${}]|(?<=\w)\^(?=[\w{])")
_ALIKE = {"vs": "versus", "v": "versus"}
_SMALL = frozenset("a an the of for on in to and or with using via by from at into through towards toward as is its their".split())
_WRITTEN = "1 one first i, 2 two second ii, 3 three third iii, 4 four fourth iv, 5 five fifth v, 6 six sixth vi, 7 seven vii, 8 eight viii, 9 nine ix"
_NUMBERS = {word: number for number, *words in map(str.split, _WRITTEN.split(",")) for word in words}
_COUNTED = frozenset("part volume vol chapter book episode edition task round phase version lecture".split())
_OPPOSING = tuple(
    "un non in im ir dis semi self multi mono mis anti de re pre post sub super over under inter intra micro macro hyper hypo infra ultra homo hetero co counter pro e bi uni a".split()
)
_WORTH = 0.75
LONG, SHORT = 25, 15  # characters of a title that allows for misprints, without and with authors that agree


@dataclass(frozen=True)
class Title:
    """A title as written, with the forms that are compared."""

    written: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(american(word) for word in key(plain(self.written)).split())

    @cached_property
    def squashed(self) -> str:
        return "".join(word for word in self.words if word != "and")

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """Words that tell parts and editions apart."""
        return tuple(sorted(_NUMBERS.get(word, word) for word in self.words if _is_number(word)))

    @cached_property
    def occasions(self) -> frozenset[str]:
        """Years that stand in notes on the occasion."""
        return frozenset(_YEAR.findall(self.written)) - {*self.words}

    @cached_property
    def coined(self) -> bool:
        """Whether it is nothing but a made-up name, which people give to one thing only: `WaveNotes`, `seq2tree`, `Deep Tide 2`."""
        return len(self.words) <= 3 and len(self.squashed) >= 5 and bool(_COINED.search(plain(self.written)))

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """Main title and subtitle, squashed, where there are two."""
        found = re.split(r"\s*[:?]\s+|\s+[-–—]\s+", plain(self.written), maxsplit=1)
        return tuple(key(part).replace(" ", "") for part in found) if len(found) == 2 else ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """`same` with the rule that says so, or why not; `score` is the likeness of the letters, 0 to 1."""

    same: bool
    why: str
    score: float


def plain(written: str) -> str:
    """Without numbering, markup, and notes on the version or the occasion."""
    text = _LATEX.sub("", letters_named(html.unescape(written))).strip().strip("\"'“”‘’*_. ")
    text = _NUMBERING.sub("", text)
    before = None
    while text != before:
        before, text = text, _OCCASION.sub("", _NOTE.sub("", text)) or text
    return text


def near(one: Title, two: Title) -> bool:
    """Whether a comparison is worth its cost."""
    return Indel.normalized_similarity(one.squashed, two.squashed) >= _WORTH or _within(one, two)


def compare(one: Title, two: Title, authors: bool | None) -> Comparison:
    """`authors`: whether the authors agree; none if that is not known."""
    score = Indel.normalized_similarity(one.squashed, two.squashed)
    if reason := next(_objections(one, two, authors), ""):
        return Comparison(same=False, why=reason, score=score)
    return Comparison(same=True, why=_told(one, two), score=score)


def _objections(one: Title, two: Title, authors: bool | None) -> Iterator[str]:
    """What speaks against one paper, most telling first."""
    if authors is False:
        yield "the authors differ"
    elif one.squashed == two.squashed:
        if not authors and min(len(one.words), len(two.words)) < 2:
            yield "one word says too little"
        if not authors and one.occasions and two.occasions and one.occasions.isdisjoint(two.occasions):
            yield f"years differ: {min(one.occasions)}, {min(two.occasions)}"
    elif authors and _within(one, two) and not _numbered(one, two):
        return
    elif one.numbers != two.numbers:
        yield f"numbers differ: {' '.join(one.numbers) or 'none'}, {' '.join(two.numbers) or 'none'}"
    else:
        yield from _serious(one, two, LONG if authors is None else SHORT)


def _serious(one: Title, two: Title, least: int) -> Iterator[str]:
    """Words that differ as words of other papers do, or too many for titles of that length."""
    differing = _differences(one.words, two.words)
    yield from (f"words differ: {a or 'none'}, {b or 'none'}" for a, b in differing if not (_small(a, b) or _misprint(a, b)))
    length = min(len(one.squashed), len(two.squashed))
    if length < least:
        yield "too short to allow for misprints"
    if sum(not _small(*pair) for pair in differing) > 1 + length // 40 or len(differing) > 1 + length // 15:
        yield "too many words differ"


def _told(one: Title, two: Title) -> str:
    if one.squashed == two.squashed:
        return "equal but for spaces, signs and notes"
    if _within(one, two):
        return "one is a part of the other, same authors"
    return "equal but for " + ", ".join(f"{a or 'nothing'}/{b or 'nothing'}" for a, b in _differences(one.words, two.words))


def _is_number(word: str) -> bool:
    return word in _NUMBERS or any(c.isdigit() for c in word)


def _numbered(one: Title, two: Title) -> bool:
    """Whether what the longer title says more is the number of a part: it stands at an end, or after `part` or the like."""
    short, long = sorted((title.words for title in (one, two)), key=len)
    more = long[len(short) :] if long[: len(short)] == short else long[: -len(short)]
    ends = (0, len(more) - 1)
    return any(_is_number(word) and (place in ends or more[place - 1] in _COUNTED) for place, word in enumerate(more))


def _within(one: Title, two: Title) -> bool:
    """Whether one title is the other's main title or subtitle, or breaks off inside it."""
    short, long = sorted((one, two), key=lambda title: len(title.squashed))
    if short.squashed in long.parts and len(short.squashed) >= 4:
        return True
    return len(short.words) >= 5 and len(short.squashed) >= 30 and long.words[: len(short.words)] == short.words


def _differences(one: tuple[str, ...], two: tuple[str, ...]) -> list[tuple[str, str]]:
    """Words that differ, aligned one to one where their numbers agree."""
    found: list[tuple[str, str]] = []
    for tag, i, j, k, m in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = list(zip(one[i:j], two[k:m], strict=True)) if j - i == m - k else [(" ".join(one[i:j]), " ".join(two[k:m]))]
        found += [pair for pair in pairs if pair[0] != pair[1]]
    return found


def _small(one: str, two: str) -> bool:
    """Small words, plurals, spaces."""
    if one.replace(" ", "") == two.replace(" ", ""):
        return True
    if all(word in _SMALL for word in (*one.split(), *two.split())):
        return True
    return any(alike.get(one, one) == alike.get(two, two) for alike in (_NUMBERS, _ALIKE)) or singular(one) == singular(two)


def _misprint(one: str, two: str) -> bool:
    short, long = sorted((one.replace(" ", ""), two.replace(" ", "")), key=len)
    if len(short) < 5 or short[0] != long[0] or _opposed(one, two):
        return False
    return OSA.distance(short, long) <= (2 if len(short) >= 9 else 1)


def _opposed(one: str, two: str) -> bool:
    """Whether two words differ in what stands before them: `linear`, `nonlinear`; `macro…`, `micro…`."""
    if one in _OPPOSING and two in _OPPOSING:
        return True
    stems = [{word, *(word.removeprefix(prefix) for prefix in _OPPOSING)} for word in (one, two)]
    return any(len(stem) >= 4 for stem in stems[0] & stems[1])
