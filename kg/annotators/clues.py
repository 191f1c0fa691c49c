"""What speaks for one candidate being the title of a paper, and what against: each clue with its weight and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg import identity
from kg.annotators import labels, titles
from kg.annotators.candidates import Candidate, is_prose
from kg.annotators.heads import cited, people_in
from kg.annotators.layout import Layout
from kg.annotators.lines import Line
from kg.annotators.pointers import is_pointer

_MARKED = {"label": 0.35, "citation": 0.05, "whole": 0.0}
_HEAD_LABELS = frozenset({"author", "venue", "year", "reviewer", "link", "code", "organization"})
_NO_PAPERS = re.compile(
    r"(?:^\W*(?:\w+\W+){0,2}?|\b(?:following|these|some|more|useful|other|and)\W+(?:\w+\W+)?)(?:datasets?|corpora|tools?|softwares?|librar(?:y|ies)|frameworks?|blogs?(?: ?posts?)?|tutorials?|workshops?|talks?|keynotes?|invited|courses?|video lectures|lecture notes|videos?|news|podcasts?|jobs|"
    r"licen[sc]e|contributing|contributors|repositor(?:y|ies)|repos|social (?:activities|events?|programme?)|organi[sz]ers?|organi[sz]ation committee|organi[sz]ing \w+|committee|chairs?|sponsors|acknowledge?ments|panels?|products?|startups?|companies|slides|toolkits?|platforms?|newsletters?|websites?|"
    r"demos|jeux de données|outils|werkzeuge|veranstaltungen)\b(?!\W+(?:for|of|in|to|on|with|via|using)\b)(?!\s+\w+\s+\w)",
    re.I,
)
_NO_PAPER_WORDS = re.compile(
    r"\b(?:tutorials?|workshops?|keynotes?|talks?|courses?|committees?|organi[sz](?:ation|ing|ers?)|chairs?|roles?|tools?|software|datasets?|speakers?|panels?|sponsors?|events?|attend\w*)\b",
    re.I,
)
_PAPERS = re.compile(
    r"\b(?:papers?|articles?|publications?|readings?|literature|references|bibliograph\w+|papiers?|lectures scientifiques|artículos)\b|论文|論文|논문",
    re.I,
)
_CALLED_OFF = re.compile(
    r"\b(?:cancel+ed|postponed|called off|abgesagt|verschoben|ausgefallen|entfällt|annulée?|reportée?|cancelad[oa]|aplazad[oa]|adiad[oa]|annullat[oa]|rinviat[oa])\b|中止|延期|取消|취소",
    re.I,
)
_GOES_ON = re.compile(r"\s+(?!(?:by|in|at|von|par|por|et|and|und|from|de)\b)[a-zà-ÿ]{2,}\s+\w+\s+\w")
_REVIEW_PARTS = re.compile(
    r"\b(?:summary|abstract|pros|cons|strengths?|weakness(?:es)?|contributions?|key (?:points|ideas?|takeaways)|main (?:idea|points|contributions?)|tl;?dr|critique|notes|what is this paper|problem|motivation|methods?|approach|results|experiments|discussion|limitations?|questions|further developed|my thoughts|zusammenfassung|résumé|resumen|要約|概要|摘要)\b",
    re.I,
)
_ABSTRACT = re.compile(
    r"\b(?:we (?:propose|present|introduce|show|investigate|study|describe|develop|explore|demonstrate|evaluate|find)|in this (?:paper|work|study|article)|this (?:paper|work|study|article)|the (?:authors?|paper)|the proposed|they (?:propose|present|show|use|introduce)|results show|cet article|les auteurs|die autoren|in dieser arbeit|este (?:trabajo|artículo))\b",
    re.I,
)

_LINKED, _LINK_BESIDE, _LINK_UNDER = "links to a paper", "has a link to a paper beside it", "stands over a link called paper"
_BESIDE, _PEOPLE_UNDER, _FIELDS_UNDER = "has people, a venue or a year beside it", "has people under it", "stands over labelled fields"
PASSAGE = "has a passage after it"
ON_LINE = frozenset({_LINKED, _LINK_BESIDE, _BESIDE})
TELLING = frozenset({_LINKED, _LINK_BESIDE, _LINK_UNDER, _BESIDE, _PEOPLE_UNDER, _FIELDS_UNDER, PASSAGE})


class Clue(NamedTuple):
    """What was noticed, in words that follow "it", and how much it speaks for a paper (below zero: against)."""

    weight: float
    says: str


def clues(layout: Layout, candidate: Candidate) -> list[Clue]:
    """All clues of one candidate; the sum of their weights is about 1 for a plain head and 0 for any words."""
    return [
        Clue(0.55 * titles.likeness(candidate.title), "reads like a title"),
        _beside(candidate.head.support),
        Clue(_MARKED.get(candidate.how, 0.1), "is marked as a title"),
        *_addresses(layout, candidate),
        *_following(layout, candidate),
        *_section(layout, candidate),
        *_own_place(layout, candidate),
    ]


def _beside(support: float) -> Clue:
    """What the rest of the head says, from -1 (words of another kind) to 1 (people, venue and year)."""
    return Clue(
        0.4 * support, _BESIDE if support > 0.05 else "has nothing beside it" if support > -0.05 else "goes on with words that belong to no head"
    )


def is_byline(line: Line) -> bool:
    """Whether a line begins with people and goes on with no more than a venue and a year."""
    first = line.text.strip().split("\n")[0][:300]
    people = people_in(first)
    if people.likeness < 0.75 or not people.names or people.names[0].start > 12:
        return False
    if re.search(r"[“\"„«《『]", first[people.names[-1].end :]) or cited(line.text) is not None:
        return False
    several = len(people.names) > 1 or people.et_al
    return several or titles.likeness(first) < 0.6 or bool(re.search(r"(?:19|20)\d\d", first[people.names[-1].end :]) and len(first) < 90)


def _addresses(layout: Layout, candidate: Candidate) -> Iterator[Clue]:
    """A paper's address on the title or beside it; a title that leads to code names a tool."""
    line, head = candidate.line, candidate.head
    kinds = {address.reference.kind for address in line.addresses if address.start < head.end and head.start < address.end}
    near = [address.reference.kind for address in line.addresses if address.start < head.end + 250]
    if "paper" in kinds:
        yield Clue(0.25, _LINKED)
    elif _in_contents(layout, candidate):
        yield Clue(-0.6, "leads to another place of this document")
    elif kinds & {"code", "video"}:
        yield Clue(-0.2, "leads to code or a video")
    elif "paper" in near and not is_prose(line):
        yield Clue(0.2, _LINK_BESIDE)
    elif near:
        yield Clue(0.05, "has a link beside it")


