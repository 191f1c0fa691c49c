"""Each threat of a query from a stranger, against the service as it runs; and without its guard, to see that it is the guard that helps."""

from __future__ import annotations

import contextlib
import errno
import http.client
import os
import platform
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from threading import Event, Thread

import pytest

from kg.service import jail
from tests.service.conftest import Service, quoted, until

pytestmark = pytest.mark.server
CARTESIAN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?f ?i"
QUICK = "SELECT ?s { ?s kg:year ?y } LIMIT 1"
# Spellings that reach a server of the engine's choice where nothing stops them; {0} is its address.
SPELLINGS = (
    "ASK {{ SERVICE <{0}> {{ ?s ?p ?o }} }}", "ASK {{ service<{0}> {{ ?s ?p ?o }} }}", "ASK {{ SERVICE#x\n<{0}> {{ ?s ?p ?o }} }}",
    "ASK {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}", "PREFIX x: <{0}> ASK {{ SERVICE x: {{ ?s ?p ?o }} }}",
    "BASE <{0}> ASK {{ SERVICE <> {{ ?s ?p ?o }} }}", "SELECT * {{ ?s ?p 1SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p trueSERVICE <{0}> {{ ?s ?p ?o }} }}", "ASK {{ FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ {{ SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }} }}", "CONSTRUCT {{ ?s ?p ?o }} {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(<{0}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}", "SELECT * FROM <{0}> {{ ?s ?p ?o }}", "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
)  # fmt: skip
BARE = """
import sys, pyoxigraph as ox
if sys.argv[1] == "confined":
    from kg.service.jail import confine
    assert confine(1 << 30)
try:
    answer = ox.Store().query(sys.argv[2])
    list(answer) if not isinstance(answer, ox.QueryBoolean) else bool(answer)
except Exception as error:
    print(error)
"""
CALL = """
import ctypes, sys
from kg.service.jail import confine
assert confine(1 << 30)
kernel = ctypes.CDLL(None, use_errno=True)
kernel.syscall(int(sys.argv[1]), 0, 0, 0, 0, 0)
print(ctypes.get_errno())
"""


