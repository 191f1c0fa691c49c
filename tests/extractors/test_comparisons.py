"""What a sentence says of other systems is a relation; the values beside a score tell which system is better."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import pipeline
from kg.model import Entity, Fact

REVIEW = """# Two notes

## [Quillnet: A Network for Handwriting](https://arxiv.org/abs/2001.01234)

Ines Orvald. NeurIPS 2020.

{sentence}
"""


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Accuracy is 0.96 on the new pages (InkFormer: 0.92; PenNet 0.97).", {("outperforms", "InkFormer"), ("comparesWith", "PenNet")}),
        ("The error is 2.1% on the new pages (InkFormer: 3.4%).", {("outperforms", "InkFormer")}),
        ("It reads 28% more letters than InkFormer.", {("outperforms", "InkFormer")}),
        ("It has twice the throughput of InkFormer.", {("outperforms", "InkFormer")}),
        ("It comes close to outperforming InkFormer.", {("comparesWith", "InkFormer")}),
        ("Ever since the nineties, networks have been surpassing InkFormer.", set()),
    ],
)
def test_relations_to_other_systems(tmp_path: Path, sentence: str, told: set[tuple[str, str]]) -> None:
    path = tmp_path / "notes.md"
    path.write_text(REVIEW.format(sentence=sentence), encoding="utf-8")
    facts = [fact for fact in pipeline.extract(pipeline.annotate(pipeline.read(path))) if isinstance(fact, Fact)]
    relations = {(fact.predicate.removeprefix("kg:"), fact.object.label) for fact in facts if isinstance(fact.object, Entity)}
    assert {relation for relation in relations if relation[0] in ("outperforms", "extends", "comparesWith")} == told