def _in_contents(layout: Layout, candidate: Candidate) -> bool:
    """Whether the title leads to a place in the document itself that names no paper of that title."""
    line, head = candidate.line, candidate.head
    if not any(run.target.startswith("#") and run.start < head.end and head.start < run.end for run in line.runs):
        return False
    title = identity.key(candidate.title)
    told = any(
        title in key
        for other, key in zip(layout.lines, layout.keys, strict=True)
        if title[:9] in key and other is not line and other.block.kind != "heading"
    )
    return not told and not _is_paper_heading(layout, title)


def _is_paper_heading(layout: Layout, title: str) -> bool:
    """Whether a heading of that title has no further headings or lists of links under it."""
    named = (line for line, key in zip(layout.lines, layout.keys, strict=True) if line.block.kind == "heading" and key == title)
    heading = next(named, None)
    if heading is None:
        return False
    below = layout.inside(heading)
    return not any(other.block.kind == "heading" for other in below) and sum(len(other.addresses) for other in below) < 2 + len(below) // 2


def _following(layout: Layout, candidate: Candidate) -> Iterator[Clue]:
    line = candidate.line
    following = layout.following(line)
    if following and is_byline(following[0]):
        yield Clue(0.25, _PEOPLE_UNDER)
    rest = line.text[candidate.head.end :].strip(" \n.:—–-")
    passage = next((other.text for other in following[:3] if is_prose(other) or len(other.text) > 120), rest)
    if passage is not rest or len(rest) > 120:
        yield Clue(0.08, PASSAGE)
        if _ABSTRACT.search(passage[:2500]):
            yield Clue(0.15, "has a passage after it that speaks of a paper")
    if line.block.kind == "heading" and any(_REVIEW_PARTS.search(other.text) for other in following if other.block.kind == "heading"):
        yield Clue(0.2, "stands over the parts of a review")
    if any(
        is_pointer(other.text[address.start : address.end]) and address.reference.kind in ("paper", "other")
        for other in following[:4]
        for address in other.addresses
    ):
        yield Clue(0.3, _LINK_UNDER)
    labelled = (field.meaning for other in following[:5] if not is_prose(other) for field in labels.labelled(other.text))
    if any(meaning in _HEAD_LABELS for meaning in labelled):
        yield Clue(0.15, _FIELDS_UNDER)


