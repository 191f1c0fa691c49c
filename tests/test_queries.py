"""The stock queries: each says what it asks, answers on the small graph, and alike in two engines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from kg import ontology, queries
from kg.errors import OntologyError, QueryError
from kg.graph import Graph
from kg.queries import StockQuery

ASKED = {
    "method": "countnet-w",
    "task": "Farm LIFE",
    "topic": "farm life",
    "dataset": "widgetyard",
    "metric": "Tally Accuracy",
    "paper": "neural widgets",
    "relation": "evaluateson",
    "reviewer": "ada",
    "event": "countcon",
    "author": "widget",
    "year": "2021",
    "kind": "code",
    "text": "count",
    "least": "2",
    "percent": "60",
}

ELSEWHERE = {"task-trend": {"task": "Widget Counting"}, "read-before": {"paper": "sheep"}, "method-relations": {"method": "tallying BY hand"}}


def asked(stock: StockQuery) -> dict[str, str | int]:
    """Values for the parameters under which the small graph has an answer."""
    return {parameter.name: ELSEWHERE.get(stock.name, ASKED)[parameter.name] for parameter in stock.parameters}


def rows(answer: Any) -> list[tuple[str | None, ...]]:
    return [tuple(None if term is None else term.value for term in solution) for solution in answer]


def column(graph: Graph, name: str, variable: str, **parameters: str | int) -> list[str]:
    return [row[variable].value for row in graph.ask(name, **parameters)]  # type: ignore[union-attr]


def test_there_are_the_twenty_competency_questions_and_more() -> None:
    assert len(queries.stock()) >= 30


@pytest.mark.parametrize("name", queries.stock())
def test_every_query_answers_with_and_without_its_parameters(name: str, small_graph: Graph) -> None:
    stock = queries.find(name)
    assert stock.question.endswith("?")
    whole = rows(small_graph.ask(name))
    part = rows(small_graph.ask(name, **asked(stock)))
    assert whole
    assert part
    assert len(part) <= len(whole)


@pytest.mark.parametrize("name", queries.stock())
def test_every_query_narrows_to_nothing_for_what_is_not_there(name: str, small_graph: Graph) -> None:
    stock = queries.find(name)
    for parameter in stock.parameters:
        if parameter.kind == "text":
            assert rows(small_graph.ask(name, **{parameter.name: "no such thing at all"})) == []


def rdflib_term(term: ox.NamedNode | ox.Literal) -> rdflib.URIRef | rdflib.Literal:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    string = term.datatype.value.endswith("#string")
    return rdflib.Literal(term.value, datatype=None if string else rdflib.URIRef(term.datatype.value))


def comparable(table: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows in one order; numbers as numbers, because one engine writes 0.90 as 0.9."""
    return sorted((tuple(number(value) for value in row) for row in table), key=repr)


def number(value: object) -> object:
    try:
        return float(str(value))
    except ValueError:
        return None if value is None else str(value)


@pytest.mark.parametrize("name", queries.stock())
def test_rdflib_answers_alike(name: str, small_graph: Graph, small_lines: list[str]) -> None:
    graph = rdflib.Graph().parse(data="\n".join(small_lines), format="nt")
    stock = queries.find(name)
    for values in ({}, asked(stock)):
        bindings = stock.bind(values)
        theirs = graph.query(stock.text, initBindings={variable: rdflib_term(term) for variable, term in bindings.items()})  # type: ignore[arg-type]
        assert comparable(rows(small_graph.ask(name, **values))) == comparable([tuple(row) for row in theirs])  # type: ignore[arg-type]


def test_the_order_of_rows_is_the_same_every_time(small_graph: Graph, small_triples: list[ox.Triple], tmp_path: Path) -> None:
    from kg.stores.oxigraph import InMemory

    other = InMemory().create(tmp_path)
    other.load(reversed(small_triples))
    for name in queries.stock():
        assert rows(small_graph.ask(name)) == rows(Graph(other).ask(name))


def test_a_method_is_found_by_any_of_its_names(small_graph: Graph) -> None:
    assert column(small_graph, "papers-by-method", "title", method="COUNTNET-w") == ["Counting Sheep in Parallel"]


def test_a_task_counts_its_narrower_tasks(small_graph: Graph) -> None:
    assert "Neural Widgets: Learning to Count" in column(small_graph, "papers-by-task", "title", task="farm life")


def test_authors_stand_in_order(small_graph: Graph) -> None:
    assert column(small_graph, "authors-of-paper", "name", paper="neural widgets") == ["Wanda Widget", "Carl Count"]
    assert column(small_graph, "authors-of-paper", "whole", paper="sheep") == ["false"]


def test_two_writers_corroborate_one_fact(small_graph: Graph) -> None:
    found = {(row["fact"].value, row["object"].value): row["writers"].value for row in small_graph.ask("corroboration")}  # type: ignore[union-attr]
    assert found["presentedAt", "COUNTCON 2021"] == "2"


def test_reviewers_who_differ_are_found(small_graph: Graph) -> None:
    assert rows(small_graph.ask("disagreements")) == [("Neural Widgets: Learning to Count", "Bo Critic", "negative", "Ada Reader", "positive")]


def test_what_is_denied_is_no_fact_but_can_be_asked_for(small_graph: Graph) -> None:
    assert not bool(small_graph.query("ASK { ?a kg:outperforms ?b }"))
    assert column(small_graph, "denied-and-hedged", "said") == ["denied"]


def test_an_event_is_found_by_its_series(small_graph: Graph) -> None:
    assert column(small_graph, "papers-of-event", "presentedAt", event="countcon") == ["COUNTCON 2021"]


def test_a_text_that_looks_like_sparql_is_a_text(small_graph: Graph) -> None:
    assert rows(small_graph.ask("papers-by-method", method='") || true) } #')) == []


def test_an_unknown_name_lists_those_that_there_are() -> None:
    with pytest.raises(QueryError, match="papers-by-method"):
        queries.find("papers-by-magic")


def test_an_unknown_parameter_lists_those_that_there_are() -> None:
    with pytest.raises(QueryError, match="it has: method"):
        queries.find("papers-by-method").bind({"task": "x"})


def test_a_number_must_be_one() -> None:
    with pytest.raises(QueryError, match="whole number"):
        queries.find("weak-facts").bind({"percent": "many"})


def test_defaults_are_filled_in() -> None:
    assert queries.find("weak-facts").bind({}) == {"percent": ox.Literal(70)}


@pytest.mark.parametrize("text", ["SELECT ?x { }", "# title: x\n# question: y?\n# parameter: x | colour | | help\n"])
def test_a_file_without_its_headers_is_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "broken.rq").write_text(text, encoding="utf-8")
    monkeypatch.setattr(ontology, "folder", lambda: tmp_path)
    queries.stock.cache_clear()
    try:
        with pytest.raises(OntologyError, match=r"broken\.rq"):
            queries.stock()
    finally:
        monkeypatch.undo()
        queries.stock.cache_clear()
