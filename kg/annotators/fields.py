"""The parts of an entry's head as marks: title, people, venue, year, award, affiliation, each with its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotators.heads import OPENING, Head, people_in, reference_end, tail_end
from kg.annotators.labels import Labelled, labelled
from kg.annotators.lines import Line
from kg.annotators.names import People, is_name, read_people
from kg.annotators.venues import find_venues, find_year
from kg.model import FieldLabel, HeadField

_AWARD = re.compile(
    r"(?:\b(?:winner of |received |won )?(?:the )?)((?:\w+[ -])?(?:(?:best|outstanding|distinguished)(?: [\w/&-]+){0,4}?(?: (?:papers?|reproducibility|demo|poster|application|dataset|resource|thesis|award|prize))+(?: awards?| finalist| nominee| runner[- ]up| candidate| honou?rable mention| prize)*|test[- ]of[- ]time(?: award)?|honou?rable mention(?: award)?|(?:oral|spotlight) award|[\w-]+ (?:paper )?(?:award|prize)(?: finalist| winner| nominee)?))\b",
    re.I,
)


def title_field(line: Line, head: Head) -> HeadField:
    return HeadField(line.span(head.start, head.end), "title", " ".join(line.text[head.start : head.end].split()))


def head_fields(line: Line, head: Head) -> list[HeadField]:
    """What one line says of its paper beside the title."""
    if head.citation is not None:
        return list(_of_citation(line, head))
    fields: list[HeadField] = []
    for start, end in head_parts(line, head):
        fields += part_fields(line, start, end)
    return fields


def head_parts(line: Line, head: Head) -> list[tuple[int, int]]:
    """The stretches of the line that belong to the head, title left out; what follows them is the passage."""
    parts = [(head.offset, head.start)] if line.text[head.offset : head.start].strip() else []
    end = tail_end(line.text, head.end)
    if line.text[head.end : end].strip(' \n\t.,:;–—-|)]”"»'):
        parts.append((head.end, end))
    return parts


def part_fields(line: Line, start: int, end: int) -> Iterator[HeadField]:
    """People first, then venue, year and award in what they leave."""
    while start < end and line.text[start] in OPENING:
        start += 1
    stretch = line.text[start:end]
    people = people_in(stretch)
    yield from people_fields(line, start, people)
    after = start + (people.names[-1].end if people.names and people.likeness >= 0.6 else 0)
    yield from venue_fields(line, after, end)
    yield from award_fields(line, start, end)


def people_fields(line: Line, offset: int, people: People) -> Iterator[HeadField]:
    for name in people.names:
        if is_name(name.written) or is_name(name.written.rstrip(".")):
            yield HeadField(line.span(offset + name.start, offset + name.end), "author", name.written)
    if people.et_al and people.names:
        yield HeadField(line.span(offset + people.names[0].start, offset + people.names[-1].end), "et_al", "et al.")
    for begin, stop in people.affiliations:
        yield HeadField(line.span(offset + begin, offset + stop), "organization", line.text[offset + begin : offset + stop])


def venue_fields(line: Line, start: int, end: int) -> Iterator[HeadField]:
    stretch = line.text[start:end]
    mentions = find_venues(stretch)
    for mention in mentions[:1]:
        yield HeadField(line.span(start + mention.start, start + mention.end), "venue", stretch[mention.start : mention.end])
    year = find_year(stretch)
    if year is not None:
        yield HeadField(line.span(start + year.start, start + year.end), "year", str(year.value))


def award_fields(line: Line, start: int, end: int) -> Iterator[HeadField]:
    for match in _AWARD.finditer(line.text, start, end):
        yield HeadField(line.span(match.start(1), match.end(1)), "award", match.group(1))


def _of_citation(line: Line, head: Head) -> Iterator[HeadField]:
    citation = head.citation
    assert citation is not None
    yield from people_fields(line, head.offset, citation.authors)
    if citation.container is None and citation.title is not None:
        found = [field for field in venue_fields(line, head.offset + citation.title[1], reference_end(head) + 12) if field.label == "venue"]
        yield from found
    places: tuple[tuple[FieldLabel, tuple[int, int] | None], ...] = (
        ("venue", citation.container),
        ("year", citation.year),
        ("pages", citation.pages),
        ("publisher", citation.publisher),
    )
    for label, place in places:
        if place is not None and place[0] < place[1]:
            start, end = (head.offset + bound for bound in place)
            if label == "venue" and line.text.count(")", start, end) > line.text.count("(", start, end):
                yield from (field for field in venue_fields(line, start, end) if field.label == "venue")
            else:
                yield HeadField(line.span(start, end), label, line.text[start:end])


_FIELD_LABELS: dict[str, FieldLabel] = {
    "venue": "venue",
    "year": "year",
    "reviewer": "reviewer",
    "organization": "organization",
    "keywords": "keywords",
    "award": "award",
    "date": "date",
}


def labelled_fields(line: Line) -> Iterator[HeadField]:
    """Fields that the line names itself, "Authors: …"."""
    for field in labelled(line.text):
        if field.start < field.end:
            yield from _labelled(line, field)


def _labelled(line: Line, field: Labelled) -> Iterator[HeadField]:
    value = line.text[field.start : field.end].rstrip(" .;,")
    if field.meaning == "author":
        yield from part_fields(line, field.start, field.end)
    elif field.meaning == "reviewer":
        for name in read_people(value).names:
            yield HeadField(line.span(field.start + name.start, field.start + name.end), "reviewer", name.written)
    elif field.meaning in ("venue", "year"):
        yield from venue_fields(line, field.start, field.end)
        if field.meaning == "venue" and not find_venues(value) and 2 <= len(value) <= 90:
            yield HeadField(line.span(field.start, field.start + len(value)), "venue", value)
    elif field.meaning in _FIELD_LABELS and value:
        yield HeadField(line.span(field.start, field.start + len(value)), _FIELD_LABELS[field.meaning], value)
