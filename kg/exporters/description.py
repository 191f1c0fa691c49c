"""What a graph is, for catalogues of data: VoID (https://www.w3.org/TR/void/), DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/) and schema.org.

It tells the counts of things and of relations; licence, address and publisher are for who publishes the graph to add.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version

import pyoxigraph as ox

from kg.exporters.jsonld import JsonLd
from kg.exporters.rdf import NAMES, NQuads, NTriples, TriG, Turtle, turtle
from kg.exporters.rdfxml import RdfXml
from kg.ontology import PREFIXES
from kg.protocols import Store

RDF = (JsonLd, NQuads, NTriples, RdfXml, TriG, Turtle)
_NAMES = {**NAMES, "void": "http://rdfs.org/ns/void#", "dcat": "http://www.w3.org/ns/dcat#"}
_DATASET = "https://w3id.org/paperkg/id/dataset"
_TITLE = "Knowledge graph of papers, read from reviews"
_ABOUT = (
    "Papers with their authors, topics, results, awards and resources, and what reviewers say of them, extracted from reviews; "
    "every fact is stated by a claim that quotes its sentence."
)
_VOCABULARIES = ("kg", "schema", "skos", "oa", "prov", "dcterms")
_MEDIA = "https://www.iana.org/assignments/media-types/"


class Description:
    """One dataset: its size, vocabularies, classes and properties, and the files that `kg export` makes of it."""

    name = "description"
    suffix = ".ttl"
    media_type = "text/turtle"
    summary = "what the graph is: VoID, DCAT and schema.org"

    def export(self, store: Store) -> Iterator[bytes]:
        yield turtle([*_dataset(), *_sizes(store), *_files()], _NAMES)


def _dataset() -> Iterator[ox.Triple]:
    for kind in ("void:Dataset", "dcat:Dataset", "schema:Dataset"):
        yield _triple(_DATASET, "rdf:type", _name(kind))
    for title, about in (("dcterms:title", "dcterms:description"), ("schema:name", "schema:description")):
        yield _triple(_DATASET, title, ox.Literal(_TITLE, language="en"))
        yield _triple(_DATASET, about, ox.Literal(_ABOUT, language="en"))
    for prefix in _VOCABULARIES:
        yield _triple(_DATASET, "void:vocabulary", ox.NamedNode(PREFIXES[prefix]))
    maker = f"{_DATASET}#paperkg"
    yield _triple(_DATASET, "prov:wasAttributedTo", ox.NamedNode(maker))
    yield _triple(maker, "rdf:type", _name("prov:SoftwareAgent"))
    yield _triple(maker, "schema:name", ox.Literal("paperkg"))
    yield _triple(maker, "schema:softwareVersion", ox.Literal(version("paperkg")))


def _sizes(store: Store) -> Iterator[ox.Triple]:
    """How many triples, subjects, things of each class and triples of each property."""
    properties, classes, subjects = Counter[str](), Counter[str](), set()
    for triple in store:
        subjects.add(triple.subject)
        properties[triple.predicate.value] += 1
        if triple.predicate == _name("rdf:type") and isinstance(triple.object, ox.NamedNode):
            classes[triple.object.value] += 1
    for word, count in (("triples", len(store)), ("distinctSubjects", len(subjects)), ("classes", len(classes)), ("properties", len(properties))):
        yield _triple(_DATASET, f"void:{word}", ox.Literal(count))
    yield from _partitions("class", "entities", classes)
    yield from _partitions("property", "triples", properties)


def _partitions(what: str, unit: str, counts: Counter[str]) -> Iterator[ox.Triple]:
    for address, count in counts.items():
        part = f"{_DATASET}#{what}-{_short(address)}"
        yield _triple(_DATASET, f"void:{what}Partition", ox.NamedNode(part))
        yield _triple(part, f"void:{what}", ox.NamedNode(address))
        yield _triple(part, f"void:{unit}", ox.Literal(count))


def _files() -> Iterator[ox.Triple]:
    for exporter in RDF:
        file = f"{_DATASET}#{exporter.name}"
        yield _triple(_DATASET, "dcat:distribution", ox.NamedNode(file))
        yield _triple(_DATASET, "schema:distribution", ox.NamedNode(file))
        yield _triple(file, "rdf:type", _name("dcat:Distribution"))
        yield _triple(file, "rdf:type", _name("schema:DataDownload"))
        yield _triple(file, "dcterms:title", ox.Literal(exporter.summary, language="en"))
        yield _triple(file, "schema:encodingFormat", ox.Literal(exporter.media_type))
        yield _triple(file, "dcat:mediaType", ox.NamedNode(_MEDIA + exporter.media_type))


def _short(address: str) -> str:
    """`kg-year` for the address of `kg:year`; all of the address, made safe, where no prefix is known."""
    for prefix, start in PREFIXES.items():
        if address.startswith(start):
            return f"{prefix}-{address[len(start) :]}"
    return "".join(letter if letter.isalnum() else "-" for letter in address)


def _triple(subject: str, word: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), _name(word), value)


def _name(word: str) -> ox.NamedNode:
    prefix, _, local = word.partition(":")
    return ox.NamedNode(_NAMES[prefix] + local)
