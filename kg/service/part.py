"""A part of a graph as a graph of its own: some things, what stands around them, and the sentences that say so.

The page of a graph that is too large for a file begins with such a part, and asks for others as its reader goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.exporters.explorer.data import page_value
from kg.exporters.explorer.page import page
from kg.exporters.rdf import turtle
from kg.ontology import expand
from kg.protocols import Store
from kg.stores.oxigraph import OxigraphStore

FIRST = 150  # papers of the first part
MOST = 1_500  # statements about a thing that are followed; a topic of ten thousand papers is shown with some of them
AROUND = "explore/around"
# What a statement needs to be told: where it stands, who wrote that, what a result is of.
_SUPPORT = frozenset(
    ox.NamedNode(expand(word))
    for word in (
        "kg:evidence", "oa:hasSource", "schema:isPartOf", "schema:author", "prov:wasAttributedTo", "kg:authorship", "kg:reportsResult",
        "kg:receivedAward", "kg:hasResource", "kg:ofMethod", "kg:onTask", "kg:onDataset", "kg:metric", "kg:baseline", "kg:presentedAt",
    )
)  # fmt: skip
_DEPTH = 3  # a claim has a passage, which has a document, which has an author
_REVIEWED, _TYPE = (ox.NamedNode(expand(word)) for word in ("schema:itemReviewed", "rdf:type"))


def first_page(store: Store) -> bytes:
    """The page that begins with the papers of which most people wrote."""
    reviews = Counter(triple.object.value for triple in store.triples(None, _REVIEWED))  # type: ignore[union-attr]
    papers = sorted(reviews, key=lambda paper: (-reviews[paper], paper))[:FIRST]
    begun = part(store, papers)
    data = page_value(begun) | {"evidenceInQueries": True, "around": AROUND}
    return page(data, turtle(begun), asks=True).encode()


def around(store: Store, thing: str) -> dict[str, Any]:
    """The value of the page for a thing and its neighbours; it has no nodes if the graph does not know the thing."""
    return page_value(part(store, [thing]))


def part(store: Store, things: Iterable[str]) -> OxigraphStore:
    """The triples of the things, of their neighbours, and of what tells where each statement stands."""
    triples: set[ox.Triple] = set()
    described: set[ox.NamedNode] = set()

    def describe(names: Iterable[ox.NamedNode]) -> list[ox.Triple]:
        new = [triple for name in names if name not in described for triple in islice(store.triples(name), MOST)]
        described.update(names)
        triples.update(new)
        return new

    centres = [ox.NamedNode(thing) for thing in things]
    out = describe(centres)
    arriving = [triple for centre in centres for triple in islice(store.triples(None, None, centre), MOST)]
    found = [*out, *describe(_names(triple.subject for triple in arriving)), *describe(_names(t.object for t in out if t.predicate != _TYPE))]
    reviews = [triple.subject for name in sorted(described, key=str) for triple in store.triples(None, _REVIEWED, name)]
    found += describe(_names(reviews))
    for _ in range(_DEPTH):
        found = describe(_names(triple.object for triple in found if triple.predicate in _SUPPORT))
    made = OxigraphStore()
    made.load(triples)
    return made


def _names(terms: Iterable[object]) -> set[ox.NamedNode]:
    return {term for term in terms if isinstance(term, ox.NamedNode)}
