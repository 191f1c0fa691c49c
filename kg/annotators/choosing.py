"""Chooses which lines of a document name its papers, and says of each other line that was considered why it was left.

Candidates are weighed one by one and in company; then those of different rank are settled against each other: a heading over many
papers is a section, a bold run inside a paper's passage is a remark.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import takewhile
from statistics import fmean

from kg.annotators import labels
from kg.annotators.candidates import Candidate, Shape, candidates, is_prose
from kg.annotators.clues import ON_LINE, PASSAGE, TELLING, Clue, clues, is_byline
from kg.annotators.company import Weighed, weigh_in_company
from kg.annotators.embedded import reference_at, stretches
from kg.annotators.layout import Layout
from kg.annotators.lines import Line
from kg.annotators.outlook import prefix
from kg.annotators.pointers import is_pointer

THRESHOLD = 0.5
_CITED_TITLE = re.compile(r"[“\"„«][^“”\"„«»\n]{16,220}[”\"“»][,.]?\s*[(（][^()（）\n]*(?:19|20)\d\d[^()（）\n]*[)）]")


@dataclass(frozen=True, slots=True)
class Passed:
    """A line that might have named a paper, and why it was not taken, in words that follow "it"."""

    line: Line
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The lines that name papers, at most one reading each, and the lines passed over, both in order."""

    taken: tuple[Weighed, ...]
    passed: tuple[Passed, ...]


def choose(layout: Layout) -> Choice:
    weighed = [
        Weighed(candidate, clues(layout, candidate))
        for line in layout.lines
        for candidate in candidates(line, listed=layout.is_bibliography, titled=layout.holds_title(line))
        if not _is_label(layout, candidate)
    ]
    weigh_in_company(weighed, layout.lines)
    best: dict[int, Weighed] = {}
    for item in weighed:
        other = best.setdefault(item.candidate.line.index, item)
        if item.score > other.score:
            best[item.candidate.line.index] = item
    settling = _Settling(layout, {index: item for index, item in best.items() if item.score >= THRESHOLD})
    taken = settling.settled()
    chosen = {item.candidate.line.index for item in taken}
    passed = (
        Passed(item.candidate.line, settling.left.get(index) or _weakness(item))
        for index, item in sorted(best.items())
        if index not in chosen and (index in settling.left or not is_prose(item.candidate.line))
    )
    return Choice(tuple(taken), tuple(passed))


def _is_label(layout: Layout, candidate: Candidate) -> bool:
    """Whether the candidate is the value of a label that recurs in the document, "Objective: …"."""
    begun = prefix(candidate.line)
    if begun not in layout.prefixes or labels.meaning(begun) == "title":
        return False
    return candidate.how == "whole" or candidate.head.start <= candidate.line.text.find(":")


def _weakness(item: Weighed) -> str:
    """What speaks most against a candidate, or what is missing."""
    worst: Clue = min(item.clues)
    if worst.weight < 0:
        return worst.says
    return "is not listed with papers" if _is_told(item) else "has no people, venue or link and is not listed with papers"


@dataclass(frozen=True, slots=True)
class _Usual:
    """What lines of one shape have in common: how many they are, which shares of them have what, and their mean weight."""

    number: int
    on_paper: float
    told: float
    own: float
    passage: float


