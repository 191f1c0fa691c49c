"""The same title with a slip or a subtitle is found again, and no other."""

from __future__ import annotations

import pytest

from kg.annotators.sameness import Titles, same_key

LONG = "learning to read the prose of other people without a model"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a b", "a b", True),
        ("a b", "a c", False),
        (LONG, LONG.replace("prose", "prosa"), True),
        (LONG, f"{LONG} a subtitle that goes on and on and on", True),
        (f"{LONG} 2", f"{LONG} 3", False),
        (f"{LONG} 2", LONG, False),
        ("the art of the short title", "the art of the short title and a long subtitle", False),
    ],
)
def test_same(one: str, other: str, same: bool) -> None:
    assert same_key(one, other) is same
    assert same_key(other, one) is same


def test_the_first_of_two_is_found() -> None:
    titles = Titles[int]()
    titles.add(LONG.replace("prose", "prosa"), 1)
    titles.add(LONG, 2)
    assert titles.get(LONG) == 1
    assert titles.get("another title of a paper that nobody wrote") is None
