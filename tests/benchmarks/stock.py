"""Every stock query on a made graph, by several engines: `python tests/benchmarks/stock.py TRIPLES [ENGINE…] [--limit 30] [--budget 600]`.

Engines: kg (with the tables of the build), bare (pyoxigraph on disk), rdflib, maplib; oxigraph and virtuoso, the servers, over loopback.
Each query with its parameters bound, as people ask them, and its answer read to the end: best of three, in ms.  Each engine is asked
from a process of its own, which is killed over a query that takes longer than the limit; after its budget an engine is asked no more.
The last lines are a table, and what the goals of the project ask; an engine that gives another number of rows has not answered.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
from kg import filling, queries, sparql
from kg.graph import Graph, open_graph
from kg.stores.server import Server
from tests.benchmarks.scholarly import lines
from tests.stores import servers

GIVEN: dict[str, str | int] = {
    "paper": "neural sparse", "dataset": "T6", "task": "T4", "author": "Family12", "method": "T5", "topic": "T4", "event": "CONF1",
    "reviewer": "Family12", "text": "sparse", "kind": "code", "year": 2012, "relation": "usesMethod", "least": 3, "percent": 60,
}  # fmt: skip
ENGINES = ("kg", "bare", "rdflib", "maplib", "oxigraph", "virtuoso")
EMBEDDED = ("bare", "rdflib", "maplib")
BUFFERS = 300_000  # of Virtuoso, 8 KiB each
TIMES = 3
Terms = dict[str, sparql.Parameter]
Ask = Callable[[queries.StockQuery, Terms], int]


class Late(BaseException):
    """A query is over its limit."""


@dataclass
class Answer:
    """How often a query was answered, the least time in ms by the clock and of our processor, and the rows; or why it was not."""

    clock: float = math.inf
    processor: float = math.inf
    rows: int = -1
    trouble: str = ""


@dataclass
class Course:
    """What an engine did: seconds until it could be asked, MiB that its process held at most, its answers by query."""

    ready: float = 0.0
    memory: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)


def with_values(stock: queries.StockQuery, terms: Terms) -> str:
    return sparql.with_values(stock.text, {name: (sparql.term(value),) for name, value in terms.items()}) if terms else stock.text


def rows(answer: Any) -> int:
    return len(answer.serialize(format=ox.QueryResultsFormat.TSV).splitlines()) - 1


def opened(name: str, folder: Path, address: str) -> Ask:
    triples = folder / filling.TRIPLES
    if name in ("kg", "bare"):
        graph = open_graph(folder)
        asked = graph if name == "kg" else Graph(graph.store)
        return lambda stock, terms: rows(asked.query(stock.text, **terms))
    if name == "rdflib":
        import rdflib

        held = rdflib.Graph().parse(triples, format="nt")
        return lambda stock, terms: len(list(held.query(with_values(stock, terms))))
    if name == "maplib":
        import maplib

        model = maplib.Model()
        model.read(str(triples), format="ntriples")
        return lambda stock, terms: len(model.query(with_values(stock, terms)))
    store = Server().open(address)
    return lambda stock, terms: rows(store.query(stock.text, terms))


@contextmanager
def served(name: str, folder: Path, limit: int) -> Iterator[tuple[str, int]]:
    """The address of a server that holds the graph and stops queries at the limit, and its process; nothing for what is no server."""
    if name == "oxigraph":
        assert servers.OXIGRAPH
        port = servers.free_port()
        command = [
            servers.OXIGRAPH,
            "serve-read-only",
            "--location",
            str(folder / filling.STORE),
            "--bind",
            f"127.0.0.1:{port}",
            "--timeout-s",
            str(limit),
        ]
        with servers.running(command) as process:
            yield servers.ready(process, f"http://127.0.0.1:{port}"), process.pid
    elif name == "virtuoso":
        with TemporaryDirectory(dir=folder) as place, servers.virtuoso(Path(place), BUFFERS, limit, folder / filling.TRIPLES) as address:
            (process,) = subprocess.run(["pgrep", "-f", f"{place}/virtuoso.ini"], capture_output=True, text=True, check=True).stdout.split()
            yield address, int(process)
    else:
        yield "", 0


def late(*_: object) -> None:
    raise Late


def work(name: str, folder: Path, address: str, limit: int, jobs: Connection) -> None:
    """Answers until it is killed."""
    signal.signal(signal.SIGALRM, late)
    ask = opened(name, folder, address)
    jobs.send(None)
    while True:
        stock = queries.find(jobs.recv())
        terms = stock.bind({p.name: GIVEN[p.name] for p in stock.parameters if p.name in GIVEN})
        began, busy = time.perf_counter(), time.process_time()
        signal.alarm(limit)
        try:
            found = ask(stock, terms)
            signal.alarm(0)
            told = Answer((time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000, found)
        except Late:
            told = Answer(trouble=f"over {limit} s")
        except Exception as error:
            signal.alarm(0)
            told = Answer(trouble=(str(error).splitlines() or [type(error).__name__])[0][:60])
        jobs.send((told, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10))


class Engine:
    """One engine in a process of its own."""

    def __init__(self, name: str, folder: Path, address: str, limit: int) -> None:
        self.arguments, self.limit = (name, folder, address, limit), limit
        self.memory = 0
        self._process: multiprocessing.process.BaseProcess | None = None

    def start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._jobs, theirs = context.Pipe()
        self._process = context.Process(target=work, args=(*self.arguments, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._jobs.recv()

    def once(self, name: str) -> Answer:
        if self._process is None:
            self.start()
        self._jobs.send(name)
        if not self._jobs.poll(self.limit + 5):
            self.stop()
            return Answer(trouble=f"over {self.limit} s")
        try:
            answer, memory = self._jobs.recv()
        except EOFError:
            self.stop()
            return Answer(trouble="its process ended")
        self.memory = max(self.memory, memory)
        return answer

    def best(self, name: str) -> Answer:
        best = self.once(name)
        for _ in range(TIMES - 1):
            if best.clock * TIMES > self.limit * 1000:
                break
            other = self.once(name)
            best = Answer(min(best.clock, other.clock), min(best.processor, other.processor), other.rows)
        return best

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None


def course(name: str, folder: Path, limit: int, budget: float) -> Course:
    made, began = Course(), time.perf_counter()
    with served(name, folder, limit) as (address, process):
        engine = Engine(name, folder, address, limit)
        try:
            engine.start()
        except EOFError:
            print(f"{name} cannot be started", flush=True)
            return made
        made.ready = time.perf_counter() - began
        print(f"{name} is ready after {made.ready:.1f} s", flush=True)
        began = time.perf_counter()
        for query in queries.stock():
            left = time.perf_counter() - began < budget
            answer = made.answers[query] = engine.best(query) if left else Answer(trouble="not asked: its time was up")
            print(
                f"{name:8} {query:30} {answer.clock:9.1f} ms {answer.processor:9.1f} ms of its processor time {answer.rows:6} rows {answer.trouble}",
                flush=True,
            )
        made.memory = peak(process) if process else engine.memory
        engine.stop()
    return made


def peak(process: int) -> int:
    """The most that a process held at a time, in MiB (Linux)."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) >> 10
    return 0


