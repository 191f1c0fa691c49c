"""What may be asked, and what is refused before it can harm the process or the network."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pyoxigraph as ox
import pytest

from kg import sparql
from kg.errors import QueryError
from kg.model import Iri
from kg.stores.oxigraph import OxigraphStore

TARGET = "<http://127.0.0.1:{port}/>"
SPELLINGS = (
    "ASK { SERVICE %s { ?s ?p ?o } }",
    "ASK { service %s { ?s ?p ?o } }",
    "ASK { SERVICE SILENT %s { ?s ?p ?o } }",
    "ASK { SERVICE%s{ ?s ?p ?o } }",
    "ASK { SERVICE # a comment\n %s { ?s ?p ?o } }",
    "ASK { ?s ?p 1SERVICE %s { ?s ?p ?o } }",
    "ASK { ?s ?p trueSERVICE %s { ?s ?p ?o } }",
    "PREFIX e: %s ASK { SERVICE e: { ?s ?p ?o } }",
    "PREFIX e: %s ASK { SERVICE e:x { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE %s { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE %s { ?s ?p ?o } } } }",
    "ASK { OPTIONAL { SERVICE %s { ?s ?p ?o } } }",
    "CONSTRUCT WHERE { ?s ?p ?o } #\n SERVICE %s",
    "ASK { VALUES ?x { %s } SERVICE ?x { ?s ?p ?o } }",
    "ASK FROM %s { ?s ?p ?o }",
    "ASK FROM NAMED %s { GRAPH ?g { ?s ?p ?o } }",
    "LOAD %s",
)


@pytest.fixture
def trap() -> Iterator[tuple[int, list[str]]]:
    """A server on loopback that notes each request."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.path)
            self.send_error(404)

        do_GET = do_POST  # noqa: N815

        def log_message(self, *arguments: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, seen
        server.shutdown()


def test_no_spelling_of_a_query_leaves_the_machine(trap: tuple[int, list[str]]) -> None:
    port, seen = trap
    for spelling in SPELLINGS:
        try:
            OxigraphStore().query(spelling % TARGET.format(port=port))
        except QueryError:
            continue
    assert seen == []


def test_the_trap_would_notice(trap: tuple[int, list[str]]) -> None:
    port, seen = trap
    with pytest.raises(OSError, match=r"404|HTTP|Not Found"):
        bool(ox.Store().query(SPELLINGS[0] % TARGET.format(port=port)))
    assert seen == ["/"]


@pytest.mark.parametrize(
    "query", ["SELECT ?service { ?s ?p ?service }", "ASK { ?s ?p 'room service' }", "ASK { ?s <https://example.org/service> ?o }"]
)
def test_the_word_alone_is_allowed(query: str) -> None:
    sparql.check(query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p '" + "x" * sparql.MAX_BYTES + "' }",
        "ASK " + "{" * 201 + "}" * 201,
        "ASK { FILTER(" + "(" * 201 + "1" + ")" * 201 + ") }",
        "ASK { FILTER(" + "!" * 3_000 + "true) }",
        "ASK { FILTER(" + "1||" * 15_000 + "1) }",
        "ASK { FILTER(" + "1 - " * 9_000 + "1) }",
        "ASK { ?s " + "a|" * 20_000 + "a ?o }",
        "ASK { " + "{}UNION" * 9_000 + "{} }",
        "ASK { " + "MINUS{}" * 9_000 + "}",
    ],
)
def test_what_would_overflow_the_stack_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match=r"bytes|deep|more than"):
        OxigraphStore().query(query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER(" + "(" * 190 + "1" + ")" * 190 + ") }",
        "ASK { FILTER(" + "!" * 2_000 + "true) }",
        "ASK { FILTER(" + "1||" * 2_000 + "1) }",
        "ASK { FILTER(" + "1 - " * 5_000 + "1) }",
        "ASK { FILTER(" + "1 + " * 4_000 + "1) }",
        "ASK { " + "{}UNION" * 1_000 + "{} }",
        "ASK { " + "MINUS{}" * 1_000 + "}",
    ],
)
def test_what_is_just_allowed_does_no_harm(query: str) -> None:
    OxigraphStore().query(query)


def test_values_become_terms() -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert sparql.term("x") == ox.Literal("x")
    assert sparql.term(3) == ox.Literal(3)
    assert sparql.term(value=True) == ox.Literal(value=True)
    assert sparql.term(Decimal("1.50")) == ox.Literal("1.50", datatype=ox.NamedNode(xsd + "decimal"))
    assert sparql.term(date(2021, 2, 3)) == ox.Literal("2021-02-03", datatype=ox.NamedNode(xsd + "date"))
    assert sparql.term(Iri("https://example.org/")) == ox.NamedNode("https://example.org/")


def test_an_iri_that_holds_more_is_refused() -> None:
    with pytest.raises(QueryError, match="not an absolute IRI"):
        sparql.iri("https://example.org/> ?p ?o } #")
