"""A graph's lines as a ledger: every statement with what is said of its parts, and every claim with its passage.

Terms stand as they do in N-Triples, `<…>` or a literal, so that reading a large graph builds no objects that nobody asks for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError
from kg.merge.triples import kind_of, text, word

TYPE, SUBJECT, PREDICATE, OBJECT = word("rdf:type"), word("rdf:subject"), word("rdf:predicate"), word("rdf:object")
EVIDENCE, CONFIDENCE, STANCE, AGENT = word("kg:evidence"), word("kg:confidence"), word("kg:stance"), word("prov:wasAttributedTo")
EXACT, START, END, SOURCE = word("oa:exact"), word("oa:start"), word("oa:end"), word("oa:hasSource")
NAME, ALTERNATE, WRITTEN = word("schema:name"), word("schema:alternateName"), word("kg:nameAsWritten")
PREFERRED, ALTERNATIVE = word("skos:prefLabel"), word("skos:altLabel")
DIGEST, URL, SAME_AS, YEAR = word("kg:contentDigest"), word("schema:url"), word("schema:sameAs"), word("kg:year")
LONG = frozenset({word("schema:abstract"), word("schema:reviewBody")})
LABELS = (PREFERRED, NAME, WRITTEN, ALTERNATIVE, ALTERNATE)
_CLAIM_PARTS = (SUBJECT, PREDICATE, EVIDENCE, AGENT, CONFIDENCE)
Described = Mapping[str, Sequence[str]]
Statement = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Claim:
    """That a passage states something.  `object` is None for long texts, which stand in the graph and the source only."""

    address: str
    subject: str
    predicate: str
    object: str | None
    passage: str
    agent: str
    confidence: str
    stance: str

    @property
    def document(self) -> str:
        return self.passage[: self.passage.find("#")] + ">"


def plain(term: str) -> str:
    """The characters of a literal, or the address of a name."""
    return text(term) if term.startswith('"') else term.strip("<>")


class Ledger:
    """All that a graph's lines say, by the things that they say it of."""

    def __init__(self, lines: Iterable[str]) -> None:
        about: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
        for line in lines:
            subject, predicate, rest = line.split(" ", 2)
            about[subject].setdefault(predicate, []).append(rest[:-2])
        self.about: dict[str, dict[str, list[str]]] = dict(about)

    def of(self, thing: str) -> Described:
        """What is said of a thing, by predicate."""
        return self.about.get(thing, {})

    def values(self, thing: str, *predicates: str) -> list[str]:
        described = self.about.get(thing)
        return [value for predicate in predicates for value in described.get(predicate, ())] if described else []

    def says(self, subject: str, predicate: str, object_: str) -> bool:
        return object_ in self.about.get(subject, {}).get(predicate, ())

    @cached_property
    def _kinds(self) -> dict[str, list[str]]:
        kinds: defaultdict[str, list[str]] = defaultdict(list)
        for thing in sorted(self.about):
            kind = kind_of(thing)
            kinds["passage" if kind == "doc" and "#" in thing else kind].append(thing)
        return dict(kinds)

    def of_kind(self, kind: str) -> list[str]:
        """All things of one segment (`paper`, `claim`, `doc` …), and `passage`, sorted."""
        return self._kinds.get(kind, [])

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """All claims that have their parts, sorted by their addresses."""
        return tuple(claim for thing in self.of_kind("claim") if (claim := self._claim(thing)))

    @property
    def broken(self) -> list[str]:
        """Claims that lack a part or have one twice."""
        whole = {claim.address for claim in self.claims}
        return [thing for thing in self.of_kind("claim") if thing not in whole]

    def _claim(self, thing: str) -> Claim | None:
        described = self.about[thing]
        parts = [described.get(name, []) for name in _CLAIM_PARTS]
        objects, stances = described.get(OBJECT, []), described.get(STANCE, [])
        if any(len(part) != 1 for part in parts) or len(stances) > 1 or len(objects) != (parts[1][0] not in LONG):
            return None
        subject, predicate, passage, agent, confidence = (part[0] for part in parts)
        stance = stances[0].rsplit("#", 1)[-1].rstrip(">") if stances else "asserted"
        return Claim(thing, subject, predicate, objects[0] if objects else None, passage, agent, confidence, stance)


def lines(place: Path) -> list[str]:
    """The N-Triples lines of a graph's directory, or of an RDF file in any format.  `GraphError` if it cannot be read."""
    path = place / "graph.nt" if place.is_dir() else place
    try:
        if path.name == "graph.nt":
            return path.read_bytes().decode().split("\n")[:-1]
        data = ox.serialize({quad.triple for quad in ox.parse(path=str(path))}, format=ox.RdfFormat.N_TRIPLES)
    except (OSError, SyntaxError, ValueError) as error:
        raise GraphError(f"{path} cannot be read as RDF: {error}; give a graph's directory or an RDF file") from error
    assert data is not None
    return sorted(data.decode().split("\n")[:-1])
