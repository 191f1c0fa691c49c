"""What a sentence says of the work that a passage is about, and that no sentence takes longer than its length."""

from __future__ import annotations

import time

import pytest

from kg.extractors.descriptions import describes


@pytest.mark.parametrize(
    ("sentence", "ours", "said"),
    [
        ("They also empirically and carefully do nothing here.", False, False),
        ("They also systematically compare four kinds of lamps.", False, True),
        ("We propose to measure the brightness of lamps twice.", True, True),
        ("We propose to read this one again next week.", False, False),
        ("The idea is simple and works well in practice.", False, False),
        ("The main idea is to measure every lamp twice.", False, True),
        ("Nous avons lu cet article en groupe hier soir.", False, False),
        ("Les auteurs proposent de mesurer chaque lampe deux fois.", False, True),
    ],
)
def test_sentences(sentence: str, ours: bool, said: bool) -> None:
    assert describes(sentence, ours=ours) is said


@pytest.mark.parametrize("word", ["jointly", "further", "in this paper", "the new", "the main"])
def test_words_again_and_again_are_not_tried_in_every_combination(word: str) -> None:
    spent = []
    for number in (9, 18):
        sentence = f"They {f'{word} ' * number}xx."
        begun = time.process_time()
        for _ in range(50):
            describes(sentence, ours=True)
        spent.append(time.process_time() - begun)
    assert spent[1] < 9 * spent[0] + 0.05
