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
from kg.stores.oxigraph import OxigraphStore

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


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("form", ["turtle", "jsonld"])
def test_rdflib_answers_every_stock_query_alike(form: str, store: OxigraphStore) -> None:
    graph = rdflib.Graph().parse(data=exported(form, store), format=FILES[form])
    for name, stock in queries.stock().items():
        assert comparable(graph.query(stock.text)) == ours(store, name), name
