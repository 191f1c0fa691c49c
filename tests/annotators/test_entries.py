"""Each layout in `layouts/` gives the papers that stand beside it, in order: role, title, authors, venue and year."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import pipeline
from kg.model import Entry, Rejected

FOLDER = Path(__file__).parent / "layouts"
CASES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".expected")


def shown(entry: Entry) -> str:
    """`reviewed | title | author; author | venue year`, as the expected files write it."""

    def values(label: str) -> list[str]:
        return [" ".join(field.value.split()) for field in entry.fields if field.label == label]

    people = "; ".join([*values("author"), *values("et_al")])
    return " | ".join([entry.role, next(iter(values("title")), "-"), people or "-", " ".join([*values("venue")[:1], *values("year")[:1]]) or "-"])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_a_layout_gives_its_papers(path: Path) -> None:
    document = pipeline.annotate(pipeline.read(path))
    expected = path.with_name(path.name + ".expected").read_text(encoding="utf-8").splitlines()
    assert [shown(entry) for entry in document.marks(Entry)] == expected


def test_all_layouts_were_seen() -> None:
    assert len(CASES) >= 10


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_every_part_of_an_entry_lies_inside_it_or_its_document(path: Path) -> None:
    document = pipeline.annotate(pipeline.read(path))
    for entry in document.marks(Entry):
        assert all(entry.span.contains(span) for span in (*entry.head, *entry.body))
        assert all(field.span.end <= len(document.text) for field in entry.fields)


def test_what_is_not_taken_has_a_reason() -> None:
    document = pipeline.annotate(pipeline.read(FOLDER / "tools-are-no-papers.md"))
    layer = next(layer for layer in document.layers if layer.kind is Entry)
    reasons = {refusal.evidence.quote: refusal.reason for refusal in layer.refused}
    assert next(reason for quote, reason in reasons.items() if "Handy Separation" in quote) == "not taken for a paper: is listed under “Tools”"
    taken = [span for entry in document.marks(Entry) for span in (*entry.head, *entry.body)]
    assert not any(refusal.evidence.span.overlaps(span) for refusal in layer.refused for span in taken)


def test_refusals_of_entries_are_findings() -> None:
    findings = pipeline.extract(pipeline.read(FOLDER / "tools-are-no-papers.md"))
    assert any(isinstance(finding, Rejected) and finding.evidence.extractor.startswith("entries/") for finding in findings)
