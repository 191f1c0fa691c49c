"""Concepts are found under all their spellings; names that no vocabulary holds are found by the words beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import pipeline
from kg.annotators import acronyms, coinages, phrases, vocabulary
from kg.model import Document, Mention


def labels(text: str) -> list[str]:
    return [hit.labels[0].entity.label for hit in vocabulary.hits(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Multitask learning and multi-task learning", ["multi-task learning", "multi-task learning"]),
        ("convolutional neural networks", ["convolutional neural network"]),
        ("a clip of the clap", []),
        ("an LSTM, an lstm and LSTMs", ["long short-term memory"] * 3),
        ("complex models", []),
        ("see https://example.org/transformer/word2vec now", []),
        ("International Conference on Machine Learning", []),
        ("a self-supervised model", ["self-supervised learning"]),
        ("使用ImageNet数据", ["ImageNet"]),
    ],
)
def test_the_vocabulary_is_found_in_text(text: str, found: list[str]) -> None:
    assert labels(text) == found


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("the technique is Neural Information Flow (NIF).", "NIF", "Neural Information Flow"),
        ("They train GANs (generative adversarial networks) here.", "GANs", "generative adversarial networks"),
        ("with an encoder of tones (BeFrames)", None, None),
        ("in a year (2020) of data (see Section 3)", None, None),
    ],
)
def test_acronyms_are_paired_with_their_long_forms(text: str, short: str | None, long: str | None) -> None:
    pairs = [(text[slice(*pair.short)], text[slice(*pair.long)]) for pair in acronyms.definitions(text)]
    assert pairs == ([(short, long)] if short else [])


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("QuickNet: Fast Vision", "QuickNet"),
        ("Harbour: A System for Logs", "Harbour"),
        ("The Harbour Sounds Dataset and its Uses", "Harbour Sounds Dataset"),
        ("Less is more: towards smaller models", None),
        ("Learning to listen", None),
        ("A Survey: What We Know", None),
    ],
)
def test_titles_that_begin_with_a_name(title: str, name: str | None) -> None:
    assert [title[coin.start : coin.end] for coin in coinages.in_title(title)] == ([name] if name else [])


@pytest.mark.parametrize(
    ("title", "found"),
    [
        (
            "Aligned Lyrics for Singing Voice Separation using Strong Conditioning",
            [("Aligned Lyrics", "Method"), ("Singing Voice Separation", "Task"), ("Strong Conditioning", "Method")],
        ),
        ("Towards an Improved Approach", []),
        ("On the Origin of Harbour Noise", [("Harbour Noise", "Task")]),
    ],
)
def test_titles_are_cut_into_their_subjects(title: str, found: list[tuple[str, str]]) -> None:
    assert [(title[phrase.start : phrase.end], phrase.kind) for phrase in phrases.phrases(title)] == found


def annotated(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "review.md"
    path.write_text(text, encoding="utf-8")
    return pipeline.annotate(pipeline.read(path))


def test_a_name_of_this_document_is_one_thing_all_over_it(tmp_path: Path) -> None:
    document = annotated(
        tmp_path,
        "# Notes\n\n## [A New Trick](https://example.org/1)\n\nThe trick is called Slow Mixing (SM). SM is cheap.\n\n## [More Tricks](https://example.org/2)\n\nThey use SM too.\n",
    )
    mixing = {mark.entity.key for mark in document.marks(Mention) if document.quote(mark.span) in ("SM", "Slow Mixing")}
    assert len(mixing) == 1
    assert sum(document.quote(mark.span) == "SM" for mark in document.marks(Mention)) == 3


def test_mentions_quote_the_text_between_markup(tmp_path: Path) -> None:
    document = annotated(
        tmp_path,
        "# Notes\n\n## [One](https://example.org/1)\n\nIt uses data **augmentation** and ImageNet.\n\n## [Two](https://example.org/2)\n\nNothing.\n",
    )
    assert "data **augmentation" in {document.quote(mark.span) for mark in document.marks(Mention)}
