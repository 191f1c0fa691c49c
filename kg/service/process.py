"""One worker as its parent sees it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from pathlib import Path

from kg.service import replies
from kg.service.replies import Reply
from kg.service.worker import READY

START = 20.0  # seconds to open a graph


class Trouble(Exception):
    """A graph cannot be opened; the words are those for people."""


class Lost(Exception):
    """A worker died at work; the words are those for people."""


class Process:
    """A worker that has opened the graph of state `identity`.  `yields` means that another has taken its place among the idle ones."""

    def __init__(self, inner: asyncio.subprocess.Process, identity: str) -> None:
        self.inner, self.identity = inner, identity
        self.yields = False

    @classmethod
    async def start(cls, directory: Path, memory: int, size: int, rows: int) -> Process:
        """A worker with its graph open.  `Trouble` if it cannot be opened."""
        inner = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "kg.service.worker", str(directory), *map(str, (memory, size, rows))),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
            limit=replies.LONGEST,
            env={**os.environ, "MALLOC_ARENA_MAX": "2"},  # so that the limit counts what is used, not what threads set aside
        )
        process = cls(inner, "")
        assert inner.stdout
        try:
            said = json.loads(await asyncio.wait_for(inner.stdout.readline(), START))
        except (TimeoutError, ValueError, asyncio.CancelledError) as error:
            await process.kill()
            if isinstance(error, asyncio.CancelledError):
                raise
            raise Trouble(f"{directory} cannot be opened within the limits of a worker; give it more --memory") from error
        if READY not in said:
            await process.kill()
            raise Trouble(said["trouble"])
        process.identity = said[READY]
        return process

    @property
    def pid(self) -> int:
        return self.inner.pid

    async def ask(self, job: bytes) -> Reply:
        """The reply to a job.  `Lost` if the worker dies over it."""
        assert self.inner.stdin
        assert self.inner.stdout
        try:
            self.inner.stdin.write(job)
            await self.inner.stdin.drain()
            head = json.loads(await self.inner.stdout.readuntil(b"\n"))
            body = await self.inner.stdout.readexactly(head.pop("length"))
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            status = await self.inner.wait()
            reason = "it needs more memory than it may have" if status in (-signal.SIGABRT, 1) else "it is too much for the engine"
            raise Lost(f"the query was given up: {reason}; ask for less") from error
        return Reply(body=body, **head)

    async def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.inner.kill()
        await self.inner.wait()
        self.inner._transport.close()  # type: ignore[attr-defined]
