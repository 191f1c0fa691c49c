"""Whether two titles of one document are the same title, give or take a slip or a subtitle."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from kg import identity
from kg.model import HeadField

T = TypeVar("T")
_LEAST = 25  # characters from which on a slip is not another title
_ALIKE = 94  # of 100
_STEM = 35  # characters that a title shares with itself and a subtitle


def same_titles(one: HeadField | None, other: HeadField | None) -> bool:
    return one is not None and other is not None and same_key(identity.key(one.value), identity.key(other.value))


def same_key(one: str, other: str) -> bool:
    """Whether two titles, written as `kg.identity.key` does, are the same; where their numbers differ they never are."""
    known = Titles[str]()
    known.add(one, one)
    return known.get(other) is not None


class Titles(Generic[T]):
    """Things by their titles; of two with the same title the first is found."""

    def __init__(self) -> None:
        self._things: list[T] = []
        self._equal: dict[str, int] = {}
        self._alike: dict[tuple[str, ...], dict[int, str]] = defaultdict(dict)
        self._stems: dict[str, list[tuple[int, str]]] = defaultdict(list)

    def add(self, key: str, thing: T) -> None:
        place = len(self._things)
        self._things.append(thing)
        if self._equal.setdefault(key, place) == place and len(key) >= _LEAST:
            self._alike[_numbers(key)][place] = key
            self._stems[key[:_STEM]].append((place, key))

    def get(self, key: str) -> T | None:
        place = min((found for found in (self._equal.get(key), self._slip(key), self._subtitled(key)) if found is not None), default=None)
        return None if place is None else self._things[place]

    def _slip(self, key: str) -> int | None:
        near = self._alike.get(_numbers(key), {}) if len(key) >= _LEAST else {}
        found = process.extract_iter(key, near, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return next((place for _, _, place in found), None)

    def _subtitled(self, key: str) -> int | None:
        near = self._stems.get(key[:_STEM], []) if len(key) >= _STEM else []
        numbers = _numbers(key)
        same = (place for place, other in near if (key.startswith(other) or other.startswith(key)) and _numbers(other) == numbers)
        return next(same, None)


def _numbers(key: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", key))
