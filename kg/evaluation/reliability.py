"""Whether a confidence means what it says: of facts that are 0.9 sure, nine in ten should be right.

The expected calibration error is the mean distance of the two, weighted by how many facts it concerns (Naeini, Cooper, Hauskrecht 2015,
"Obtaining Well Calibrated Probabilities Using Bayesian Binning").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import fmean

from kg.evaluation.judging import Judged

_EDGES = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that have something in common: how many, how sure they were on average, and how many of them are right."""

    name: str
    facts: int
    confidence: float
    precision: float


def by_confidence(judged: Iterable[Judged]) -> list[Group]:
    """Facts in steps of confidence, the least sure first."""
    found: defaultdict[float, list[Judged]] = defaultdict(list)
    for one in judged:
        found[max((edge for edge in _EDGES if edge <= one.confidence), default=0.0)].append(one)
    ends = dict(zip((0.0, *_EDGES), (*_EDGES, 1.0), strict=True))
    return [_group(f"{start:.2f} to {ends[start]:.2f}", found[start]) for start in sorted(found)]


def by_reason(judged: Iterable[Judged]) -> list[Group]:
    """The facts of each extractor in steps of confidence."""
    found: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        found[one.extractor].append(one)
    return [replace(group, name=f"{name} {group.name}") for name in sorted(found) for group in by_confidence(found[name])]


def by_extractor(judged: Iterable[Judged]) -> list[Group]:
    """Facts by the extractor that found them, in the order of the names."""
    found: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        found[one.extractor].append(one)
    return [_group(name, found[name]) for name in sorted(found)]


def error(groups: Iterable[Group]) -> float:
    """The expected calibration error of steps of confidence, from 0 (best) to 1."""
    groups = list(groups)
    total = sum(group.facts for group in groups)
    return sum(group.facts * abs(group.confidence - group.precision) for group in groups) / total if total else 0.0


def _group(name: str, judged: list[Judged]) -> Group:
    return Group(name, len(judged), fmean(one.confidence for one in judged), fmean(one.right for one in judged))
