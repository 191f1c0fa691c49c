"""Sorts lines that need not fit into memory: sorted runs in files, merged as they are read."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

RUN = 400_000  # lines that are sorted in memory: some 100 MB


def written(lines: Iterable[str], path: Path) -> None:
    """Lines into a file, each with its line end."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def read(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line[:-1]


def sorted_into(lines: Iterable[str], path: Path) -> None:
    """Lines in order and without doubles into a file."""
    with TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as folder, ExitStack() as stack:
        runs: list[Path] = []
        held: set[str] = set()
        for line in lines:
            held.add(line)
            if len(held) >= RUN:
                runs.append(Path(folder, str(len(runs))))
                written(sorted(held), runs[-1])
                held.clear()
        files = [stack.enter_context(run.open(encoding="utf-8", newline="\n")) for run in runs]
        streams: list[Iterator[str]] = [(line[:-1] for line in file) for file in files]
        written((line for line, _ in groupby(heapq.merge(*streams, sorted(held)))), path)
