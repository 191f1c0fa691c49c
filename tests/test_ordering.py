"""Rows that are ordered here stand as the engine would put them."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ordering
from kg.stores.oxigraph import OxigraphStore

XSD = "http://www.w3.org/2001/XMLSchema#"
LETTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\x00")
WORDS = st.text(LETTERS, max_size=8).map(ox.Literal)
NUMBERS = st.one_of(st.integers(-(10**6), 10**6).map(ox.Literal), st.decimals(-1000, 1000, places=2).map(lambda d: ox.Literal(str(d), datatype=ox.NamedNode(XSD + "decimal"))))  # fmt: skip
ADDRESSES = st.integers(0, 99).map(lambda n: ox.NamedNode(f"https://example.org/{n}"))
OTHERS = st.one_of(WORDS, NUMBERS, ADDRESSES, st.booleans().map(ox.Literal), st.sampled_from([ox.Literal("a", language="en"), ox.BlankNode("b")]))


def store(columns: list[list[Any]]) -> OxigraphStore:
    """A thing for each row; the value of its column n under the predicate n."""
    made = OxigraphStore()
    made.load(ox.Triple(ox.NamedNode(f"e:{row}"), ox.NamedNode(f"p:{column}"), value) for row, values in enumerate(columns) for column, value in enumerate(values))  # fmt: skip
    return made


def told(answer: Any) -> list[list[str]]:
    return [[str(term) for term in row] for row in answer]


QUERY = "SELECT ?a ?b ?s { ?s ?any ?o OPTIONAL { ?s <p:0> ?a } OPTIONAL { ?s <p:1> ?b } }"


@settings(deadline=None)
@given(st.one_of(*(st.lists(st.lists(kind, min_size=1, max_size=2), max_size=8) for kind in (WORDS, NUMBERS, ADDRESSES, OTHERS))), st.sampled_from(["?a ?b ?s", "DESC(?a) ?b DESC(?s)", "ASC(?b) DESC(?a) ?s"]))  # fmt: skip
def test_the_order_is_that_of_the_engine(rows: list[list[Any]], columns: str) -> None:
    held, query = store(rows), f"{QUERY}\nORDER BY {columns}\n"
    assert told(ordering.ask(held, query, {})) == told(held.query(query))


@pytest.mark.parametrize("end", ["ORDER BY ?a LIMIT 1", "ORDER BY STRLEN(?a)", "ORDER BY ?hidden", ""])
def test_what_is_ordered_otherwise_is_left_to_the_engine(end: str) -> None:
    held = store([[ox.Literal("bb")], [ox.Literal("c")]])
    query = f"SELECT ?a {{ ?s <p:0> ?a BIND(STRLEN(?a) AS ?hidden) }} {end}"
    assert told(ordering.ask(held, query, {})) == told(held.query(query))


def test_the_engine_is_not_asked_to_order(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [ox.Literal(number, datatype=ox.NamedNode(f"{XSD}decimal")) for number in ("2", "10.5")]
    held, asked, inner = store([[number] for number in numbers]), list[str](), OxigraphStore.query
    monkeypatch.setattr(OxigraphStore, "query", lambda self, query, terms: (asked.append(query), inner(self, query, terms))[1])
    assert told(ordering.ask(held, "SELECT ?a { ?s <p:0> ?a } ORDER BY DESC(?a)", {})) == [[str(number)] for number in reversed(numbers)]
    assert len(asked) == 1
    assert "ORDER" not in asked[0]
