"""The workers behind the service, with stand-ins that fail when they are told to."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from kg.service import pool as pools
from kg.service import replies
from kg.service.limits import Limits
from kg.service.pool import Pool
from kg.service.process import Process
from kg.service.replies import Reply


class Worker(Process):
    """A worker whose files may be gone: then it answers nothing any more, whatever it is asked."""

    def __init__(self, *, gone: bool) -> None:
        self.identity, self.yields = "one", False
        self.gone, self.killed = gone, False

    async def ask(self, _job: bytes) -> Reply:
        return replies.problem(500, "the store is damaged", damaged=True) if self.gone else replies.as_json({})

    async def kill(self) -> None:
        self.killed = True


def test_a_worker_whose_files_are_gone_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Worker] = []

    async def start(*_: object) -> Worker:
        started.append(Worker(gone=not started))
        return started[-1]

    async def use() -> list[int]:
        pool = Pool(tmp_path, Limits(workers=1, wait=2.0))
        await pool.start()
        try:
            return [(await pool.run("state", {})).status for _ in range(3)]
        finally:
            await pool.stop()

    monkeypatch.setattr(Process, "start", start)
    monkeypatch.setattr(pools, "REST", 60.0)
    assert asyncio.run(use()) == [500, 200, 200]
    assert len(started) == 2
    assert started[0].killed
