"""Weighs what each piece of a reference may be, from its own words: hand-set points, no weights learned from data.

The points are differences of taste: 0 is "may be", +3 is "surely", -3 is "hardly".  A label that is absent from a table cannot be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kg.annotators.citations.pieces import Form, Gap, Piece
from kg.annotators.citations.words import CONTAINER, GENRE, NOTE, PUBLISHER, PUBLISHERS, SERIES, is_place
from kg.annotators.venues import is_known

Label = Literal["title", "container", "editor", "volume", "pages", "date", "publisher", "place", "genre", "note", "address"]
Points = dict[Label, float]

_OPENS_CONTAINER = re.compile(
    r"(?:(?P<sure>In |[Ii]n:)|in (?:the )?(?=[A-Z“\"‘'])|Poster presented at |[Pp]resented at |Paper presented at |Appeared in |Published in |Also in )"
)
_ACRONYM = re.compile(r"(?=.*[A-Z].*[A-Z\d])[A-Za-z][A-Za-z*&/-]{1,12}(?:[\s’'-]{0,2}\d{2,4})?")
_PROCEEDINGS = re.compile(r"(?:(?:In|in) )?(?:the )?Proc(?:eedings|s?\.?\b)")
_CONTINUES = re.compile(r"(?:and|or|und|et|y|&)\s")
_AWAITED = re.compile(r"\W*(?:to appear|in press|forthcoming|accepted|submitted|im druck|à paraître)", re.I)
_YEARS = re.compile(r"[(\[]?\d{4}\s?[-–]\s?\d{2,4}")
_LOWER_NEXT = re.compile(r"\s+(?!in\b|pp?\b)[a-z]{2}")
_PLAIN_WORD = re.compile(r"\b(?!(?:and|und|for|from|press|books)\b)[a-zà-ÿ]{3,}")
_AMONG = re.compile(r"\band\b|\bund\b|&|,|/")
_ORDINALS = frozenset(("st", "nd", "rd", "th"))
_SMALL = frozenset(
    "of on for in and the to a an de la des du der für und with et del di da le les des von zur zum e y do da dos & from by at as sur en dans aux au l d".split()
)
_WORDS = re.compile(r"[^\W\d_]+(?:[’'\-‐][^\W\d_]+)*")

FORMS: dict[Form, Points] = {
    "date": {"date": 2.0, "title": -0.9, "container": -0.9, "note": -1.0},
    "pages": {"pages": 2.2, "title": -2.0, "volume": -0.8, "note": -1.0},
    "volume": {"volume": 2.0, "title": -1.0, "container": -1.0, "pages": -0.2, "genre": -0.8, "note": -0.5},
    "url": {"address": 3.0},
    "identifier": {"address": 3.0},
    "editor": {"editor": 4.0},
    "translator": {"note": 3.0},
    "note": {"note": 3.0},
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole reference speaks of: numbers as journals have them, places as books have them, a title in quotation marks."""

    numbered: bool
    volumed: bool
    placed: bool
    quoted: bool
    dates: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words of one piece.  `chain` goes on over abbreviations; `following` are the words of the next piece, if it has words.

    `content` counts the words that mean something, `plain` those of them without a capital.
    """

    text: str
    chain: str
    gap: Gap
    next_gap: Gap | None
    next_form: Form | None
    following: str
    content: int
    plain: int

    @property
    def bare(self) -> str:
        return self.text.strip(" .,;:()[]'’\"").lower()


def setting(text: str, pieces: list[Piece], *, quoted: bool, dated: bool) -> Setting:
    forms = [piece.form for piece in pieces]
    volumed = "volume" in forms
    paged = any(piece.form == "pages" and not text[piece.end - 3 : piece.end].strip(" .").endswith("p") for piece in pieces)
    placed = any(piece.form == "words" and is_place(text[piece.start : piece.end]) for piece in pieces)
    return Setting(volumed or paged or "identifier" in forms, volumed, placed, quoted, dated + forms.count("date"))


def weigh(text: str, pieces: list[Piece], index: int, around: Setting) -> Points:
    """Points for each label that a piece may have."""
    piece = pieces[index]
    if piece.form == "date":
        return _of_date(text, piece, around)
    if piece.form != "words":
        return FORMS[piece.form]
    stretch = _stretch(text, pieces, index)
    points = _of_words(stretch, around)
    if index and SERIES.match(stretch.text) and any(_PROCEEDINGS.match(text, other.start) for other in pieces[:index]):
        points["note"], points["container"] = 3.0, -2.0
    if index and pieces[index - 1].form == "editor" and text[pieces[index - 1].start] in "Ii":
        points["container"] += 2.5
    if index == 0 and text.startswith("in ", piece.start):
        points["container"] += 2.5
    if index == 0 and around.numbered and not around.quoted and stretch.next_form in ("volume", "date") and points["title"] < 1.3:
        points["container"] += 2.2
        points["title"] -= 0.6
    return points


def _stretch(text: str, pieces: list[Piece], index: int) -> Stretch:
    piece = pieces[index]
    last = index
    while last + 1 < len(pieces) and pieces[last + 1].gap == "short" and pieces[last + 1].form == "words":
        last += 1
    after = pieces[last + 1] if last + 1 < len(pieces) else None
    following = text[after.start : after.end] if after and after.form == "words" else ""
    own = text[piece.start : piece.end]
    words = [word for word in _WORDS.findall(own) if word not in _ORDINALS]
    content = len(words) - sum(word.lower() in _SMALL for word in words)
    plain = sum(word[0].islower() and word not in _SMALL for word in words)
    chain = text[piece.start : pieces[last].end]
    return Stretch(own, chain, piece.gap, after.gap if after else None, after.form if after else None, following, content if words else -1, plain)


def _of_date(text: str, piece: Piece, around: Setting) -> Points:
    """A date may belong to the words before it: a range where the reference has another date, one that no punctuation sets off."""
    bonus = 0.3 if piece.gap == "space" else 0.0
    if _LOWER_NEXT.match(text, piece.end):
        bonus += 2.0
    if text[piece.start].isalpha():
        bonus -= 1.0
    if around.dates > 1:
        bonus += 1.9 if _YEARS.match(text, piece.start, piece.end) else 0.9 if piece.gap == "space" else 0.0
    return {"date": 2.0 - bonus, "title": bonus - 0.9, "container": bonus - 1.9, "note": -1.0}


def _of_words(stretch: Stretch, around: Setting) -> Points:
    if stretch.content < 0:
        return {"title": -0.5, "container": -0.8, "volume": 0.3, "note": 0.0, "pages": 0.2, "publisher": -1.0}
    opening = _OPENS_CONTAINER.match(stretch.chain) if stretch.gap not in ("colon", "open", "dash") else None
    points: Points = {
        "title": 0.4 + min(1.6, 0.2 * stretch.content) + min(1.2, 0.4 * stretch.plain),
        "container": _as_container(stretch, opening, around),
        "publisher": _as_publisher(stretch, around),
        "place": _as_place(stretch, around),
        "note": -1.6,
    }
    if stretch.gap == "short" or (points["container"] > 0.5 and not is_place(stretch.text)):
        points["place"] -= 1.5
    if opening or _CONTINUES.match(stretch.text) or (stretch.gap == "open" and _ACRONYM.fullmatch(stretch.text.strip())):
        points["place"] -= 2.5
        points["publisher"] -= 2.5
    if _CONTINUES.match(stretch.text):
        points["container"] -= 1.2
        points["note"] -= 1.5
    if (
        stretch.gap == "stop"
        and around.placed
        and not around.numbered
        and not around.quoted
        and (stretch.next_gap == "colon" or is_place(stretch.following))
    ):
        points["title"] += 1.4
    _weigh_kind(stretch, points)
    return points


def _weigh_kind(stretch: Stretch, points: Points) -> None:
    """Remarks and kinds of work say what they are by their first words."""
    if NOTE.match(stretch.chain):
        points["note"] = 2.5
        points["title"] -= 1.5
    if GENRE.match(stretch.chain):
        points["genre"] = 2.8
        points["container"] -= 1.5
        points["title"] -= 1.0 if stretch.content < 6 else 0.2
    elif stretch.following and GENRE.match(stretch.following):
        points["publisher"] += 1.2
        points["container"] -= 0.8


def _as_container(stretch: Stretch, opening: re.Match[str] | None, around: Setting) -> float:
    chain = stretch.chain
    if stretch.gap == "open" and _ACRONYM.fullmatch(chain.strip()):
        return 2.4
    points = -1.1 - 0.5 * min(3, stretch.plain) - 0.15 * max(0, stretch.content - 9)
    points += 1.0 * around.numbered + 0.8 * around.quoted - 0.3 * around.placed
    if opening:
        points += 3.5 if opening.group("sure") else 2.4
    if _PROCEEDINGS.match(chain):
        points += 1.5
    clues = len(CONTAINER.findall(chain))
    points += 1.6 * (clues > 0) + 0.5 * (clues > 1)
    if chain.count(".") > 1 and len(chain) < 60:
        points += 0.8
    name = (chain[opening.end() :] if opening else chain).strip(" .,")
    if name and is_known(name):
        points += 2.2
    if stretch.next_form == "volume":
        points += 0.6
    if _AWAITED.match(stretch.following):
        points += 1.4
    if is_place(stretch.text):
        points -= 1.0
    return max(0.4, points) if stretch.gap == "short" else points


def _as_publisher(stretch: Stretch, around: Setting) -> float:
    points = 0.3 * around.placed - 0.4 * around.numbered
    if stretch.bare in PUBLISHERS:
        return points + 3.2
    return points - 0.5 - 0.6 * min(3, stretch.plain) - 0.2 * max(0, stretch.content - 7) + (2.4 if PUBLISHER.search(stretch.text) else 0.0)


def _as_place(stretch: Stretch, around: Setting) -> float:
    points = -2.0 * around.volumed
    if is_place(stretch.text):
        return points + 2.6
    if stretch.content > 4 or stretch.plain:
        return points - 2.5
    points -= 0.8
    if stretch.next_gap == "colon":
        points += 1.4 if not _PLAIN_WORD.search(stretch.following) else 0.0
    elif stretch.following and stretch.next_gap == "comma" and is_place(stretch.following):
        points += 1.8 if len(stretch.following) < 7 else 1.2
    if any(is_place(part) for part in _AMONG.split(stretch.text)):
        points += 2.0
    return points