def made_graph(triples: int, folder: Path) -> None:
    """The graph of that size in a folder, unless it is there."""
    if not (folder / "manifest.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / filling.TRIPLES).exists():
            part = folder / "part"
            with part.open("w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in sorted(set(lines(triples))))
            part.rename(folder / filling.TRIPLES)
        began = time.perf_counter()
        filling.fill(folder)
        print(f"store and tables made in {time.perf_counter() - began:.1f} s", flush=True)
        (folder / "manifest.json").write_text(json.dumps({"format": 1}), encoding="utf-8")


def cell(answer: Answer, expected: Answer) -> str:
    if answer.trouble:
        return "late" if answer.trouble.startswith("over") else "–"
    return f"{answer.clock:.3g}" if answer.rows == expected.rows else f"{answer.rows} rows"


def summary(courses: dict[str, Course]) -> None:
    """A table of all, then what the goals ask."""
    ours = courses["kg"].answers
    print(f"| | {' | '.join(courses)} |\n|---|{'---|' * len(courses)}")
    for name in ours:
        print(f"| {name} | {' | '.join(cell(each.answers.get(name, Answer(trouble='-')), ours[name]) for each in courses.values())} |")
    for word in ("ready", "memory"):
        print(f"| {word} | {' | '.join(f'{getattr(each, word):.0f}' for each in courses.values())} |")
    slower = {}
    for name, mine in ours.items():
        right = [
            each.answers[name].clock for other, each in courses.items() if other in EMBEDDED and each.answers.get(name, Answer()).rows == mine.rows
        ]
        if right and mine.clock > 1.1 * min(right):
            slower[name] = f"{mine.clock:.1f} against {min(right):.1f} ms"
    longest = max(ours, key=lambda name: ours[name].clock)
    print(f"longest: {longest}, {ours[longest].clock:.1f} ms; over 1.1 times the best embedded one: {len(slower)} of {len(ours)}: {slower}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("triples", type=int)
    parser.add_argument("engines", nargs="*", metavar="ENGINE", help=", ".join(ENGINES))
    parser.add_argument("--limit", type=int, default=30, help="seconds for a query")
    parser.add_argument("--budget", type=float, default=600, help="seconds for all queries of an engine")
    parser.add_argument("--folder", type=Path, help="where the graph is, or is made and left; without it in a temporary place")
    asked = parser.parse_args()
    with TemporaryDirectory() as place:
        folder = asked.folder or Path(place)
        made_graph(asked.triples, folder)
        summary(
            {name: course(name, folder, asked.limit, asked.budget) for name in ("kg", *(name for name in asked.engines or ENGINES if name != "kg"))}
        )


if __name__ == "__main__":
    main()
