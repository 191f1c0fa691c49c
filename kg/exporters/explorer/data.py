"""All that the page knows, as one value of JSON: things with their places, facts with their claims, records, stock queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kg import queries
from kg.exporters.explorer.communities import communities
from kg.exporters.explorer.evidence import STANCES, Claim, Evidence
from kg.exporters.explorer.layout import positions
from kg.exporters.explorer.records import Numbers, awards, resources, results, reviews
from kg.exporters.explorer.tables import Tables, last
from kg.identity import BASE
from kg.network import KINDS, Network, Node, network
from kg.protocols import Store

# What a reader walks to; reviews, results, awards and resources are told with their paper.
SHOWN = tuple(kind for kind in KINDS.values() if kind not in ("Result", "Review", "Award", "Resource"))
TOPICS = frozenset({"Topic", "Task", "Method", "Dataset", "Metric"})
# How strongly a fact draws its two ends together; 1 where nothing else is said.  A document mentions papers of all kinds.
PULL = {"schema:mentions": 0.15, "reviewed": 0.15, "kg:presentedAt": 0.25, "schema:isPartOf": 0.25, "schema:itemListElement": 0.25}
REVIEWED = "reviewed"
_NAMES = ("schema:alternateName", "skos:altLabel")
_LINKS = ("schema:url", "schema:sameAs")
_VALUES = ("schema:name", "kg:year", "schema:identifier")


@dataclass(frozen=True, slots=True)
class Edge:
    """A fact between two shown nodes, with the claims that state it."""

    source: int
    target: int
    predicate: str
    claims: tuple[Claim, ...]


class Page:
    """Gathers the value for one store."""

    def __init__(self, store: Store) -> None:
        self.tables = Tables(store)
        self.evidence = Evidence(self.tables)
        whole = network(store)
        self.nodes: tuple[Node, ...] = tuple(node for node in whole.nodes if node.kind in SHOWN)
        self.number = {node.iri: number for number, node in enumerate(self.nodes)}
        self.edges = sorted({*self._facts(whole), *self._reviewed()}, key=lambda edge: (edge.source, edge.target, edge.predicate))
        self.claims: dict[Claim, int] = {}

    def value(self) -> dict[str, Any]:
        """The value, the same for the same triples."""
        attention = self._attention()
        groups, places = self._picture(attention)
        home = {node: number for number, group in enumerate(groups) for node in group.members}
        predicates = sorted({edge.predicate for edge in self.edges} | {predicate for _, predicate, _ in self.evidence.unasserted()})
        numbers = Numbers(self.number.__getitem__, self._claims)
        found = {
            "nodes": [
                [node.iri.removeprefix(BASE), node.kind, self._label(node), node.year, float(x), float(y), home.get(number, -1), attention[number]]
                for number, (node, (x, y)) in enumerate(zip(self.nodes, places, strict=True))
            ],
            "details": {str(number): details for number, node in enumerate(self.nodes) if (details := self._details(node))},
            "communities": [group.name for group in groups],
            "predicates": predicates,
            "edges": [number for edge in self.edges for number in (edge.source, edge.target, predicates.index(edge.predicate))],
            "stated": [self._claims(edge.claims) for edge in self.edges],
            "doubted": self._doubted(predicates),
            "reviews": list(reviews(self.tables, self.evidence, numbers)),
            "results": list(results(self.tables, self.evidence, numbers)),
            "awards": list(awards(self.tables, self.evidence, numbers)),
            "resources": list(resources(self.tables, self.evidence, numbers)),
            "queries": [_query(query) for query in queries.stock().values()],
            "base": BASE,
        }
        return found | self._said()

    def _facts(self, whole: Network) -> Iterable[Edge]:
        """The facts of the network whose two ends are shown; an author's claims are those of the authorship."""
        places = {
            (paper, person): place
            for paper, found in self.tables["kg:authorship"].items()
            for place in found
            for person in self.tables.all("schema:author", place)
        }
        for edge in whole.edges:
            if edge.source in self.number and edge.target in self.number and edge.source != edge.target:
                place = places.get((edge.source, edge.target)) if edge.predicate == "schema:author" else None
                stated = ("kg:authorship", place) if place else (edge.predicate, edge.target)
                yield self._edge(edge.source, edge.predicate, edge.target, self.evidence.of(edge.source, *stated))

    def _reviewed(self) -> Iterable[Edge]:
        """From each person who reviewed a paper to the paper."""
        for review, papers in self.tables["schema:itemReviewed"].items():
            document = self.tables.one("schema:isPartOf", review)
            for person in self.tables.all("schema:author", review) or self.tables.all("schema:author", document):
                for paper in papers:
                    yield self._edge(person, REVIEWED, paper, self.evidence.of(review, "schema:itemReviewed", paper))

    def _edge(self, source: str, predicate: str, target: str, claims: Sequence[Claim]) -> Edge:
        return Edge(self.number[source], self.number[target], predicate, tuple(claims))

    def _attention(self) -> list[int]:
        """How many independent voices speak of a paper; of anything else, with how many papers it stands."""
        documents: defaultdict[int, set[str]] = defaultdict(set)
        papers: defaultdict[int, set[int]] = defaultdict(set)
        kinds = [node.kind for node in self.nodes]
        for edge in self.edges:
            for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
                documents[one] |= {claim.document for claim in edge.claims}
                if kinds[other] == "Paper":
                    papers[one].add(other)
        for document, mentioned in self.tables["schema:mentions"].items():
            for paper in mentioned:
                documents[self.number.get(paper, -1)].add(document)
        return [len(self.evidence.voices(documents[number])) if kind == "Paper" else len(papers[number]) for number, kind in enumerate(kinds)]

    def _picture(self, attention: Sequence[int]) -> tuple[Any, Any]:
        pairs = [(edge.source, edge.target) for edge in self.edges]
        pulls = [PULL.get(edge.predicate, 1.0) for edge in self.edges]
        topics = {number: node.label for number, node in enumerate(self.nodes) if node.kind in TOPICS}
        sizes = 3.0 + 1.6 * np.sqrt(np.array(attention, dtype=float))
        places = positions(len(self.nodes), np.array(pairs, dtype=np.int64).reshape(-1, 2), np.array(pulls, dtype=float), sizes)
        return communities(len(self.nodes), pairs, pulls, topics), places

    def _details(self, node: Node) -> dict[str, Any]:
        """What is known of a thing besides its edges."""
        tables, iri = self.tables, node.iri
        people = sorted(
            (int(tables.one("schema:position", place) or 0), person)
            for place in tables.all("kg:authorship", iri)
            for person in tables.all("schema:author", place)
        )
        details: dict[str, Any] = {
            "names": sorted(
                {name for predicate in _NAMES for name in tables.all(predicate, iri)} | set(tables.all("schema:name", iri)) - {node.label}
            ),
            "authors": list(dict.fromkeys(self.number[person] for _, person in people)),
            "complete": bool(tables.one("kg:authorsComplete", iri)),
            "identifiers": tables.all("schema:identifier", iri),
            "links": [link for predicate in _LINKS for link in tables.all(predicate, iri)],
            "abstract": tables.one("schema:abstract", iri),
            "does": [
                claims
                for sentence in tables.all("schema:description", iri)
                if (claims := self._claims(self.evidence.of(iri, "schema:description", sentence)))
            ],
            "date": tables.one("schema:datePublished", iri),
            "language": tables.one("schema:inLanguage", iri),
            "type": last(tables.one("dcterms:type", iri)),
            "values": [
                [predicate, value, claims]
                for predicate in _VALUES
                for value in tables.all(predicate, iri)
                if (claims := self._claims(self.evidence.of(iri, predicate, value)))
            ],
        }
        return {name: value for name, value in details.items() if value}

    def _doubted(self, predicates: list[str]) -> list[list[Any]]:
        """Facts that somebody denies or says may hold, and nobody asserts."""
        return [
            [self.number[subject], self.number[value], predicates.index(predicate), self._claims(self.evidence.of(subject, predicate, value))]
            for subject, predicate, value in self.evidence.unasserted()
            if subject in self.number and value in self.number
        ]

    def _claims(self, claims: Iterable[Claim]) -> list[int]:
        return [self.claims.setdefault(claim, len(self.claims)) for claim in claims]

    def _said(self) -> dict[str, Any]:
        """Claims and their sentences, each sentence once; made last, when all claims have their numbers."""
        sentences: dict[str, int] = {}
        extractors: dict[str, int] = {}
        claims = [
            [
                sentences.setdefault(claim.sentence, len(sentences)),
                self.number.get(claim.document, -1),
                claim.confidence,
                STANCES.index(claim.stance),
                extractors.setdefault(claim.extractor, len(extractors)),
            ]
            for claim in self.claims
        ]
        return {"claims": claims, "sentences": list(sentences), "extractors": list(extractors)}

    def _label(self, node: Node) -> str:
        """A thing's name; where it has none its identifier or its place on the web says more than its address here."""
        if node.kind not in ("Paper", "Document") or self.tables.one("schema:name", node.iri):
            return node.label
        others = (self.tables.one(predicate, node.iri) for predicate in ("schema:identifier", *_LINKS))
        known = next((other.removeprefix("https://") for other in others if other), "")
        return known or (self._untitled(node) if node.kind == "Document" else node.label)

    def _untitled(self, node: Node) -> str:
        """What a source without a title is called: after its writer and its day."""
        writers = [name for person in self.tables.all("schema:author", node.iri) if (name := self.tables.one("schema:name", person))]
        day = self.tables.one("schema:datePublished", node.iri)
        return ", ".join(["untitled source", *[f"by {name}" for name in writers[:1]], *([day] if day else [])])


def _query(query: queries.StockQuery) -> dict[str, Any]:
    """A stock query; the page binds a parameter by a VALUES block after the first brace."""
    parameters = [[parameter.name, parameter.kind, parameter.default, parameter.help] for parameter in query.parameters]
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith("# ")).strip()
    return {"name": query.name, "title": query.title, "question": query.question, "parameters": parameters, "text": body}


def page_value(store: Store) -> dict[str, Any]:
    """The value of the page for a store."""
    return Page(store).value()
