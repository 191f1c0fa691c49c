"""How a fact is spelt in RDF: the triple, the claim that it is made, and the passage that says so.

The design is that of Web Annotation selectors and RDF reification, flattened: see docs/decisions/claims-in-plain-rdf.md.  A denied or
hedged fact has its claim but is not asserted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

import pyoxigraph as ox

from kg import identity, ontology
from kg.model import Address, Document, Entity, Evidence, Fact, Iri, Object

_CLASSES = {
    "Paper": "schema:ScholarlyArticle", "Person": "schema:Person", "Organization": "schema:Organization", "Review": "schema:Review",
    "Event": "schema:Event", "EventSeries": "schema:EventSeries", "Periodical": "schema:Periodical", "List": "schema:ItemList",
    "Topic": "skos:Concept", "Task": "kg:Task", "Method": "kg:Method", "Dataset": "kg:Dataset", "Metric": "kg:Metric",
    "Document": "kg:Document", "Authorship": "kg:Authorship", "Result": "kg:Result", "Award": "kg:Award", "Resource": "kg:Resource",
}  # fmt: skip
_TOPICS = frozenset({"Topic", "Task", "Method", "Dataset", "Metric"})
_LONG = frozenset({"schema:abstract", "schema:reviewBody"})


def lines(document: Document, facts: Iterable[Fact]) -> list[str]:
    """All that one document says, as sorted N-Triples lines without their line ends."""
    triples = set(_document(document))
    for fact in facts:
        triples.update(_fact(fact))
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert data is not None
    return sorted(data.decode().split("\n")[:-1])


def parse(data: str | bytes) -> Iterator[ox.Triple]:
    """Triples out of N-Triples."""
    return (quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES))


def _document(document: Document) -> Iterator[ox.Triple]:
    yield from _described(Entity("Document", document.name))
    node = _node("Document", document.name)
    yield ox.Triple(node, _word("kg:contentDigest"), ox.Literal(f"sha256:{document.digest}"))
    if document.source.url:
        yield ox.Triple(node, _word("schema:url"), ox.NamedNode(document.source.url))


def _fact(fact: Fact) -> Iterator[ox.Triple]:
    subject, predicate, object_ = _node(fact.subject.kind, fact.subject.key), _word(fact.predicate), _term(fact.object)
    yield from _described(fact.subject)
    if isinstance(fact.object, Entity):
        yield from _described(fact.object)
    if fact.evidence.stance == "asserted":
        yield ox.Triple(subject, predicate, object_)
        if fact.predicate == "kg:authorship" and isinstance(fact.object, Entity):
            person = dict(fact.object.properties)["schema:author"]
            yield ox.Triple(subject, _word("schema:author"), _term(person))
    yield from _claim(fact, subject, predicate, object_)


def _claim(fact: Fact, subject: ox.NamedNode, predicate: ox.NamedNode, object_: ox.NamedNode | ox.Literal) -> Iterator[ox.Triple]:
    evidence = fact.evidence
    passage = ox.NamedNode(f"{_node('Document', evidence.document).value}#char={evidence.span.start},{evidence.span.end}")
    parts = (str(subject), str(predicate), str(object_), passage.value, evidence.extractor, evidence.stance)
    claim = ox.NamedNode(f"{identity.BASE}claim/{identity.digest(chr(31).join(parts), 16)}")
    long = fact.predicate in _LONG
    yield ox.Triple(claim, _word("rdf:type"), _word("kg:Claim"))
    yield ox.Triple(claim, _word("rdf:subject"), subject)
    yield ox.Triple(claim, _word("rdf:predicate"), predicate)
    if not long:
        yield ox.Triple(claim, _word("rdf:object"), object_)
    yield ox.Triple(claim, _word("kg:evidence"), passage)
    yield ox.Triple(claim, _word("kg:confidence"), _literal(Decimal(f"{evidence.confidence:.2f}")))
    yield ox.Triple(claim, _word("prov:wasAttributedTo"), _extractor(evidence.extractor))
    if evidence.stance != "asserted":
        yield ox.Triple(claim, _word("kg:stance"), _word(f"kg:{evidence.stance}"))
    yield from _passage(passage, evidence, long)
    yield from _extractor_description(evidence.extractor)


def _passage(passage: ox.NamedNode, evidence: Evidence, long: bool) -> Iterator[ox.Triple]:
    yield ox.Triple(passage, _word("rdf:type"), _word("kg:Passage"))
    yield ox.Triple(passage, _word("oa:hasSource"), _node("Document", evidence.document))
    yield ox.Triple(passage, _word("oa:start"), _literal(evidence.span.start))
    yield ox.Triple(passage, _word("oa:end"), _literal(evidence.span.end))
    if not long:
        yield ox.Triple(passage, _word("oa:exact"), ox.Literal(evidence.quote))


def _described(entity: Entity) -> Iterator[ox.Triple]:
    """Type, name and properties of a node, and of the nodes that its properties name."""
    node = _node(entity.kind, entity.key)
    yield ox.Triple(node, _word("rdf:type"), _word(_CLASSES[entity.kind]))
    if entity.kind in _TOPICS:
        yield from _concept(node, entity)
    elif entity.label and entity.kind not in ("Paper", "Document", "Authorship"):
        yield ox.Triple(node, _word("schema:name"), ox.Literal(entity.label))
    for predicate, value in entity.properties:
        yield ox.Triple(node, _word(predicate), _term(value))
        if isinstance(value, Entity):
            yield from _described(value)


def _concept(node: ox.NamedNode, entity: Entity) -> Iterator[ox.Triple]:
    if entity.key in _curated():
        yield from _curated_concept(entity.key)
        return
    yield ox.Triple(node, _word("rdf:type"), _word("skos:Concept"))
    yield ox.Triple(node, _word("skos:inScheme"), ox.NamedNode(f"{identity.BASE}topic/scheme"))
    yield ox.Triple(node, _word("skos:prefLabel"), ox.Literal(entity.label))


@cache
def _curated() -> dict[str, ontology.Concept]:
    return {concept.key: concept for concept in ontology.concepts()}


@cache
def _curated_concept(key: str) -> tuple[ox.Triple, ...]:
    """A topic of the vocabulary with its labels, and all that is broader than it."""
    concept = _curated()[key]
    node = _node(concept.kind, key)
    triples = [ox.Triple(node, _word("rdf:type"), _word(_CLASSES[concept.kind])), ox.Triple(node, _word("rdf:type"), _word("skos:Concept"))]
    triples.append(ox.Triple(node, _word("skos:inScheme"), ox.NamedNode(f"{identity.BASE}topic/scheme")))
    triples.append(ox.Triple(node, _word("skos:prefLabel"), ox.Literal(concept.label, language="en")))
    languages = dict(concept.languages)
    triples += [ox.Triple(node, _word("skos:altLabel"), ox.Literal(label, language=languages.get(label, "en"))) for label in concept.alternatives]
    for broader in concept.broader:
        triples.append(ox.Triple(node, _word("skos:broader"), _node("Topic", broader)))
        triples += _curated_concept(broader)
    return tuple(triples)


def _extractor(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{identity.BASE}extractor/{name.replace('/', '-')}")


@cache
def _extractor_description(name: str) -> tuple[ox.Triple, ...]:
    node = _extractor(name)
    label, _, version = name.partition("/")
    return (
        ox.Triple(node, _word("rdf:type"), _word("prov:SoftwareAgent")),
        ox.Triple(node, _word("schema:name"), ox.Literal(label)),
        ox.Triple(node, _word("schema:softwareVersion"), ox.Literal(version)),
    )


@cache
def _word(word: str) -> ox.NamedNode:
    return ox.NamedNode(ontology.expand(word))


@lru_cache(maxsize=50_000)
def _node(kind: str, key: str) -> ox.NamedNode:
    return ox.NamedNode(identity.iri(Entity(kind, key)))


def _term(value: Object) -> ox.NamedNode | ox.Literal:
    if isinstance(value, Entity):
        return _node(value.kind, value.key)
    if isinstance(value, Iri):
        return ox.NamedNode(value)
    if isinstance(value, Address):
        return ox.Literal(value, datatype=ox.NamedNode(f"{ontology.PREFIXES['xsd']}anyURI"))
    return _literal(value)


def _literal(value: str | int | bool | Decimal | date) -> ox.Literal:
    if isinstance(value, bool | int | str):
        return ox.Literal(value)
    kind = "decimal" if isinstance(value, Decimal) else "date"
    return ox.Literal(f"{value:f}" if isinstance(value, Decimal) else value.isoformat(), datatype=ox.NamedNode(f"{ontology.PREFIXES['xsd']}{kind}"))
