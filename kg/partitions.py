"""Partitions: stretches that one worker reads together, and the two files in which it leaves what they gave.

The facts stand in N-Quads, whose graph is the document, or in Parquet; beside them, written last, a summary.  Both depend on the
documents, the code and the vocabulary only: so whoever does the work again writes the same, and a summary that is there is work done.
"""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from kg import facts, fingerprint, registry
from kg.cache import Reading, Refusal
from kg.engines import local
from kg.errors import GraphError, InputError
from kg.facts import Form
from kg.pipeline import TIME_LIMIT, key_of, reading_of
from kg.readers.archive import Member
from kg.stretches import Stretch, documents

WEIGHT, MOST = 250_000, 500  # bytes and stretches of one partition: some seconds of work
_Run = Callable[[Callable[[Member], Reading], Iterable[Member], float], Iterator[tuple[Member, Reading | InputError]]]


@dataclass(frozen=True, slots=True)
class Partition:
    """What one worker reads at a time, and where it leaves the outcome.  `state` is the code and the vocabulary that are to read it."""

    name: str
    stretches: tuple[Stretch, ...]
    folder: Path
    form: Form
    min_confidence: float
    state: str

    def __str__(self) -> str:
        first, last = self.stretches[0].locator, self.stretches[-1].locator
        return first if first == last else f"{first} to {last}"

    @property
    def summary(self) -> Path:
        return self.folder / f"{self.name}.json"

    @property
    def file(self) -> Path:
        return self.folder / f"{self.name}.{self.form}"


@dataclass(frozen=True, slots=True)
class Done:
    """That a partition is done: how many documents it has, how many of them cannot be read, who took how long; no seconds if it was done before."""

    documents: int
    failed: int
    seconds: float
    worker: str


@dataclass(frozen=True, slots=True)
class Found:
    """A document of a partition.

    `key` tells it by its content, and is empty where that cannot be had; there is no reading where it cannot be read, for a `reason`.
    The lines of the reading stand in the partition's file; `lines` is their number.
    """

    key: str
    locator: str
    reading: Reading | None
    reason: str
    lines: int


def planned(stretches: Iterable[Stretch], folder: Path, form: Form, min_confidence: float) -> list[Partition]:
    """Partitions of about `WEIGHT` bytes, in the order of their stretches."""
    plan: list[list[Stretch]] = []
    weight = WEIGHT
    for stretch in stretches:
        if weight >= WEIGHT or len(plan[-1]) >= MOST:
            plan.append([])
            weight = 0
        plan[-1].append(stretch)
        weight += stretch.weight
    stamps: dict[str, str] = {stretch.place: "" for group in plan for stretch in group}
    for place in stamps:
        stamps[place] = Stretch("", place).stamp
    state = fingerprint.of_reading()
    return [Partition(_name(group, stamps, form, min_confidence, state), tuple(group), folder, form, min_confidence, state) for group in plan]


def work(partition: Partition, run: _Run = local.run) -> Done:
    """Reads a partition unless that was done, and leaves its files, each whole or not at all.

    `GraphError` if this process has other code or another vocabulary than who planned it.
    """
    if fingerprint.of_reading() != partition.state:
        raise GraphError(
            f"the worker on {platform.node()} has another version of paperkg, of a plug-in or of the vocabulary; install the same on all"
        )
    began = time.perf_counter()
    if partition.summary.exists():
        rows = outcome(partition)
        failed = sum(found.reading is None for found in rows)
        return Done(len(rows) - failed, failed, 0.0, "")
    suffixes = {suffix for reader in registry.plugins("reader") for suffix in reader.suffixes}
    members = [member for stretch in partition.stretches for member in documents(stretch, suffixes)]
    read = run(partial(_reading, min_confidence=partition.min_confidence), (member for member in members if not member.flaw), TIME_LIMIT)
    results: dict[int, Reading | InputError] = {id(member): result for member, result in read}
    _leave(partition, [(member, results.get(id(member)) or InputError(member.locator, member.flaw)) for member in members])
    failed = len(members) - sum(isinstance(result, Reading) for result in results.values())
    return Done(len(members) - failed, failed, time.perf_counter() - began, f"{platform.node()}:{os.getpid()}")


def outcome(partition: Partition) -> list[Found]:
    """The documents of a partition that is done, in the order of its file."""
    return [_found(row) for row in json.loads(partition.summary.read_text("utf-8"))]


class Lines:
    """The lines of some documents of a partition by name, read from its file whenever they are asked for."""

    def __init__(self, file: Path, documents: Sequence[tuple[str, int, bool]]) -> None:
        """`documents` are all of the file in their order, each with its number of lines and whether it is wanted."""
        self.file, self.documents = file, documents

    def __iter__(self) -> Iterator[str]:
        return (name for name, _, wanted in self.documents if wanted)

    def items(self) -> Iterator[tuple[str, Sequence[str]]]:
        lines = facts.read(self.file)
        for name, number, wanted in self.documents:
            found = list(islice(lines, number))
            if wanted:
                yield name, found


def _name(group: Collection[Stretch], stamps: dict[str, str], form: Form, min_confidence: float, state: str) -> str:
    return fingerprint.combined(state, str(min_confidence), form, *(f"{stretch} {stamps[stretch.place]}" for stretch in group))[:24]


def _reading(member: Member, min_confidence: float) -> Reading:
    return reading_of(member.data, member.suffix, member.locator, min_confidence)


def _leave(partition: Partition, results: Sequence[tuple[Member, Reading | InputError]]) -> None:
    _whole(partition.file, facts.packed([result for _, result in results if isinstance(result, Reading)], partition.form))
    rows = [_row(member, result, "" if member.flaw else key_of(member.data, member.suffix, partition.min_confidence)) for member, result in results]
    _whole(partition.summary, json.dumps(rows, ensure_ascii=False).encode())


def _row(member: Member, result: Reading | InputError, key: str) -> dict[str, object]:
    if isinstance(result, InputError):
        return {"key": key, "locator": result.locator if member.flaw else member.locator, "reading": None, "reason": result.reason, "lines": 0}
    return {"key": key, "locator": member.locator, "reading": asdict(replace(result, lines=())), "reason": "", "lines": len(result.lines)}


def _found(row: dict[str, Any]) -> Found:
    about = row["reading"]
    if about is None:
        return Found(**row)
    refusals = tuple(Refusal(**refusal) for refusal in about["refusals"])
    return Found(**{**row, "reading": Reading(**{**about, "lines": (), "refusals": refusals})})


def _whole(path: Path, data: bytes) -> None:
    """Written whole or not at all, also when two do it at a time."""
    part = path.with_name(f".{path.name}.{platform.node()}-{os.getpid()}")
    part.write_bytes(data)
    part.replace(path)
