"""Whether two written names can be one person's, and how sure that is.

The answer is about the names alone.  Names do not identify people (of 100,000 made-up authors a name key alone joins four wrongly for each
right one): who asks must know that the two stand on one paper or share co-authors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from kg.identity import key
from kg.merge.spelling import latin

Likeness = Literal["equal", "shortened", "transliterated", "inverted", "misspelt", ""]
STRICT: frozenset[Likeness] = frozenset({"equal", "shortened", "transliterated", "inverted"})
_ET_AL = re.compile(r"[\s,]+et\.?\s+al\b\.?\s*$", re.IGNORECASE)
_PARTICLES = frozenset("van von der den de del della di da dos das du la le el al bin ibn ben ter ten zu zur af av mac mc st san y".split())
_TITLES = frozenset("dr prof professor phd jr sr ii iii iv mr mrs ms md".split())
_NICKNAMES = """
robert bob rob, william bill will liam, michael mike mick, james jim jimmy, joseph joe, david dave, anthony tony, katherine catherine kate kathy,
elizabeth liz beth, richard dick rick, edward ed ted, thomas tom, christopher chris, nicholas nick nicolas, steven steve stephen, andrew andy drew,
margaret maggie peggy, john jack jon, charles charlie chuck, lawrence larry, gerald jerry, jeffrey jeff geoffrey geoff, patricia pat, peter pete,
ioannis yannis giannis, georgios giorgos yorgos, konstantinos kostas, dimitrios dimitris, nikolaos nikos, panagiotis panos, matthew matt,
philip phil, jacob jake, henry harry hank, frederick fred, walter walt, theodore theo, eugene gene, leonard len lenny, susan sue, rebecca becky,
victoria vicky, francisco paco, johannes hans
"""
_NICKNAME = {name: index for index, names in enumerate(_NICKNAMES.split(",")) for name in names.split()}
_SYLLABLE = re.compile(r"[^AEIOUY]?[AEIOUY]+[^AEIOUY]*")  # `LIU` is a family name, `JPA` are initials
_ABBREVIATED = 3  # letters of a given name that ends with a full stop: Th., Chr.
# Ways to write one sound, longest first: German umlauts, Nordic letters, Russian and Chinese romanisations.
_SPELT = (
    "tsch c, tch c, sch s, sh s, ch c, kh h, zh j, ph f, ks x, ck k, ae a, oe o, ue u, ou u, aa a, off ov, w v, "
    "yu iu, ya ia, ye e, y i, j i, ii i, ei e, ie i"
)
_SOUNDS = tuple(tuple(pair.split()) for pair in _SPELT.split(","))


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a written name as keys: given names in order, initials as single letters; family name in words."""

    given: tuple[str, ...]
    family: tuple[str, ...]

    @property
    def initials_only(self) -> bool:
        return all(len(word) == 1 for word in self.given)

    @property
    def block(self) -> str:
        """What two names of one person nearly always share."""
        return _sound(self.family[-1]) if self.family else ""


@lru_cache(maxsize=200_000)
def parse(written: str) -> Name:
    """`Family, Given`, `Given Family`, `G. Family`, `Family GH`; particles belong to the family name."""
    head, comma, tail = _ET_AL.sub("", written).partition(",")
    if comma and key(tail) and key(tail) not in _TITLES:
        return Name(_given(tail), tuple(_words(head)))
    words = [(word, *_words(word)) for word in head.split() if _words(word)]
    words = [word for word in words if word[-1] not in _TITLES] or words
    if len(words) > 1 and _is_initials(words[-1][0]) and not _is_initials(words[0][0]):  # Bello JP
        return Name(_given(words[-1][0]), tuple(part for word in words[:-1] for part in word[1:]))
    cut = max(0, len(words) - 1)
    while cut > 1 and words[cut - 1][-1] in _PARTICLES:
        cut -= 1
    return Name(_given(" ".join(word[0] for word in words[:cut])), tuple(part for word in words[cut:] for part in word[1:]))


@lru_cache(maxsize=200_000)
def likeness(first: str, second: str) -> Likeness:
    """How two written names agree; empty if they cannot be one person's."""
    one, two = parse(first), parse(second)
    if one == two:
        return "equal"
    if _turned(one.given + one.family, two.given + two.family):
        return "inverted"
    if _begins(one, two) or _begins(two, one):
        return "shortened"
    family = _family_likeness(one.family, two.family)
    if not family:
        return ""
    given = _given_likeness(one.given, two.given)
    if not given or "misspelt" in (family, given):
        return "misspelt" if (given and "equal" in (family, given)) or (given, family) == ("shortened", "misspelt") else ""
    return max((family, given), key=("equal", "shortened", "transliterated", "misspelt").index)