@pytest.fixture
def trap() -> Iterator[tuple[str, list[bytes]]]:
    """A server that counts who comes."""
    listening = socket.create_server(("127.0.0.1", 0))
    came: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                visitor, _ = listening.accept()
            except OSError:
                return
            with visitor:
                visitor.settimeout(2)
                came.append(visitor.recv(100))
                visitor.sendall(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/", came
    listening.close()


def bare(how: str, query: str) -> None:
    subprocess.run([sys.executable, "-c", BARE, how, query], capture_output=True, timeout=60, check=False)


def test_no_query_reaches_another_server(service: Service, trap: tuple[str, list[bytes]]) -> None:
    address, came = trap
    statuses = {service.ask(spelling.format(address)).status for spelling in SPELLINGS}
    assert came == []
    assert statuses <= {200, 400}


@pytest.mark.skipif(sys.platform != "linux", reason="seccomp is of Linux")
def test_a_worker_has_no_sockets_whatever_the_query_says(trap: tuple[str, list[bytes]]) -> None:
    address, came = trap
    bare("confined", SPELLINGS[0].format(address))
    assert came == []
    bare("free", SPELLINGS[0].format(address))
    assert len(came) >= 1, "without the guard the engine asks"


@pytest.mark.skipif(sys.platform != "linux", reason="seccomp is of Linux")
def test_no_call_that_is_taken_away_is_left(tmp_path: Path) -> None:
    """Each in a process of its own, by its number, and the first also by its number in the kernel's other interface."""
    if (machine := jail._CALLS.get(platform.machine())) is None:
        pytest.skip("this machine's calls are not known")
    for number in (*machine[1], jail._X32 + machine[1][0]):
        done = subprocess.run([sys.executable, "-c", CALL, str(number)], capture_output=True, text=True, timeout=60, check=True)
        assert done.stdout.strip() == str(errno.EPERM), number


def verdict(architecture: int, number: int) -> int:
    """What the filter of a machine of architecture 7 that refuses the calls 1 and 2 says of a call."""
    at = held = 0
    steps = jail.program(7, (1, 2))
    while True:
        code, yes, no, value = steps[at]
        at += 1
        if code == jail._RETURN:
            return value
        if code == jail._LOAD:
            held = {jail._NUMBER: number, jail._ARCHITECTURE: architecture}[value]
        else:
            at += yes if (held == value if code == jail._EQUAL else held >= value) else no


def test_calls_of_another_interface_to_the_kernel_are_refused() -> None:
    assert [verdict(7, number) for number in (0, 1, 2, 3)] == [jail._ALLOW, jail._REFUSE, jail._REFUSE, jail._ALLOW]
    assert {verdict(8, number) for number in range(5)} == {verdict(7, jail._X32 + number) for number in range(5)} == {jail._REFUSE}


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is of Linux")
def test_the_workers_that_run_are_confined(service: Service) -> None:
    for number in service.workers():
        status = Path(f"/proc/{number}/status").read_text()
        assert re.search(r"^NoNewPrivs:\s+1$", status, re.M)
        assert re.search(r"^Seccomp:\s+2$", status, re.M)
        limits = dict(re.findall(r"^(Max .+?)  +\S+ +(\S+)", Path(f"/proc/{number}/limits").read_text(), re.M))
        assert [limits[f"Max {name}"] for name in ("core file size", "file size", "address space")] == ["0", "0", str(1 << 30)]


def test_a_service_that_is_killed_leaves_nobody_at_work(small_directory: Path) -> None:
    running = Service(small_directory, "--timeout", "60", "--workers", "1")
    with socket.create_connection(("127.0.0.1", running.port)) as client:
        client.sendall(f"GET /sparql?query={quoted(CARTESIAN)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert until(lambda: running.get("/health").json["long"] == 1)  # type: ignore[index]
        workers = running.workers()
        running.process.kill()
        running.process.wait()
        gone = until(lambda: not any(map(alive, workers)))
    for number in filter(alive, workers):
        os.kill(number, signal.SIGKILL)
    running.stop()
    assert gone


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_long_queries_are_few_at_a_time(small_directory: Path) -> None:
    running = Service(small_directory, "--timeout", "60", "--workers", "2")
    clients = [socket.create_connection(("127.0.0.1", running.port)) for _ in range(3)]
    try:
        for client in clients:
            client.sendall(f"GET /sparql?query={quoted(CARTESIAN)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert until(lambda: running.get("/health").json["long"] == 3)  # type: ignore[index]
        found = running.ask(CARTESIAN)
        assert (found.status, "too many long queries" in found.json["detail"]) == (503, True)  # type: ignore[index]
        assert found.headers["retry-after"]
    finally:
        for client in clients:
            client.close()
        running.process.kill()
        running.stop()


def test_an_answer_of_few_rows_may_be_too_long(service: Service) -> None:
    found = service.ask(f"SELECT ('{'x' * 3000}' AS ?x) {{ ?s ?p ?o . ?a ?b ?c }} LIMIT 15000")
    assert (found.status, "MiB" in found.json["detail"]) == (413, True)  # type: ignore[index]


def test_a_query_is_stopped_at_its_deadline(service: Service) -> None:
    began = time.monotonic()
    found = service.ask(CARTESIAN)
    assert (found.status, "stopped" in found.json["detail"]) == (503, True)  # type: ignore[index]
    assert time.monotonic() - began < 4


def test_stopped_work_does_not_go_on(service: Service) -> None:
    service.ask(CARTESIAN)
    assert until(lambda: len(service.workers()) == 2)
    before = [cpu(number) for number in service.workers()]
    time.sleep(0.5)
    assert sum(cpu(number) for number in service.workers()) - sum(before) < 0.2


def cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_client_that_leaves_takes_its_work_with_it(small_directory: Path) -> None:
    running = Service(small_directory, "--timeout", "60", "--workers", "2")
    try:
        idle = set(running.workers())
        with socket.create_connection(("127.0.0.1", running.port)) as client:
            client.sendall(f"GET /sparql?query={quoted(CARTESIAN)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            assert until(lambda: len(running.workers()) == 3), "the others have a new worker beside the busy one"
        assert until(lambda: len(running.workers()) == 2), "it was killed"
        assert set(running.workers()) != idle
    finally:
        running.stop()


def test_memory_has_an_end(small_directory: Path) -> None:
    running = Service(small_directory, "--memory", "512", "--timeout", "30", "--workers", "2")
    try:
        found = running.ask(SORTED)
        assert found.status == 507
        assert "memory" in found.json["detail"]  # type: ignore[index]
        assert running.ask(QUICK).status == 200
    finally:
        running.stop()


@pytest.mark.parametrize("form", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"])
def test_an_answer_is_whole_or_refused(service: Service, form: str) -> None:
    many = "SELECT ?n { VALUES ?a { 0 1 2 3 4 5 6 7 8 9 } VALUES ?b { 0 1 2 3 4 5 6 7 8 9 } ?s a ?t BIND(?a AS ?n) } LIMIT "
    assert service.ask(f"{many} 5000", form).status == 200
    refused = service.ask("SELECT ?n { ?x a ?n . ?y ?z ?w } LIMIT 20002", form)
    assert (refused.status, "rows" in refused.json["detail"]) == (413, True)  # type: ignore[index]


@pytest.mark.parametrize("query", ["ASK " + "{" * 5000 + "}" * 5000, "ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }", "ASK { FILTER(" + "||".join(["1"] * 20000) + ") }", "ASK { " + " UNION ".join(["{}"] * 3000) + " }", "ASK { " + "OPTIONAL {} " * 2000 + "}"], ids=["braces", "brackets", "or", "union", "optional"])  # fmt: skip
def test_depth_without_end_is_refused_before_the_engine_sees_it(service: Service, query: str) -> None:
    before = set(service.workers())
    found = service.ask(query)
    assert found.status == 400
    assert before <= set(service.workers()), "no worker was lost"


def test_a_worker_that_dies_is_replaced(service: Service) -> None:
    assert until(lambda: len(service.workers()) == 2)
    os.kill(service.workers()[0], signal.SIGSEGV)
    assert [service.ask(QUICK).status for _ in range(4)].count(200) >= 3
    assert until(lambda: len(service.workers()) == 2)


def test_quick_queries_are_served_beside_hostile_ones(small_directory: Path) -> None:
    """Hostile ones may take half a minute each, and there are more of them than workers; who waited for one would wait as long."""
    service = Service(small_directory, "--timeout", "30", "--workers", "4")
    hostile = (
        CARTESIAN,
        SORTED,
        "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '(a*)*(b*)*(c*)*$')) ?x ?y ?z . ?u ?v ?w } ORDER BY ?o ?z ?w",
        "SELECT (COUNT(*) AS ?n) { ?a (!kg:x)* ?b . ?c (!kg:y)* ?d }",
    )
    attacks: list[int] = []
    over = Event()

    def attack(number: int) -> None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            while not over.is_set():
                attacks.append(service.ask(hostile[number % len(hostile)]).status)

    def use() -> list[tuple[int, float]]:
        took = []
        while time.monotonic() < end:
            began = time.monotonic()
            took.append((service.ask(QUICK).status, time.monotonic() - began))
        return took

    with ThreadPoolExecutor(12) as pool:
        for number in range(6):
            pool.submit(attack, number)
        assert until(lambda: service.get("/health").json["long"] == 3), "they are at it"  # type: ignore[index]
        end = time.monotonic() + 5
        served = [one for used in [pool.submit(use) for _ in range(3)] for one in used.result()]
        over.set()
        service.process.kill()
        service.stop()
    assert 503 in attacks
    assert {status for status, _ in served} == {200}
    assert median(seconds for _, seconds in served) < 5


def test_only_known_hosts_are_answered(service: Service) -> None:
    for host, status in {"evil.example": 421, "127.0.0.1.evil.example": 421, "localhost": 200, "[::1]": 200, "": 421}.items():
        assert service.get("/health", Host=host).status == status, host


def test_pages_of_other_origins_may_not_ask(service: Service, small_directory: Path) -> None:
    assert service.get("/health", Origin="https://evil.example").status == 403
    assert service.get("/health", Origin="null").status == 403
    assert service.get("/health", Origin=f"http://127.0.0.1:{service.port}").status == 200
    running = Service(small_directory, "--cors", "https://friend.example")
    try:
        found = running.get("/health", Origin="https://friend.example")
        assert found.headers["access-control-allow-origin"] == "https://friend.example"
        assert "access-control-allow-origin" not in running.get("/health").headers
        assert running.get("/health", Origin="https://evil.example").status == 403
        before = running.get("/sparql", "*/*", "OPTIONS", Origin="https://friend.example", Access_Control_Request_Method="POST")
        assert (before.status, before.headers["access-control-allow-origin"]) == (204, "https://friend.example")
        assert "content-type" in before.headers["access-control-allow-headers"]
        assert running.get("/sparql", "*/*", "OPTIONS", Origin="https://evil.example").status == 403
    finally:
        running.stop()


@pytest.mark.parametrize(("status", "headers", "body"), [(413, {"Content_Length": str(2 << 30)}, b"x"), (413, {}, b"query=" + b"x" * (1 << 20)), (400, {}, b"query=" + b"x" * (70 << 10))])  # fmt: skip
def test_bodies_have_an_end(service: Service, status: int, headers: dict[str, str], body: bytes) -> None:
    assert service.get("/sparql", "*/*", "POST", body, Content_Type="application/x-www-form-urlencoded", **headers).status == status


def test_a_body_in_pieces_has_an_end_too(service: Service) -> None:
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as client:
        client.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n")
        piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        try:
            for _ in range(40):
                client.sendall(piece)
        except OSError:
            pass
        assert b" 413 " in client.recv(100)


def test_long_addresses_are_refused(service: Service) -> None:
    assert service.get("/sparql?query=" + "x" * (65 << 10)).status == 414


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def limited(directory: Path, limit: str) -> Iterator[int]:
    """The port of a service with a limit that the command line does not change."""
    code = f"import sys; from pathlib import Path; from kg.service import server; from kg.service.limits import Limits; server.run(Path(sys.argv[1]), '127.0.0.1', int(sys.argv[2]), limits=Limits({limit}), hosts=frozenset(), origins=frozenset())"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    process = subprocess.Popen([sys.executable, "-c", code, str(directory), str(port)], stderr=subprocess.DEVNULL)
    try:
        assert until(lambda: listens(port), 15)
        yield port
    finally:
        process.terminate()
        process.wait(15)


def health(port: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as quick:
        quick.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return quick.recv(100)


def test_connections_are_not_without_number(small_directory: Path) -> None:
    with limited(small_directory, "connections=5") as port, contextlib.ExitStack() as idle:
        assert until(lambda: health(port).startswith(b"HTTP/1.1 200"))
        for _ in range(6):
            idle.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
        assert health(port).startswith(b"HTTP/1.1 503")
        idle.close()
        assert until(lambda: health(port).startswith(b"HTTP/1.1 200"))


@pytest.mark.parametrize("target", ["/", "/sparql", "/sparql?query=ASK%7B%7D", "/nothing", "/health", "/static/page.css", "/store?default"])
def test_every_response_says_what_it_may_be_used_for(service: Service, target: str) -> None:
    found = service.get(target, "text/html, */*;q=0.1")
    told = {name: found.headers[name] for name in ("x-content-type-options", "referrer-policy", "cross-origin-resource-policy", "x-frame-options")}
    assert tuple(told.values()) == ("nosniff", "no-referrer", "same-origin", "DENY")
    assert found.headers["content-security-policy"].startswith("default-src 'none'; ")


def test_slow_clients_hold_nobody_up(small_directory: Path) -> None:
    with limited(small_directory, "silence=1.0") as port, contextlib.ExitStack() as opened:
        slow = [opened.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10)) for _ in range(101)]
        for client in slow[:50]:
            client.sendall(b"GET /health HTTP/1.1\r\nHost: local")
        body = slow.pop()
        body.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK")
        assert health(port).startswith(b"HTTP/1.1 200")
        assert b" 408 " in body.recv(100)
        assert {client.recv(10) for client in slow} == {b""}, "all were closed"
