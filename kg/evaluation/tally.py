"""Counts of right and wrong, and the three figures that people make of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

Keys = Collection[str]
Same = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True, order=True)
class Miss:
    """What was given wrongly and what was not found, of one field of one paper."""

    paper: str
    wrong: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """How many were given and how many of them are right; how many were due and how many of them were found."""

    given: int = 0
    right: int = 0
    due: int = 0
    found: int = 0
    misses: list[Miss] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.given += other.given
        self.right += other.right
        self.due += other.due
        self.found += other.found
        self.misses += other.misses

    @property
    def precision(self) -> float:
        """Of what was given, the share that is right; 1 if nothing was given or due."""
        return self.right / self.given if self.given else float(not self.due)

    @property
    def recall(self) -> float:
        """Of what was due, the share that was found; 1 if nothing was due."""
        return self.found / self.due if self.due else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def equal(one: str, other: str) -> bool:
    return one == other


def verdict(right: bool) -> Tally:
    """One question with one answer."""
    return Tally(1, int(right), 1, int(right))


def compared(paper: str, given: Iterable[Keys], due: Iterable[Keys], optional: Iterable[Keys] = (), same: Same = equal) -> Tally:
    """What was given against what was due.  A thing is all keys that it goes by; what is only `optional` is neither right nor wrong."""
    given, due, optional = list(given), list(due), list(optional)

    def meets(one: Keys, others: Iterable[Keys]) -> bool:
        return any(same(a, b) for other in others for a in one for b in other)

    right = [one for one in given if meets(one, due)]
    wrong = [one for one in given if one not in right and not meets(one, optional)]
    missing = [one for one in due if not any(meets(candidate, [one]) for candidate in given)]
    misses = [Miss(paper, _shown(wrong), _shown(missing))] if wrong or missing else []
    return Tally(len(right) + len(wrong), len(right), len(due), len(due) - len(missing), misses)


def _shown(things: Iterable[Keys]) -> tuple[str, ...]:
    return tuple(sorted(" / ".join(sorted(thing)) for thing in things))
