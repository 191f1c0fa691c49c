"""Numbers that are results are told from those that are not; praise from blame; the writer's voice from the paper's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.extractors.figures import figures
from kg.extractors.judgements import judged
from kg.extractors.ratings import rating
from kg.extractors.stance import stance
from kg.extractors.voice import own_claim


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("an accuracy of 95.3% in 2020", [("95.3", None, "%")]),
        ("gains of 1%-18% and 10 to 20 dB", [("1", "18", "%"), ("10", "20", "dB")]),
        ("18.02% and 3.25% error rate", [("18.02", None, "%"), ("3.25", None, "%")]),
        ("10% of the labelled data, 51k clips, 44.1 kHz, 3 GPUs, see [12] and Table 4", []),
        ("2.5x faster and 1,024.5 points", [("2.5", None, "x"), ("1024.5", None, "points")]),
        ("a version v1.2 and MAP@500", []),
    ],
)
def test_numbers_that_can_be_results(text: str, found: list[tuple[str, str | None, str | None]]) -> None:
    expected = [(Decimal(low), Decimal(high) if high else None, unit) for low, high, unit in found]
    assert [(figure.low, figure.high, figure.unit) for figure in figures(text)] == expected


@pytest.mark.parametrize(
    ("text", "praise", "blame"),
    [
        ("A beautiful and clever paper.", True, False),
        ("I wasn't impressed, the evaluation is unconvincing.", False, True),
        ("Not a great paper.", False, True),
        ("Impressive, although the vocals are noisy.", True, True),
        ("We propose an elegant and impressive method.", False, False),
        ("It is trained on weak labels with non-trivial negative examples.", False, False),
        ("It won the best paper award.", False, False),
        ("Sehr spannend und lesenswert.", True, False),
        ("Una lectura fascinante.", True, False),
        ("The method has two stages.", False, False),
        ("Not only elegant but convincing.", True, False),
        ("One can hardly call it slipshod.", True, False),
        ("The maths is pretty, the numbers are not.", True, True),
        ("Les résultats sont élégants, mais la comparaison est expédiée.", True, True),
        ("思路巧妙，可惜没有消融。", True, True),
        ("発想は面白いが、音質はまだ物足りない。", True, True),
    ],
)
def test_praise_and_blame(text: str, praise: bool, blame: bool) -> None:
    judgement = judged(text)
    assert (judgement.praise > 0, judgement.blame > 0) == (praise, blame)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("It does not outperform BERT", "outperform", "denied"),
        ("It could outperform BERT", "outperform", "hedged"),
        ("It outperforms BERT", "outperform", "asserted"),
    ],
)
def test_stance_is_told_by_the_words_before(text: str, word: str, expected: str) -> None:
    assert stance(text, text.index(word)) == expected


def test_the_papers_voice_is_not_the_writers() -> None:
    assert own_claim("In this paper, we propose a model.")
    assert not own_claim("I like how the authors propose a model.")


@pytest.mark.parametrize(
    ("text", "share"),
    [("★★★★☆", 0.8), ("Rating: 3/10", 0.3), ("Two stars.", 0.4), ("Recommendation: strong accept", 1.0), ("Borderline.", 0.5), ("Grade: C", 0.5)],
)
def test_a_mark_is_a_share_of_the_best_mark(text: str, share: float) -> None:
    mark = rating(text)
    assert mark
    assert mark.share == share


@pytest.mark.parametrize("text", ["We ran it on 3/4 of the data.", "A score of 5.", "They accept any input.", "12/10/2021"])
def test_not_every_number_is_a_mark(text: str) -> None:
    assert rating(text) is None
