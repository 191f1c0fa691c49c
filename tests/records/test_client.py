"""Web services are asked politely, once, and their silence is told in words.  All of them are stand-ins on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from kg.errors import InputError, TooLarge
from kg.records import client as asking
from kg.records import services
from kg.records.client import Client
from kg.records.services import Question


class Answers(BaseHTTPRequestHandler):
    """Gives what the test laid out, in order, and remembers what was asked."""

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["User-Agent"]))  # type: ignore[attr-defined]
        status, headers, body = self.server.answers.pop(0)  # type: ignore[attr-defined]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    one = HTTPServer(("127.0.0.1", 0), Answers)
    one.answers, one.asked = [], []  # type: ignore[attr-defined]
    thread = threading.Thread(target=one.serve_forever)
    thread.start()
    yield one
    one.shutdown()
    thread.join()
    one.server_close()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def client(tmp_path: Path, waits: list[float]) -> Client:
    return Client("me@example.org", tmp_path / "answers", waits.append, lambda: sum(waits))


def address(server: HTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}"


def test_it_says_who_asks(server: HTTPServer, client: Client) -> None:
    server.answers = [(200, {}, b"{}")]  # type: ignore[attr-defined]
    assert client.get("one", f"{address(server)}/a", 1.0) == b"{}"
    assert server.asked == [("/a", "paperkg (mailto:me@example.org)")]  # type: ignore[attr-defined]


def test_an_answer_is_kept(server: HTTPServer, client: Client) -> None:
    server.answers = [(200, {}, b"{}"), (404, {}, b"no")]  # type: ignore[attr-defined]
    for _ in range(2):
        assert client.get("one", f"{address(server)}/a", 1.0) == b"{}"
        assert client.get("one", f"{address(server)}/b", 1.0) is None
    assert client.asked == len(server.asked) == 2  # type: ignore[attr-defined]


def test_it_does_not_hurry(server: HTTPServer, client: Client, waits: list[float]) -> None:
    server.answers = [(200, {}, b"1"), (200, {}, b"2")]  # type: ignore[attr-defined]
    client.get("one", f"{address(server)}/a", 3.0)
    client.get("one", f"{address(server)}/b", 3.0)
    assert waits == [3.0]


def test_it_tries_again_when_it_is_told_to(server: HTTPServer, client: Client, waits: list[float]) -> None:
    server.answers = [(429, {"Retry-After": "7"}, b""), (503, {}, b""), (200, {}, b"{}")]  # type: ignore[attr-defined]
    assert client.get("one", f"{address(server)}/a", 0.0) == b"{}"
    assert [wait for wait in waits if wait] == [7.0, 2.0]


def test_it_gives_up_in_words(server: HTTPServer, client: Client) -> None:
    server.answers = [(500, {}, b"")] * 4  # type: ignore[attr-defined]
    with pytest.raises(InputError, match="go on later, what was answered is kept"):
        client.get("one", f"{address(server)}/a", 0.0)


def test_a_refusal_is_not_repeated(server: HTTPServer, client: Client) -> None:
    server.answers = [(403, {}, b"")]  # type: ignore[attr-defined]
    with pytest.raises(InputError, match="wants a key or refuses"):
        client.get("one", f"{address(server)}/a", 0.0)
    assert len(server.asked) == 1  # type: ignore[attr-defined]


def test_an_answer_without_end_is_refused(server: HTTPServer, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LIMIT", 1000)
    server.answers = [(200, {}, b"x" * 1000), (200, {}, b"x" * 1001)]  # type: ignore[attr-defined]
    assert client.get("one", f"{address(server)}/a", 0.0) == b"x" * 1000
    with pytest.raises(TooLarge, match="more than 1,000 bytes"):
        client.get("one", f"{address(server)}/b", 0.0)
    assert len(list(client.folder.iterdir())) == 1, "it is not kept either"


def test_a_service_leads_to_its_own_addresses_only(server: HTTPServer, client: Client) -> None:
    server.answers = [(301, {"Location": "/b"}, b""), (200, {}, b"{}"), (302, {"Location": f"http://localhost:{server.server_port}/c"}, b""), (200, {}, b"secret")]  # type: ignore[attr-defined]  # fmt: skip
    assert client.get("one", f"{address(server)}/a", 0.0) == b"{}"
    with pytest.raises(InputError, match="answers 302"):
        client.get("one", f"{address(server)}/b", 0.0)
    assert [path for path, _ in server.asked] == ["/a", "/b", "/b"]  # type: ignore[attr-defined]


def test_nobody_there(server: HTTPServer, client: Client) -> None:
    server.server_close()
    with pytest.raises(InputError, match=r"one: cannot be reached: .*give a file of its records"):
        client.get("one", f"{address(server)}/a", 0.0)


@pytest.mark.parametrize("name", [service.name for service in services.SERVICES])
@pytest.mark.parametrize(
    "known", [Question("Weighing Apples: A Study", "", "", "me@example.org"), Question("Apples", "10.1234/moss.5", "", "me@example.org")]
)
def test_a_question_is_an_address(name: str, known: Question) -> None:
    service = services.find(name)
    assert service
    path = service.path(known)
    assert path.startswith("/")
    assert " " not in path
    assert "Apples" in path or "apples" in path or "moss.5" in path


def test_words_of_a_title_cannot_change_the_question() -> None:
    service = services.find("openalex")
    assert service
    path = service.path(Question("a,doi:10.1/x&mailto=evil#", "", "", "me@example.org"))
    assert "evil" in path
    assert path.count("&mailto=") == 1
    assert "," not in path


def test_a_mirror_has_an_address() -> None:
    mirror = services.find("crossref=http://127.0.0.1:9/")
    assert mirror
    assert mirror.base == "http://127.0.0.1:9"
    assert services.find("library.bib") is None
    with pytest.raises(InputError, match="no http or https address"):
        services.find("crossref=file:///etc/passwd")
