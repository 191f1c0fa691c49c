"""What a build prepares gives what the engine gives, for every stock query, with and without parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import queries, tables
from kg.graph import Graph, open_graph
from kg.importing import import_files
from kg.names import Names, lines
from kg.stores.oxigraph import OxigraphStore
from kg.tables import Tables

GIVEN = {
    "paper": ("neural", "COUNTING", "e", "", "no such paper", "</script>"), "task": ("widget counting", "farm life", "x"), "topic": ("Farm Life", "widget counting"),
    "method": ("countnet-w", "tallying by hand"), "dataset": ("widgetyard",), "metric": ("tally accuracy", "other"), "author": ("widget", "s."), "event": ("countcon", "COUNTCON 2021"),
    "reviewer": ("ADA", "c", "not named"), "text": ("count", "'"), "kind": ("code", "demo"), "relation": ("usesMethod",), "year": (2021, 1999), "least": (1, 2, 3), "percent": (10, 60, 70, 95),
}  # fmt: skip


@pytest.fixture(scope="module")
def prepared(small_lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "small.nt").write_text("\n".join(small_lines) + "\n", encoding="utf-8")
    import_files([folder / "small.nt"], folder / "graph")
    return open_graph(folder / "graph")


def rows(answer: Any) -> list[list[str]]:
    return [[str(term) for term in row] for row in answer]


def choices(stock: queries.StockQuery) -> list[dict[str, str | int]]:
    single: list[dict[str, str | int]] = [{p.name: value} for p in stock.parameters for value in GIVEN[p.name]]
    return [{}, *single, {p.name: GIVEN[p.name][0] for p in stock.parameters}]


@pytest.mark.parametrize("name", queries.stock())
def test_prepared_answers_are_those_of_the_engine(prepared: Graph, name: str) -> None:
    engine = Graph(prepared.store)
    for values in choices(queries.find(name)):
        ours, theirs = rows(prepared.ask(name, **values)), rows(engine.ask(name, **values))
        assert ours == theirs, values


def test_the_text_of_a_stock_query_is_answered_from_the_table_too(prepared: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = rows(prepared.ask("counts"))
    monkeypatch.setattr(OxigraphStore, "query", lambda *_: pytest.fail("the engine was asked"))
    assert rows(prepared.query(queries.find("counts").text)) == expected
    assert len(expected) > 5


def test_an_answer_is_not_kept_for_another_text(prepared: Graph) -> None:
    assert prepared.directory
    stock = queries.find("counts")
    other = queries.StockQuery(stock.name, stock.title, stock.question, stock.parameters, stock.text + " LIMIT 1")
    assert Tables(prepared.directory / tables.FOLDER).answer(stock, {}) is not None
    assert Tables(prepared.directory / tables.FOLDER).answer(other, {}) is None


def test_things_are_looked_up_before_the_query_runs(prepared: Graph) -> None:
    assert prepared.directory
    stock = queries.find("papers-by-method")
    text = Tables(prepared.directory / tables.FOLDER).narrowed(stock, stock.bind({"method": "CountNet-W"}))
    assert 'VALUES (?used ?known) { (<https://w3id.org/paperkg/id/topic/countnet-w> "CountNet-W") }' in text


NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)


@settings(deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=8), NAMES)
def test_names_are_found_as_the_engine_finds_them(labels: list[str], part: str) -> None:
    store = OxigraphStore()
    name = ox.NamedNode("https://schema.org/name")
    store.load(ox.Triple(ox.NamedNode(f"https://example.org/{n}"), name, ox.Literal(label)) for n, label in enumerate(labels))
    found = Names("".join(f"{line}\n" for line in lines(store)).encode())
    for text in (part, *labels):
        for whole, condition in ((True, "LCASE(STR(?n)) = LCASE(?x)"), (False, "CONTAINS(LCASE(STR(?n)), LCASE(?x))")):
            answer: Any = store.query(f"SELECT ?s ?x {{ ?s schema:name ?n FILTER({condition}) }}", {"x": text})
            assert {row["s"].value for row in answer} <= set(found.addresses(text, whole=whole))


def test_a_name_is_found_without_its_accents_and_case() -> None:
    store = OxigraphStore()
    store.load([ox.Triple(ox.NamedNode("https://example.org/p"), ox.NamedNode("https://schema.org/name"), ox.Literal("Poincaré\tball\\n"))])
    (found,) = Names.of(store).containing("POINCARE ball")
    assert (found.label, found.iri) == ("Poincaré\tball\\n", "https://example.org/p")


def test_a_table_may_be_missing(tmp_path: Path, prepared: Graph) -> None:
    assert Tables(tmp_path).answer(queries.find("counts"), {}) is None
    assert Tables(tmp_path).narrowed(queries.find("papers"), {}) == queries.find("papers").text
