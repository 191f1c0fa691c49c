"""How far a build on a cluster is: a small file beside the graph that the build keeps writing and anybody may read."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

SLOWEST = 5  # partitions that are told
_EVERY = 0.5  # seconds between two writings


@dataclass(slots=True)
class Status:
    """`done` of `partitions` are read, `before` of them by an earlier run; times in seconds, `began` and `heard` since the epoch.

    `slowest` are seconds, partition and worker, the slowest first.
    """

    step: str = "looking at the inputs"
    partitions: int = 0
    done: int = 0
    before: int = 0
    documents: int = 0
    failed: int = 0
    anew: int = 0
    workers: int = 0
    began: float = 0.0
    heard: float = 0.0
    reading: float = 0.0
    slowest: list[tuple[float, str, str]] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Documents a second, of those that this run reads."""
        return self.anew / self.reading if self.reading else 0.0

    @property
    def left(self) -> float:
        """Seconds until all is read, if it goes on like this."""
        done = self.done - self.before
        return self.reading / done * (self.partitions - self.done) if done else 0.0


class Reporter:
    """Keeps a status and its file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.status = Status(began=time.time())
        self._written = 0.0

    def step(self, words: str) -> None:
        """That the build has come to its next step."""
        self.status.step = words
        self._write()

    def partition(self, name: str, documents: int, failed: int, seconds: float, worker: str, workers: int) -> None:
        """That one more partition is done; in no time, if it was done before."""
        status = self.status
        status.done += 1
        status.documents += documents
        status.failed += failed
        status.workers = workers
        if seconds:
            status.anew += documents + failed
            status.slowest = sorted([*status.slowest, (seconds, name, worker)], reverse=True)[:SLOWEST]
        else:
            status.before += 1
        status.reading = time.time() - status.began
        if time.time() - self._written > _EVERY:
            self._write()

    def _write(self) -> None:
        self._written = self.status.heard = time.time()
        part = self.path.with_name(f"{self.path.name}.part")
        part.write_text(json.dumps(asdict(self.status), ensure_ascii=False), "utf-8")
        part.replace(self.path)


def place(graph: Path) -> Path:
    """Where the status of a build of a graph stands."""
    graph = graph.absolute()
    return graph.with_name(f".{graph.name}.status")


@contextmanager
def reported(graph: Path) -> Iterator[Reporter]:
    """A reporter; its file goes when the build ends, and stays when it is killed."""
    reporter = Reporter(place(graph))
    try:
        yield reporter
    finally:
        reporter.path.unlink(missing_ok=True)


def read(graph: Path) -> Status | None:
    """The status of the build that is at work on a graph, or was when it was killed; none if there is none."""
    try:
        about = json.loads(place(graph).read_text("utf-8"))
        return Status(**{**about, "slowest": [(seconds, name, worker) for seconds, name, worker in about["slowest"]]})
    except (OSError, ValueError, KeyError, TypeError):
        return None
