"""Author lists laid beside each other: who of one is who of the other, under any spelling, and whether the two are of one paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.merge.index import Place
from kg.merge.names import likeness

_HEARD = 32  # different lists of one paper; further ones add nobody that these do not know


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """Somebody in a list, with all spellings."""

    position: int
    spellings: tuple[str, ...]


def listed(places: Iterable[Place]) -> list[Listed]:
    return [Listed(place.position, (place.written,)) for place in places]


def united(lists: Iterable[Iterable[Place]]) -> list[Listed]:
    """One list of several: everybody once, under all spellings; where they are very many, those that most documents give."""
    found: list[Listed] = []
    given = Counter(tuple(listed(places)) for places in lists)
    heard = sorted(given, key=lambda people: (-given[people], -len(people), people))[:_HEARD]
    for people in sorted(heard, key=lambda people: (-len(people), people)):
        known = counterparts(people, found)
        again = {other: Listed(other.position, tuple(dict.fromkeys((*other.spellings, *one.spellings)))) for one, other in known.items()}
        found = [*(again.get(one, one) for one in found), *(one for one in people if one not in known)]
    return found


def agree(ours: Sequence[Listed], theirs: Sequence[Listed]) -> bool | None:
    """Two lists agree if their first authors can be one person, or half of the shorter list is in the other; none if one is empty."""
    if not ours or not theirs:
        return None
    if any(_likely(one, two) for one in _heads(ours) for two in _heads(theirs)):
        return True
    shared = len(counterparts(ours, theirs))
    return shared >= 1 and 2 * shared >= min(len(ours), len(theirs))


def counterparts(ours: Iterable[Listed], theirs: Iterable[Listed]) -> dict[Listed, Listed]:
    """Who of one list is who of another; nobody is two people, and equal names find each other first."""
    left, free, found = list(ours), list(theirs), dict[Listed, Listed]()
    for fits in (_equally, _likely):
        for one in tuple(left):
            if other := next((other for other in free if fits(one, other)), None):
                found[one] = other
                left.remove(one)
                free.remove(other)
    return found


def _heads(people: Sequence[Listed]) -> list[Listed]:
    """Those who are named first, in any of the lists."""
    least = min(one.position for one in people)
    return [one for one in people if one.position == least]


def _equally(one: Listed, two: Listed) -> bool:
    return _any(one, two, lambda a, b: likeness(a, b) == "equal")


def _likely(one: Listed, two: Listed) -> bool:
    return _any(one, two, lambda a, b: bool(likeness(a, b)))


def _any(one: Listed, two: Listed, fits: Callable[[str, str], bool]) -> bool:
    return any(fits(a, b) for a in one.spellings for b in two.spellings)
