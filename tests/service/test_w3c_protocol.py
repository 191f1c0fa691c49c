"""The W3C's tests of the SPARQL 1.1 Protocol, Graph Store Protocol and Service Description, against a service that is read-only.

What writes is refused, as the service says of itself; the reads that follow are answered by a graph that was built with the same
content.  Nothing else is let off.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.manifest import NAME
from tests.service.conftest import Answer, Service, until
from tests.service.w3c import HOME, alike
from tests.service.w3c_requests import Exchange, Expected, Sent, exchanges, names

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not HOME.is_dir(), reason="the W3C's suite is not here: $KG_W3C names a checkout of w3c/rdf-tests"),
]
PROTOCOL = exchanges(HOME / "protocol" / "manifest.ttl") if HOME.is_dir() else []
GRAPHS = exchanges(HOME / "graph-store-protocol" / "manifest.ttl") if HOME.is_dir() else []
NOT_OFFERED = {"DirectGraphIdentification", "POSTGraphCreation"}  # addresses below the store's own; names that the service gives
FORMATS = {"boolean": ("json", "xml"), "tabular": ("json", "xml", "csv", "tab-separated"), "RDF": ("turtle", "n-triples", "ld+json", "rdf+xml")}
SD = "http://www.w3.org/ns/sparql-service-description#"


class Built:
    """A graph store that changes by being built: quads in a directory that a service serves."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.number = folder, 0
        self.graphs: defaultdict[str, set[ox.Triple]] = defaultdict(set)

    def swap(self) -> None:
        """Puts a new directory in the place of the old one."""
        self.number += 1
        made = self.folder / f"made-{self.number}"
        made.mkdir(parents=True)
        store = ox.Store(str(made / "store"))
        store.bulk_extend(
            ox.Quad(*triple, ox.NamedNode(name) if name else ox.DefaultGraph()) for name, triples in self.graphs.items() for triple in triples
        )
        store.flush()
        (made / NAME).write_text(json.dumps({"format": 1, "number": self.number}), encoding="utf-8")
        if (self.folder / "graph").exists():
            (self.folder / "graph").rename(self.folder / "old")
        made.rename(self.folder / "graph")
        shutil.rmtree(self.folder / "old", ignore_errors=True)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    made = Built(tmp_path_factory.mktemp("w3c"))
    for name, path in sorted({pair for exchange in PROTOCOL for pair in exchange.data}):
        made.graphs[name] = {quad.triple for quad in ox.parse(path=str(path))}
    made.swap()
    return made


@pytest.fixture(scope="module")
def service(built: Built) -> Iterator[Service]:
    running = Service(built.folder / "graph", "--workers", "1", "--allow-host", "www.example")
    yield running
    running.stop()


def answered(service: Service, sent: Sent) -> Answer:
    headers = {"Host": "www.example", **{name.title(): value for name, value in sent.headers.items()}}
    return service.get(re.sub("^/gsp", "/store", sent.target), headers.pop("Accept", "*/*"), sent.method, sent.body, **headers)


def writes(sent: Sent) -> bool:
    body = (sent.body or b"").decode("latin-1")
    update = "update" in sent.headers.get("content-type", "") or body.startswith("update=") or "?update=" in sent.target
    return update or (sent.target.startswith("/gsp") and sent.method in ("PUT", "POST", "DELETE"))


def meets(found: Answer, expected: Expected) -> bool:
    media_type = found.headers["content-type"]
    return (
        str(found.status).startswith(expected.statuses)
        and (expected.format is None or any(form in media_type for form in FORMATS[expected.format]))
        and (expected.truth is None or found.json["boolean"] is expected.truth)  # type: ignore[index]
        and (expected.graph is None or alike(ox.Dataset(ox.parse(found.body, format=ox.RdfFormat.TURTLE)), expected.graph))
    )


def test_all_tests_are_found() -> None:
    assert (len(PROTOCOL), len(GRAPHS)) == (34, 13)


@pytest.mark.parametrize("exchange", PROTOCOL, ids=lambda exchange: exchange.name)
def test_the_protocol(exchange: Exchange, service: Service) -> None:
    for sent in exchange.requests:
        found = answered(service, sent)
        if writes(sent):
            assert found.status in (403, 415), found.body
            return  # what comes after it asks for what it would have written
        assert meets(found, sent.expected), (sent, found)


@pytest.mark.parametrize("exchange", GRAPHS, ids=lambda exchange: exchange.name)
def test_graphs_as_resources(exchange: Exchange, service: Service, built: Built) -> None:
    built.graphs.clear()
    for sent in exchange.requests:
        found = answered(service, sent)
        if writes(sent):
            assert found.status in ((404, 405) if exchange.requires & NOT_OFFERED else (405,))
            written(built, sent)
            assert until(lambda: service.get("/health").json["graph"] == state(built)), "the new graph is taken up"  # type: ignore[index]
        elif exchange.requires & NOT_OFFERED:
            assert found.status in (400, 404)
        else:
            assert meets(found, sent.expected), (sent, found)


def state(built: Built) -> str:
    from kg.service.worker import identity

    return identity(built.folder / "graph")


def written(built: Built, sent: Sent) -> None:
    if sent.method in ("PUT", "DELETE"):
        built.graphs.pop(sent.graph, None)
    if sent.method in ("PUT", "POST"):
        built.graphs[sent.graph] |= set(sent.triples())
    built.swap()


@pytest.mark.parametrize("name", names(HOME / "service-description" / "manifest.ttl") if HOME.is_dir() else [])
def test_the_description(name: str, service: Service) -> None:
    """Each test as its name and the specification say, because the manifest writes no requests."""
    found = service.get("/sparql", "application/n-triples")
    store = ox.Store()
    store.load(found.body, format=ox.RdfFormat.N_TRIPLES)
    checks = {
        "returns-rdf": "ASK { ?service a sd:Service }",
        "has-endpoint-triple": f"ASK {{ ?service a sd:Service ; sd:endpoint <http://127.0.0.1:{service.port}/sparql> }}",
        "conforms-to-schema": """ASK {
            ?service a sd:Service ; sd:endpoint ?endpoint ; sd:supportedLanguage sd:SPARQL11Query ; sd:resultFormat ?format ; sd:defaultDataset ?set .
            ?set a sd:Dataset ; sd:defaultGraph ?graph . ?graph a sd:Graph .
            FILTER(isIRI(?endpoint) && STRSTARTS(STR(?format), "http://www.w3.org/ns/formats/"))
            FILTER NOT EXISTS { ?any ?word ?value FILTER(?word NOT IN (rdf:type, sd:endpoint, sd:supportedLanguage, sd:resultFormat, sd:feature,
              sd:defaultDataset, sd:defaultGraph, sd:extensionFunction, sd:propertyFeature, sd:namedGraph, sd:name, sd:graph)) }
            FILTER NOT EXISTS { ?other sd:supportedLanguage ?language FILTER(?language NOT IN (sd:SPARQL10Query, sd:SPARQL11Query, sd:SPARQL11Update)) }
        }""",
    }
    assert store.query(checks[name], prefixes={"sd": SD, "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"})
