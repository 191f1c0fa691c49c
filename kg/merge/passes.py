"""What a merge does with all lines, in pieces that can be done anywhere: bundles of documents first, then ranges of subjects.

A piece takes what it needs as arguments, leaves lines in files, and returns what is small: so one process, several or a cluster can do
it, twice if need be, and what comes out does not depend on how the pieces were cut.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol, TypeVar

from kg.merge import reposts, rewriting, runs, single, topics
from kg.merge.authorships import Laid
from kg.merge.index import Index
from kg.merge.runs import Run

Result = TypeVar("Result")
Renames = Sequence[Mapping[str, Mapping[str, str]]]  # other names for addresses, by document, one after the other
_EVERY = 500  # lines of which one tells where ranges may be cut


class Bundle(Protocol):
    """Documents with their sorted lines, in any order; iterated, their names."""

    def __iter__(self) -> Iterator[str]: ...

    def items(self) -> Iterable[tuple[str, Sequence[str]]]: ...


class Each(Protocol):
    """Whoever does pieces: `work(item, *shared)` for each item, the results in any order."""

    def __call__(self, work: Callable[..., Result], items: Iterable[Any], *shared: object) -> Iterable[Result]: ...


def here(work: Callable[..., Result], items: Iterable[Any], *shared: object) -> Iterator[Result]:
    """In this process, one after the other."""
    return (work(item, *shared) for item in items)


@dataclass(slots=True)
class Seen:
    """What the rules need of some documents: facts by address, acronyms that a document defines, digests of its long passages.

    `lines` is how many there are, `places` the subjects of a sample of them.
    """

    index: Index = field(default_factory=Index)
    definitions: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    passages: dict[str, list[bytes]] = field(default_factory=dict)
    lines: int = 0
    places: list[str] = field(default_factory=list)

    def join(self, other: Seen) -> None:
        self.index.join(other.index)
        self.definitions |= other.definitions
        self.passages |= other.passages
        self.lines += other.lines
        self.places += other.places


def seen(bundle: Bundle, renames: Renames = ()) -> Seen:
    """All that the rules need of a bundle."""
    found = Seen()
    for document, lines in _renamed(bundle, renames):
        found.index.add(document, lines)
        if definitions := topics.definitions(lines):
            found.definitions[document] = definitions
        if passages := reposts.passages(lines):
            found.passages[document] = passages
        found.places += (line.split(" ", 1)[0] for line in lines[found.lines % _EVERY :: _EVERY])
        found.lines += len(lines)
    return found


def indexed(bundle: Bundle, renames: Renames) -> Index:
    """The facts by address alone, where the rest is known."""
    index = Index()
    for document, lines in _renamed(bundle, renames):
        index.add(document, lines)
    return index


@dataclass(frozen=True, slots=True)
class Piece:
    """A bundle with its number, and the places of its documents in author lists that change."""

    number: int
    bundle: Bundle
    laid: Mapping[str, Sequence[Laid]]


def united(piece: Piece, renames: Renames, names: Mapping[str, str], bounds: Sequence[str], folder: Path) -> tuple[list[Run], Counter[str]]:
    """Leaves the lines of a bundle under the names that stay, in sorted runs; second, how many documents have a line that gives a name."""
    said: Counter[str] = Counter()
    lines = single.counted(rewriting.united(_renamed(piece.bundle, renames), names, piece.laid), said)
    return runs.laid_down(lines, bounds, folder, f"run-{piece.number:08}"), said


@dataclass(frozen=True, slots=True)
class Range:
    """All lines of a range of subjects: its number, the runs that hold some, and the folder where its files stand."""

    number: int
    runs: Sequence[Run]
    folder: Path

    @property
    def united(self) -> Path:
        return self.folder / f"united-{self.number:06}"

    @property
    def unchanged(self) -> Path:
        return self.folder / f"unchanged-{self.number:06}"

    @property
    def final(self) -> Path:
        return self.folder / f"final-{self.number:06}"


def gathered(part: Range) -> tuple[single.Several, dict[str, int]]:
    """Leaves the lines of a range in order and without doubles; what has several values where one is chosen, and the parts of nodes."""
    lines = runs.gathered(part.runs, part.number)
    runs.written(lines, part.united)
    return single.several(lines), rewriting.parts(lines)


def votes(part: Range, papers: set[str]) -> single.Votes:
    """The claims of a range for titles and years of some papers."""
    return single.votes(runs.read(part.united), papers)


def chosen(part: Range, equal: Mapping[str, str], choice: single.Chosen) -> set[str]:
    """Leaves the lines of a range that stay as they are; the others as they become."""
    changed = set()
    with part.unchanged.open("w", encoding="utf-8", newline="\n") as file:
        for line in filter(choice.keeps, runs.read(part.united)):
            renamed = next(rewriting.renamed((line,), equal), line) if equal else line
            if renamed == line:
                file.write(f"{line}\n")
            else:
                changed.add(renamed)
    return changed


def closed(item: tuple[Range, Sequence[str]]) -> tuple[int, Path]:
    """Leaves the lines of a range as they stay, with those that have changed, sorted, in between; its number and their file."""
    part, changed = item
    if not changed:
        return part.number, part.unchanged
    runs.written((line for line, _ in groupby(heapq.merge(runs.read(part.unchanged), changed))), part.final)
    return part.number, part.final


def _renamed(bundle: Bundle, renames: Renames) -> Iterator[tuple[str, Sequence[str]]]:
    for document, lines in bundle.items():
        for names in renames:
            if document in names:
                lines = list(rewriting.renamed(lines, names[document]))  # noqa: PLW2901 - one renaming after the other
        yield document, lines
