"""Sentences end where readers would say so, and stand where the text has them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import pipeline
from kg.annotators.sentences import Sentences, ranges
from kg.model import Sentence


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It works. It is fast!", ["It works.", "It is fast!"]),
        ("Doe et al. show this. See Fig. 3 for more.", ["Doe et al. show this.", "See Fig. 3 for more."]),
        ("J. S. Bach, e.g. the fugues, i.e. counterpoint.", ["J. S. Bach, e.g. the fugues, i.e. counterpoint."]),
        ("It gains 3.5 points vs. BERT v1.2. Good.", ["It gains 3.5 points vs. BERT v1.2.", "Good."]),
        ("Wait... what? Yes.", ["Wait... what?", "Yes."]),
        ('He said "it works." Then he left.', ['He said "it works."', "Then he left."]),
        ("这很好。我喜欢！", ["这很好。", "我喜欢！"]),
        ("See https://example.org/a.b/c.html for more.", ["See https://example.org/a.b/c.html for more."]),
        (
            "wrapped at a width of forty or so, this\nis one sentence that goes on over two\nlines. And another.",
            ["wrapped at a width of forty or so, this\nis one sentence that goes on over two\nlines.", "And another."],
        ),
        (
            "good results\n- simple idea\n- code is there and the documentation is unusually long",
            ["good results", "- simple idea", "- code is there and the documentation is unusually long"],
        ),
    ],
)
def test_where_sentences_end(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in ranges(text)] == sentences


@given(st.text(alphabet="ab. !?\n\t-A1。é", max_size=80))
def test_sentences_cover_all_that_is_not_white_space(text: str) -> None:
    found = list(ranges(text))
    assert found == sorted(found)
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(text.split())


def test_sentences_are_marked_on_the_source(tmp_path: Path) -> None:
    path = tmp_path / "review.md"
    path.write_text("# A title\n\nThe **idea** is [good](https://example.org). Really.\n\n```\ncode. here.\n```\n", encoding="utf-8")
    document = Sentences()(pipeline.read(path))
    text = path.read_text(encoding="utf-8")
    marks = [mark for mark in document.marks if isinstance(mark, Sentence)]
    assert [text[mark.span.start : mark.span.end] for mark in marks] == ["A title", "The **idea** is [good](https://example.org).", "Really."]
