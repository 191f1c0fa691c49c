"""An evaluation as figures: of fields, extractors, documents and steps of confidence, for a table or for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from kg.evaluation.agreement import Agreement
from kg.evaluation.measuring import Measured
from kg.evaluation.reliability import Group, by_confidence, by_extractor, by_reason, error
from kg.evaluation.scoring import CORE, SEMANTIC, Scores, mean, total


@dataclass(frozen=True, slots=True)
class Summary:
    """All figures of one evaluation; `agreement` is that of two annotators, if there were two."""

    documents: Mapping[str, Scores]
    scores: Scores
    extractors: tuple[Group, ...]
    steps: tuple[Group, ...]
    reasons: tuple[Group, ...]
    agreement: tuple[Agreement, ...] = ()

    @property
    def error(self) -> float:
        """The expected calibration error of the confidences."""
        return error(self.steps)

    def as_json(self) -> dict[str, object]:
        """Plain values; precision, recall and F1 are from 0 to 1."""
        return {
            "core": mean(self.scores, CORE),
            "semantic": mean(self.scores, SEMANTIC),
            "fields": _figures(self.scores),
            "extractors": {group.name: _group(group) for group in self.extractors},
            "reliability": {
                "error": self.error,
                "steps": {group.name: _group(group) for group in self.steps},
                "extractors": {group.name: _group(group) for group in self.reasons},
            },
            "documents": {
                name: {"core": mean(scores, CORE), "semantic": mean(scores, SEMANTIC), "fields": _figures(scores)}
                for name, scores in self.documents.items()
            },
            "agreement": [asdict(one) for one in self.agreement],
        }


def summarised(measured: Mapping[str, Measured], agreement: Iterable[Agreement] = ()) -> Summary:
    """The figures of several documents, and of all together."""
    documents = {name: one.scores for name, one in measured.items()}
    judged = [one for each in measured.values() for one in each.judged]
    return Summary(
        documents, total(documents.values()), tuple(by_extractor(judged)), tuple(by_confidence(judged)), tuple(by_reason(judged)), tuple(agreement)
    )


def _figures(scores: Scores) -> dict[str, dict[str, float]]:
    return {
        field: {"p": tally.precision, "r": tally.recall, "f1": tally.f1, "given": tally.given, "due": tally.due} for field, tally in scores.items()
    }


def _group(group: Group) -> dict[str, float]:
    return {"facts": group.facts, "confidence": group.confidence, "precision": group.precision}
