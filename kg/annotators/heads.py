"""Divides the head of an entry: which stretch is the title, and what the words before and after it say.

A head is one line of visible text.  Where nothing in the layout marks the title, each way of cutting the line is weighed: a cut is
good when one side is like a title and the other side is people, a venue, a year or an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.annotators import titles
from kg.annotators.citations import Citation, read_citation
from kg.annotators.names import NOBODY, People, is_no_name, read_people
from kg.annotators.venues import Venue, find_venues

_CUTS = re.compile(
    r"\s+[-–—|•·~]+\s*|\s*[-–—|•·]+\s+|\s*[:：]\s+|\s*\n\s*|\s*[,;]\s+|\s*[.]\s+|\s*(?=[(\[（【])|(?<=[)\]）】])\s*|\s+(?=by\s+[A-Z])|\s*@\s*|\s+(?=https?://)|(?<=[”\"»])\s*|\s+(?=[“\"«„])|\s+(?=(?:19|20)\d\d\b)"
)
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?![\d])")
_FILLER = re.compile(
    r"^[\W\d_]*$|^\W*(?:in|at|@|by|et al\.?|and|from|pdf|paper|link|code|arxiv|preprint|oral|spotlight|poster|pp?\.?|vol\.?|no\.?|to appear|accepted|presented|published|new|video|slides|demo|project|website|github|doi|html|abs|bib(?:tex)?|supp(?:lementary)?|appendix|here|best paper)\b[\W\d]*$",
    re.I,
)
OPENING = ' \n\t-–—|•·:：,，;；.。@“”"«»(（'
_LONGEST_TAIL = 2_000  # characters of people, venue and year behind a title
_MARKS = ' \n\t.,:;–—-|)]”"»*_'
_CONTINUES = re.compile(r"(?:[,;&(]|\b(?:and|und|et|y|by|von|par))\s*$", re.I)
# Where a list of people may end: before a venue or a year, after a full stop that closes no initial, before a dash or a bracket.
_AFTER_PEOPLE = re.compile(
    r"\s*[.,;:(（\[，；]\s*(?=(?:in\s+)?(?:[A-Z]{3,}|[A-Z]\w*[A-Z&]\w*|(?:19|20)\d\d|Proc|IEEE|ACM|arXiv))|\s*(?<![\s.][A-Z])(?<!^[A-Z])[.。]\s+|\s*[)）\]]\s*|\s+[-–—|·•@]+\s+|\s*[(（\[]|\n"
)
_FIRST_WORD = re.compile(
    r"[\W\d_]*(?:(?:(?:written\s+)?by|authors?(?:\(s\))?|auteurs?|autor\w*|von|par|por|with)\s*[:：]?\s+)?([^\W\d_][\w’'.-]*)", re.I
)
_MAYBE_REFERENCE = re.compile(r"(?:19|20)\d\d|\bet\.? al\b|[“\"„«]|\b[A-Z]\.,|\bIn[ :]|\bProc|arXiv", re.I)
_SHORT_LABEL = re.compile(r"\s*\[[^\[\]]{0,20}\]\s+|\W*[^\W\d_]+(?:\s[^\W\d_]+)?\s*:\s+(?=[“\"„«])")
_LEADING_YEAR = re.compile(r"[\s,.:*_\]]*[(\[](?:[A-Z][\w&/-]{1,12}[\s’']*)?(?:19|20)\d\d[)\]]|[\s,]{1,2}(?:19|20)\d\d(?=[.,:;])")
_PEOPLE_AND_YEAR = re.compile(
    r"\W*([^\W\d_][^\n()\[\]—–“\"„«]{2,160}?)[,\s]+[(\[]?(?:19|20)\d\d[a-z]?[)\]]?\s*(?:\([^()\n]{2,60}\)\s*)?[—–:.,-]{1,2}\s+(?=[“\"„«]?[A-ZÀ-Þ0-9])"
)
_TITLE_END = re.compile(r"[.][”\"]?(?=\s)|\)(?=[.:;,]?\s)|\n")
_QUOTED_FIRST = re.compile(r"[“\"„«]([^“”\"„«»\n]{8,250})[”\"“»]")
# "… Detection in DCASE" before "2019": an event that the title itself names.
_EVENT_CUT = re.compile(r"\b(?:in|at|for|of|from)\s+(?:the\s+)?[A-Z]\w*[A-Z]\w*$")
_BARE_YEAR = re.compile(r"\s+(?:19|20)\d\d\b")
_LEADING_BRACKET = re.compile(r"[\s,.:*_”\"“»’']*[(（\[]([^()（）\[\]\n]{4,200})[)）\]]")
_NAME_AND_COLON = re.compile(r"[A-ZÀ-Þ][\w.’'-]*(?:\s[A-ZÀ-Þ][\w.’'-]*){1,3}:\s")
_AWARD = re.compile(
    r"\b(?:best|outstanding|distinguished|test[- ]of[- ]time|honou?rable|award|prize|prix|preis|premio|runner[- ]up|finalist|nominee|nominated)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the line beside the title, with the people that it lists, if it does."""

    start: int
    end: int
    people: People

    def names_end(self) -> int:
        """Where the last name ends, counted from the start of the part."""
        return self.people.names[-1].end if self.people.names else 0


