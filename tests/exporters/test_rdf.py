"""The formats of RDF hold every triple, and readers that are not ours read them."""

from __future__ import annotations

import json
import logging

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from kg import ontology, registry
from kg.exporters.rdf import turtle
from kg.stores.oxigraph import OxigraphStore

FORMATS = {
    "turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG, "rdfxml": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip
RDFLIB = {"turtle": "turtle", "ntriples": "nt", "nquads": "nquads", "trig": "trig", "rdfxml": "xml", "jsonld": "json-ld"}
AWKWARD = 'tab\t quote" back\\slash \u2028 \u0085 emoji \U0001f40f </script>'


@pytest.fixture
def store(small_triples: list[ox.Triple]) -> OxigraphStore:
    made = OxigraphStore()
    made.load(small_triples)
    made.load([ox.Triple(ox.NamedNode("https://example.org/x"), ox.NamedNode("https://schema.org/name"), ox.Literal(AWKWARD))])
    return made


def exported(name: str, store: OxigraphStore) -> bytes:
    return b"".join(registry.plugin("exporter", name).export(store))


@pytest.mark.parametrize("name", FORMATS)
def test_every_triple_comes_back(name: str, store: OxigraphStore) -> None:
    found = {quad.triple for quad in ox.parse(exported(name, store), format=FORMATS[name])}
    assert found == set(store)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("name", FORMATS)
def test_rdflib_reads_the_same(name: str, store: OxigraphStore) -> None:
    read = rdflib.Dataset(default_union=True)
    read.parse(data=exported(name, store), format=RDFLIB[name])
    ours = rdflib.Graph().parse(data=ox.serialize(store, format=ox.RdfFormat.N_TRIPLES), format="nt")
    assert len(ours) == len(store)
    theirs = rdflib.Graph()
    for subject, predicate, value, _ in read.quads():
        theirs.add((subject, predicate, value))
    assert isomorphic(ours, theirs)


def test_ntriples_are_sorted(store: OxigraphStore) -> None:
    lines = exported("ntriples", store).split(b"\n")[:-1]
    assert lines == sorted(lines)
    assert len(lines) == len(store)


@pytest.mark.parametrize("name", ["nquads", "trig"])
def test_evidence_stands_in_the_graph_of_its_document(name: str, store: OxigraphStore) -> None:
    quads = list(ox.parse(exported(name, store), format=FORMATS[name]))
    claims = {quad.subject for quad in quads if str(quad.object) == f"<{ontology.expand('kg:Claim')}>"}
    documents = {quad.subject for quad in quads if str(quad.object) == f"<{ontology.expand('kg:Document')}>"}
    assert claims
    assert all((quad.graph_name in documents) == ("/claim/" in str(quad.subject) or "#char=" in str(quad.subject)) for quad in quads)


def test_turtle_names_the_prefixes_it_uses_in_order() -> None:
    text = turtle([ox.Triple(ox.NamedNode("https://example.org/x"), ox.NamedNode(ontology.expand("kg:year")), ox.Literal(2021))]).decode()
    assert text.splitlines() == ["@prefix kg: <https://w3id.org/paperkg/ns#> .", "", "<https://example.org/x> kg:year 2021 ."]


def test_turtle_begins_each_thing_with_its_type(store: OxigraphStore) -> None:
    first = next(line for line in exported("turtle", store).decode().splitlines() if line.startswith("paper:"))
    assert " a schema:ScholarlyArticle" in first


def test_jsonld_uses_the_words_of_its_context(store: OxigraphStore) -> None:
    whole = json.loads(exported("jsonld", store))
    papers = [thing for thing in whole["@graph"] if thing.get("type") == "Paper"]
    assert len(papers) == 3
    widgets = next(thing for thing in papers if thing["name"].startswith("Neural Widgets"))
    assert widgets["year"] == 2021
    assert widgets["identifier"] == "doi:10.1234/widgets"
    assert [thing["id"] for thing in whole["@graph"]] == sorted(thing["id"] for thing in whole["@graph"])


def test_every_word_of_the_context_is_defined() -> None:
    context = json.loads((ontology.folder() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    words = [value["@id"] if isinstance(value, dict) else value for value in context.values()]
    used = [word for word in words if ":" in word and not word.startswith("http")]
    assert len(used) > 60
    for word in used:
        assert word == "skos:ConceptScheme" or ontology.expand(word)


def test_what_xml_cannot_hold_is_left_out_and_told(caplog: pytest.LogCaptureFixture) -> None:
    store = OxigraphStore()
    name = ox.NamedNode("https://schema.org/name")
    store.load([ox.Triple(ox.NamedNode("https://example.org/x"), name, ox.Literal("a\x01b\x0bc\ufffe", language="en"))])
    with caplog.at_level(logging.WARNING):
        data = exported("rdfxml", store)
    assert "3 control characters" in caplog.text
    (quad,) = ox.parse(data, format=ox.RdfFormat.RDF_XML)
    assert quad.object == ox.Literal("abc", language="en")
    assert len(rdflib.Graph().parse(data=data, format="xml")) == 1


def test_a_description_tells_the_size(store: OxigraphStore) -> None:
    graph = rdflib.Graph().parse(data=exported("description", store), format="turtle")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    dataset = next(graph.subjects(rdflib.RDF.type, void.Dataset))
    assert graph.value(dataset, void.triples).toPython() == len(store)  # type: ignore[union-attr]
    partitions = {str(graph.value(part, void["class"])): graph.value(part, void.entities) for part in graph.objects(dataset, void.classPartition)}
    assert partitions["https://schema.org/ScholarlyArticle"].toPython() == 3  # type: ignore[union-attr]
    description = graph.value(dataset, rdflib.URIRef("https://schema.org/description"))
    assert 50 <= len(str(description)) <= 5000
