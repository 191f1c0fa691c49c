"""Turns the confidence that an extractor's rule gives into the share of such facts that proved right, by `ontology/calibration.toml`."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from itertools import pairwise

from kg import ontology
from kg.errors import OntologyError

_as_given: ContextVar[bool] = ContextVar("as_given", default=False)


def calibrated(extractor: str, confidence: float) -> float:
    """The measured worth of a confidence, from 0 to 1: between two measured steps on the line that joins them, below all in proportion.

    Extractors that were not measured, or whose confidences proved true, keep what they give.
    """
    steps = () if _as_given.get() else _measured().get(extractor, ())
    if not steps:
        return confidence
    place = bisect_right([given for given, _ in steps], confidence)
    if place == len(steps):
        return steps[-1][1]
    if place == 0:
        return steps[0][1] * confidence / steps[0][0]
    (low, worth), (high, more) = steps[place - 1 : place + 1]
    return worth + (more - worth) * (confidence - low) / (high - low)


@contextmanager
def as_given() -> Iterator[None]:
    """Inside, confidences stay as the rules give them: to measure what they are worth."""
    token = _as_given.set(True)
    try:
        yield
    finally:
        _as_given.reset(token)


@cache
def _measured() -> dict[str, tuple[tuple[float, float], ...]]:
    try:
        tables = tomllib.loads((ontology.folder() / "calibration.toml").read_text(encoding="utf-8"))
        found = {name: tuple((float(given), float(worth)) for given, worth in table["steps"]) for name, table in tables.items()}
    except (FileNotFoundError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise OntologyError(f"ontology/calibration.toml cannot be read ({error}); make it again with `kg calibrate`") from error
    for name, steps in found.items():
        if any(low >= high or worth > more for (low, worth), (high, more) in pairwise(steps)) or not all(0 <= worth <= 1 for _, worth in steps):
            raise OntologyError(f"ontology/calibration.toml: the steps of {name} do not rise from 0 to 1; make it again with `kg calibrate`")
    return found
