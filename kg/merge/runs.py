"""Sorts lines that need not fit into memory: sorted runs in files, each cut at the same bounds, gathered range by range."""

from __future__ import annotations

import shutil
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

RUN = 200_000  # lines that are sorted in memory: some 50 MB


@dataclass(frozen=True, slots=True)
class Run:
    """Sorted lines in a file; those of range `n` stand from byte `cuts[n]` to byte `cuts[n + 1]`."""

    file: Path
    cuts: tuple[int, ...]


def bounds(places: Iterable[str], lines: int) -> list[str]:
    """The subjects with which ranges of about `RUN` lines begin, but for the first, from a sample of all subjects."""
    sample, ranges = sorted(places), lines // RUN + 1
    return sorted({sample[len(sample) * number // ranges] for number in range(1, ranges)}) if sample else []


def written(lines: Iterable[str], path: Path) -> None:
    """Lines into a file, each with its line end."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def read(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line[:-1]


def laid_down(lines: Iterable[str], bounds: Sequence[str], folder: Path, name: str) -> list[Run]:
    """Lines without doubles in sorted runs, whose files begin with a name."""
    found: list[Run] = []
    held: set[str] = set()
    for line in lines:
        held.add(line)
        if len(held) >= RUN:
            found.append(_run(sorted(held), bounds, folder / f"{name}-{len(found)}"))
            held.clear()
    if held:
        found.append(_run(sorted(held), bounds, folder / f"{name}-{len(found)}"))
    return found


def gathered(runs: Iterable[Run], number: int) -> list[str]:
    """The lines of one range out of all runs, sorted and without doubles."""
    held: set[str] = set()
    for run in runs:
        with run.file.open("rb") as file:
            file.seek(run.cuts[number])
            held.update(file.read(run.cuts[number + 1] - run.cuts[number]).decode().split("\n"))
    held.discard("")
    return sorted(held)


def joined(files: Iterable[Path], path: Path) -> None:
    """Files one after the other as one; they are gone then."""
    with path.open("wb") as whole:
        for file in files:
            with file.open("rb") as part:
                shutil.copyfileobj(part, whole, 1 << 20)
            file.unlink()


def dropped(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink()


def _run(lines: list[str], bounds: Sequence[str], path: Path) -> Run:
    places = [0, *(bisect_left(lines, bound) for bound in bounds), len(lines)]
    cuts = [0]
    with path.open("wb") as file:
        for begin, end in pairwise(places):
            file.write("".join(f"{line}\n" for line in lines[begin:end]).encode())
            cuts.append(file.tell())
    return Run(path, tuple(cuts))