@dataclass(frozen=True, slots=True)
class Head:
    """One way to read a line.  `support` tells how much the parts beside the title speak for it, from -1 to 1."""

    start: int
    end: int
    parts: tuple[Part, ...]
    support: float
    citation: Citation | None = None
    offset: int = 0  # where the head begins in the line: the words before it only introduce it


def heads(text: str) -> list[Head]:
    """The likeliest readings of a whole line, best first; none if no stretch of it is like a title."""
    cuts = _cuts(text)
    found = [head for start, end in _stretches(cuts, len(text)) if (head := _head(text, start, end)) is not None]
    found.sort(key=lambda head: (-_worth(text, head), head.start, head.end))
    return found[:3]


def around(text: str, start: int, end: int, *, offset: int = 0) -> Head:
    """The reading in which the title is known; the head begins at `offset`."""
    begin, stop = titles.trimmed(text, start, end)
    if begin >= stop:
        begin, stop = start, end
    parts = tuple(part for part in (part_of(text, offset, begin), part_of(text, stop, tail_end(text, stop))) if part)
    return Head(begin, stop, parts, support_of(text, parts), offset=offset)


def after_people_and_year(text: str) -> Head | None:
    """The title of a line that opens with people and a year, "Doe & Roe 2016 — Title (Venue). Remark"."""
    opening = _PEOPLE_AND_YEAR.match(text)
    if opening is None or not only_people(opening.group(1)):
        return None
    start = opening.end()
    stop = next((match.end() for match in _TITLE_END.finditer(text, start)), len(text))
    rest = text[start:stop]
    quoted = _QUOTED_FIRST.match(rest)
    best = quoted.span(1) if quoted else next(((head.start, head.end) for head in heads(rest) if head.start <= 1), None)
    if best is None or titles.likeness(rest[slice(*best)]) < 0.3:
        return None
    return around(text, start + best[0], start + best[1])


def alone(text: str, start: int, end: int) -> Head:
    """A title in the middle of a passage: the words around it say nothing of the head."""
    return Head(*titles.trimmed(text, start, end), (), 0.2)


def tail_end(text: str, start: int) -> int:
    """Where the head ends after a title: with its physical line; where a passage follows on that line, with the last stretch of people,
    venue or year before it; with the next line where the first holds nothing and the next holds people.
    """
    text = text[: start + _LONGEST_TAIL]
    end = _line_end(text, start)
    if not text[start:end].strip(_MARKS):
        following = _line_end(text, min(len(text), end + 1))
        end = following if _is_head_line(text[end + 1 : following]) else end
    while end < len(text) and _CONTINUES.search(text[start:end]):
        end = _line_end(text, end + 1)
    return end if end - start <= 140 else _before_passage(text, start, end)


def _before_passage(text: str, start: int, end: int) -> int:
    """The end of the stretches that belong to a head, sentence by sentence."""
    leading = _LEADING_YEAR.match(text, start) or _LEADING_BRACKET.match(text, start)
    stop = leading.end() if leading and (leading.re is _LEADING_YEAR or _is_head_bracket(leading.group(1))) else start
    start = stop
    for match in (*re.finditer(r"(?<=[.)\]:!?])\s+(?=[^\W\d_a-z])|\n", text[start:end]), None):
        until = start + match.start() if match else end
        stretch = text[stop:until].strip(_MARKS)
        words = re.findall(r"[^\W\d_]{2,}", stretch)
        if not (only_people(stretch) or people_in(stretch).likeness >= 0.75 or len(words) <= 2 or (len(words) <= 16 and find_venues(stretch))):
            return stop
        stop = start + match.end() if match else end
    return stop


def _is_head_bracket(inner: str) -> bool:
    """Whether brackets right after a title hold people, a venue or a year."""
    return bool(_YEAR.search(inner)) or people_in(inner).likeness >= 0.75 or is_placed(inner)


def _line_end(text: str, start: int) -> int:
    found = text.find("\n", start)
    return len(text) if found < 0 else found


def _is_head_line(text: str) -> bool:
    return bool(text.strip()) and (people_in(text).likeness >= 0.75 or (len(text) < 120 and bool(find_venues(text))))


