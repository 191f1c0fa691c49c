"""Each story is a review, a line with a dot, and the facts that it states; `not` before a fact says that it must not be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import pipeline
from kg.model import Entity, Fact

STORIES = sorted(Path(__file__).parent.glob("*.md"))
WORDS = {
    "kg:addressesTask": "task", "kg:usesMethod": "method", "kg:evaluatesOn": "dataset", "kg:introduces": "introduces", "kg:outperforms": "outperforms", "kg:extends": "extends",
    "kg:comparesWith": "compares with", "kg:sentiment": "opinion", "schema:positiveNotes": "strength", "schema:negativeNotes": "weakness", "kg:praises": "praises", "kg:criticises": "criticises", "kg:presentedAs": "presented as", "schema:itemListElement": "chosen", "schema:sourceOrganization": "organization", "kg:reportsResult": "result", "schema:description": "does",
}  # fmt: skip


def told(review: str, tmp_path: Path) -> Iterator[str]:
    """The facts of a review in the words of the stories."""
    path = tmp_path / "story.md"
    path.write_text(review, encoding="utf-8")
    for fact in pipeline.extract(pipeline.read(path)):
        if isinstance(fact, Fact) and fact.predicate in WORDS and fact.evidence.stance == "asserted":
            yield f"{WORDS[fact.predicate]}: {spelt(fact.object)}"


def spelt(value: object) -> str:
    if isinstance(value, Entity) and value.kind == "Result":
        said = dict(value.properties)
        return " ".join(
            spelt(said[name])
            for name in (
                "schema:value",
                "schema:minValue",
                "schema:maxValue",
                "schema:unitText",
                "kg:metric",
                "kg:onDataset",
                "kg:onTask",
                "kg:baseline",
                "kg:baselineValue",
            )
            if name in said
        )
    return value.label if isinstance(value, Entity) else str(value).rsplit("#", 1)[-1]


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_what_a_review_says_is_read(story: Path, tmp_path: Path) -> None:
    review, dot, expected = story.read_text(encoding="utf-8").partition("\n.\n")
    assert dot, "a story needs a line with a dot between the review and its facts"
    facts = set(told(review, tmp_path))
    lines = [line for line in expected.splitlines() if line.strip()]
    assert lines
    assert [line for line in lines if (line.removeprefix("not ") in facts) == line.startswith("not ")] == [], sorted(facts)
