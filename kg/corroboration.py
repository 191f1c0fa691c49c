"""How many independent writers say a thing: reposts count with what they repeat, documents of one author once, records not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.ontology import expand
from kg.protocols import Store

_CLAIMS = """SELECT ?subject ?predicate ?object ?document {
  ?claim rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; kg:evidence/oa:hasSource ?document
  FILTER NOT EXISTS { ?claim kg:stance ?stance }
}"""
_REPOST, _AUTHOR, _NAME, _KIND = (ox.NamedNode(expand(word)) for word in ("kg:repostOf", "schema:author", "schema:name", "dcterms:type"))
_RECORD = expand("kg:record")
Statement = tuple[str, str, str]  # addresses or values of subject, predicate and object


@dataclass(frozen=True, slots=True)
class Support:
    """How many writers of reviews say something, in how many documents, and which catalogues' records say it too."""

    writers: int
    documents: int
    records: tuple[str, ...] = ()


class Voices:
    """Whose voice each document of a graph is, looked up when it is asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, tuple[str, str]] = {}

    def support(self, documents: Iterable[str]) -> Support:
        """What it is worth that these documents say something."""
        voices = [self._voice(document) for document in sorted(set(documents))]
        writers = [writer for writer, catalogue in voices if not catalogue]
        return Support(len(set(writers)), len(writers), tuple(sorted({catalogue for _, catalogue in voices if catalogue})))

    def is_record(self, document: str) -> bool:
        """Whether a document is no review, but a catalogue's record."""
        return bool(self._voice(document)[1])

    def _voice(self, document: str) -> tuple[str, str]:
        """The author of the document, or of what it repeats, or the document itself; and the catalogue if it is a record."""
        if document not in self._known:
            first = min(self._values(document, _REPOST), default=document)
            authors = self._values(first, _AUTHOR) or self._values(document, _AUTHOR)
            record = _RECORD in self._values(document, _KIND)
            # A record's document is called by its catalogue and the key there.
            catalogue = min(self._values(document, _NAME), default=document).rsplit(" ", 1)[0] if record else ""
            self._known[document] = min(authors, default=first), catalogue
        return self._known[document]

    def _values(self, subject: str, predicate: ox.NamedNode) -> set[str]:
        triples = self._store.triples(ox.NamedNode(subject), predicate)
        return {triple.object.value for triple in triples if isinstance(triple.object, ox.NamedNode | ox.Literal)}


def corroboration(store: Store) -> dict[Statement, Support]:
    """Every fact that is claimed, with its support; long texts, whose claims do not repeat them, are left out."""
    said: defaultdict[Statement, set[str]] = defaultdict(set)
    answer = store.query(_CLAIMS)
    assert isinstance(answer, ox.QuerySolutions)
    for row in answer:
        subject, predicate, object_, document = (row[name].value for name in ("subject", "predicate", "object", "document"))
        said[subject, predicate, object_].add(document)
    voices = Voices(store)
    return {statement: voices.support(documents) for statement, documents in sorted(said.items())}
