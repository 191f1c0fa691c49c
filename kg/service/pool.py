"""The workers: enough of them idle, none at work past its deadline, all with the newest graph.

A job that is not done soon goes on beside the others at a low priority, so that those that are quick are never kept waiting by those
that are not.  A worker is stopped by killing it: what it computes cannot be interrupted, and a new one starts in a tenth of a second.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path
from typing import Any

from kg.service import replies
from kg.service.limits import Limits
from kg.service.process import Lost, Process, Trouble
from kg.service.replies import Reply
from kg.service.worker import identity

REST = 0.5  # seconds between looks at the graph, and between tries to open one that cannot be opened
LOW_PRIORITY = 10


class Pool:
    """Runs jobs on the graph of a directory.  `identity` names the state of the graph, `trouble` says why there is none."""

    def __init__(self, directory: Path, limits: Limits) -> None:
        self.directory, self.limits = directory, limits
        self.identity = ""
        self.trouble = ""
        self.long = 0
        self._idle: asyncio.Queue[Process] = asyncio.Queue()
        self._all: set[Process] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._renewing = asyncio.Lock()

    async def start(self) -> None:
        """Opens the graph; `Trouble` if it cannot be opened."""
        await self._take_up(await self._crew())
        self._spawn(self._watch())

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(process.kill() for process in tuple(self._all)))

    async def run(self, operation: str, arguments: dict[str, Any]) -> Reply:
        """The reply to a job, or a refusal with the reason.  Cancelled, it stops the work."""
        job = replies.job(operation, arguments)
        reply = await self._attempt(job)
        if reply.damaged and await self.renew():
            reply = await self._attempt(job)
        return reply

    async def renew(self) -> bool:
        """Takes up a graph that was built meanwhile; whether there was one."""
        async with self._renewing:
            if identity(self.directory) in ("", self.identity):
                return False
            try:
                await self._take_up(await self._crew())
            except Trouble as error:
                self.trouble = str(error)
                return False
            return True

    async def _attempt(self, job: bytes) -> Reply:
        try:
            process = await asyncio.wait_for(self._idle.get(), self.limits.wait)
        except TimeoutError:
            return replies.problem(503, self.trouble or "too many queries at once: try again in a moment")
        task = asyncio.create_task(process.ask(job))
        try:
            return await self._in_time(process, task)
        except Lost as error:
            return replies.problem(507, str(error))
        finally:
            await self._put_back(process, task)

    async def _in_time(self, process: Process, task: asyncio.Task[Reply]) -> Reply:
        if await _done(task, self.limits.patience):
            return task.result()
        if self.long >= self.limits.long and await _done(task, self.limits.grace):
            return task.result()
        if self.long >= self.limits.long:
            return replies.problem(503, "too many long queries at once: try again in a moment, or ask for less")
        self.long += 1
        process.yields = True
        self._spawn(self._add())
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, LOW_PRIORITY)
        try:
            if await _done(task, self.limits.deadline - self.limits.patience):
                return task.result()
        finally:
            self.long -= 1
        return replies.problem(503, f"the query was stopped after {self.limits.deadline:g} s: ask for less")

    async def _put_back(self, process: Process, task: asyncio.Task[Reply]) -> None:
        """Lets a worker wait for the next job if it is in order, of the newest graph and not beside the others; kills it otherwise."""
        fit = task.done() and not task.cancelled() and task.exception() is None and not task.result().damaged
        if fit and not process.yields and process.identity == self.identity:
            self._idle.put_nowait(process)
            return
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        self._all.discard(process)
        if not process.yields and process.identity == self.identity:
            self._spawn(self._add())
        await process.kill()

    async def _crew(self) -> list[Process]:
        started = await asyncio.gather(*(self._one() for _ in range(self.limits.workers)), return_exceptions=True)
        crew = [process for process in started if isinstance(process, Process)]
        failures = [error for error in started if isinstance(error, BaseException)]
        if failures or len({process.identity for process in crew}) > 1:
            await asyncio.gather(*(process.kill() for process in crew))
            raise failures[0] if failures else Trouble("the graph is replaced all the time; wait for the builds to end")
        return crew

    async def _one(self) -> Process:
        limits = self.limits
        return await Process.start(self.directory, limits.memory, limits.answer, limits.rows)

    async def _take_up(self, crew: list[Process]) -> None:
        """Puts new workers in the place of those that wait; those at work end their job first."""
        old = [self._idle.get_nowait() for _ in range(self._idle.qsize())]
        self.identity, self.trouble = crew[0].identity, ""
        self._all.difference_update(old)
        self._all.update(crew)
        for process in crew:
            self._idle.put_nowait(process)
        await asyncio.gather(*(process.kill() for process in old))

    async def _add(self) -> None:
        """One more worker, however often it takes; what keeps it from the graph is told meanwhile."""
        while True:
            try:
                process = await self._one()
            except Trouble as error:
                self.trouble = str(error)
                await asyncio.sleep(REST)
                continue
            self.trouble = ""
            if process.identity == self.identity:
                self._all.add(process)
                self._idle.put_nowait(process)
                return
            await process.kill()  # the graph changed while it started: all are replaced then, or are now
            await self.renew()
            return

    async def _watch(self) -> None:
        seen: object = None
        while True:
            await asyncio.sleep(REST)
            state = _stamp(self.directory)
            if state != seen:
                await self.renew()
                seen = state

    def _spawn(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _done(task: asyncio.Task[Reply], seconds: float) -> bool:
    finished, _ = await asyncio.wait({task}, timeout=seconds)
    return bool(finished)


def _stamp(directory: Path) -> tuple[int, int, int] | None:
    """Changes when a graph is swapped in."""
    try:
        found = (directory / "manifest.json").stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
