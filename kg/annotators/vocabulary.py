"""Finds the labels of the curated vocabulary in running text, longest first.

Labels are compared as runs of folded words joined without spaces, so that "multi-task", "multitask" and "multi task" are one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg import ontology
from kg.model import Entity

LATIN = "0-9A-Za-z\u00c0-\u024f\u0370-\u03ff"
# Chinese and Japanese are written without spaces, and Korean particles cling to their nouns: each character counts as a word there, a run
# of katakana as one.
_UNSPACED = "\u3040-\u309f\u3400-\u9fff\uac00-\ud7af"
_KATAKANA = "\u30a0-\u30ff"
_WORD = re.compile(rf"[{LATIN}]+(?:\+\+|\#)?|[{_UNSPACED}]|[{_KATAKANA}]+|[^\W_{LATIN}{_UNSPACED}{_KATAKANA}]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*")
# A conference or institute is named after a field, which its mention says nothing about.
_BODY = re.compile(
    r"\b(?:Conference|Journal|Transactions|Society|Workshop|Symposium|Department|Institute|Laboratory|School|Association|Centre|Center|Topics|Meeting|Letters|Proceedings)\s+(?:on|of|for|in)\s+(?:the\s+)?(?:[A-Z][\w&-]*(?:,?\s+|\b)(?:and\s+|on\s+|in\s+|of\s+|for\s+|&\s+)*)+"
)
_JOINT = re.compile(r"[\s\-‐‑–_./'’*]{0,3}\Z")
_LONGEST = 10
_HEAD = 4


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text and what it is compared by."""

    start: int
    end: int
    folded: str


@dataclass(frozen=True, slots=True)
class Label:
    """One spelling of a concept.  `written` is the spelling to insist on if there is one; only a `loose` label may differ in case then,
    as long as it is one word in the text too.
    """

    entity: Entity
    written: str | None
    loose: bool
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A label found at `start` to `end` of the text; several labels compete when it is ambiguous."""

    start: int
    end: int
    labels: tuple[Label, ...]


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """A word without case, accents and plural ending."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)).casefold()
    if len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "ics")):
        plain = plain[:-3] + "y" if plain.endswith("ies") and len(plain) > 4 else plain[:-1]
    return plain


def words(text: str) -> list[Word]:
    """The words of a text; addresses and the names of conferences and institutes have none."""
    plain = _BODY.sub(_blank, _ADDRESS.sub(_blank, text))
    return [Word(match.start(), match.end(), folded(match.group())) for match in _WORD.finditer(plain)]


def key(text: str) -> str:
    """What two spellings of one name share."""
    return "".join(word.folded for word in words(text))


@cache
def labels() -> dict[str, tuple[Label, ...]]:
    """The labels of the vocabulary by their key."""
    found: dict[str, list[Label]] = defaultdict(list)
    for concept in ontology.concepts():
        entity = Entity(concept.kind, concept.key, concept.label)
        for spelling in _spellings(concept):
            found[key(spelling)].append(Label(entity, *_strictness(spelling), concept.cues))
    return {spelling: tuple(dict.fromkeys(listed)) for spelling, listed in found.items()}


def _spellings(concept: ontology.Concept) -> Iterator[str]:
    """All labels, and "self-supervised" for "self-supervised learning"."""
    for spelling in (concept.label, *concept.alternatives):
        yield spelling
        if spelling.endswith("supervised learning") and not spelling.startswith("supervised"):
            yield spelling.removesuffix(" learning")


@cache
def _heads() -> frozenset[str]:
    return frozenset(spelling[:_HEAD] for spelling in labels())


def hits(text: str) -> Iterator[Hit]:
    """The longest labels in a text, from left to right, none inside another."""
    listed = words(text)
    position = 0
    while position < len(listed):
        length, found = _longest(text, listed, position)
        if found:
            yield Hit(listed[position].start, listed[position + length - 1].end, found)
        position += length or 1


def _longest(text: str, listed: list[Word], first: int) -> tuple[int, tuple[Label, ...]]:
    spelling = ""
    best: tuple[int, tuple[Label, ...]] = (0, ())
    known, heads = labels(), _heads()
    for last in range(first, min(first + _LONGEST, len(listed))):
        if last > first and not _JOINT.match(text, listed[last - 1].end, listed[last].start):
            break
        spelling += listed[last].folded
        if len(spelling) >= _HEAD and spelling[:_HEAD] not in heads:
            break
        if spelling in known and (fitting := _fitting(text[listed[first].start : listed[last].end], known[spelling])):
            best = (last - first + 1, fitting)
    return best


def _fitting(surface: str, candidates: tuple[Label, ...]) -> tuple[Label, ...]:
    seen = _bare(surface)
    name = " " not in surface and any(c.isupper() for c in seen[1:]) and not seen.isupper()
    return tuple(
        label
        for label in candidates
        if label.written is None or seen in (label.written, f"{label.written}s") or name or (label.loose and " " not in surface)
    )


def _strictness(spelling: str) -> tuple[str | None, bool]:
    """The spelling to insist on if another word could share it, and whether its case matters all the same.

    Names with capitals inside ("LibriSpeech") and acronyms without a vowel ("LSTM") are no words of a language, so they may be typed
    in any case.
    """
    bare = _bare(spelling)
    if "*" in spelling:
        return bare, False
    if " " in spelling or spelling == spelling.lower():
        return None, False
    camel = len(bare) > 7 and not bare.isupper() and not bare[1:].islower()
    unspeakable = len(bare) > 2 and bare.isupper() and bare.isalpha() and not set(bare) & set("AEIOUY")
    return bare, camel or unspeakable


def _bare(text: str) -> str:
    return re.sub(r"[\s\-‐‑–_./'’]", "", text)


@cache
def first_words() -> frozenset[str]:
    """The words that labels of several words begin with."""
    return frozenset(
        spelling.split()[0].lower() for concept in ontology.concepts() for spelling in (concept.label, *concept.alternatives) if " " in spelling
    )


@cache
def broader() -> frozenset[str]:
    """The keys of the concepts that others are kinds of: fields and families rather than single things."""
    return frozenset(key for concept in ontology.concepts() for key in concept.broader)