def _section(layout: Layout, candidate: Candidate) -> Iterator[Clue]:
    """What the headings, the items and the words above say about the things listed."""
    line = candidate.line
    above = [layout.lines[place].text for place in layout.sections[layout.place(line)] if layout.keys[place] != layout.title]
    around = [text for text in (*above[-2:], *(parent.text for parent in layout.parents(line) if len(parent.text) < 80)) if len(text) <= 100]
    elsewhere = next((text for text in around if _NO_PAPERS.search(text) and not _PAPERS.search(text)), None) or next(
        (text for text in _announced(layout, line) if _NO_PAPER_WORDS.search(text) and not _PAPERS.search(text)), None
    )
    if elsewhere is not None:
        yield Clue(
            -0.25 if _leads_to_paper(candidate) or candidate.head.support >= 0.5 else -0.8, f"is listed under “{' '.join(elsewhere.split())[:60]}”"
        )
    if any(_PAPERS.search(text) for text in around):
        yield Clue(0.08, "is listed under papers")


def _own_place(layout: Layout, candidate: Candidate) -> Iterator[Clue]:
    line, head, how = candidate.line, candidate.head, candidate.how
    if identity.key(candidate.title) in layout.cited_titles and how != "citation":
        yield Clue(0.35, "is cited elsewhere in the document")
    if how == "within":
        yield Clue(-0.1, "is named within a passage")
    if len(candidate.title.split()) <= 3 and _GOES_ON.match(line.text, head.end):
        yield Clue(-0.35, "is the first word of a sentence")
    if line.block.kind == "item" and any(run.kind == "struck" for run in line.runs):
        yield Clue(-0.6, "is struck out")
    if _CALLED_OFF.search(line.text[max(0, head.start - 30) : head.start]) or _CALLED_OFF.match(line.text[head.end :].lstrip(" :-–—([（*_")):
        yield Clue(-0.7, "is called off")
    if line.block.kind == "cell" and line.block.row == 0 and all(len(cell.text.split()) <= 6 and not cell.addresses for cell in layout.row(line)):
        yield Clue(-0.5, "heads a column")
    if how in ("bold", "italic") and line.text.rstrip().endswith(".") and not line.text[head.end :].strip(" ."):
        yield Clue(-0.2, "is a sentence")
    if line.block.kind == "cell" and how == "label" and head.support < 0.2 and not any(cell.addresses for cell in layout.row(line)):
        yield Clue(-0.3, "stands in a row without link, people, venue or year")


def _leads_to_paper(candidate: Candidate) -> bool:
    return any(address.reference.kind == "paper" and address.start <= candidate.head.end + 60 for address in candidate.line.addresses)


def _announced(layout: Layout, line: Line) -> list[str]:
    """The end of the paragraph that announces a list, "The following tutorials …:"."""
    if line.block.kind != "item":
        return []
    place = layout.place(line)
    while place >= 0 and layout.lines[place].block.kind == "item":
        place -= 1
    before = layout.lines[place] if place >= 0 else line
    if before.block.kind != "paragraph" or not before.text.rstrip().endswith((":", "：")):
        return []
    return [re.split(r"(?<=[.!?])\s", before.text.rstrip())[-1][-100:]]
