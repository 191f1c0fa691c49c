"""A graph on its way to a server: whole or not at all, gone on with after a cut, counted, through servers that fail now and then."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from kg import queries
from kg.errors import GraphError, QueryError
from kg.graph import Graph, open_graph
from kg.stores import server
from kg.stores.http import Client
from kg.stores.server import Server
from tests.stores import servers

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "graph.nt"
    path.write_text("".join(sorted(f'<https://example.org/{n}> <https://example.org/p> "{n}" .\n' for n in range(1000))), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "BATCH", 100)
    monkeypatch.setattr("kg.stores.http.PAUSES", (0.01, 0.1, 0.5))


class Between:
    """Stands before a server, passes requests on, and fails those that it is told to."""

    def __init__(self, behind: str, fails: Callable[[int, str], bool]) -> None:
        self.uploads: list[int] = []
        between = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                data = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path.startswith("/store"):
                    between.uploads.append(data.count(b"\n"))
                if fails(len(between.uploads), self.path):
                    self.close_connection = True
                    return
                headers = {name: value for name, value in self.headers.items() if name in ("Accept", "Content-Type")}
                try:
                    with urlopen(Request(behind + self.path, data, headers), timeout=20) as found:
                        self._answer(found.status, found.headers["Content-Type"], found.read())
                except HTTPError as error:
                    with error:
                        self._answer(error.code, "text/plain", error.read())

            def _answer(self, status: int, media_type: str | None, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", media_type or "text/plain")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def test_a_graph_takes_the_place_of_another(oxigraph: str, file: Path, tmp_path: Path) -> None:
    store = Server().open(f"{oxigraph}#https://example.org/one")
    assert store.replace(file) == len(store) == 1000
    other = tmp_path / "other.nt"
    other.write_text("".join(file.read_text().splitlines(keepends=True)[:10]))
    assert store.replace(other) == len(store) == 10
    assert not bool(Server().open(oxigraph).query(f"ASK {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), '{server.STAGE}')) }}"))


def test_a_request_that_fails_is_sent_again(oxigraph: str, file: Path) -> None:
    failed = []

    def now_and_then(count: int, path: str) -> bool:
        if path.startswith("/store") and count % 3 == 1 and count not in failed:
            failed.append(count)
            return True
        return False

    between = Between(oxigraph, now_and_then)
    try:
        assert Server().open(f"{between.address}#https://example.org/again").replace(file) == 1000
        assert len(failed) >= 3
    finally:
        between.close()


def test_an_upload_that_was_cut_short_goes_on_and_the_old_graph_stays_till_then(oxigraph: str, file: Path, tmp_path: Path) -> None:
    place = "#https://example.org/cut"
    old = tmp_path / "old.nt"
    old.write_text('<https://example.org/old> <https://example.org/p> "old" .\n')
    Server().open(oxigraph + place).replace(old)
    between = Between(oxigraph, lambda count, path: count > 6 and path.startswith("/store"))
    with pytest.raises(GraphError, match="cannot be reached"):
        Server().open(between.address + place).replace(file)
    between.close()
    assert len(Server().open(oxigraph + place)) == 1, "readers still see the old graph"
    second = Between(oxigraph, lambda *_: False)
    assert Server().open(second.address + place).replace(file) == 1000
    assert 400 <= sum(second.uploads) <= 400 + 100 * server.AT_ONCE, "six batches of 100 were there"
    second.close()


def test_a_first_upload_that_was_cut_short_goes_on_where_it_is(oxigraph: str, file: Path) -> None:
    place = "#https://example.org/first"
    between = Between(oxigraph, lambda count, path: count > 7 and path.startswith("/store"))
    with pytest.raises(GraphError, match="cannot be reached"):
        Server().open(between.address + place).replace(file)
    between.close()
    assert 0 < len(Server().open(oxigraph + place)) < 1000
    second = Between(oxigraph, lambda *_: False)
    store = Server().open(second.address + place)
    assert store.replace(file) == len(store) == 1000
    assert sum(second.uploads) < 1000
    assert not bool(Server().open(oxigraph).query(f"ASK {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), '{server.STAGE}')) }}"))
    second.close()


def test_a_wrong_count_is_told(oxigraph: str, file: Path) -> None:
    file.write_text(file.read_text() + file.read_text().splitlines()[0] + "\n")
    with pytest.raises(GraphError, match="1000 of 1001"):
        Server().open(f"{oxigraph}#https://example.org/count").replace(file)


def test_a_server_that_takes_updates_only(oxigraph: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server.ServerStore, "_posted", lambda *_: False)
    assert Server().open(f"{oxigraph}#https://example.org/updates").replace(file) == 1000


@pytest.mark.parametrize(("name", "least"), [("oxigraph", len(queries.stock())), ("virtuoso", 20)])
def test_stock_queries_are_answered_as_here(name: str, least: int, small_directory: Path, tmp_path: Path) -> None:
    """All by a server of the same engine; by Virtuoso 7 those that it reads as the standard has it."""
    ours = open_graph(small_directory)
    with getattr(servers, name)(tmp_path) as address:
        store = Server().open(f"{address.split('#')[0]}#{servers.GRAPH}")
        store.replace(small_directory / "graph.nt")
        differing = [stock for stock in queries.stock() if not _alike(ours, Graph(store), stock)]
    assert len(queries.stock()) - len(differing) >= least, differing


def _alike(ours: Graph, theirs: Graph, stock: str) -> bool:
    try:
        return sorted(map(_shown, ours.ask(stock))) == sorted(map(_shown, theirs.ask(stock)))  # type: ignore[arg-type]
    except QueryError:
        return False


def _shown(row: object) -> list[str]:
    return ["" if term is None else term.value for term in row]  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.org/", "localhost:7878", "http://"])
def test_only_servers_are_spoken_to(address: str) -> None:
    with pytest.raises(GraphError, match="no address of a server"):
        Server().open(address)


def test_nothing_is_sent_where_a_server_points_to(file: Path) -> None:
    """What is meant for one server is not for another, and a file of this machine is no server."""
    came: list[str] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            came.append(self.path)
            self.send_response(302)
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_address[1]}/other" if self.path != "/other" else "file:///etc/passwd")  # type: ignore[attr-defined,index]
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_POST(self) -> None:
            self.do_GET()

        def do_PUT(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    pointing = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=pointing.serve_forever, daemon=True).start()
    try:
        with pytest.raises((GraphError, QueryError)):
            Server().open(f"http://127.0.0.1:{pointing.server_address[1]}").replace(file)
        assert came
        assert "/other" not in came
    finally:
        pointing.shutdown()
        pointing.server_close()


def test_an_update_is_never_sent_as_a_query() -> None:
    """Some servers obey it; so it is refused before anything is sent, to an address where nobody is."""
    store = server.ServerStore(Client("http://127.0.0.1:9"), server.LAYOUTS[0], "")
    with pytest.raises(QueryError, match="this is no query"):
        store.query("INSERT DATA { <a:a> <a:b> <a:c> }")
