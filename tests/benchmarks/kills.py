"""Kills builds at random moments, and asks what is there: `python tests/benchmarks/kills.py [--kills 50] [--served]`.

Two sets of documents take turns in one place.  After each kill -9 of the build and its processes the graph must be that of one set or
of the other, whole: its lines, its store, its tables, its manifest.  `--served` asks all the while through a service, and every fifth
kill is of the service instead, which must leave no process behind and start again.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
from kg.graph import open_graph
from tests.service.conftest import Service, until

ROOT = Path(__file__).resolve().parent.parent.parent
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
SEED = 7


def build(documents: Path, graph: Path, after: float | None = None) -> tuple[int, float]:
    """Builds, killed after so many seconds if it is still at work; its status, and how long it took."""
    command = [sys.executable, "-m", "kg", "build", str(documents), "--out", str(graph), "--jobs", "1"]
    began = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True) as process:
        try:
            _, words = process.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            _, words = process.communicate()
    assert process.returncode in (0, -signal.SIGKILL), words
    return process.returncode, time.monotonic() - began


def state(graph: Path) -> str:
    """A digest of all that a graph is: its files' bytes, and what its store and a table answer."""
    opened = open_graph(graph)
    files = [path for path in sorted(graph.rglob("*")) if path.is_file() and path.parent.name not in ("store", "cache")]
    parts = [path.name.encode() + path.read_bytes() for path in files]
    parts += [str(triple).encode() for triple in sorted(opened.store, key=str)]
    parts.append(str(list(opened.ask("counts"))).encode())  # type: ignore[arg-type]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


class Watch:
    """A service over the graph and a client that asks it until the end; `wrong` holds every answer that is of no whole graph."""

    def __init__(self, graph: Path, sizes: set[int]) -> None:
        self.graph, self.sizes = graph, sizes
        self.service = Service(graph, "--workers", "1")
        self.asked, self.wrong = Counter[int](), list[str]()
        self.stopped, self.quiet = threading.Event(), threading.Lock()
        self.client = threading.Thread(target=self._ask)
        self.client.start()

    def _ask(self) -> None:
        while not self.stopped.wait(0.02):
            with self.quiet:
                found = self.service.ask(COUNT, "text/csv")
            size = int(found.body.split()[1]) if found.status == 200 else -1
            self.asked[size] += 1
            if size not in self.sizes:
                self.wrong.append(f"{found.status} {found.body!r}")

    def kill(self) -> None:
        """Ends the service at once and starts another."""
        with self.quiet:
            workers = self.service.workers()
            self.service.process.kill()
            self.service.stop()
            assert until(lambda: not [number for number in workers if Path(f"/proc/{number}").exists()]), "its workers end with it"
            self.service = Service(self.graph, "--workers", "1")

    def end(self) -> None:
        self.stopped.set()
        self.client.join()
        self.service.stop()


def run(folder: Path, sets: tuple[Path, Path], kills: int, *, served: bool, tell: Callable[[str], object] = print) -> Counter[str]:
    """Kills so often; how often the graph was then the old one or the new one, and how often the build had ended before."""
    graph, seen, draw = folder / "graph", Counter[str](), random.Random(SEED)
    states, sizes, took = [], set(), 0.0
    for documents in sets:
        status, took = build(documents, graph)
        assert status == 0
        states.append(state(graph))
        sizes.add(len(open_graph(graph).store))
    watch = Watch(graph, sizes) if served else None
    try:
        while seen["old"] + seen["new"] < kills:
            before = state(graph)
            # Half of them while the graph is written and put in its place.
            after = draw.uniform(took * draw.choice((0, 0.7)), took)
            status, lasted = build(sets[1 - states.index(before)], graph, after)
            if watch and seen.total() % 5 == 4:
                watch.kill()
            now = state(graph)
            assert now in states, "neither the old graph nor the new one"
            seen["ended before" if status == 0 else "old" if now == before else "new"] += 1
            took = lasted if status == 0 else took
        for documents, expected in zip(sets, states, strict=True):
            assert build(documents, graph)[0] == 0
            assert state(graph) == expected, "a build after all kills gives what one without any gave"
        left = sorted(path.name for path in folder.iterdir() if path.name.startswith(".graph"))
        assert left == [".graph.lock"], left
    finally:
        if watch:
            watch.end()
    if watch:
        assert not watch.wrong, watch.wrong[:3]
        tell(f"{watch.asked.total()} answers, all of one graph or the other")
    return seen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--served", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        print(dict(run(folder, two_sets(folder), asked.kills, served=asked.served)))


def two_sets(folder: Path, most: int | None = None) -> tuple[Path, Path]:
    """The examples in two parts, or the shortest of them."""
    sets = folder / "one", folder / "other"
    for number, path in enumerate(sorted((ROOT / "examples").iterdir(), key=lambda path: path.stat().st_size)[:most]):
        sets[number % 2].mkdir(exist_ok=True)
        shutil.copy(path, sets[number % 2])
    return sets


if __name__ == "__main__":
    main()