def _family_likeness(one: tuple[str, ...], two: tuple[str, ...]) -> Likeness:
    a, b = (tuple(word for word in words if word not in _PARTICLES) or words for words in (one, two))
    if _squashed(one) == _squashed(two) or a == b:
        return "equal"
    if set(a) < set(b) or set(b) < set(a):
        return "shortened"
    x, y = "".join(a), "".join(b)
    if min(len(x), len(y)) >= 3 and _sound(x) == _sound(y):
        return "transliterated"
    return "misspelt" if min(len(x), len(y)) >= 5 and OSA.distance(x, y) == 1 and x[0] == y[0] else ""


def _given_likeness(one: tuple[str, ...], two: tuple[str, ...]) -> Likeness:
    """Each given name must fit its counterpart; middle names may be missing."""
    if not one or not two:
        return "shortened"
    if _squashed(one) == _squashed(two):
        return "equal"
    short, long = sorted((one, two), key=len)
    fits = _fits(short[0], long[0])
    if not fits and len(long) > 1 and len(long[0]) == 1 and short == long[1:] and len(short[0]) > 1:
        return "shortened"  # W. Brian goes by Brian
    if not fits:
        return (
            "shortened"
            if len(one) != len(two) and _squashed(short) and _squashed(long).startswith(_squashed(short)) and len(_squashed(short)) > 1
            else ""
        )
    # What is left out is left out at the end: George W. is not George H. W.
    if not all(_fits(word, other) for word, other in zip(short[1:], long[1:], strict=False)):
        return "shortened" if _squashed(long).startswith(_squashed(short)) else ""
    return "shortened" if fits in ("equal", "shortened") else fits


def _fits(one: str, two: str) -> Likeness:
    if one == two:
        return "equal"
    short, long = sorted((one, two), key=len)
    if len(short) == 1:
        return "shortened" if long[0] == short else ""
    if (len(short) >= 3 and long.startswith(short)) or _NICKNAME.get(one, one) == _NICKNAME.get(two, two):
        return "shortened"
    if _sound(one) == _sound(two):
        return "transliterated"
    return "misspelt" if len(short) >= 7 and OSA.distance(one, two) == 1 and one[0] == two[0] else ""


def _turned(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """The family name first instead of last, in as many words as it has, or all words turned; names joined otherwise count as one."""
    if len(one) < 2 or len(two) < 2 or _squashed(one) == _squashed(two):
        return False
    turned = (one[::-1], *(one[cut:] + one[:cut] for cut in range(1, len(one))))
    return _squashed(two) in map(_squashed, turned)


def _begins(short: Name, long: Name) -> bool:
    """A second family name is left out: `Luisa García` for `Luisa García Márquez`."""
    words, whole = short.given + short.family, long.given + long.family
    return len(short.given) > 0 and len(words) + 1 == len(whole) and words == whole[: len(words)] and all(len(word) > 1 for word in words)


def _given(text: str) -> tuple[str, ...]:
    parts: list[str] = []
    for word in re.split(r"[\s\-‐-―]+|(?<=\.)", text):
        folded = latin(key(word)).replace(" ", "")
        if not folded or folded in _TITLES or (parts and folded in _PARTICLES):
            continue
        if _is_initials(word):
            parts += list(folded)
        else:
            parts.append(folded[:1] if word.endswith(".") and len(folded) <= _ABBREVIATED else folded)
    return tuple(parts)


def _is_initials(word: str) -> bool:
    """`JP`, `J.P.`, `J.-P.`, not `Bo` nor `LI`-sized family names written with small letters."""
    letters = re.sub(r"[.\-‐-―]", "", word)
    return bool(letters) and letters.isupper() and (len(letters) <= 2 or (len(letters) == 3 and ("." in word or not _SYLLABLE.fullmatch(letters))))


def _words(text: str) -> list[str]:
    return latin(key(re.sub(r"[\-‐-―]", " ", text))).split()


def _squashed(words: tuple[str, ...]) -> str:
    return "".join(words)


@lru_cache(maxsize=100_000)
def _sound(text: str) -> str:
    for spelt, sound in _SOUNDS:
        text = text.replace(spelt, sound)
    return re.sub(r"(.)\1+", r"\1", text)