@lru_cache(maxsize=4096)
def cited(text: str) -> Head | None:
    """The line as a reference in one of the usual styles: people, and a year or a venue beside the title; a remark may follow it."""
    if not _MAYBE_REFERENCE.search(text):
        return None
    label = _SHORT_LABEL.match(text)
    begin = label.end() if label else 0
    readings = [head for end in reference_ends(text, begin) if (head := _reference(text, begin, end, 0.55)) is not None and _is_sure(text, head)]
    return max(readings, key=lambda head: (round(head.support, 1), head.end - head.start), default=None)


def listed(text: str) -> Head | None:
    """The line as a reference where nothing but references stands: even one without people, or without a year."""
    label = _SHORT_LABEL.match(text)
    return _reference(text, label.end() if label else 0, len(text), 0.25)


def _reference(text: str, begin: int, end: int, least: float) -> Head | None:
    citation = read_citation(text[begin:end])
    if citation is None or citation.title is None or citation.likeness < least:
        return None
    start, stop = titles.trimmed(text[begin:end], *citation.title)
    return Head(begin + start, begin + stop, (), citation.likeness, citation, begin) if start < stop else None


def _is_sure(text: str, head: Head) -> bool:
    """Whether a reading as a reference has all that references have."""
    citation, title = head.citation, text[head.start : head.end]
    return (
        citation is not None
        and bool(citation.authors.names)
        and bool(citation.year or citation.container)
        and not _begins_with_people(title)
        and titles.likeness(title) >= 0.2
    )


def _begins_with_people(title: str) -> bool:
    """Whether a title still holds authors, "Jane Doe, John Roe: Title"."""
    match = re.match(r"([^:]{5,120}):\s", title)
    people = read_people(match.group(1)) if match else NOBODY
    return people.likeness >= 0.75 and any(" " in name.written for name in people.names) and (len(people.names) > 1 or people.et_al)


def reference_ends(text: str, begin: int) -> list[int]:
    """Where a reference may end and a remark begin: with the line, a physical line, or a sentence that holds a year or a venue."""
    ends = [len(text)]
    if len(text) - begin > 110:
        for match in re.finditer(r"[.)\]](?=\s+[^\W\d_a-z])|(?<=\d)[.,](?=\s)|\n", text[begin : begin + 500]):
            until = begin + match.end()
            if _YEAR.search(text, begin, until) or re.search(r"['’]\d\d\b", text[begin:until]):
                ends.append(until)
    return sorted(set(ends))[:5]


def reference_end(head: Head) -> int:
    """Where the last part of a reference ends."""
    citation = head.citation
    assert citation is not None
    places = [
        citation.title,
        citation.container,
        citation.year,
        citation.date,
        citation.volume,
        citation.issue,
        citation.pages,
        citation.publisher,
        citation.editor,
        citation.location,
        *citation.identifiers,
        *citation.urls,
    ]
    names = [citation.authors.names[-1].end] if citation.authors.names else []
    return head.offset + max([place[1] for place in places if place is not None] + names)


def _cuts(text: str) -> list[int]:
    """Places where a title may begin or end, as pairs flattened: each cut is (end of left, start of right)."""
    cuts = [0]
    for match in _CUTS.finditer(text[:600]):
        cuts += [match.start(), match.end()]
    cuts.append(len(text))
    return sorted(set(cuts))


def _stretches(cuts: list[int], length: int) -> Iterator[tuple[int, int]]:
    cuts = cuts[:40]
    if cuts[-1] != length:
        cuts.append(length)
    for index, start in enumerate(cuts):
        for end in cuts[index + 1 :]:
            if end - start >= 3 and (start == 0 or end == length or index <= 6):
                yield start, end


def _head(text: str, start: int, end: int) -> Head | None:
    if not _may_precede(text, start):
        return None
    begin, stop = titles.trimmed(text, start, end)
    if start > 0 and begin - start > 2:
        return None
    if start > 0 and _NAME_AND_COLON.match(text[begin:stop]) and read_people(text[begin:stop].split(":", maxsplit=1)[0]).likeness >= 0.9:
        return None
    whole = start == 0 and end == len(text)
    if stop - begin < 3 or titles.likeness(text[begin:stop]) < (0.05 if whole else 0.15):
        return None
    parts = tuple(part for part in (part_of(text, 0, start), part_of(text, end, len(text))) if part)
    if (support := support_of(text, parts)) < -0.45:
        return None
    full_stop = (0.25 if len(text) < 110 else 0.6) if not parts and text.rstrip().endswith(".") and not text.rstrip().endswith("..") else 0.0
    return Head(begin, stop, parts, support - full_stop)


