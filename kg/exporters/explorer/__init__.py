"""The graph as a page in which people walk from topic to paper to the reviewer's sentence: one HTML file that needs no network.

The page's program is TypeScript in `explorer/`, bundled into `built/`; here its data is gathered and its picture laid out.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.exporters.explorer.data import page_value
from kg.exporters.explorer.page import page
from kg.exporters.rdf import turtle
from kg.ontology import PREFIXES
from kg.protocols import Store

# Above so many triples the page's query engine gets the facts without their claims and passages, which are nine tenths of a graph.
MOST_TRIPLES = 400_000
_EVIDENCE = tuple(ox.NamedNode(f"{PREFIXES['kg']}{kind}") for kind in ("Claim", "Passage"))
_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")


class Explorer:
    """One HTML file with a map, search, views of papers, reviewers and results, and a query engine over the graph's triples."""

    name = "explorer"
    suffix = ".html"
    media_type = "text/html"
    summary = "an application to walk the field, one file, no network needed"

    def export(self, store: Store) -> Iterator[bytes]:
        whole = len(store) <= MOST_TRIPLES
        data = page_value(store) | {"evidenceInQueries": whole}
        yield page(data, turtle(store if whole else _facts(store))).encode()


def _facts(store: Store) -> Iterator[ox.Triple]:
    """All triples but those of claims and passages."""
    evidence = {triple.subject for kind in _EVIDENCE for triple in store.triples(None, _TYPE, kind)}
    return (triple for triple in store if triple.subject not in evidence)
