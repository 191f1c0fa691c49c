"""What every store must do: the same tests for each kind behind the door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg import registry
from kg.errors import GraphError, QueryError
from kg.protocols import Store, StoreKind
from kg.stores.server import Server
from tests.stores import servers

A, B, P = (ox.NamedNode(f"https://example.org/{name}") for name in "abp")


PLACES = ("memory", "oxigraph", "server of oxigraph", "server of virtuoso")


@pytest.fixture(params=[pytest.param(place, marks=pytest.mark.server if place.startswith("server") else ()) for place in PLACES])
def kind(request: pytest.FixtureRequest) -> StoreKind:
    found: StoreKind = registry.plugin("store", request.param.split()[0])
    return found


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Each server, started when the first test asks for it."""
    with ExitStack() as running:
        yield cache(lambda name: running.enter_context(getattr(servers, name)(tmp_path_factory.mktemp(name))))


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path, addresses: Callable[[str], str]) -> Iterator[str | Path]:
    """A new place: a directory, or a graph of a server, emptied afterwards."""
    name = request.node.callspec.params["kind"]
    if not name.startswith("server"):
        yield tmp_path / "store"
        return
    address = f"{addresses(name.split()[-1]).split('#')[0]}#{servers.GRAPH}"
    yield address
    (tmp_path / "empty.nt").write_bytes(b"")
    Server().open(address).replace(tmp_path / "empty.nt")


@pytest.fixture
def store(kind: StoreKind, place: str | Path) -> Store:
    made = kind.create(place)
    made.load([ox.Triple(A, P, B), ox.Triple(A, P, ox.Literal("x"))])
    return made


def values(answer: Any) -> list[list[str | None]]:
    return [[None if term is None else term.value for term in row] for row in answer]


def test_the_door_offers_both_kinds() -> None:
    assert registry.names("store") == ("memory", "oxigraph", "server")


def test_what_is_loaded_is_there(store: Store) -> None:
    assert len(store) == 2
    assert set(store) == {ox.Triple(A, P, B), ox.Triple(A, P, ox.Literal("x"))}


def test_a_triple_is_held_once(store: Store) -> None:
    store.load([ox.Triple(A, P, B)])
    assert len(store) == 2


def test_triples_match_a_pattern(store: Store) -> None:
    assert list(store.triples(None, P, B)) == [ox.Triple(A, P, B)]
    assert list(store.triples(B)) == []


def test_select_construct_and_ask(store: Store) -> None:
    assert values(store.query("SELECT ?o { ?s ?p ?o } ORDER BY STR(?o)")) == [["https://example.org/b"], ["x"]]
    assert list(store.query("CONSTRUCT { ?o ?p ?s } { ?s ?p ?o FILTER(isIRI(?o)) }")) == [ox.Triple(B, P, A)]  # type: ignore[arg-type]
    assert bool(store.query("ASK { ?s ?p ?o }")) is True


def test_the_prefixes_of_the_ontology_are_known(store: Store) -> None:
    assert values(store.query("SELECT ?x { VALUES ?x { kg:year } }")) == [["https://w3id.org/paperkg/ns#year"]]


def test_a_relative_address_is_one_of_the_graph(store: Store) -> None:
    assert values(store.query("SELECT ?x { VALUES ?x { <paper/one> } }")) == [["https://w3id.org/paperkg/id/paper/one"]]


def test_a_parameter_is_a_term_and_never_text(store: Store) -> None:
    query = "SELECT ?o ?wanted { ?s ?p ?o FILTER(STR(?o) = ?wanted) }"
    assert values(store.query(query, {"wanted": "x"})) == [["x", "x"]]
    assert values(store.query(query, {"wanted": 'x") } # '})) == []


@pytest.mark.parametrize("query", ["SELECT", "SELECT ?x { ?x }", "INSERT DATA { <a:b> <a:b> <a:b> }"])
def test_what_is_not_a_query_is_refused(store: Store, query: str) -> None:
    with pytest.raises(QueryError):
        store.query(query)


def test_a_parameter_that_the_query_does_not_project_is_refused(store: Store) -> None:
    with pytest.raises(QueryError):
        store.query("SELECT ?s { ?s ?p ?o }", {"nothing": "x"})


def test_service_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        store.query("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_a_missing_place_is_told(kind: StoreKind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.stores.http.PAUSES", ())
    with pytest.raises(GraphError, match=r"absent|cannot be reached"):
        kind.open("http://127.0.0.1:9/absent" if kind.name == "server" else tmp_path / "absent")
