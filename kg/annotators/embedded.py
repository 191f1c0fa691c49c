"""Finds a reference inside a sentence: a title in quotation marks or of another type, right after its people or before its people and venue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.annotators import heads, titles
from kg.annotators.heads import Head
from kg.annotators.lines import Line

QUOTED = re.compile(r"[“\"„«]([^“”\"„«»\n]{8,250}?)[”\"“»]|[《『]([^《》『』\n]{4,120})[》』]")
_LEAD = 110  # characters that may introduce a reference before its first word
_LONGEST = 250  # characters of a title that nothing marks
_CLOSING = 40  # characters between people and their title: a year, brackets, marks
_CLAUSE = re.compile(r"[:：;]\s+|(?<![\s.][^\W\d_a-z])(?<!^[^\W\d_a-z])[.!?]\s+|[。！？]\s*|\n")
_AFTER_BRACKET = re.compile(r"[”\"“»》』’'*_]?[\s,.;:]*[(（\[]([^()（）\[\]\n]{4,240})[)）\]]")
_BRACKET = re.compile(r"(?<=\w)\s*[(（]([^()（）\n]{4,200})[)）]")
_CITING = re.compile(r"(?:19|20)\d\d|\bet\.? al\b|['’]\d\d\b")
_SENTENCE = re.compile(r"(?<![\s.][^\W\d_a-z])(?<!\bal)[.!?]\s+|[。！？]\s*|\n")
_TITLE_BEGIN = re.compile(r"(?<![^\s(\[*_/])(?=[^\W\d_a-z]|[^\W_]*\d[\w.]*:?\s|[\w-]+(?:\s[\d.]+)?:\s)")
_CAPITAL = re.compile(r"(?:^|(?<=[\s(*_]))(?=[^\W\d_a-z])")
_YEAR_LAST = re.compile(r"[\s,.;:*_]*(?:[(（]?(?:19|20)\d\d[a-z]?[)）]?)?[\s,.;:：*_“\"„«《『‘(（]*$")
_TAIL = re.compile(
    r"[”\"“»》』’'*_]?[\s,.;:]*(?:\bin\b[:\s]*)?(?![)\])）])([^\n“\"„«]{2,220}?)(?=(?<![\s.][A-Z])[.!?。](?:\s|$)|[.!?。]?$|\n|\s[–—]\s)", re.I
)


def stretches(line: Line) -> Iterator[tuple[int, int]]:
    """The stretches of a line in quotation marks, italics, bold or links, without the marks."""
    quoted = {match.span(match.lastindex or 0) for match in QUOTED.finditer(line.text)}
    styled = {(run.start, run.end) for run in line.runs if run.kind in ("italic", "bold", "link")}
    apart = {(start, end) for start, end in styled if not any(begin < end and start < stop for begin, stop in quoted)}
    unmarked = {span for span in _before_brackets(line.text) if not any(begin < span[1] and span[0] < stop for begin, stop in quoted | apart)}
    for start, end in sorted(quoted | apart | unmarked):
        begin, stop = titles.trimmed(line.text, start, end)
        if begin < stop:
            yield begin, stop


def _before_brackets(text: str) -> Iterator[tuple[int, int]]:
    """Titles that nothing marks but the people and the year in brackets after them: "I like Some System: A Title (Doe et al., ICML 2020)"."""
    for bracket in _BRACKET.finditer(text):
        if not _CITING.search(bracket.group(1)) or not (heads.is_placed(bracket.group(1)) or _by_people(bracket.group(1))):
            continue
        near = max(0, bracket.start() - _LONGEST)
        clause = max((match.end() for match in _SENTENCE.finditer(text, near, bracket.start())), default=near)
        begins = (match.start() for match in _TITLE_BEGIN.finditer(text, clause, bracket.start()))
        spans = ((begin, bracket.start()) for begin in begins)
        title = next((span for span in spans if titles.is_capitalised(text[slice(*span)]) and titles.likeness(text[slice(*span)]) >= 0.6), None)
        if title and (len(text[slice(*title)].split()) >= 5 or ": " in text[slice(*title)]):
            yield title


def embedded(line: Line) -> Head | None:
    """The first such reference of a line that no more than a few words introduce; its `offset` is where the people begin."""
    for start, end in stretches(line):
        if (head := reference_at(line.text, start, end)) is not None:
            return head if head.offset <= _LEAD else None
    return None


def reference_at(text: str, start: int, end: int) -> Head | None:
    """The reference whose title is `text[start:end]`, if people stand before it, or a venue and a year behind it."""
    title = text[start:end]
    likely = titles.likeness(title)
    begin = _people_before(text, start)
    tail = _AFTER_BRACKET.match(text, end) or _TAIL.match(text, end)
    parts = tuple(
        part
        for part in (
            heads.part_of(text, begin, start) if begin is not None else None,
            heads.part_of(text, tail.start(1), tail.end(1)) if tail else None,
        )
        if part is not None
    )
    support = heads.support_of(text, parts)
    placed = tail is not None and (heads.is_placed(tail.group(1)) or _by_people(tail.group(1)))
    short = len(title.split()) < 4 and not re.search(r"[\u3040-\u9fff\uac00-\ud7af]{4}", title)
    if likely < 0.3 or not (begin is not None or placed) or (short and not (begin is not None and placed)):
        return None
    whole = _as_reference(text, begin, start, end) if begin is not None else None
    return whole or Head(start, end, parts, max(support, 0.3 + 0.2 * placed), offset=start if begin is None else begin)


def _by_people(tail: str) -> bool:
    """Whether what follows a title begins with its people, ", by Jane Doe and Max Roe (…)" or "(Doe et al.)"."""
    people = heads.people_in(tail.strip(" (（[,"))
    return people.likeness >= 0.75 and bool(people.names) and people.names[0].start <= 12 and (len(people.names) > 1 or people.et_al)


def _as_reference(text: str, begin: int, start: int, end: int) -> Head | None:
    """The stretch from `begin` on in one of the usual styles, if that has the same title."""
    head = heads.cited(text[begin : begin + 900])
    if head is None or abs(begin + head.start - start) > 3 or abs(begin + head.end - end) > 3:
        return None
    return replace(head, start=start, end=end, offset=begin + head.offset)


def _people_before(text: str, start: int) -> int | None:
    """Where a list of people begins that ends right before a title; a single word is no list."""
    closing = _YEAR_LAST.search(text[max(0, start - _CLOSING) : start])
    stop = start - len(closing.group()) if closing else start
    clause = max((match.end() for match in _CLAUSE.finditer(text, max(0, stop - 600), stop)), default=max(0, stop - 600))
    for match in _CAPITAL.finditer(text, clause, stop):
        listed = text[match.start() : stop]
        people = heads.people_in(listed)
        if people.likeness >= 0.75 and people.names and people.names[0].start <= 2 and heads.only_people(listed):
            several = len(people.names) > 1 or people.et_al or " " in people.names[0].written
            return match.start() if several else None
    return None
