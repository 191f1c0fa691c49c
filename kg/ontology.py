"""Reads `ontology/`: the words that may be used, the curated topics and the venues; refuses words that it does not define."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError

PREFIXES = {
    "kg": "https://w3id.org/paperkg/ns#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "topic": "https://w3id.org/paperkg/id/topic/",
    "venue": "https://w3id.org/paperkg/id/venue/",
    "event": "https://w3id.org/paperkg/id/event/",
}
# Words of SKOS, RDF and RDFS that the profile uses without describing them anew.
_STANDARD = frozenset({"rdf:type", "rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:broader", "skos:inScheme", "skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:Concept"})  # fmt: skip
_FOREIGN = "skos:altLabel@"
KINDS = ("Task", "Method", "Dataset", "Metric")


@dataclass(frozen=True, slots=True)
class Concept:
    """A curated topic.  `kind` is Task, Method, Dataset, Metric or Topic; an ambiguous one counts only beside one of its `cues`.

    `languages` are the tags (BCP 47) of those alternatives that are not English.
    """

    key: str
    kind: str
    label: str
    alternatives: tuple[str, ...]
    broader: tuple[str, ...]
    cues: tuple[str, ...]
    languages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Venue:
    """A conference series or a journal: `kind` is EventSeries or Periodical, `label` the short name, `names` all others."""

    key: str
    kind: str
    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organization:
    """A company, laboratory or university; the name of an `ambiguous` one is also an ordinary word or a place."""

    key: str
    label: str
    names: tuple[str, ...]
    ambiguous: bool


def folder() -> Path:
    """`ontology/`: inside the installed package, or beside it in a checkout."""
    shipped = Path(str(files("kg"))) / "_ontology"
    return shipped if shipped.is_dir() else Path(str(files("kg"))).parent / "ontology"


@cache
def terms() -> frozenset[str]:
    """The addresses that the ontology defines."""
    described = {quad.subject.value for quad in _parse("kg.ttl") if isinstance(quad.subject, ox.NamedNode)}
    return frozenset(described | {_join(word) for word in _STANDARD})


@cache
def expand(word: str) -> str:
    """The address of `kg:usesMethod`; `OntologyError` if the ontology does not define it."""
    address = _join(word)
    if address not in terms():
        raise OntologyError(f"the ontology does not define {word!r}; add it to ontology/kg.ttl or use one of its words")
    return address


@cache
def concepts() -> tuple[Concept, ...]:
    """The curated topics, sorted by key."""
    described = _by_subject("topics.ttl")
    return tuple(_concept(key, values) for key, values in sorted(described.items()) if "skos:prefLabel" in values and key != "scheme")


@cache
def venues() -> tuple[Venue, ...]:
    """The known conferences and journals, sorted by key."""
    return tuple(
        Venue(key, values["rdf:type"][0].rsplit("/", 1)[-1], values["schema:name"][0], tuple(values.get("schema:alternateName", ())))
        for key, values in sorted(_by_subject("venues.ttl").items())
        if "schema:name" in values
    )


@cache
def organizations() -> tuple[Organization, ...]:
    """The known companies, laboratories and universities, sorted by key."""
    return tuple(
        Organization(key, values["schema:name"][0], tuple(values.get("schema:alternateName", ())), "schema:disambiguatingDescription" in values)
        for key, values in sorted(_by_subject("organizations.ttl").items())
        if "schema:name" in values
    )


def _concept(key: str, values: dict[str, list[str]]) -> Concept:
    kinds = [value.removeprefix(PREFIXES["kg"]) for value in values.get("rdf:type", ())]
    return Concept(
        key,
        next((kind for kind in KINDS if kind in kinds), "Topic"),
        values["skos:prefLabel"][0],
        tuple(values.get("skos:altLabel", ())),
        tuple(value.removeprefix(PREFIXES["topic"]) for value in values.get("skos:broader", ())),
        tuple(values.get("kg:cueWord", ())),
        tuple((label, name.removeprefix(_FOREIGN)) for name in sorted(values) if name.startswith(_FOREIGN) for label in values[name]),
    )


def _by_subject(name: str) -> dict[str, dict[str, list[str]]]:
    short = {address: prefix for prefix, address in PREFIXES.items()}
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in _parse(name):
        address = quad.predicate.value
        cut = max(address.rfind("#"), address.rfind("/")) + 1
        predicate = f"{short.get(address[:cut], address[:cut])}:{address[cut:]}"
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            values = found[quad.subject.value.rsplit("/", 1)[-1]]
            values[predicate].append(quad.object.value)
            if isinstance(quad.object, ox.Literal) and quad.object.language not in (None, "en"):
                values[f"{predicate}@{quad.object.language}"].append(quad.object.value)
    for described in found.values():
        for listed in described.values():
            listed.sort()
    return found


def _parse(name: str) -> list[ox.Quad]:
    try:
        return list(ox.parse(path=str(folder() / name), format=ox.RdfFormat.TURTLE))
    except FileNotFoundError as error:
        raise OntologyError(f"ontology/{name} is missing; install the package again") from error
    except SyntaxError as error:
        raise OntologyError(f"ontology/{name}: {error}") from error


def _join(word: str) -> str:
    prefix, _, local = word.partition(":")
    if prefix not in PREFIXES or not local:
        raise OntologyError(f"{word!r} has no known prefix; there are: {', '.join(PREFIXES)}")
    return PREFIXES[prefix] + local
