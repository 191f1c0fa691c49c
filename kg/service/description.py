"""What the service can do, in RDF (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

import pyoxigraph as ox

from kg.exporters.rdf import serialized
from kg.ontology import PREFIXES
from kg.service.negotiation import GRAPHS, RESULTS

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")
_NAMES = {
    ox.QueryResultsFormat.JSON: "SPARQL_Results_JSON", ox.QueryResultsFormat.XML: "SPARQL_Results_XML",
    ox.QueryResultsFormat.CSV: "SPARQL_Results_CSV", ox.QueryResultsFormat.TSV: "SPARQL_Results_TSV",
    ox.RdfFormat.TURTLE: "Turtle", ox.RdfFormat.N_TRIPLES: "N-Triples", ox.RdfFormat.JSON_LD: "JSON-LD", ox.RdfFormat.RDF_XML: "RDF_XML",
}  # fmt: skip


def described(endpoint: str, form: ox.RdfFormat) -> bytes:
    """The description of the service at an address."""
    service, dataset, graph = ox.NamedNode(endpoint), ox.BlankNode("dataset"), ox.BlankNode("graph")
    formats = sorted({_NAMES[found] for found in (*RESULTS.values(), *GRAPHS.values())})
    triples = [
        ox.Triple(service, _TYPE, _word("Service")),
        ox.Triple(service, _word("endpoint"), service),
        ox.Triple(service, _word("supportedLanguage"), _word("SPARQL11Query")),
        *(ox.Triple(service, _word("resultFormat"), ox.NamedNode(_FORMATS + name)) for name in formats),
        ox.Triple(service, _word("defaultDataset"), dataset),
        ox.Triple(dataset, _TYPE, _word("Dataset")),
        ox.Triple(dataset, _word("defaultGraph"), graph),
        ox.Triple(graph, _TYPE, _word("Graph")),
    ]
    return serialized(triples, form, {"sd": _SD})


def _word(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
