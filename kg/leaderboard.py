"""The results that are reported on a dataset as a ranked table, with the sentence of each and what makes its reading unsure.

A leaderboard made of reviews is only as good as their reading: a value whose metric, unit or system the sentence leaves open, or that
two documents give differently, says so in its row instead of standing there like the others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pyoxigraph as ox

from kg import sparql
from kg.errors import QueryError
from kg.graph import Graph
from kg.identity import BASE, key
from kg.model import Iri

_RESULTS = """SELECT ?data ?result ?title ?scale ?measure ?system ?value ?least ?most ?unit ?before ?beaten ?kind ?document ?name ?sentence ?confidence {
  ?result kg:onDataset ?data ; dcterms:type ?kind .
  ?paper kg:reportsResult ?result .
  ?claim rdf:object ?result ; rdf:predicate kg:reportsResult ; kg:evidence ?passage ; kg:confidence ?confidence .
  FILTER NOT EXISTS { ?claim kg:stance ?stance }
  ?passage oa:hasSource ?document
  OPTIONAL { ?passage oa:exact ?sentence }
  OPTIONAL { ?document schema:name ?name }
  OPTIONAL { ?paper schema:name ?title }
  OPTIONAL { ?result kg:metric ?scale . ?scale skos:prefLabel ?measure }
  OPTIONAL { ?result kg:ofMethod/skos:prefLabel ?system }
  OPTIONAL { ?result kg:baseline/skos:prefLabel ?beaten }
  OPTIONAL { ?result kg:baselineValue ?before }
  OPTIONAL { ?result schema:value ?value }
  OPTIONAL { ?result schema:minValue ?least }
  OPTIONAL { ?result schema:maxValue ?most }
  OPTIONAL { ?result schema:unitText ?unit }
} ORDER BY ?result ?document ?sentence ?kind ?measure ?system ?title"""
# Metrics of which less is better; "rate" alone says nothing ("click-through rate", "word error rate").
_LESS = re.compile(
    r"\b(?:errors?|loss|perplexity|distance|latency|time|delay|deviation|regret|complexity|divergence|bits per \w+|[WCPEST]ER|MAE|M[SA]E|RMSE|FID|FAD|MCD|EER|cost|size|length|missed)\b",
    re.I,
)
_SURE = Decimal("0.8")


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence of a document that states a result."""

    document: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A row of a leaderboard.

    `kind` is score, gain or claim (the best, without a number); `share` the value by which it is ranked, percentages as shares of 1;
    `doubts` say why the reading is unsure, none if it is not.
    """

    metric: str
    kind: str
    value: str
    share: Decimal | None
    system: str
    baseline: str
    paper: str
    confidence: Decimal
    sources: tuple[Source, ...]
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    """What the rows of one answer say of one result."""

    row: ox.QuerySolution
    kinds: set[str] = field(default_factory=set)
    sources: set[tuple[str, str]] = field(default_factory=set)
    confidence: Decimal = Decimal(0)


def leaderboard(graph: Graph, dataset: str, metric: str | None = None) -> list[Standing]:
    """All results on a dataset, in one metric or in all, best first within each; both by any of their names.

    `QueryError` if nothing has the name, which lists what there is.
    """
    found: dict[str, _Found] = {}
    scales = _topics(graph, metric) if metric is not None else None
    for address in _datasets(graph, dataset):
        answer = graph.query(_RESULTS, data=Iri(address))
        assert isinstance(answer, ox.QuerySolutions)
        for row in answer:
            if scales is not None and _text(row, "scale") not in scales:
                continue
            result = found.setdefault(_text(row, "result"), _Found(row))
            result.kinds.add(_text(row, "kind").rsplit("#")[-1])
            result.sources.add((_text(row, "name") or _text(row, "document").removeprefix(BASE), _text(row, "sentence")))
            result.confidence = max(result.confidence, Decimal(_text(row, "confidence")))
    together: defaultdict[str, list[Standing]] = defaultdict(list)
    for standing in map(_standing, found.values()):
        together[standing.metric].append(standing)
    return [standing for name in sorted(together, key=lambda name: (not name, name)) for standing in _ranked(name, together[name])]


def less_is_better(metric: str) -> bool:
    """Whether a metric counts what should be small, as its name tells."""
    return bool(_LESS.search(metric))


def _datasets(graph: Graph, name: str) -> list[str]:
    """The topics of exactly that name."""
    addresses = _topics(graph, name)
    if not addresses:
        measured = sorted(set(_measured(graph)))
        near = [other for other in measured if key(name) in key(other)] or measured
        raise QueryError(f"no dataset is called {name!r}; results are known on: {', '.join(near[:10]) or 'none'}")
    return addresses


def _topics(graph: Graph, name: str) -> list[str]:
    return [address for address in graph.names().addresses(name, whole=True) if address.startswith(f"{BASE}topic/")]


def _measured(graph: Graph) -> Iterable[str]:
    answer = graph.query("SELECT DISTINCT ?name { ?result kg:onDataset/skos:prefLabel ?name }")
    assert isinstance(answer, ox.QuerySolutions)
    return (_text(row, "name") for row in answer)


def _standing(found: _Found) -> Standing:
    row = found.row
    value, least, most, unit = (_text(row, name) for name in ("value", "least", "most", "unit"))
    number = value or (f"{least}–{most}" if least else "")
    kind = "gain" if "improvement" in found.kinds else "score" if number else "claim"
    doubts = []
    if kind != "claim":
        doubts += ["no metric"] if not _text(row, "measure") else []
        doubts += ["no system"] if not _text(row, "system") else []
    doubts += ["a range"] if least else []
    doubts += [f"confidence {found.confidence.normalize():f}"] if found.confidence < _SURE else []
    return Standing(
        _text(row, "measure"),
        kind,
        f"{number} {unit}".strip(),
        _share(most or value, unit),
        _text(row, "system"),
        " ".join(part for part in (_text(row, "beaten"), _text(row, "before")) if part),
        _text(row, "title"),
        found.confidence,
        tuple(Source(*source) for source in sorted(found.sources)),
        tuple(doubts),
    )


def _share(value: str, unit: str) -> Decimal | None:
    if not value:
        return None
    return Decimal(value) / 100 if unit == "%" else Decimal(value)


def _ranked(metric: str, standings: Sequence[Standing]) -> list[Standing]:
    """Scores best first, then gains, then claims without a number."""
    doubted = [_doubted(standing, standings) for standing in standings]
    sign = 1 if less_is_better(metric) else -1
    order = {"score": 0, "gain": 1, "claim": 2}
    return sorted(doubted, key=lambda s: (order[s.kind], sign * s.share if s.share is not None else Decimal(0), s.system, s.paper, s.value))


def _doubted(standing: Standing, others: Sequence[Standing]) -> Standing:
    """A row with the doubts that its neighbours raise: another scale, another value for the same system of the same paper."""
    doubts = list(standing.doubts)
    scores = [other.share for other in others if other.kind == "score" and other.share is not None]
    if standing.kind == "score" and standing.share is not None and standing.share > 1 and any(0 < share <= 1 for share in scores):
        doubts.append("another scale than others")
        standing = replace(standing, share=standing.share / 100 if standing.share <= 100 else standing.share)
    same = {other.value for other in others if (other.kind, other.system, other.paper) == (standing.kind, standing.system, standing.paper)}
    if standing.kind == "score" and len(same) > 1:
        doubts.append("several values for it")
    return replace(standing, doubts=tuple(doubts))


def _text(row: ox.QuerySolution, name: str) -> str:
    term: sparql.Node | None = row[name]
    return str(getattr(term, "value", "")) if term is not None else ""
