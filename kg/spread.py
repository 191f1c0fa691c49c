"""A build whose documents are read, and whose lines are merged, by the workers of a cluster; what comes out has the bytes of any build.

The graph's directory must be one that the workers reach under the same path; so must the inputs, unless they are addresses.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from kg import filling, manifest, partitions, registry, status
from kg.engines import cluster, processes
from kg.engines.cluster import Cluster, WorkerLost
from kg.errors import GraphError, InputError
from kg.facts import Form
from kg.inputs import Input
from kg.manifest import LeftOut
from kg.merge import decisions
from kg.merge.passes import Result
from kg.partitions import Found, Lines, Partition
from kg.pipeline import MADE, Building, BuildReport, KeptReading, gathered
from kg.readers import address
from kg.staging import Stage, staged
from kg.status import Reporter
from kg.stretches import stretches

FOLDER = "partitions"
_Entry = tuple[Found, int]  # a document and the number of its partition


def build(
    paths: Iterable[str | Path],
    out: str | Path,
    engine: str,
    *,
    form: Form = "nq.gz",
    min_confidence: float = 0.0,
    decisions_file: str | Path | None = None,
    fill: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> BuildReport:
    """As `kg.pipeline.build`, on the cluster whose scheduler stands at the address `engine`; `progress` counts partitions.

    Partitions that are done stay done if the build is ended, whoever ends it.  Without `fill` there is no store in the directory, for
    graphs that are loaded into a server.  `GraphError` if there is no cluster, or if it is lost.
    """
    with ExitStack() as stack:
        stage = stack.enter_context(staged(Path(out), MADE))
        report = stack.enter_context(status.reported(Path(out)))
        found = stretches(_words(paths), {suffix for reader in registry.plugins("reader") for suffix in reader.suffixes})
        if not found:
            raise InputError(", ".join(map(str, paths)), "holds no document")
        decided = decisions.load(Path(decisions_file) if decisions_file else stage.target / decisions.NAME, required=decisions_file is not None)
        plan = partitions.planned(found, _folder(stage), form, min_confidence)
        _adopt(plan, stage)
        workers = stack.enter_context(cluster.joined(engine))
        _read(plan, workers, report, progress or (lambda _done, _total: None))
        return _Spread(stage, decided, min_confidence).finish(plan, workers, report, fill=fill)


def _words(paths: Iterable[str | Path]) -> list[str]:
    words = list(map(str, paths))
    for word in words:
        if address.is_address(word):
            raise InputError(word, "is a page of the web, which a cluster does not fetch; save it, or give a web archive")
    return words


def _folder(stage: Stage) -> Path:
    folder = stage.folder / FOLDER
    folder.mkdir(exist_ok=True)
    return folder


def _adopt(plan: Iterable[Partition], stage: Stage) -> None:
    """Takes over what the graph holds of the plan, without copying it, and drops what is not of the plan."""
    wanted = {path.name for partition in plan for path in (partition.summary, partition.file)}
    for path in (stage.folder / FOLDER).iterdir():
        if path.name not in wanted:
            path.unlink()
    old = stage.target / FOLDER
    for name in sorted(wanted):
        if (old / name).exists() and not (stage.folder / FOLDER / name).exists():
            os.link(old / name, stage.folder / FOLDER / name)


def _read(plan: list[Partition], workers: Cluster, report: Reporter, progress: Callable[[int, int], None]) -> None:
    """Has all partitions read.  One that takes its workers with it is read here, each document in a process of its own."""
    report.status.partitions = len(plan)
    report.step("reading")
    for number, (partition, result) in enumerate(workers.run(partitions.work, plan), 1):
        if isinstance(result, WorkerLost):
            result = partitions.work(partition, partial(processes.run, jobs=1, warm=("kg.pipeline",)))  # noqa: PLW2901 - read again
        if isinstance(result, InputError):
            raise GraphError(f"{result}; what was finished is kept, run the same command again to go on")
        report.partition(str(partition), result.documents, result.failed, result.seconds, result.worker, workers.workers)
        progress(number, len(plan))


class _Spread(Building):
    """A building whose readings stand in partitions."""

    def finish(self, plan: list[Partition], workers: Cluster, report: Reporter, *, fill: bool) -> BuildReport:
        """Merges what was read and puts the graph in place."""
        report.step("gathering what was read")
        unique, doubles, failures = _told_apart(plan)
        state = self.state({key: Input(found.locator, Path(found.locator)) for key, (found, _) in unique.items()}, doubles)
        before = manifest.read(self.stage.target)
        if before and before.inputs == state and not (failures or before.failures) and (self.stage.target / "store").is_dir() >= fill:
            return BuildReport(self.stage.target, before, 0, changed=False)
        readings: list[KeptReading] = [
            (key, Input(found.locator, Path(found.locator)), found.reading) for key, (found, _) in unique.items() if found.reading
        ]
        kept, bare = gathered(state, readings, doubles, failures)
        bundles = _bundles(plan, {found.name: (unique[key][1], source.locator) for key, source, found in kept})
        report.step("merging")
        made = self.write(kept, bare, bundles, partial(_each, workers, report))
        changed = not ((self.stage.target / "store").is_dir() >= fill and self.stage.unchanged(apart="store"))
        if changed:
            if fill:
                report.step("filling the store")
                filling.fill(self.stage.folder)
            self.stage.swap(MADE)
        return BuildReport(self.stage.target, made, report.status.anew, changed)


def _each(workers: Cluster, report: Reporter, work: Callable[..., Result], items: Iterable[object], *shared: object) -> Iterator[Result]:
    report.step(f"merging: {work.__name__}")
    return workers.each(work, items, *shared)


def _told_apart(plan: list[Partition]) -> tuple[dict[str, _Entry], list[LeftOut], list[InputError]]:
    """Documents by key, in the order of their locators; then those that hold the same as another, then those that cannot be read."""
    entries = [(found, number) for number, partition in enumerate(plan) for found in partitions.outcome(partition)]
    unique: dict[str, _Entry] = {}
    doubles, failures = [], []
    for entry in sorted(entries, key=lambda entry: entry[0].locator):
        found, _ = entry
        if found.key and unique.setdefault(found.key, entry) is not entry:
            doubles.append(LeftOut(found.locator, f"the same file as {unique[found.key][0].locator}"))
        elif found.reading is None:
            failures.append(InputError(found.locator, found.reason))
    return unique, doubles, failures


def _bundles(plan: list[Partition], wanted: dict[str, tuple[int, str]]) -> list[Lines]:
    """The lines of each partition's documents; `wanted` tells which document stands for a name, by partition and locator."""
    bundles = []
    for number, partition in enumerate(plan):
        rows = [(found.reading.name, found.lines, found.locator) for found in partitions.outcome(partition) if found.reading]
        bundles.append(Lines(partition.file, [(name, lines, wanted.get(name) == (number, locator)) for name, lines, locator in rows]))
    return bundles
