"""Whether each single fact of a document is right by its gold, so that extractors and their confidence can be measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg import identity
from kg.evaluation.gold import Gold
from kg.evaluation.said import Said, Statements
from kg.evaluation.scoring import fields, matched
from kg.model import Entity, Fact, Object

# The field that a relation of a paper is scored in, and the part of `Said` that it fills.
_VALUES = {
    "schema:name": ("titles", "titles"), "kg:year": ("years", "years"), "schema:identifier": ("identifiers", "addresses"),
    "schema:url": ("identifiers", "addresses"), "schema:sameAs": ("identifiers", "addresses"),
}  # fmt: skip
_NAMED = {
    "kg:presentedAt": ("venues", "venues"), "schema:isPartOf": ("venues", "venues"), "kg:receivedAward": ("awards", "awards"),
    "schema:sourceOrganization": ("organizations", "organizations"), "kg:authorship": ("authors", "authors"),
}  # fmt: skip
_NODES = {
    "schema:about": ("sections", "topics"), "kg:introduces": ("introduces", "introduces"), "kg:addressesTask": ("concepts", "concepts"),
    "kg:usesMethod": ("concepts", "concepts"), "kg:evaluatesOn": ("concepts", "concepts"), "kg:reportsResult": ("results", "results"),
}  # fmt: skip
_RELATIONS = frozenset({"kg:outperforms", "kg:extends", "kg:comparesWith"})
_PAPERS = frozenset({"schema:mentions", "schema:itemReviewed"})


@dataclass(frozen=True, slots=True)
class Judged:
    """One fact with the field that it is scored in, and whether it is right.  `extractor` has its version, as `results/1`."""

    extractor: str
    field: str
    confidence: float
    right: bool


def judge(facts: Iterable[Fact], lines: Iterable[str], gold: Gold) -> Iterator[Judged]:
    """Asserted facts that the gold decides on: not those that are optional, nor those on papers that are none of the gold's."""
    statements = Statements(lines)
    papers = statements.papers()
    golden = {address: gold.papers[index] for index, address in matched(gold, papers).items()}
    for fact in dict.fromkeys(facts):
        if fact.evidence.stance != "asserted":
            continue
        for paper, field, said in _claims(fact, papers):
            if field == "papers":
                yield Judged(fact.evidence.extractor, field, fact.evidence.confidence, paper in golden)
            elif paper in golden:
                tally = fields(golden[paper], said, statements).get(field)
                if tally and tally.given:
                    yield Judged(fact.evidence.extractor, field, fact.evidence.confidence, tally.right == tally.given)


def _claims(fact: Fact, papers: Mapping[str, Said]) -> Iterator[tuple[str, str, Said]]:
    """What one fact says alone, of which paper, in which field."""
    predicate, value = fact.predicate, fact.object
    said = Said()
    if predicate in _PAPERS and isinstance(value, Entity) and value.kind == "Paper":
        yield identity.iri(value), "papers", said
    elif predicate in _RELATIONS and isinstance(value, Entity):
        said.relations.add((predicate.removeprefix("kg:"), identity.iri(value)))
        subject = identity.iri(fact.subject)
        for paper in papers:
            if paper == subject or subject in papers[paper]["introduces"]:
                yield paper, "relations", said
    elif predicate == "kg:sentiment":
        said["opinions"].add(str(value))
        reviewed = dict(fact.subject.properties).get("schema:itemReviewed")
        if isinstance(reviewed, Entity):
            yield identity.iri(reviewed), "opinions", said
    elif fact.subject.kind == "Paper" and (field := _filled(predicate, value, said)):
        yield identity.iri(fact.subject), field, said


def _filled(predicate: str, value: Object, said: Said) -> str:
    """Puts a value where it belongs and gives the field that it is scored in; empty if it is scored in none."""
    if predicate == "kg:hasResource" and isinstance(value, Entity):
        said.links[value.key] = ""
        return "links"
    if predicate in _VALUES:
        field, part = _VALUES[predicate]
        said[part].add(str(value))
        return field
    if isinstance(value, Entity) and predicate in _NAMED:
        field, part = _NAMED[predicate]
        said[part].update(_names(value))
        return field
    if isinstance(value, Entity) and predicate in _NODES:
        field, part = _NODES[predicate]
        said[part].add(identity.iri(value))
        return field
    return ""


def _names(entity: Entity) -> Iterator[str]:
    """An event goes by its own name and by that of its series; a place in an author list by the name as written."""
    described = dict(entity.properties)
    if entity.kind == "Authorship":
        yield str(described["kg:nameAsWritten"])
        return
    yield entity.label
    series = described.get("schema:superEvent")
    if isinstance(series, Entity):
        yield from _names(series)