def _may_precede(text: str, end: int) -> bool:
    """Whether the words before a title are what people put there: a number, people, or a venue in brackets or before a colon."""
    before = text[:end].strip(' \n\t-–—|•·:：,;.@“”"«»()[]')
    if not re.search(r"[^\W\d_]{2,}", before) or _FILLER.match(before):
        return True
    if len(re.findall(r"[^\W\d_]{2,}", before)) == 1:
        return bool(re.search(r"[:：\])）】|–—-]\s*$|\d", text[:end])) or people_in(before).et_al
    people = people_in(before)
    if people.likeness >= 0.6 and people.names and people.names[0].start < 12:
        whole = any(" " in name.written or "." in name.written for name in people.names)
        return people.et_al or (whole and (len(people.names) > 1 or bool(re.search(r"[:.]\s*$", text[:end]))))
    return bool(find_venues(before)) and len(before) < 60 and bool(re.search(r"[:\])|–—-]\s*$", text[:end]))


def part_of(text: str, start: int, end: int) -> Part | None:
    """A stretch beside a title without the marks around it; none if nothing is left."""
    while start < end and text[start] in OPENING:
        start += 1
    stretch = text[start:end].rstrip()
    if stretch.endswith((")", "）")) and len(re.findall(r"[)）]", stretch)) > len(re.findall(r"[(（]", stretch)):
        stretch = stretch[:-1]
    if not stretch.strip(" \n\t-–—|•·:,;.()[]"):
        return None
    return Part(start, start + len(stretch), people_in(stretch))


@lru_cache(maxsize=16384)
def people_in(stretch: str) -> People:
    """The people of a stretch, also where a venue, a year or a passage follows them."""
    first = _FIRST_WORD.match(stretch)
    if first is None or is_no_name(first.group(1)):
        return NOBODY
    people = read_people(stretch)
    venues = find_venues(stretch[:700])
    if people.likeness >= 0.95 and not _hold_venue(people, venues):
        return people
    ends = [match.start() for match in _AFTER_PEOPLE.finditer(stretch[:700])] + [venue.start for venue in venues]
    readings = [people, *(read_people(stretch[:end]) for end in sorted(set(ends)) if end)]
    best = max(
        (other for other in readings if other.likeness >= 0.75 and not _hold_venue(other, venues)),
        key=lambda other: (len(other.names), other.et_al, other.likeness),
        default=NOBODY,
    )
    return best if best.names else people if people.likeness >= 0.6 else NOBODY


def _hold_venue(people: People, venues: list[Venue]) -> bool:
    """Whether a venue that is known was taken for one of the people."""
    known = [venue for venue in venues if venue.key]
    return any(venue.start <= name.start < venue.end for venue in known for name in people.names)


def support_of(text: str, parts: tuple[Part, ...]) -> float:
    """What the parts say: people, venue, year and address speak for the cut, words that nothing explains against it."""
    support = 0.0
    for part in parts:
        stretch = text[part.start : part.end]
        support += _by_people(part.people)
        rest = stretch[part.names_end() :]
        support -= _unexplained(stretch[: part.people.names[0].start]) if part.people.names else 0.0
        if find_venues(rest):
            support += 0.2
        elif _YEAR.search(rest) or "://" in rest or _AWARD.search(rest):
            support += 0.1
        support -= _unexplained(rest)
    return max(-1.0, min(1.0, support))


def is_placed(text: str) -> bool:
    """Whether a stretch says where and when something was published: a venue that is known, or a year beside some venue."""
    mentions = find_venues(text)
    return any(mention.key for mention in mentions[:1]) or (bool(mentions) and bool(_YEAR.search(text)))


def _by_people(people: People) -> float:
    """One name of two words may be anything; several, or "et al.", are people."""
    if not people.names:
        return 0.0
    return people.likeness * (0.45 if len(people.names) > 1 or people.et_al else 0.02)


def _unexplained(rest: str) -> float:
    if _FILLER.match(rest) or "://" in rest[:40] or _AWARD.search(rest):
        return 0.0
    venue = find_venues(rest)
    words = re.findall(r"[^\W\d_]{2,}", rest)
    known = sum(len(re.findall(r"[^\W\d_]{2,}", rest[mention.start : mention.end])) for mention in venue)
    return min(0.8, 0.05 * max(0, len(words) - known))


def _worth(text: str, head: Head) -> float:
    cut = _EVENT_CUT.search(text[head.start : head.end]) and _BARE_YEAR.match(text, head.end)
    return titles.likeness(text[head.start : head.end]) + head.support + 0.002 * (head.end - head.start) - 0.15 * bool(cut)


def only_people(text: str) -> bool:
    """Whether a stretch lists people and says next to nothing else."""
    people = people_in(text)
    if not people.names or people.likeness < 0.6:
        return False
    rest = re.findall(r"[^\W\d_]{2,}", text[: people.names[0].start] + " " + text[people.names[-1].end :])
    return len([word for word in rest if word.lower() not in ("et", "al", "by", "and", "eds", "ed", "authors", "author")]) <= 1
