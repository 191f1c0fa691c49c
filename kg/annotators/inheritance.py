"""Authors of entries whose head names none: from the item or heading above, or from the passage itself."""

from __future__ import annotations

from kg.annotators import titles
from kg.annotators.drafts import Draft
from kg.annotators.fields import people_fields
from kg.annotators.layout import Layout
from kg.annotators.names import read_people
from kg.annotators.prose_people import mentioned_people
from kg.model import HeadField


def inherit_people(layout: Layout, drafts: list[Draft]) -> None:
    """People named by the item or heading above, or by the passage itself, where the head names none."""
    by_index = {line.index: line for line in layout.lines}
    for draft in drafts:
        if any(known.label == "author" for known in draft.fields):
            continue
        above = [by_index[draft.line.block.parent]] if draft.line.block.parent in by_index else []
        above += [layout.lines[place] for place in layout.sections[draft.place][-1:]]
        for line in above:
            people = read_people(line.text.strip(" :;."))
            if people.likeness >= 0.7 and (people.et_al or titles.likeness(line.text) < 0.4) and line.block.kind != "cell":
                draft.fields += people_fields(line, len(line.text) - len(line.text.lstrip(" :;.")), people)
                break
        else:
            draft.fields += _prose_people(layout, draft)


def _prose_people(layout: Layout, draft: Draft) -> list[HeadField]:
    """ "Choi et al. tackle …", "the paper by Jane Doe and colleagues" near the beginning of the passage."""
    if not draft.body:
        return []
    line = next((line for line in layout.lines[draft.place :] if line.block.span.overlaps(draft.body[0])), None)
    if line is None:
        return []
    begin = max(0, line.view.position(draft.body[0].start))
    found = mentioned_people(line.text[begin : begin + 500])
    return list(people_fields(line, begin + found[0], found[1])) if found else []
