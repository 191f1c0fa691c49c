"""What a paper is filed under, and its abstract, come with the words that say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import pipeline
from kg.model import Entity, Fact

BIBTEX = """@inproceedings{plough21, title={Ears of Corn: Listening in the Field}, author={Plough, Ada and Harrow, Ben}, booktitle={ICASSP}, year={2021},
 keywords={speech recognition; crop acoustics, to-read, Deep Learning}, abstract={We record corn. The microphones stand among the ears.}}
"""
NOTES = """# Notes

## Ears of Corn: Listening in the Field

Authors: Ada Plough, Ben Harrow
Venue: ICASSP 2021
Tags: #speech-recognition #crop-acoustics #toread

**Abstract.** We record corn in the field, with microphones that stand among the ears.

I liked it a lot.
"""


def facts(folder: Path, name: str, text: str) -> list[Fact]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    document = pipeline.annotate(pipeline.read(path))
    found = [finding for finding in pipeline.extract(document) if isinstance(finding, Fact)]
    assert all(document.text[fact.evidence.span.start : fact.evidence.span.end] == fact.evidence.quote for fact in found)
    return found


@pytest.mark.parametrize(("name", "text"), [("refs.bib", BIBTEX), ("notes.md", NOTES)])
def test_keywords_are_concepts_but_shelves_are_none(tmp_path: Path, name: str, text: str) -> None:
    found = facts(tmp_path, name, text)
    labels = {fact.object.label for fact in found if isinstance(fact.object, Entity) and fact.predicate in ("kg:addressesTask", "kg:usesMethod")}
    assert {"automatic speech recognition"} < labels
    assert {"crop acoustics", "crop-acoustics"} & labels
    assert not any("read" in label for label in labels)


@pytest.mark.parametrize(("name", "text"), [("refs.bib", BIBTEX), ("notes.md", NOTES)])
def test_the_abstract_is_kept_without_its_label(tmp_path: Path, name: str, text: str) -> None:
    (abstract,) = [fact.object for fact in facts(tmp_path, name, text) if fact.predicate == "schema:abstract"]
    assert str(abstract).startswith("We record corn")
    assert "liked" not in str(abstract)


def test_families_and_given_names_of_bibtex_stay_together(tmp_path: Path) -> None:
    people = [fact.object for fact in facts(tmp_path, "refs.bib", BIBTEX) if fact.predicate == "kg:authorship"]
    assert [dict(person.properties)["kg:nameAsWritten"] for person in people if isinstance(person, Entity)] == ["Plough, Ada", "Harrow, Ben"]
