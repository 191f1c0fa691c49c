"""What a document's graph says of each paper, in the words of the gold files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.ontology import PREFIXES

_NAMED = "skos:prefLabel|skos:altLabel|schema:name|schema:alternateName"
_PAPER = "?paper a schema:ScholarlyArticle ."
# Of each field the pattern that binds ?value for a ?paper.
_VALUES = {
    "titles": "?paper schema:name ?value",
    "authors": "{ ?paper schema:author/schema:name ?value } UNION { ?paper kg:authorship/kg:nameAsWritten ?value }",
    "complete": "?paper kg:authorsComplete ?value",
    "years": "?paper kg:year|kg:presentedAt/kg:year ?value",
    "venues": f"?paper kg:presentedAt|kg:presentedAt/schema:superEvent|schema:isPartOf ?place . ?place {_NAMED} ?value",
    "addresses": "?paper schema:url|schema:sameAs|schema:identifier ?value",
    "awards": "?paper kg:receivedAward/schema:name ?value",
    "reviewers": """?review schema:itemReviewed ?paper ; schema:author ?writer ; schema:isPartOf ?document . ?writer schema:name ?value
                    FILTER NOT EXISTS { ?document schema:author ?writer }""",
    "opinions": "?review schema:itemReviewed ?paper ; kg:sentiment ?value",
    "organizations": f"?paper schema:sourceOrganization|schema:author/schema:affiliation ?group . ?group {_NAMED} ?value",
    "topics": "?paper schema:about ?value",
    "introduces": "?paper kg:introduces ?value",
    "concepts": "?paper kg:addressesTask|kg:usesMethod|kg:evaluatesOn|kg:reportsResult/(kg:metric|kg:onDataset) ?value",
    "results": "?paper kg:reportsResult ?value",
}
_KINDS = frozenset({"Task", "Method", "Dataset", "Metric"})
_LINKS = "?paper kg:hasResource ?link OPTIONAL { ?link dcterms:type ?kind }"
_RELATIONS = """VALUES ?relation { kg:outperforms kg:extends kg:comparesWith }
  { ?paper ?relation ?other } UNION { ?paper kg:introduces ?system . ?system ?relation ?other }"""


@dataclass(slots=True)
class Said:
    """What is said of one paper: names and addresses as text, things that have names of their own as addresses."""

    values: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    links: dict[str, str] = field(default_factory=dict)
    relations: set[tuple[str, str]] = field(default_factory=set)

    def __getitem__(self, name: str) -> set[str]:
        return self.values[name]


@dataclass(slots=True)
class Result:
    """The numbers of one reported result, and the concepts that it is tied to; `scored` if one of the numbers is its own."""

    numbers: set[str] = field(default_factory=set)
    concepts: set[str] = field(default_factory=set)
    scored: bool = False


class Statements:
    """The graph of one document, from its N-Triples lines."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._store = ox.Store()
        self._store.bulk_load("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
        self.names = self._names()
        self.kinds = self._kinds()
        self.results = self._results()

    def papers(self) -> dict[str, Said]:
        """What is said of each paper, by its address."""
        found = {paper: Said() for (paper,) in self._rows(_PAPER, "paper")}
        for name, pattern in _VALUES.items():
            for paper, value in self._rows(f"{_PAPER} {pattern}", "paper", "value"):
                found[paper][name].add(value)
        for paper, link, kind in self._rows(f"{_PAPER} {_LINKS}", "paper", "link", "kind"):
            found[paper].links[link] = _last(kind)
        for paper, relation, other in self._rows(f"{_PAPER} {_RELATIONS}", "paper", "relation", "other"):
            found[paper].relations.add((_last(relation), other))
        return found

    def _names(self) -> dict[str, set[str]]:
        return _grouped(self._rows("?concept skos:prefLabel|skos:altLabel ?name", "concept", "name"))

    def _kinds(self) -> dict[str, set[str]]:
        typed = self._rows("?concept a skos:Concept ; a ?kind", "concept", "kind")
        return _grouped((concept, _last(kind)) for concept, kind in typed if _last(kind) in _KINDS)

    def _results(self) -> dict[str, Result]:
        found: defaultdict[str, Result] = defaultdict(Result)
        for result, number in self._rows("?result schema:value|schema:minValue ?number", "result", "number"):
            found[result].numbers.add(number)
            found[result].scored = True
        for result, number in self._rows("?result schema:maxValue|kg:baselineValue ?number", "result", "number"):
            found[result].numbers.add(number)
        for result, concept in self._rows("?result kg:metric|kg:onDataset ?concept", "result", "concept"):
            found[result].concepts.add(concept)
        return found

    def _rows(self, pattern: str, *names: str) -> Iterator[tuple[str, ...]]:
        answer = self._store.query(f"SELECT DISTINCT {' '.join(f'?{name}' for name in names)} {{ {pattern} }}", prefixes=PREFIXES)
        assert isinstance(answer, ox.QuerySolutions)
        for solution in answer:
            yield tuple(getattr(solution[name], "value", "") for name in names)


def _grouped(pairs: Iterable[tuple[str, ...]]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return found


def _last(address: str) -> str:
    return address.rsplit("#", 1)[-1]
