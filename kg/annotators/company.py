"""What a candidate is worth in its company: whoever lists twenty papers lists them twenty times in the same shape."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from kg.annotators import titles
from kg.annotators.candidates import Candidate, Shape
from kg.annotators.clues import Clue
from kg.annotators.lines import Line


@dataclass(slots=True)
class Weighed:
    """A candidate with its clues, its own weight and its weight in company."""

    candidate: Candidate
    clues: list[Clue]
    score: float = 0.0

    @property
    def own(self) -> float:
        return sum(clue.weight for clue in self.clues)


def weigh_in_company(weighed: list[Weighed], lines: list[Line]) -> None:
    """Gives each candidate its score: its own weight, and what its shape is worth over the whole document."""
    by_shape: dict[Shape, list[Weighed]] = defaultdict(list)
    for item in weighed:
        by_shape[item.candidate.shape].append(item)
    slots: dict[tuple[str, int], int] = defaultdict(int)
    for line in lines:
        slots[line.block.kind, line.block.level if line.block.kind in ("heading", "item") else 0] += 1
    for shape, items in by_shape.items():
        worth = _worth(shape, items, slots[shape[:2]])
        for item in items:
            item.score = item.own + worth


def _worth(shape: Shape, items: list[Weighed], slots: int) -> float:
    """How much better than a doubtful one a line of this shape is, among `slots` lines of its kind and level."""
    best = _best_of_lines(items)
    count = len(best)
    share = sum(own > 0.45 for own in best) / max(1, slots) if shape[0] != "paragraph" else 0.5
    worth = count / (count + 1.5) * (0.45 * (fmean(best) - 0.5) + 0.1 * (min(1.0, share) - 0.5))
    likeness = fmean(titles.likeness(item.candidate.title) for item in items)
    steady = shape[0] in ("heading", "item") and count >= 4 and (share >= 0.75 or (likeness >= 0.7 and count >= 0.75 * slots))
    return worth + 0.2 * steady


def _best_of_lines(items: Iterable[Weighed]) -> list[float]:
    best: dict[int, float] = {}
    for item in items:
        index = item.candidate.line.index
        best[index] = max(best.get(index, -1.0), item.own)
    return list(best.values())
