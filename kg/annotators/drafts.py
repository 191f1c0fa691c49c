"""Entries in the making: the head of each, taken from the line that the layout chose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from kg.annotators import titles
from kg.annotators.company import Weighed
from kg.annotators.fields import head_fields, labelled_fields, people_fields, title_field
from kg.annotators.heads import Head, around, reference_end, tail_end
from kg.annotators.layout import Layout
from kg.annotators.lines import Address, Line, field_line
from kg.annotators.pointers import has_pointer
from kg.annotators.prose_people import cited_people
from kg.model import Document, HeadField, Span

_ONE_PAPER = re.compile(
    r"\b(?:this|the|das|dieses|diese|cet|le|este|el) (?:paper|article|work|study|authors?|arbeit|artikel|autoren|papier|auteurs|artículo|trabajo|autores)\b|本文|この論文|이 논문",
    re.I,
)
_OF_MANY = re.compile(
    r"\b(?:papers|articles|readings|list|round-?up|recap|newsletter|digest|highlights|trip report|week|bibliography|publications)\b", re.I
)


@dataclass(slots=True)
class Draft:
    """An entry in the making."""

    place: int
    line: Line
    title: HeadField | None
    fields: list[HeadField]
    head: list[Span]
    body: list[Span] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    role: Literal["reviewed", "cited"] = "reviewed"
    score: float = 0.6
    first_of_line: bool = True


def drafts_of(layout: Layout, taken: Iterable[Weighed]) -> list[Draft]:
    return [_draft(layout.place(item.candidate.line), item) for item in taken]


def _draft(place: int, item: Weighed) -> Draft:
    line, head = item.candidate.line, item.candidate.head
    title = title_field(line, head)
    fields = [*head_fields(line, head), *labelled_fields(line)]
    if not any(known.label == "author" for known in fields) and (found := cited_people(line.text, head.start, head.end)):
        fields += people_fields(line, *found)
    end = _reference_stop(line.text, head) if head.citation else max(head.end, tail_end(line.text, head.end))
    draft = Draft(place, line, title, fields, [line.span(0, end)], score=item.score)
    draft.addresses = list(_addresses(line, end))
    rest = line.text[end:]
    if rest.strip():
        draft.body.append(line.span(end + len(rest) - len(rest.lstrip()), len(line.text.rstrip())))
    return draft


def _addresses(line: Line, end: int) -> Iterator[Address]:
    """The links of a head that ends at `end`: those on it and right after it, and if none leads to a paper, the first that is called one."""
    near = [address for address in line.addresses if address.start <= end or address.start - end < 40]
    yield from near
    if any(address.reference.kind == "paper" for address in near):
        return
    further = (address for address in line.addresses if address not in near and address.reference.kind == "paper")
    yield from [address for address in further if address.bare or has_pointer(line.text[address.start : address.end])][:1]


def single_draft(document: Document, layout: Layout) -> list[Draft]:
    """The document as a note on one paper, called after it: its title is the paper's if the text speaks of a paper in the singular."""
    line = field_line(document, ("title", "og:title", "paper", "paper_title")) or next(
        (line for line in layout.lines if line.block.kind == "heading"), None
    )
    if line is None or not any(_ONE_PAPER.search(other.text) for other in layout.lines) or _OF_MANY.search(line.text):
        return []
    start, end = titles.trimmed(line.text, 0, len(line.text))
    if start >= end or titles.likeness(line.text[start:end]) < 0.3:
        return []
    head = around(line.text, start, end)
    draft = Draft(0, line, title_field(line, head), head_fields(line, head), [line.block.span], score=0.5)
    for other in layout.lines:
        if other is not line:
            fields = list(labelled_fields(other))
            draft.fields += fields
            (draft.head if fields or only_addresses(other) else draft.body).append(other.block.span)
            draft.addresses += [address for address in other.addresses if fields or only_addresses(other)]
    return [draft]


def _reference_stop(text: str, head: Head) -> int:
    """The end of a reference with the marks that close it; what is left of a few words belongs to it."""
    end = reference_end(head)
    closing = re.match(r"[\s)\].,;:”\"’*_]*", text[end:])
    end += len(closing.group().rstrip()) if closing else 0
    return len(text) if len(re.findall(r"\w+", text[end:])) <= 2 else end


def only_addresses(line: Line) -> bool:
    rest = line.text
    for address in sorted(line.addresses, key=lambda address: -address.start):
        rest = rest[: address.start] + rest[address.end :]
    return bool(line.addresses) and len(re.findall(r"\w{2,}", rest)) <= 3
