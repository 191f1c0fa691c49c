"""A graph that is built anew is taken up while clients ask: no request fails, and every answer is of the old graph or of the new."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from kg.importing import import_files
from tests.service.conftest import Service, until

pytestmark = pytest.mark.server
COUNT = "SELECT (COUNT(*) AS ?n) (SUM(?y) AS ?sum) { ?s kg:year ?y }"
YEAR = "https://w3id.org/paperkg/ns#year"


def build(folder: Path, number: int, target: Path) -> None:
    """A graph of `number` years, each the number itself: count and sum betray a mixture."""
    file = folder / f"{number}.nt"
    lines = (f'<https://w3id.org/paperkg/id/paper/p{n}> <{YEAR}> "{number}"^^<http://www.w3.org/2001/XMLSchema#integer> .\n' for n in range(number))
    file.write_text("".join(lines), encoding="utf-8")
    import_files([file], target)


def test_builds_under_load(tmp_path: Path) -> None:
    target = tmp_path / "graph"
    build(tmp_path, 100, target)
    running = Service(target, "--workers", "2")
    answers: list[tuple[int, str]] = []
    stop = threading.Event()

    def use() -> None:
        while not stop.is_set():
            found = running.ask(COUNT, "text/csv")
            answers.append((found.status, found.body.decode().split("\r\n")[1] if found.status == 200 else found.body.decode()))

    clients = [threading.Thread(target=use) for _ in range(3)]
    try:
        for client in clients:
            client.start()
        for number in range(101, 106):
            build(tmp_path, number, target)
            expected = f"{number},{number * number}"
            assert until(lambda expected=expected: answers[-1][1] == expected)  # type: ignore[misc]
    finally:
        stop.set()
        for client in clients:
            client.join()
        running.stop()
    assert {status for status, _ in answers} == {200}, [answer for answer in answers if answer[0] != 200][:3]
    assert {line for _, line in answers} <= {f"{n},{n * n}" for n in range(100, 106)}
    assert len(answers) > 50


def test_a_graph_that_goes_away_is_told_and_one_that_comes_back_is_served(tmp_path: Path) -> None:
    target = tmp_path / "graph"
    build(tmp_path, 5, target)
    running = Service(target, "--workers", "2", "--timeout", "1")
    try:
        shutil.rmtree(target)
        for process in running.workers():
            import os
            import signal

            os.kill(process, signal.SIGKILL)
        running.ask(COUNT), running.ask(COUNT)
        assert until(lambda: running.get("/health").status == 503)
        assert "kg build" in running.get("/health").json["trouble"]  # type: ignore[index]
        build(tmp_path, 6, target)
        assert until(lambda: running.ask(COUNT, "text/csv").body == b"n,sum\r\n6,36\r\n")
        assert running.get("/health").status == 200
    finally:
        running.stop()
