"""The W3C's SPARQL 1.1 suites of queries and result formats over HTTP: what the engine passes, the service passes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from kg.importing import import_files
from tests.service.conftest import Service
from tests.service.w3c import HOME, Manifest, Test, passes

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not HOME.is_dir(), reason="the W3C's suite is not here: $KG_W3C names a checkout of w3c/rdf-tests"),
]
FLOORS = {"query": 318, "results": 8}
SUITES = {"query": "manifest-sparql11-query.ttl", "results": "manifest-sparql11-results.ttl"}


def found(suite: str) -> list[Test]:
    return list(Manifest(HOME / SUITES[suite]).tests())


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    """The data of all tests, each file as a graph of its own name."""
    held = ox.Store(str(tmp_path_factory.mktemp("w3c") / "store"))
    for path in sorted({path for suite in SUITES for test in found(suite) for path in (*test.data, *test.named)}):
        held.load(path=str(path), base_iri=path.as_uri(), to_graph=ox.NamedNode(path.as_uri()))
    held.flush()
    return held


@pytest.fixture(scope="module")
def service(store: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("served")
    file = folder / "one.nt"
    file.write_text('<https://example.org/s> <https://w3id.org/paperkg/ns#year> "1" .\n', encoding="utf-8")
    import_files([file], folder / "graph")
    shutil.rmtree(folder / "graph" / "store")
    store.backup(str(folder / "graph" / "store"))
    running = Service(folder / "graph", "--workers", "2")
    yield running
    running.stop()


def bare(store: ox.Store, query: str, default: tuple[str, ...], named: tuple[str, ...], accept: str) -> tuple[str, bytes]:
    graphs = [ox.NamedNode(name) for name in default], [ox.NamedNode(name) for name in named]
    try:
        answer = store.query(query, default_graph=graphs[0] if any(graphs) else None, named_graphs=graphs[1] if any(graphs) else None)
    except (SyntaxError, ValueError, RuntimeError) as error:
        return "", str(error).encode()
    form = (
        ox.RdfFormat.N_TRIPLES if isinstance(answer, ox.QueryTriples) else ox.QueryResultsFormat.CSV if "csv" in accept else ox.QueryResultsFormat.XML
    )
    return accept, answer.serialize(format=form) or b""  # type: ignore[call-overload]


def over_http(service: Service, query: str, default: tuple[str, ...], named: tuple[str, ...], accept: str) -> tuple[str, bytes]:
    fields = [("query", query), *(("default-graph-uri", name) for name in default), *(("named-graph-uri", name) for name in named)]
    found = service.get("/sparql", accept, "POST", urlencode(fields).encode(), Content_Type="application/x-www-form-urlencoded")
    assert found.status in (200, 400), found.body
    return (found.headers["content-type"] if found.status == 200 else "", found.body)


@pytest.mark.parametrize("suite", SUITES)
def test_over_http_as_in_the_engine(suite: str, store: ox.Store, service: Service) -> None:
    run = [test for test in found(suite) if "Update" not in test.kind]
    engine = {test.name for test in run if passes(test, lambda *asked: bare(store, *asked))}
    http = {test.name for test in run if passes(test, lambda *asked: over_http(service, *asked))}
    print(
        f"{suite}: {len(run)} tests, bare engine {len(engine)}, over HTTP {len(http)}; only in the engine: {sorted(engine - http)}; in neither: {sorted({t.name for t in run} - engine - http)}"
    )
    assert sorted(name.rsplit("/")[-1] for name in engine - http) == []
    assert len(http) >= FLOORS[suite]
