"""Papers that running text only links to or names: each mention is an entry of its own, of a paper presented or referred to."""

from __future__ import annotations

import re

from kg.annotators import titles
from kg.annotators.candidates import names_no_paper
from kg.annotators.drafts import Draft
from kg.annotators.fields import people_fields, title_field, venue_fields
from kg.annotators.heads import around
from kg.annotators.layout import Layout
from kg.annotators.lines import Address, Line
from kg.annotators.names import read_people
from kg.annotators.pointers import has_pointer
from kg.annotators.prose_people import cited_people
from kg.model import HeadField, Span

REFERENCES = re.compile(
    r"^\W*(?:\d+\W+)?(?:references?|bibliography|works cited|literatur(?:verzeichnis)?|literature cited|références|bibliographie|referencias|参考文献|참고문헌|引用文献)\W*$",
    re.I,
)


def linked_drafts(layout: Layout, drafts: list[Draft]) -> list[Draft]:
    """Papers that running text links to; a pointer such as "the paper" inside a passage is that passage's paper."""
    heads = {draft.place: draft for draft in drafts}
    found: list[Draft] = []
    owner = owners_of(layout, drafts)
    for place, line in enumerate(layout.lines):
        if place in heads:
            found += _beside(heads[place])
            continue
        if line.block.kind in ("heading", "code", "cell") or any(REFERENCES.match(layout.lines[above].text) for above in layout.sections[place]):
            continue
        for address in line.addresses:
            if address.reference.kind != "paper":
                continue
            words = line.text[address.start : address.end]
            holder = owner.get(place)
            if holder is not None and any(span.overlaps(address.reference.span) for span in holder.head):
                continue
            if holder is not None and not _own_paper(holder) and (has_pointer(words) or address.bare):
                continue
            if draft := _link_draft(place, line, address, inside=holder is not None):
                found.append(draft)
    return found


def _beside(head: Draft) -> list[Draft]:
    """Further papers on the line of a head: "[A](…) (1981) and [B](…) (1990): …" share the passage, links in the remark are cited."""
    found = []
    for address in head.line.addresses:
        if (
            address.reference.kind != "paper"
            or head.title is None
            or address.reference.span.overlaps(head.title.span)
            or head.line.block.kind in ("heading", "cell")
            or (address.reference.span.start < head.title.span.start and head.head[0].overlaps(address.reference.span))
        ):
            continue
        words = head.line.text[address.start : address.end]
        if address.bare or (has_pointer(words) and len(words.split()) <= 4):
            continue
        if not _own_paper(head) and titles.likeness(words) < 0.55:
            continue
        draft = _link_draft(head.place, head.line, address, inside=True)
        if draft is not None and draft.title is not None and _joined(head, address):
            draft.role, draft.body = "reviewed", head.body
            draft.fields += list(venue_fields(head.line, address.end, min(len(head.line.text), address.end + 30)))
        if draft is not None:
            found.append(draft)
    return found


def _joined(head: Draft, address: Address) -> bool:
    """Whether only a year and a word such as "and" stand between the title and the next link."""
    between = head.line.text[head.line.view.position(head.title.span.end - 1) + 1 if head.title else 0 : address.start]
    return len(re.findall(r"[^\W\d_]+", between)) <= 3


def _own_paper(draft: Draft) -> bool:
    """Whether the head already links to its paper."""
    return any(address.reference.kind == "paper" and address.reference.span.start < draft.head[0].end for address in draft.addresses)


def owners_of(layout: Layout, drafts: list[Draft]) -> dict[int, Draft]:
    owner = {}
    for draft in drafts:
        for place in range(draft.place, len(layout.lines)):
            if any(layout.lines[place].block.span.overlaps(span) for span in (*draft.head, *draft.body)):
                owner[place] = draft
            elif place > draft.place + 60:
                break
    return owner


def _link_draft(place: int, line: Line, address: Address, *, inside: bool) -> Draft | None:
    words = line.text[address.start : address.end]
    head = around(line.text, address.start, address.end)
    title = " ".join(line.text[head.start : head.end].split())
    likely = titles.likeness(title)
    long = len(title.split()) >= 4 and likely >= 0.55 and not names_no_paper(title)
    people = read_people(words)
    fields = list(people_fields(line, address.start, people)) if people.likeness >= 0.5 and not long and _names_only(words) else []
    if not fields:
        fields = _people_beside(line, address)
    styled = any(run.kind in ("italic", "bold", "quoted") and run.start <= address.start + 1 and run.end >= address.end - 1 for run in line.runs)
    name = 2 <= len(title.split()) <= 6 and all(word[:1].isupper() for word in title.split()) and not fields
    named = long or (
        not _names_only(words)
        and not names_no_paper(title)
        and not titles.is_furniture(title)
        and ((name and not fields) or (styled and likely >= 0.15))
    )
    draft = Draft(place, line, title_field(line, head) if named and not address.bare else None, fields, [line.span(address.start, address.end)])
    draft.addresses = [address]
    draft.role = "cited" if inside else "reviewed"
    draft.body = [] if inside else [_sentence(line, address.start, address.end)]
    draft.score = 0.75 if address.reference.kind == "paper" else 0.5
    return draft


def _names_only(words: str) -> bool:
    """Surnames as people cite them; a method's name with a capital is none."""
    return bool(re.search(r"\b(?:and|&|et al|und|et)\b", words)) or bool(re.search(r"[’']s\b|\(\d{4}", words))


def _people_beside(line: Line, address: Address) -> list[HeadField]:
    """ "Li and Gauthier ask [title]", "in [title], Chen et al. find"."""
    found = cited_people(line.text, address.start, address.end)
    return list(people_fields(line, *found)) if found else []


def _sentence(line: Line, start: int, end: int) -> Span:
    """The sentence around a stretch of a line."""
    begin = max((match.end() for match in re.finditer(r"[.!?]\s+(?=[A-Z\[“\"])", line.text[:start])), default=0)
    stop = re.search(r"[.!?](?=\s+[A-Z\[“\"]|\s*$)", line.text[end:])
    return line.span(begin, end + stop.end() if stop else len(line.text))
