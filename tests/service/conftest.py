"""A running service, the one that people start, and a small client that hides nothing of HTTP."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from urllib.parse import quote, urlencode

import pytest

pytest.importorskip("uvicorn", reason="the service's packages are not installed: pip install 'paperkg[serve]'")
START = 20


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> object:
        return json.loads(self.body)


class Service:
    """`kg serve` on a free port."""

    def __init__(self, directory: Path, *options: str) -> None:
        command = [sys.executable, "-m", "kg", "serve", "--graph", str(directory), "--port", "0", *options]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        self.log: list[dict[str, object]] = []
        assert self.process.stderr
        lines = iter(self.process.stderr.readline, "")
        self.port = 0
        for line in lines:
            row = self._told(line)
            if row.get("message") == "listening":
                self.port = int(str(row["address"]).rstrip("/").rsplit(":", 1)[1])
            if row.get("message") == "Application startup complete.":
                break
        else:
            self.process.wait()
            self.process.stderr.close()
            raise AssertionError(f"the service did not start: {self.log}")
        self.listener = Thread(target=lambda: [self._told(line) for line in lines], daemon=True)
        self.listener.start()

    def _told(self, line: str) -> dict[str, object]:
        row: dict[str, object] = json.loads(line) if line.startswith("{") else {"message": line}
        self.log.append(row)
        return row

    def get(self, target: str, accept: str = "*/*", method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Accept": accept, **{name.replace("_", "-"): value for name, value in headers.items()}}
        try:
            connection.request(method, target, body, sent)
            found = connection.getresponse()
            return Answer(found.status, {name.lower(): value for name, value in found.getheaders()}, found.read())
        finally:
            connection.close()

    def ask(self, query: str, accept: str = "application/sparql-results+json", **fields: str) -> Answer:
        form = urlencode({"query": query, **fields}).encode()
        return self.get("/sparql", accept, "POST", form, Content_Type="application/x-www-form-urlencoded")

    def rows(self, query: str) -> list[dict[str, str]]:
        found = self.ask(query)
        assert found.status == 200, found.body
        bindings = found.json["results"]["bindings"]  # type: ignore[index]
        return [{name: term["value"] for name, term in row.items()} for row in bindings]

    def workers(self) -> list[int]:
        """The processes of the service that hold the graph."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[1]) == self.process.pid and fields[0] != "Z":
                found.append(int(path.parent.name))
        return found

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(20)
        finally:
            self.process.kill()
            self.process.wait()
            self.listener.join(5)
            assert self.process.stderr
            self.process.stderr.close()


def quoted(text: str) -> str:
    return quote(text, safe="")


def until(holds: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return holds()


@pytest.fixture(scope="session")
def service(small_directory: Path) -> Iterator[Service]:
    """With limits that are soon reached."""
    running = Service(small_directory, "--timeout", "2", "--rows", "20000", "--workers", "2")
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
