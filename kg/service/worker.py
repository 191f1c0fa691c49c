"""A process that holds one graph, answers one job at a time, and may be killed at any moment.

It speaks over its standard input and output.  Its first line tells which graph it opened; a job that it survives has a reply.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import IO, Any

from kg.errors import GraphError, KgError, QueryError
from kg.graph import open_graph
from kg.manifest import NAME
from kg.service import jail, replies
from kg.service.operations import OPERATIONS, Operation, Room
from kg.service.output import TooMuch
from kg.service.replies import Reply
from kg.stores.oxigraph import OxigraphStore

READY = "ready"
TRIES = 5


def identity(directory: Path) -> str:
    """A digest of the graph's manifest, which changes with the graph; empty while there is none."""
    try:
        return hashlib.sha256((directory / NAME).read_bytes()).hexdigest()[:20]
    except OSError:
        return ""


def opened(directory: Path, size: int, rows: int) -> Room:
    """The graph as it is: opened again if it was replaced meanwhile."""
    for _ in range(TRIES):
        before = identity(directory)
        graph = open_graph(directory)
        if identity(directory) == before:
            assert isinstance(graph.store, OxigraphStore)
            return Room(graph, graph.store, before, size, rows)
    raise GraphError(f"{directory} is replaced all the time; wait for the builds to end")


def answer(room: Room, line: bytes) -> Reply:
    """The reply to a job; a known failure is a reply too."""
    asked = json.loads(line)
    operation: Operation = OPERATIONS[asked["operation"]]
    arguments: dict[str, Any] = asked["arguments"]
    try:
        reply = operation(room, **arguments)
        return reply if len(reply.body) <= room.size else replies.problem(413, f"the answer has more than {room.size >> 20} MiB: ask for less")
    except TooMuch as error:
        return replies.problem(413, str(error))
    except QueryError as error:
        return replies.problem(400, str(error))
    except OSError as error:
        return replies.problem(500, f"the store {room.store.place} is damaged: {error}; remove it and run `kg build` again", damaged=True)
    except KgError as error:
        return replies.problem(500, str(error), damaged=isinstance(error, GraphError))


def serve(directory: Path, size: int, rows: int, jobs: IO[bytes], out: IO[bytes]) -> None:
    """Answers until there are no more jobs."""
    try:
        room = opened(directory, size, rows)
    except KgError as error:
        out.write(json.dumps({"trouble": str(error)}).encode() + b"\n")
        return
    out.write(json.dumps({READY: room.identity}).encode() + b"\n")
    out.flush()
    for line in jobs:
        reply = answer(room, line)
        out.write(Reply(reply.status, reply.media_type, reply.body, room.identity, reply.damaged).dump())
        out.flush()


def main() -> None:
    """`python -m kg.service.worker DIRECTORY MEMORY SIZE ROWS`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    jail.die_with_parent()
    directory, memory, size, rows = Path(sys.argv[1]), *map(int, sys.argv[2:5])
    confined = jail.confine(memory)
    if not confined:
        print("kg: this system cannot take sockets from a worker; queries are checked by their text alone", file=sys.stderr)
    # Whatever the engine prints must not be taken for a reply.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(directory, size, rows, sys.stdin.buffer, out)


if __name__ == "__main__":
    main()
