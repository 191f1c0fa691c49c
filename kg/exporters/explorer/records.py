"""What is told of a paper in several triples at once: reviews, results, awards and resources, each with its claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.exporters.explorer.evidence import Claim, Evidence
from kg.exporters.explorer.tables import Tables, last

LONGEST = 4_000  # letters of a review
_RESULT = {
    "method": "kg:ofMethod", "task": "kg:onTask", "dataset": "kg:onDataset", "metric": "kg:metric", "baseline": "kg:baseline",
}  # fmt: skip
_FIGURES = {"value": "schema:value", "least": "schema:minValue", "most": "schema:maxValue", "unit": "schema:unitText", "before": "kg:baselineValue"}


@dataclass(frozen=True, slots=True)
class Numbers:
    """How records point to nodes and to claims."""

    node: Callable[[str], int]
    claims: Callable[[list[Claim]], list[int]]


def reviews(tables: Tables, evidence: Evidence, numbers: Numbers) -> Iterator[dict[str, Any]]:
    """Each review with its voices: its authors, else those of its document, else the document itself."""
    for review, papers in sorted(tables["schema:itemReviewed"].items()):
        document = tables.one("schema:isPartOf", review)
        for paper in papers:
            yield _filled(
                {
                    "paper": numbers.node(paper),
                    "document": numbers.node(document),
                    "by": sorted(numbers.node(voice) for voice in tables.all("schema:author", review) or evidence.voices([document])),
                    "opinion": last(tables.one("kg:sentiment", review)),
                    "date": tables.one("schema:datePublished", review) or tables.one("schema:datePublished", document),
                    "good": tables.all("schema:positiveNotes", review),
                    "bad": tables.all("schema:negativeNotes", review),
                    "text": _cut(tables.one("schema:reviewBody", review)),
                    "claims": numbers.claims(evidence.of(review, "schema:itemReviewed", paper)),
                }
            )


def results(tables: Tables, evidence: Evidence, numbers: Numbers) -> Iterator[dict[str, Any]]:
    """Each result of each paper, with nodes for what it is of and on."""
    for paper, found in sorted(tables["kg:reportsResult"].items()):
        for result in found:
            parts = {part: numbers.node(value) for part, predicate in _RESULT.items() if (value := tables.one(predicate, result))}
            figures = {part: tables.one(predicate, result) for part, predicate in _FIGURES.items()}
            kinds = [last(kind) for kind in tables.all("dcterms:type", result)]
            claims = numbers.claims(evidence.of(paper, "kg:reportsResult", result))
            yield _filled({"paper": numbers.node(paper), **parts, **figures, "kinds": kinds, "claims": claims})


def awards(tables: Tables, evidence: Evidence, numbers: Numbers) -> Iterator[dict[str, Any]]:
    for paper, found in sorted(tables["kg:receivedAward"].items()):
        for award in found:
            event = tables.one("kg:presentedAt", award)
            yield _filled(
                {
                    "paper": numbers.node(paper),
                    "name": tables.one("schema:name", award) or last(tables.one("dcterms:type", award)),
                    "event": numbers.node(event) if event else None,
                    "claims": numbers.claims(evidence.of(paper, "kg:receivedAward", award)),
                }
            )


def resources(tables: Tables, evidence: Evidence, numbers: Numbers) -> Iterator[dict[str, Any]]:
    for paper, found in sorted(tables["kg:hasResource"].items()):
        for url in found:
            kind = last(tables.one("dcterms:type", url))
            claims = numbers.claims(evidence.of(paper, "kg:hasResource", url))
            yield _filled({"paper": numbers.node(paper), "url": url, "kind": kind, "claims": claims})


def _filled(record: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {name: value for name, value in record.items() if value is not None and value not in ("", [])}


def _cut(text: str) -> str:
    text = text.strip()
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
