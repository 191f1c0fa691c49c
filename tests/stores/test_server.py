"""A SPARQL server that is not ours loads an exported file and answers the stock queries as we do, and so does rdflib."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from kg import queries, registry
from kg.errors import QueryError
from kg.graph import Graph
from kg.stores.oxigraph import InMemory, OxigraphStore
from kg.stores.server import Server
from tests.stores import servers

EXPORTED = Path(__file__).resolve().parent.parent.parent / "exports" / "graph.ttl"
# Virtuoso 7 takes `=` with an unbound variable for false where the standard has an error (SPARQL 1.1, section 17.3), so a query whose
# parameter is left out answers for nothing instead of for everything; and it says 0 for false.
DIFFERING = {
    "oxigraph": (),
    "virtuoso": (
        "authors-of-paper", "best-results", "datasets-by-task", "evidence", "method-relations", "organizations-by-topic", "papers-by-method",
        "papers-by-task", "papers-by-topic", "papers-of-event", "resources", "task-trend", "topic-overview",
    ),
}  # fmt: skip
SERVER = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
pytestmark = pytest.mark.server
FILES = {"turtle": "text/turtle", "ntriples": "application/n-triples", "rdfxml": "application/rdf+xml", "jsonld": "application/ld+json"}


@pytest.fixture(scope="module")
def store(small_triples: list[ox.Triple]) -> OxigraphStore:
    made = OxigraphStore()
    made.load(small_triples)
    return made


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server on loopback that holds nothing."""
    if SERVER is None:
        pytest.skip("the oxigraph server is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen([SERVER, "serve", "--bind", place], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                answered(f"http://{place}", "ASK {}")
                break
            except urllib.error.URLError:
                time.sleep(0.1)
        yield f"http://{place}"
    finally:
        process.terminate()
        process.wait(10)


def answered(address: str, query: str) -> Any:
    data = urllib.parse.urlencode({"query": query}).encode()
    request = urllib.request.Request(f"{address}/query", data, {"Accept": "application/sparql-results+json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def put(address: str, data: bytes, media_type: str) -> None:
    request = urllib.request.Request(f"{address}/store?default", data, {"Content-Type": media_type}, method="PUT")
    urllib.request.urlopen(request, timeout=20).close()


def exported(name: str, store: OxigraphStore) -> bytes:
    return b"".join(registry.plugin("exporter", name).export(store))


def number(value: object) -> object:
    """Numbers as numbers, because one engine writes 0.90 as 0.9."""
    try:
        return float(str(value))
    except ValueError:
        return None if value is None else str(value)


def comparable(rows: Any) -> list[tuple[object, ...]]:
    return sorted((tuple(number(value) for value in row) for row in rows), key=repr)


def ours(store: OxigraphStore, name: str) -> list[tuple[object, ...]]:
    answer: Any = store.query(queries.find(name).text)
    return comparable([None if term is None else term.value for term in row] for row in answer)


@pytest.mark.parametrize("form", FILES)
def test_the_server_answers_every_stock_query_alike(form: str, address: str, store: OxigraphStore) -> None:
    put(address, exported(form, store), FILES[form])
    for name, stock in queries.stock().items():
        found = answered(address, stock.text)
        columns = found["head"]["vars"]
        theirs = comparable([row.get(column, {}).get("value") for column in columns] for row in found["results"]["bindings"])
        assert theirs == ours(store, name), name


@pytest.fixture(scope="module")
def committed() -> Graph:
    """What the committed file says, in memory."""
    return Graph(InMemory().open(EXPORTED))


@pytest.mark.parametrize("name", ["oxigraph", "virtuoso"])
def test_servers_load_the_committed_file_themselves(name: str, committed: Graph, tmp_path: Path) -> None:
    """By the Graph Store Protocol, with nothing of ours in between; the stock queries in their own words."""
    with getattr(servers, name)(tmp_path) as address:
        store = Server().open(f"{address.split('#')[0]}#{servers.GRAPH}")
        client, layout = store.client, store.layout
        place = f"{client.address}{layout.graphs}?graph={urllib.parse.quote(servers.GRAPH, safe='')}"
        assert client.send(place, EXPORTED.read_bytes(), {"Content-Type": "text/turtle"}, "PUT").status in (200, 201, 204)
        assert len(store) == len(committed.store)
        differing = [stock for stock in queries.stock() if not alike(committed, Graph(store), stock)]
    assert tuple(sorted(differing)) == DIFFERING[name]


def alike(one: Graph, other: Graph, stock: str) -> bool:
    try:
        rows = [comparable([None if term is None else term.value for term in row] for row in graph.ask(stock)) for graph in (one, other)]  # type: ignore[union-attr]
    except QueryError:
        return False
    return rows[0] == rows[1]


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("form", ["turtle", "jsonld"])
def test_rdflib_answers_every_stock_query_alike(form: str, store: OxigraphStore) -> None:
    graph = rdflib.Graph().parse(data=exported(form, store), format=FILES[form])
    for name, stock in queries.stock().items():
        assert comparable(graph.query(stock.text)) == ours(store, name), name
