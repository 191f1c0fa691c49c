"""Addresses are fetched only when allowed, only from the open network, and never without limits."""

from __future__ import annotations

import http.server
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from kg.errors import InputError, TooLarge
from kg.readers import address
from kg.spool import spooled


class _Trap(http.server.BaseHTTPRequestHandler):
    """Counts requests; leads on, answers too much, or gives a page."""

    hits = 0

    def do_GET(self) -> None:
        type(self).hits += 1
        if self.path.startswith("/lead"):
            self.send_response(302)
            here = f"//localhost:{self.server.server_address[1]}/page"  # type: ignore[index]
            places = {
                "/lead": "/page",
                "/leadround": "/leadround",
                "/leadfile": "file:///etc/passwd",
                "/leadhere": here,
                "/leadmany": "/lead",
                "/leadother": f"ftp:{here}",
            }
            self.send_header("Location", places[self.path])
            self.end_headers()
            return
        self.send_response(404 if self.path == "/none" else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"x" * 2000 if self.path == "/much" else b"<p>Words")

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def trap() -> Iterator[str]:
    _Trap.hits = 0
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Trap)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def anything(_: str) -> bool:
    return True


def test_nothing_is_fetched_unless_allowed(trap: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--allow-net"):
        spooled([f"{trap}/page"], tmp_path, {".html"}, allow_net=False)
    assert _Trap.hits == 0


def test_this_machine_is_refused(trap: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="inside this network"):
        spooled([f"{trap}/page"], tmp_path, {".html"}, allow_net=True)
    assert _Trap.hits == 0


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
    ],
)
def test_special_ranges_are_not_public(host: str) -> None:
    assert not address.is_public(host)


@pytest.mark.parametrize("host", ["93.184.215.14", "2606:4700::1111"])
def test_open_ranges_are_public(host: str) -> None:
    assert address.is_public(host)


@pytest.mark.parametrize("path", ["/page", "/lead"])
def test_a_page_is_fetched(trap: str, path: str) -> None:
    page = address.fetch(f"{trap}{path}", anything)
    assert (page.locator, page.suffix, page.data) == (f"{trap}{path}", ".html", b"<p>Words")


def test_secrets_in_an_address_are_not_kept(trap: str) -> None:
    page = address.fetch(f"{trap.replace('//', '//name:word@')}/page#part", anything)
    assert page.locator == f"{trap}/page"


@pytest.mark.parametrize(
    ("path", "words"),
    [("/none", "answers 404"), ("/leadround", "leads on more than"), ("/leadfile", "only http and https"), ("/leadother", "only http and https")],
)
def test_failures_are_told(trap: str, path: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        address.fetch(f"{trap}{path}", anything)


def test_too_much_is_refused(trap: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "LIMIT", 1000)
    with pytest.raises(TooLarge, match="more than 1,000 bytes"):
        address.fetch(f"{trap}/much", anything)


def test_a_silent_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "TIMEOUT", 0.0)
    with pytest.raises(InputError, match="cannot be fetched"):
        address.fetch("http://127.0.0.1:9/", anything)


def test_redirections_are_looked_at_again(trap: str) -> None:
    asked: list[str] = []

    def first_only(host: str) -> bool:
        asked.append(host)
        return len(asked) == 1

    with pytest.raises(InputError, match="inside this network"):
        address.fetch(f"{trap}/lead", first_only)
    assert _Trap.hits == 1


PUBLIC = "93.184.215.14"


@pytest.fixture
def outside(trap: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A name of the open network whose second answer is this machine; who connects to its first address reaches the trap."""
    resolve, connect, reached = socket.getaddrinfo, socket.create_connection, list[str]()
    answers = [PUBLIC, "127.0.0.1"]

    def resolved(host: str, *rest: Any, **options: Any) -> list[Any]:
        return resolve(answers.pop(0) if host == "outside.example" else host, *rest, **options)

    def connected(place: tuple[str, int], **options: Any) -> socket.socket:
        reached.append(place[0])
        return connect(("127.0.0.1", urlsplit(trap).port or 0), **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(socket, "create_connection", connected)
    return reached


def test_a_page_of_the_open_network_may_not_lead_inside(outside: list[str]) -> None:
    with pytest.raises(InputError, match="inside this network"):
        address.fetch("http://outside.example/leadhere")
    assert (outside, _Trap.hits) == ([PUBLIC], 1)


def test_a_name_cannot_change_its_mind(outside: list[str]) -> None:
    """The connection goes to the address that was looked at; a second look would find this machine."""
    assert address.fetch("http://outside.example/page").data == b"<p>Words"
    assert outside == [PUBLIC]


def test_redirections_have_an_end(trap: str) -> None:
    assert address.fetch(f"{trap}/leadmany", anything).data == b"<p>Words"
    _Trap.hits = 0
    with pytest.raises(InputError, match="leads on more than 3 times"):
        address.fetch(f"{trap}/leadround", anything)
    assert _Trap.hits == 4


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(InputError, match="cannot be fetched"):
        address.fetch("http://no-such-name.invalid/", anything)
