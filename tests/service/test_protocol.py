"""The SPARQL 1.1 Protocol, the Graph Store Protocol to read, and HTTP as clients use it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph import open_graph
from tests.service.conftest import Service, quoted, until

pytestmark = pytest.mark.server
SELECT = "SELECT ?title { ?paper a schema:ScholarlyArticle ; schema:name ?title } ORDER BY ?title"
RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


@pytest.mark.parametrize("media_type", RESULTS)
def test_a_selection_in_every_format(service: Service, small_directory: Path, media_type: str) -> None:
    found = service.ask(SELECT, media_type)
    assert found.headers["content-type"].startswith(media_type)
    ours = [row["title"] for row in open_graph(small_directory).query(SELECT)]
    assert [row["title"] for row in ox.parse_query_results(found.body, format=RESULTS[media_type])] == ours
    assert len(ours) >= 3


def test_a_selection_as_csv(service: Service) -> None:
    found = service.ask(SELECT, "text/csv")
    assert found.headers["content-type"].startswith("text/csv")
    assert found.body.startswith(b"title\r\n")


@pytest.mark.parametrize("media_type", GRAPHS)
def test_a_graph_in_every_format(service: Service, small_triples: list[ox.Triple], media_type: str) -> None:
    found = service.ask("CONSTRUCT WHERE { ?s kg:year ?o }", media_type)
    assert found.headers["content-type"].startswith(media_type)
    ours = {triple for triple in small_triples if triple.predicate.value.endswith("#year")}
    assert {quad.triple for quad in ox.parse(found.body, format=GRAPHS[media_type])} == ours


def test_a_truth(service: Service) -> None:
    assert service.ask("ASK { ?s kg:year ?o }").json["boolean"] is True  # type: ignore[index]
    assert service.ask("ASK { ?s kg:year 1 }", "application/sparql-results+xml").body.count(b"false") == 1


def test_three_ways_to_send_a_query(service: Service) -> None:
    form = service.ask(SELECT)
    bare = service.get("/sparql", "application/sparql-results+json", "POST", SELECT.encode(), Content_Type="application/sparql-query")
    plain = service.get(f"/sparql?query={quoted(SELECT)}", "application/sparql-results+json")
    assert form.status == bare.status == plain.status == 200
    assert form.body == bare.body == plain.body


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("*/*", "application/sparql-results+json"),
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/*", "text/xml"),
        ("text/csv, */*;q=0.1", "text/csv"),
        ("application/json;q=0, */*", "application/sparql-results+json"),
    ],
)
def test_the_best_accepted_format_is_sent(service: Service, accept: str, chosen: str) -> None:
    found = service.ask(SELECT, accept)
    assert found.headers["content-type"].split(";")[0] == chosen
    assert "Accept" in found.headers["vary"]


def test_what_nobody_accepts_is_refused_with_what_there_is(service: Service) -> None:
    found = service.ask(SELECT, "image/png")
    assert found.status == 406
    assert "text/csv" in found.json["detail"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("status", "method", "target", "headers", "body"),
    [
        (400, "GET", "/sparql?query=SELECT", {}, None),
        (400, "GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", {}, None),
        (400, "GET", "/sparql?query=%ff", {}, None),
        (400, "GET", "/sparql?query=ASK%7B%7D" + "&default-graph-uri=a:a" * 200, {}, None),
        (400, "POST", "/sparql", {"Content_Type": "application/x-www-form-urlencoded"}, b""),
        (400, "POST", "/sparql", {"Content_Type": "application/sparql-query"}, "ASK {} # é".encode("latin-1")),
        (403, "POST", "/sparql", {"Content_Type": "application/sparql-update"}, b"CLEAR ALL"),
        (403, "POST", "/sparql", {"Content_Type": "application/x-www-form-urlencoded"}, b"update=CLEAR%20ALL"),
        (415, "POST", "/sparql", {"Content_Type": "text/plain"}, b"ASK {}"),
        (405, "PUT", "/store?default", {"Content_Type": "text/turtle"}, b""),
        (405, "DELETE", "/store?default", {}, None),
        (404, "GET", "/store?graph=https%3A%2F%2Fexample.org%2Fnone", {}, None),
        (400, "GET", "/store", {}, None),
        (400, "GET", "/store?default&graph=https%3A%2F%2Fexample.org%2F", {}, None),
        (404, "GET", "/nothing", {}, None),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(service: Service, *, status: int, method: str, target: str, headers: dict[str, str], body: bytes | None) -> None:
    found = service.get(target, "*/*", method, body, **headers)
    assert found.status == status
    assert found.headers["content-type"] == "application/problem+json"
    assert found.json["detail"]  # type: ignore[index]
    assert ("read-only" in found.json["detail"]) == (status in (403, 405))  # type: ignore[index]


def test_the_graph_as_a_resource(service: Service, small_directory: Path) -> None:
    found = service.get("/store?default", "application/n-triples")
    assert {quad.triple for quad in ox.parse(found.body, format=ox.RdfFormat.N_TRIPLES)} == set(open_graph(small_directory).store)
    assert service.get("/store?default", "*/*", "POST", b"", Content_Type="text/turtle").status == 405


def test_the_graphs_of_the_request_take_the_place_of_those_of_the_query(service: Service) -> None:
    assert service.ask("ASK { ?s ?p ?o }", **{"default-graph-uri": "https://example.org/none"}).json["boolean"] is False  # type: ignore[index]


def test_the_service_describes_itself(service: Service) -> None:
    found = service.get("/sparql", "text/turtle")
    words = {quad.predicate.value.rsplit("#")[-1] for quad in ox.parse(found.body, format=ox.RdfFormat.TURTLE)}
    assert {"endpoint", "supportedLanguage", "resultFormat", "defaultDataset"} <= words


def test_an_answer_that_the_client_has_is_not_sent_again(service: Service) -> None:
    target = f"/sparql?query={quoted(SELECT)}"
    first = service.get(target)
    again = service.get(target, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert service.get(target, accept="text/csv").headers["etag"] != first.headers["etag"]
    assert "etag" not in service.get(f"/sparql?query={quoted('SELECT (NOW() AS ?n) {}')}").headers


def test_long_answers_are_packed(service: Service) -> None:
    found = service.get("/store?default", "text/turtle", Accept_Encoding="gzip")
    assert found.headers["content-encoding"] == "gzip"
    assert b"schema:name" in gzip.decompress(found.body)


def test_the_head_alone(service: Service) -> None:
    found = service.get("/store?default", "text/turtle", "HEAD")
    assert (found.status, found.body) == (200, b"")
    assert found.headers["content-type"].startswith("text/turtle")


def test_every_request_is_a_line_of_the_log(service: Service) -> None:
    name = service.get("/health").headers["x-request-id"]
    assert until(lambda: any(row.get("request") == name for row in service.log))
    row = next(row for row in service.log if row.get("request") == name)
    assert (row["path"], row["status"], row["method"]) == ("/health", 200, "GET")
    assert "SELECT" not in json.dumps(service.log)


def test_it_ends_with_what_it_has_begun(small_directory: Path) -> None:
    running = Service(small_directory)
    assert running.get("/health").json["status"] == "ok"  # type: ignore[index]
    workers = running.workers()
    assert workers
    assert running.stop() in (0, -15)
    assert not [number for number in workers if Path(f"/proc/{number}").exists()]
