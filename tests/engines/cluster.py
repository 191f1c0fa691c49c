"""A Dask cluster on loopback for tests: a scheduler and workers as processes of their own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent.parent


class Loopback:
    """A scheduler at `address`; `workers` are the processes that work for it."""

    def __init__(self, folder: Path, *, nanny: bool = False, failures: int = 3) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.folder, self.nanny, self.failures = folder, nanny, failures
        self.workers: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._started("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show")
        _until_open(port)

    def add_worker(self) -> None:
        options = ("--nthreads", "1", "--no-dashboard", "--memory-limit", "0", "--local-directory", str(self.folder))
        self.workers.append(self._started("worker", self.address, *options, "--nanny" if self.nanny else "--no-nanny"))

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
        for process in (*self.workers, self.scheduler):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _started(self, *words: str) -> subprocess.Popen[bytes]:
        settings = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(self.failures), "PYTHONPATH": str(HOUSE)}
        command = [sys.executable, "-m", "dask", *words]
        return subprocess.Popen(command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def loopback(folder: Path, workers: int = 2, **settings: int) -> Iterator[Loopback]:
    cluster = Loopback(folder, nanny=bool(settings.get("nanny")), failures=settings.get("failures", 3))
    try:
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        cluster.stop()


def _until_open(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the scheduler did not start")
