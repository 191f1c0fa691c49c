"""What every store must do: the same tests for each kind behind the door."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg import registry
from kg.errors import GraphError, QueryError
from kg.protocols import Store, StoreKind

A, B, P = (ox.NamedNode(f"https://example.org/{name}") for name in "abp")


@pytest.fixture(params=registry.names("store"))
def kind(request: pytest.FixtureRequest) -> StoreKind:
    found: StoreKind = registry.plugin("store", request.param)
    return found


@pytest.fixture
def store(kind: StoreKind, tmp_path: Path) -> Store:
    made = kind.create(tmp_path / "store")
    made.load([ox.Triple(A, P, B), ox.Triple(A, P, ox.Literal("x"))])
    return made


def values(answer: Any) -> list[list[str | None]]:
    return [[None if term is None else term.value for term in row] for row in answer]


def test_the_door_offers_both_kinds() -> None:
    assert registry.names("store") == ("memory", "oxigraph")


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


def test_a_missing_place_is_told(kind: StoreKind, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="absent"):
        kind.open(tmp_path / "absent")