class _Settling:
    """Lines that may all name papers, by their index, settled against each other; `left` tells why one was dropped."""

    def __init__(self, layout: Layout, kept: dict[int, Weighed]) -> None:
        self.layout = layout
        self.kept = kept
        self.left: dict[int, str] = {}

    def settled(self) -> list[Weighed]:
        """What names papers, in order."""
        self._drop_own_title()
        for index, item in sorted(self.kept.items(), key=lambda pair: -_rank(pair[1])):
            if index in self.kept:
                self._settle(item)
        self._drop_labels()
        self._drop_strays()
        return [self.kept[index] for index in sorted(self.kept)]

    def _drop(self, item: Weighed, reason: str) -> None:
        index = item.candidate.line.index
        del self.kept[index]
        self.left[index] = reason

    def _drop_own_title(self) -> None:
        """The document's own title names a paper only where the document is about that one."""
        for item in list(self.kept.values()):
            line = item.candidate.line
            if self.layout.keys[self.layout.place(line)] != self.layout.title or len(self.kept) <= 2:
                continue
            alike = sum(other.candidate.shape == item.candidate.shape for other in self.kept.values())
            alone = len(self.kept) <= 4 and self._has_byline(line)
            if not alone and (alike < 3 or (line.block.kind == "paragraph" and item.candidate.how != "citation")):
                self._drop(item, "is the title of the document")

    def _settle(self, item: Weighed) -> None:
        """Keeps either a line or what stands inside it."""
        line = item.candidate.line
        inside = [self.kept[other.index] for other in self.layout.inside(line) if other.index in self.kept]
        single = line.block.kind == "heading" and len(inside) <= 3 and self._has_byline(line)
        if not single and self._is_section(item):
            self._drop(item, "stands over a passage that links to several papers")
        elif inside and line.block.kind in ("heading", "item", "paragraph"):
            if not single and _hold_papers(item, inside):
                self._drop(item, "stands over papers")
                return
            for other in inside:
                if other.candidate.how not in ("citation", "label"):
                    self._drop(other, "stands in the passage about another paper")

    def _drop_labels(self) -> None:
        """Drops lines that only number or nickname the title on the next line."""
        for item in list(self.kept.values()):
            following = self._next_kept(item)
            if following is None or self._next_kept(following) is not None:
                continue
            if not any(clue.says in ON_LINE for clue in item.clues) and following.own > item.own + 0.2:
                self._drop(item, "stands over the title of a paper")

    def _next_kept(self, item: Weighed) -> Weighed | None:
        """What the very next line is taken for."""
        place = self.layout.place(item.candidate.line) + 1
        return self.kept.get(self.layout.lines[place].index) if place < len(self.layout.lines) else None

    def _drop_strays(self) -> None:
        """Drops lone lines that nothing but their words speaks for, where the document has a shape of its own for papers, and lines that
        lack the passage that all others of their shape have.
        """
        shapes = self._shapes()
        if shapes and max(shape.number for shape in shapes.values()) >= 5:
            strays = [item for item in self.kept.values() if self._is_stray(item, shapes[item.candidate.shape])]
            for item in strays:
                self._drop(item, "is unlike the lines that name papers here")

    def _shapes(self) -> dict[Shape, _Usual]:
        alike: dict[Shape, list[Weighed]] = defaultdict(list)
        for item in self.kept.values():
            alike[item.candidate.shape].append(item)
        return {shape: self._usual(items) for shape, items in alike.items()}

    def _usual(self, items: list[Weighed]) -> _Usual:
        return _Usual(
            len(items),
            fmean(map(_on_paper, items)),
            fmean(map(_is_told, items)),
            fmean(item.own for item in items),
            fmean(self._has_passage(item.candidate.line) for item in items),
        )

    def _is_stray(self, item: Weighed, usual: _Usual) -> bool:
        candidate = item.candidate
        if any(part.people.names for part in candidate.head.parts) or candidate.head.citation or candidate.how in ("label", "citation"):
            return False
        if usual.number == 1 and not candidate.line.addresses:
            return True
        if usual.number < 5:
            return False
        if not _on_paper(item) and usual.on_paper > 0.7:
            return True
        if not _is_told(item) and usual.told > 0.6 and item.own < usual.own - 0.3:
            return True
        bare = candidate.how == "whole" and not candidate.line.addresses and not self._has_passage(candidate.line)
        return bare and usual.passage > 0.8

    def _has_passage(self, line: Line) -> bool:
        place = self.layout.place(line)
        return any(len(other.text) > 120 for other in self.layout.lines[place + 1 : place + 2])

    def _has_byline(self, line: Line) -> bool:
        """Whether people and a venue or a year, or labelled authors, stand right under a line."""
        place = self.layout.place(line)
        below = list(takewhile(lambda other: other.block.kind != "heading", self.layout.lines[place + 1 : place + 3]))
        labelled = any(field.meaning == "author" for other in below for field in labels.labelled(other.text))
        return labelled or (bool(below) and is_byline(below[0]) and below[0].block.kind != "item" and below[0].index not in self.kept)

    def _is_section(self, item: Weighed) -> bool:
        """A heading with nothing of a paper about it, over running text that links to several papers."""
        line = item.candidate.line
        if line.block.kind != "heading" or item.candidate.head.support > 0.1 or line.addresses:
            return False
        below = self.layout.inside(line)
        linked = {
            address.reference.target
            for other in below
            for address in other.addresses
            if address.reference.kind == "paper" and not is_pointer(other.text[address.start : address.end])
        }
        if len(linked) + sum(len(_CITED_TITLE.findall(other.text)) for other in below) >= 2:
            return True
        if _is_told(item, but=PASSAGE):
            return False
        return sum(reference_at(other.text, start, end) is not None for other in below for start, end in stretches(other)) >= 2


def _hold_papers(item: Weighed, inside: list[Weighed]) -> bool:
    """Whether the lines inside another look more like papers than it does."""
    scores = [other.score for other in inside]
    alike = max(Counter(other.candidate.shape for other in inside).values())
    return (
        (alike >= 3 and item.candidate.head.support < 0.3)
        or (len(inside) >= 2 and fmean(scores) >= item.score - 0.15)
        or (len(inside) == 1 and scores[0] > item.score + 0.1)
    )


def _is_told(item: Weighed, but: str = "") -> bool:
    """Whether anything but its words and its place tells that a line names a paper; one clue may be left out."""
    return any(clue.says in TELLING and clue.says != but for clue in item.clues)


def _on_paper(item: Weighed) -> bool:
    """Whether the line links to a paper near its title, or its title leads to a place that nobody knows."""
    head = item.candidate.head
    return any(
        address.start <= head.end + 80 and (address.reference.kind == "paper" or (address.reference.kind == "other" and address.start <= head.start))
        for address in item.candidate.line.addresses
    )


def _rank(item: Weighed) -> int:
    """Outer lines are settled before inner ones."""
    block = item.candidate.line.block
    return 100 - block.level if block.kind == "heading" else 50 - block.level if block.kind == "item" else 0
