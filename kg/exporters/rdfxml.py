"""The graph as RDF/XML, for tools that read nothing else.

XML has no way to write most control characters, not even as references; they are left out, and their number is reported.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pyoxigraph as ox

from kg.exporters.rdf import NAMES, serialized
from kg.exporters.xml import NOT_XML
from kg.protocols import Store

_LOG = logging.getLogger(__name__)


class RdfXml:
    """RDF/XML 1.1 with the ontology's prefixes."""

    name = "rdfxml"
    suffix = ".rdf"
    media_type = "application/rdf+xml"
    summary = "RDF/XML, for older tools"

    def export(self, store: Store) -> Iterator[bytes]:
        removed = 0
        triples = []
        for triple in sorted(store, key=str):
            clean, count = _clean(triple)
            triples.append(clean)
            removed += count
        if removed:
            _LOG.warning("%d control characters cannot be written in XML and were left out; Turtle keeps them", removed)
        yield serialized(triples, ox.RdfFormat.RDF_XML, dict(sorted(NAMES.items())))


def _clean(triple: ox.Triple) -> tuple[ox.Triple, int]:
    value = triple.object
    if not isinstance(value, ox.Literal):
        return triple, 0
    text, count = NOT_XML.subn("", value.value)
    if not count:
        return triple, 0
    literal = ox.Literal(text, language=value.language) if value.language else ox.Literal(text, datatype=value.datatype)
    return ox.Triple(triple.subject, triple.predicate, literal), count
