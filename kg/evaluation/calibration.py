"""Measures what the confidences of each extractor are worth, so that 0.9 means nine in ten.

Facts of one extractor and one confidence come from one kind of reason; their share of right ones, drawn towards that of the whole
extractor where facts are few, is the worth of that reason.  A surer reason is never worth less (isotonic regression by pooling
neighbours: Zadrozny and Elkan 2002, "Transforming Classifier Scores into Accurate Multiclass Probability Estimates").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.evaluation.judging import Judged
from kg.evaluation.reliability import by_confidence, error

# As many facts of the extractor as a whole count beside those of one confidence; with fewer facts in all, nothing is said.
_PRIOR = 10
_LEAST = 20
# An extractor whose expected calibration error is below this is left as it is.
_TRUE_ENOUGH = 0.05
_SUREST = 0.99

Steps = tuple[tuple[float, float], ...]


@dataclass(slots=True)
class _Pool:
    """Neighbouring confidences that are worth the same."""

    given: list[float]
    worth: float
    weight: float


def fitted(judged: Iterable[Judged]) -> dict[str, Steps]:
    """For each extractor that needs it, its confidences in order, each with its worth; both from 0 to 1."""
    found: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        found[one.extractor.split("/")[0]].append(one)
    wrong = {name: each for name, each in found.items() if len(each) >= _LEAST and error(by_confidence(each)) >= _TRUE_ENOUGH}
    return {name: _steps(wrong[name]) for name in sorted(wrong)}


def written(steps: dict[str, Steps]) -> str:
    """The text of `ontology/calibration.toml`."""
    head = "# What the confidences of extractors are worth: [as given, share that proved right].  Made by `kg calibrate`; do not edit.\n"
    rows = (f"\n[{name}]\nsteps = [{', '.join(f'[{given:.2f}, {worth:.2f}]' for given, worth in each)}]\n" for name, each in steps.items())
    return head + "".join(rows)


def _steps(judged: list[Judged]) -> Steps:
    whole = (sum(one.right for one in judged) + 1) / (len(judged) + 2)
    rights: defaultdict[float, list[bool]] = defaultdict(list)
    for one in judged:
        rights[round(one.confidence, 2)].append(one.right)
    pools: list[_Pool] = []
    for given in sorted(rights):
        weight = float(len(rights[given]) + _PRIOR)
        pools.append(_Pool([given], (sum(rights[given]) + _PRIOR * whole) / weight, weight))
        while len(pools) > 1 and pools[-2].worth > pools[-1].worth:
            above, below = pools.pop(), pools.pop()
            weight = below.weight + above.weight
            pools.append(_Pool([*below.given, *above.given], (below.worth * below.weight + above.worth * above.weight) / weight, weight))
    return tuple((given, round(min(pool.worth, _SUREST), 2)) for pool in pools for given in pool.given)
