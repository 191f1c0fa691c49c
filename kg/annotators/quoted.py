"""Papers that running text calls by their titles, in quotation marks or italics, beside their authors, a year or a word such as "paper"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotators import titles
from kg.annotators.candidates import names_no_paper
from kg.annotators.drafts import Draft
from kg.annotators.embedded import reference_at, stretches
from kg.annotators.fields import head_fields, part_fields, people_fields, title_field
from kg.annotators.heads import alone, tail_end
from kg.annotators.layout import Layout
from kg.annotators.lines import Line
from kg.annotators.linked import REFERENCES
from kg.annotators.prose_people import cited_people
from kg.model import HeadField, Span

_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»\n]{16,220}?)[”\"“»]")
_BRACKET = re.compile(r"[”\"“»’'*_,.]{0,3}\s*[(（\[]([^()（）\[\]\n]{4,160})[)）\]]")
_CITING = re.compile(r"(?:19|20)\d\d|\bet al\b|['’]\d\d\b|等")
_SENTENCE_BEGIN = re.compile(r"[.!?]\s+(?=[A-ZÀ-Þ“\"])")
_SENTENCE_END = re.compile(r"[.!?][”\"]?(?=\s|$)")
_LONGEST = 2_000  # characters of a sentence before the title that it names
_PAPER = re.compile(r"\b(?:papers?|articles?|works?|stud(?:y|ies)|entitled|titled|called|artikel|aufsatz|papier|article|artículo)\W+$", re.I)


def quoted_drafts(layout: Layout, owners: dict[int, Draft], heads: dict[int, Draft]) -> list[Draft]:
    """An entry for each such title outside the heads; one inside another paper's passage is only referred to."""
    found: list[Draft | None] = []
    for place, line in enumerate(layout.lines):
        if line.block.kind not in ("paragraph", "item", "quote") or any(
            REFERENCES.match(layout.lines[above].text) for above in layout.sections[place]
        ):
            continue
        if place in heads:
            found += _further(place, line, heads[place])
        else:
            found += [_draft(place, line, start, end, inside=place in owners) for start, end in _titles(line)]
    return [draft for draft in found if draft is not None]


def _further(place: int, line: Line, first: Draft) -> Iterator[Draft]:
    """Further papers that a passage presents as it presents its first: title, people, venue or year, and something said of each."""
    known = line.view.position(max(span.end for span in first.head if line.block.span.contains(span) or span == first.head[0]) - 1)
    for start, end in stretches(line):
        head = reference_at(line.text, start, end) if start > known else None
        if head is None or len(line.text[start:end].split()) < 4 or names_no_paper(line.text[start:end]):
            continue
        fields = head_fields(line, head)
        if {"author", "venue"} <= {field.label for field in fields} or head.citation is not None:
            passage = _sentences(line, head.offset, end)
            first.body = list(_without(first.body, passage))
            yield Draft(
                place, line, title_field(line, head), fields, [line.span(head.offset, max(end, tail_end(line.text, end)))], body=[passage], score=0.7
            )


def _without(spans: list[Span], passage: Span) -> Iterator[Span]:
    """The spans up to the beginning of a passage."""
    for span in spans:
        if span.end <= passage.start or span.start >= passage.end:
            yield span
        elif span.start < passage.start:
            yield Span(span.start, passage.start)


def _titles(line: Line) -> Iterator[tuple[int, int]]:
    for begin, stop in stretches(line):
        linked = any(address.start < stop and begin < address.end for address in line.addresses)
        if (
            not linked
            and not names_no_paper(line.text[begin:stop])
            and len(line.text[begin:stop].split()) >= 4
            and titles.likeness(line.text[begin:stop]) >= 0.6
        ):
            yield begin, stop


def _draft(place: int, line: Line, start: int, end: int, *, inside: bool) -> Draft | None:
    head = reference_at(line.text, start, end)
    fields = head_fields(line, head) if head else [*_bracket(line, end), *_people(line, start, end)]
    if not fields and not _is_announced(line, start, end) and not _is_typed(line, start, end):
        return None
    draft = Draft(place, line, title_field(line, alone(line.text, start, end)), fields, [line.span(start, end)], score=0.55)
    draft.role = "cited" if inside else "reviewed"
    draft.body = [] if inside else [_sentences(line, start, end)]
    return draft


def _is_announced(line: Line, start: int, end: int) -> bool:
    """Whether "the paper" or the like stands before a title."""
    before = line.text[max(0, start - 40) : start].rstrip('“"„« ')
    return titles.likeness(line.text[start:end]) >= 0.8 and bool(_PAPER.search(before))


def _is_typed(line: Line, start: int, end: int) -> bool:
    """Whether a long title in italics or bold is written as titles are, with capitals or a colon: nothing else is set so in a sentence."""
    title = line.text[start:end]
    styled = any(run.kind in ("italic", "bold") and run.start <= start and end <= run.end for run in line.runs)
    inside = len(title) < 0.8 * len(line.text.strip())
    return styled and inside and len(title.split()) >= 5 and titles.likeness(title) >= 0.8 and titles.is_capitalised(title)


def _bracket(line: Line, end: int) -> list[HeadField]:
    """People, venue and year in brackets right after the title."""
    match = _BRACKET.match(line.text, end)
    if match is None or not _CITING.search(match.group(1)):
        return []
    return list(part_fields(line, match.start(1), match.end(1)))


def _people(line: Line, start: int, end: int) -> list[HeadField]:
    found = cited_people(line.text, start, end)
    return list(people_fields(line, *found)) if found else []


def _sentences(line: Line, start: int, end: int) -> Span:
    """From the sentence that holds the title to the end of the passage or the next quoted title."""
    near = max(0, start - _LONGEST)
    begin = max((match.end() for match in _SENTENCE_BEGIN.finditer(line.text, near, start)), default=near)
    following = next((match.start() for match in _QUOTED.finditer(line.text, end + 1)), len(line.text))
    stop = max((match.end() for match in _SENTENCE_END.finditer(line.text, end, following)), default=following)
    return line.span(begin, max(stop, end))
