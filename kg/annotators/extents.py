"""How far each entry reaches: the lines that go on with its head, and the passages about its paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotators import labels, titles
from kg.annotators.drafts import Draft, only_addresses, same_titles
from kg.annotators.fields import labelled_fields, people_fields, venue_fields
from kg.annotators.heads import people_in
from kg.annotators.layout import Layout
from kg.annotators.lines import Line
from kg.annotators.names import People, read_people
from kg.annotators.venues import find_venues
from kg.model import HeadField


def give_passages(layout: Layout, drafts: list[Draft]) -> None:
    """Each head takes the lines up to the next head, or to the end of its section, its item or its row."""
    owners = {draft.place: draft for draft in drafts}
    for draft in drafts:
        if draft.title is None:
            continue
        in_head = True
        for place in range(draft.place + 1, len(layout.lines)):
            line = layout.lines[place]
            if _ends(layout, draft, place, owners):
                break
            if place in owners:
                continue
            fields = list(_head_line(line, draft)) if in_head else list(labelled_fields(line))
            in_head = in_head and bool(fields or only_addresses(line))
            draft.fields += fields
            (draft.head if fields or only_addresses(line) else draft.body).append(line.block.span)
            draft.addresses += line.addresses
        _row_before(layout, draft)


def _ends(layout: Layout, draft: Draft, place: int, owners: dict[int, Draft]) -> bool:
    """Whether the passage of a draft has ended before a line."""
    line, own = layout.lines[place], draft.line.block
    if place in owners:
        return not same_titles(owners[place].title, draft.title)
    block = line.block
    if own.kind == "heading":
        return block.kind == "heading" and block.level <= own.level
    if block.kind == "heading" and own.kind != "item" and len(owners) == 1 and draft.place <= 4:
        return False
    if block.kind == "heading":
        return not titles.is_furniture(line.text) or block.level <= _section_level(layout, draft.place)
    if own.kind == "cell":
        return block.kind != "cell" or (block.group, block.row) != (own.group, own.row)
    if own.kind == "item":
        return block.kind in ("item", "paragraph", "quote") and not _below(layout, line, draft.line) and (block.parent is None and (block.kind == "item" or _items_go_on(layout, place)))
    return block.kind == "item" and block.parent is None and own.parent is not None


def _section_level(layout: Layout, place: int) -> int:
    above = layout.sections[place]
    return layout.lines[above[-1]].block.level if above else 0


def _below(layout: Layout, line: Line, head: Line) -> bool:
    by_index = {other.index: other for other in layout.lines[max(0, layout.lines.index(head)) : layout.lines.index(line) + 1]}
    parent = line.block.parent
    while parent is not None:
        if parent == head.index or (head.block.parent is not None and parent == head.block.parent):
            return True
        parent = by_index[parent].block.parent if parent in by_index else None
    return False


def _items_go_on(layout: Layout, place: int) -> bool:
    """Whether another item follows soon after a paragraph at the margin: then the paragraph belongs to the item before."""
    return not any(line.block.kind == "item" for line in layout.lines[place + 1 : place + 4])


def _head_line(line: Line, draft: Draft) -> Iterator[HeadField]:
    """The fields of a line that only goes on with the head: people, a venue, labelled values."""
    found = list(labelled_fields(line))
    if found:
        yield from found
        return
    text = line.text.strip()
    if len(text) > 600 or line.block.kind == "heading":
        return
    people = people_in(text) if not any(known.label == "author" for known in draft.fields) else read_people("")
    begin = len(line.text) - len(line.text.lstrip())
    if people.likeness >= 0.75 and (titles.likeness(text) < 0.6 or len(people.names) > 1) and _explains(text, people):
        yield from people_fields(line, begin, people)
        yield from venue_fields(line, begin + people.names[-1].end, len(line.text))
    elif len(text) < 90 and _only_venue(text):
        yield from venue_fields(line, 0, len(line.text))


def _only_venue(text: str) -> bool:
    """Whether a line is a venue and next to nothing else."""
    return any(venue.end - venue.start >= 0.5 * len(re.sub(r"\W*(?:19|20)\d\d\W*|[^\w\s]", "", text)) for venue in find_venues(text))


def _explains(text: str, people: People) -> bool:
    """Whether the people are most of what the line says."""
    rest = re.sub(r"\([^)]*\)", "", text[people.names[-1].end :])
    return len(rest) < 60


def _row_before(layout: Layout, draft: Draft) -> None:
    """Cells of a row before the title's cell, and what their column headers make of the cells."""
    own = draft.line.block
    if own.kind != "cell":
        return
    row = [line for line in layout.lines if line.block.kind == "cell" and (line.block.group, line.block.row) == (own.group, own.row) and line is not draft.line]
    for line in row:
        meaning = labels.meaning(line.block.name)
        if line.block.column < own.column:
            draft.head.insert(0, line.block.span)
            draft.addresses += line.addresses
        draft.fields += _cell_fields(line, meaning)


def _cell_fields(line: Line, meaning: str | None) -> list[HeadField]:
    if meaning == "author":
        return list(people_fields(line, 0, read_people(line.text)))
    if meaning in ("venue", "year"):
        found = list(venue_fields(line, 0, len(line.text)))
        if meaning == "venue" and not any(mark.label == "venue" for mark in found) and 2 <= len(line.text) <= 60:
            found.append(HeadField(line.block.span, "venue", line.text.strip()))
        return found
    if meaning == "reviewer":
        return [HeadField(line.span(name.start, name.end), "reviewer", name.written) for name in read_people(line.text).names]
    if meaning == "organization":
        return [HeadField(line.block.span, "organization", line.text.strip())]
    return []
