"""What a cluster costs and gains: `python tests/benchmarks/cluster.py 1000 10000 [--workers 1 2] [--kill] [--serve] [--folder DIR]`.

For each size: documents made by `documents.py`, built by plain processes and by clusters on loopback, with the time and the processor
time of each step and the memory of the largest processes; `--kill` ends a worker in the middle by SIGKILL, `--serve` loads the graph
into an Oxigraph server that runs, and asks it.  On a machine that others use too, read processor seconds.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import hashlib
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
from documents import write  # noqa: E402

QUESTION = "SELECT (COUNT(*) AS ?n) { ?p a schema:ScholarlyArticle }"


class Meter:
    """Processor seconds and largest memory of processes and all that they start, by what they do."""

    def __init__(self, **roots: list[int]) -> None:
        self.roots = roots
        self.seconds: dict[str, dict[int, float]] = {name: {} for name in roots}
        self.memory: dict[str, dict[int, int]] = {name: {} for name in roots}
        self._over = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def look(self) -> None:
        for name, pids in self.roots.items():
            for pid in pids:
                with contextlib.suppress(psutil.Error):
                    root = psutil.Process(pid)
                    for process in (root, *root.children(recursive=True)):
                        with contextlib.suppress(psutil.Error):
                            used, held = process.cpu_times(), process.memory_info().rss
                            self.seconds[name][process.pid] = used.user + used.system
                            self.memory[name][process.pid] = max(held, self.memory[name].get(process.pid, 0))

    def total(self) -> dict[str, float]:
        self.look()
        return {name: sum(found.values()) for name, found in self.seconds.items()}

    def close(self) -> str:
        self._over.set()
        return ", ".join(f"{name} {max(found.values(), default=0) / 1e6:.0f} MB" for name, found in self.memory.items())

    def _watch(self) -> None:
        while not self._over.wait(0.3):
            self.look()


def _plain(source: str, out: str, jobs: int, read: Any) -> None:
    from kg import pipeline

    pipeline.build([source], out, jobs=jobs, progress=functools.partial(_noted, read))


def _spread(source: str, out: str, address: str, read: Any) -> None:
    from kg import spread

    spread.build([source], out, address, fill=False, progress=functools.partial(_noted, read))


def _noted(read: Any, done: int, total: int) -> None:
    read.value = done / total


def measured(label: str, work: Callable[..., None], arguments: tuple[object, ...], number: int, out: Path, **roots: list[int]) -> None:
    """Runs a build in a process of its own and prints what each step cost."""
    context = get_context("spawn")
    read = context.Value("d", 0.0)
    before = Meter(**roots).total()
    process = context.Process(target=work, args=(*arguments, read))
    began = time.perf_counter()
    process.start()
    assert process.pid
    meter = Meter(build=[process.pid], **roots)
    while process.is_alive() and read.value < 1:
        time.sleep(0.05)
    reading, used = time.perf_counter() - began, meter.total()
    process.join()
    took, cpu = time.perf_counter() - began, meter.total()
    with (out / "graph.nt").open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:12]
    first = {name: used[name] - before.get(name, 0.0) for name in used}
    rest = {name: cpu[name] - used[name] for name in cpu}
    print(
        f"{number:>8,} {label:<12} reading {reading:7.1f} s ({_shown(first)}), {number / sum(first.values()):5.1f} documents a processor second; "
        f"merging {took - reading:7.1f} s ({_shown(rest)}); {meter.close()}; graph {digest}",
        flush=True,
    )


def _shown(seconds: dict[str, float]) -> str:
    return "processor s: " + ", ".join(f"{name} {value:.1f}" for name, value in seconds.items())


@contextlib.contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Any]:
    from tests.engines.cluster import loopback

    with loopback(folder, workers) as made:
        yield made


def killed_in_the_middle(made: Any, status: Path) -> None:
    """Ends the first worker when some partitions are done, and puts another in its place."""
    from kg.status import read

    while (found := read(status)) is None or found.done < max(2, found.partitions // 3):
        time.sleep(0.2)
    made.workers[0].kill()
    made.add_worker()
    print(f"         a worker was killed after {found.done} of {found.partitions} partitions", flush=True)


def served(graph: Path, folder: Path) -> None:
    """Loads a graph into a server and asks it."""
    from kg.stores.server import Server
    from tests.stores.servers import oxigraph

    with oxigraph(folder) as address:
        began = time.perf_counter()
        store = Server().open(address)
        number = store.replace(graph / "graph.nt")
        loaded = time.perf_counter() - began
        row = next(iter(store.query(QUESTION)))  # type: ignore[arg-type]
        print(f"         {number:,} triples loaded in {loaded:.1f} s, {number / loaded:,.0f} a second; it counts {row[0].value} papers", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--jobs", type=int, nargs="*", default=[2])
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as place:
        for number in asked.sizes:
            home = Path(place, str(number))
            write(number, home / "documents", 1000)
            for jobs in asked.jobs:
                measured(f"{jobs} processes", _plain, (str(home / "documents"), str(home / f"plain-{jobs}"), jobs), number, home / f"plain-{jobs}")
            for workers in asked.workers:
                out = home / f"by-{workers}"
                with cluster(home, workers) as made:
                    for _ in range(1200):
                        if all(psutil.Process(worker.pid).num_threads() > 4 for worker in made.workers):
                            break
                        time.sleep(0.1)
                    if asked.kill and workers > 1:
                        threading.Thread(target=killed_in_the_middle, args=(made, out), daemon=True).start()
                    pids = {"workers": [worker.pid for worker in made.workers], "scheduler": [made.scheduler.pid]}
                    measured(f"{workers} workers", _spread, (str(home / "documents"), str(out), made.address), number, out, **pids)
                if asked.serve:
                    served(out, home)


if __name__ == "__main__":
    main()
