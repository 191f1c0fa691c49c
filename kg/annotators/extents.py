"""How far each entry reaches: the lines that go on with its head, and the passages about its paper."""

from __future__ import annotations

import re

from kg.annotators import labels, titles
from kg.annotators.drafts import Draft, only_addresses
from kg.annotators.fields import labelled_fields, people_fields, venue_fields
from kg.annotators.heads import people_in, tail_end
from kg.annotators.layout import Layout
from kg.annotators.lines import Line
from kg.annotators.names import People, read_people
from kg.annotators.sameness import same_titles
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
            line, before = layout.lines[place], layout.lines[place - 1]
            if _ends(layout, draft, place, owners):
                break
            if place in owners:
                continue
            if before.block.kind == "heading" and before is not draft.line and (fields := _cell_fields(line, labels.meaning(before.text))):
                draft.fields += fields
                draft.head.append(line.block.span)
                continue
            in_head = _take(draft, line, in_head=in_head)
        _row_before(layout, draft)


def _take(draft: Draft, line: Line, *, in_head: bool) -> bool:
    """Gives a line to an entry, and tells whether the next may still be of its head."""
    fields, end = _head_line(line, draft) if in_head else (list(labelled_fields(line)), len(line.text))
    in_head = in_head and bool(fields or only_addresses(line))
    draft.fields += fields
    if not fields and not only_addresses(line):
        draft.body.append(line.block.span)
        return False
    draft.addresses += line.addresses
    rest = line.text[end:].strip() if fields else ""
    draft.head.append(line.span(0, end) if rest else line.block.span)
    if rest:
        draft.body.append(line.span(end + line.text[end:].index(rest[0]), len(line.text.rstrip())))
    return in_head and not rest


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
        return (
            block.kind in ("item", "paragraph", "quote")
            and not _below(layout, line, draft.line)
            and (block.parent is None and (block.kind == "item" or _items_go_on(layout, place)))
        )
    return block.kind == "item" and block.parent is None and own.parent is not None


def _section_level(layout: Layout, place: int) -> int:
    above = layout.sections[place]
    return layout.lines[above[-1]].block.level if above else 0


def _below(layout: Layout, line: Line, head: Line) -> bool:
    """Whether a line stands inside the item of a head, or inside the item that holds it."""
    above = [head.index, *([] if head.block.parent is None else [head.block.parent])]
    return any(parent.index in above for parent in layout.parents(line))


def _items_go_on(layout: Layout, place: int) -> bool:
    """Whether another item follows soon after a paragraph at the margin: then the paragraph belongs to the item before."""
    return not any(line.block.kind == "item" for line in layout.lines[place + 1 : place + 4])


def _head_line(line: Line, draft: Draft) -> tuple[list[HeadField], int]:
    """The fields of a line that goes on with the head (people, a venue, labelled values), and where its part of the head ends."""
    found = list(labelled_fields(line))
    if found:
        return found, len(line.text)
    if line.block.kind == "heading":
        return [], 0
    end = tail_end(line.text, 0)
    stretch = line.text[:end]
    people = people_in(stretch) if not any(known.label == "author" for known in draft.fields) else read_people("")
    if people.likeness >= 0.75 and people.names[0].start < 12 and _is_list(stretch, people):
        return [*people_fields(line, 0, people), *venue_fields(line, people.names[-1].end, end)], end
    if 0 < len(stretch) < 110 and _only_venue(stretch):
        return list(venue_fields(line, 0, end)), end
    return [], 0


def _is_list(stretch: str, people: People) -> bool:
    """Whether people are what the stretch is about: several, or one beside next to nothing else."""
    rest = re.sub(r"[(（][^()（）]*[)）]|https?://\S+", "", stretch[people.names[-1].end :])
    dated = len(rest) < 40 and bool(re.search(r"(?:19|20)\d\d", rest) or find_venues(rest))
    return len(rest) < 70 and (people.et_al or len(people.names) > 1 or dated or titles.likeness(stretch) < 0.6)


def _only_venue(text: str) -> bool:
    """Whether a line is a venue and next to nothing else."""
    return any(venue.end - venue.start >= 0.5 * len(re.sub(r"\W*(?:19|20)\d\d\W*|[^\w\s]", "", text)) for venue in find_venues(text))


def _row_before(layout: Layout, draft: Draft) -> None:
    """Cells of a row before the title's cell, and what their column headers make of the cells."""
    own = draft.line.block
    if own.kind != "cell":
        return
    for line in layout.row(draft.line):
        if line is draft.line:
            continue
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
