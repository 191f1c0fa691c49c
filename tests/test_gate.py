"""The extraction does not get worse: figures on all gold sets against their floors, and a gate that cannot be talked round."""

from __future__ import annotations

import json
from functools import cache

import pin_floors as gate
import pytest

SETS = {each.name: each for each in gate.SETS}
PROMISED = {"papers": 0.98, "core": 0.95, "semantic": 0.50, "quotes exact": 1.0, "facts with evidence": 1.0}


@cache
def measured(name: str) -> dict[str, float]:
    gold_set = SETS[name]
    if not gold_set.there:
        pytest.skip(f"the documents of the set {name!r} are not on this machine")
    figures: dict[str, float] = gold_set.score(gold_set.documents, gold_set.gold)
    return figures


@pytest.mark.parametrize("name", SETS)
def test_no_figure_is_under_its_floor(name: str) -> None:
    figures = measured(name)
    floors = json.loads(gate.FLOORS.read_text(encoding="utf-8"))[name]
    assert floors["gold"] == SETS[name].digest, "the gold changed: run `python tests/pin_floors.py`"
    assert set(floors["figures"]) == set(figures)
    assert gate.below(floors["figures"], figures) == []


def test_the_seeds_reach_what_was_promised() -> None:
    assert gate.below(PROMISED, measured("seeds")) == []


def test_our_own_sets_hold_what_they_should() -> None:
    counts = {name: sum(1 for _ in gate.pairs(each.documents, each.gold)) for name, each in SETS.items() if each.score is gate.ours}
    assert counts == {"examples": 7, "blind": 29, "practice": 62}


@pytest.mark.parametrize("name", ["examples", "seeds"])
def test_the_two_scorers_agree(name: str) -> None:
    if not SETS["seeds"].there:
        pytest.skip("the corpus and its scorer are not on this machine")
    gold_set = SETS[name]
    one, other = gate.ours(gold_set.documents, gold_set.gold), gate.theirs(gold_set.documents, gold_set.gold)
    shared = one.keys() & other.keys()
    assert len(shared) >= 20
    assert {field: one[field] for field in shared} == pytest.approx({field: other[field] for field in shared}, abs=1e-9)


def test_a_fall_is_seen() -> None:
    assert gate.below({"papers": 0.9, "links": 0.5}, {"papers": 0.899, "links": 0.5}) == ["papers 0.899 < 0.9"]


def test_a_field_that_is_gone_is_a_fall() -> None:
    assert gate.below({"papers": 0.9}, {}) == ["papers 0.000 < 0.9"]


def test_pinning_raises_floors_and_rounds_down() -> None:
    assert gate.pinned({"papers": 0.9}, {"papers": 0.98765, "links": 1.0}, allow_regression=False) == {"links": 1.0, "papers": 0.987}


def test_pinning_does_not_lower_a_floor_unless_told_to() -> None:
    with pytest.raises(ValueError, match=r"papers from 0\.9 to 0\.8"):
        gate.pinned({"papers": 0.9}, {"papers": 0.8}, allow_regression=False)
    assert gate.pinned({"papers": 0.9}, {"papers": 0.8}, allow_regression=True) == {"papers": 0.8}


def test_a_field_does_not_leave_quietly() -> None:
    with pytest.raises(ValueError, match="links"):
        gate.pinned({"links": 0.9}, {}, allow_regression=False)
