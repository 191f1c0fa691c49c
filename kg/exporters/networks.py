"""The network of nodes and edges for Gephi, Cytoscape, yEd and other tools that draw graphs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import networkx as nx

from kg.exporters.xml import NOT_XML
from kg.network import network
from kg.protocols import Store

_DATE = re.compile(rb' lastmodifieddate="[^"]*"')


class GraphMl:
    """GraphML, http://graphml.graphdrawing.org/specification.html."""

    name = "graphml"
    suffix = ".graphml"
    media_type = "application/graphml+xml"
    summary = "nodes and edges for Cytoscape, yEd, igraph"

    def export(self, store: Store) -> Iterator[bytes]:
        file = io.BytesIO()
        nx.write_graphml_xml(_networkx(store), file, named_key_ids=True)
        yield file.getvalue()


class Gexf:
    """GEXF 1.2, https://gexf.net/, without the date of writing, so that the same graph gives the same bytes."""

    name = "gexf"
    suffix = ".gexf"
    media_type = "application/gexf+xml"
    summary = "nodes and edges for Gephi"

    def export(self, store: Store) -> Iterator[bytes]:
        file = io.BytesIO()
        nx.write_gexf(_networkx(store), file, version="1.2draft")
        yield _DATE.sub(b"", file.getvalue(), count=1)


def _networkx(store: Store) -> nx.MultiDiGraph[str]:
    """The network with attributes that XML can hold; the sentences of an edge are joined by empty lines."""
    found = network(store)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in found.nodes:
        year = {"year": node.year} if node.year else {}
        graph.add_node(node.iri, kind=node.kind, label=NOT_XML.sub("", node.label), **year)
    for number, edge in enumerate(found.edges):
        sentences = NOT_XML.sub("", "\n\n".join(edge.sentences))
        graph.add_edge(edge.source, edge.target, key=number, predicate=edge.predicate, sentences=sentences)
    return graph
