"""Says which organizations stand behind a paper: where its authors are said to be from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg import identity, ontology
from kg.extractors.affiliations import SELF_EVIDENT, organizations
from kg.extractors.evidence import evidence
from kg.extractors.gazetteer import is_known, spellings
from kg.extractors.passages import REQUIRED, Line, Passage, passages
from kg.extractors.stance import stance
from kg.model import Block, Document, Entity, Entry, Fact, Finding, Mark, Sentence, Span

_BESIDE = re.compile(
    rf"[(\[]\s*(?:[^()\[\]]*?,\s*)?({SELF_EVIDENT})\s*[)\]]|(?:\bfrom|\bat|\bof|,|\.)\s+(?:the\s+)?({SELF_EVIDENT})(?=\s*(?:$|[,.;:)\]]))"
)
# "…, by Jane Doe from ETH", "…, from York University": a link's words may say more than the title.
_TAIL = re.compile(
    r"(?:\bby\s+[^,]+?|,)\s+from\s+(?:the\s+)?([A-Z][^()]*?)\s*(?:\([^()]*\))?\s*\.?$|\b(?:[Ww]ork\s+on\b[^()]*?\s+from|[Cc]ollaboration\b[^()]*?\bbetween)\s+([A-Z][^()]*?)\s*\.?$"
)
_ACRONYM = r"(?:[A-Z][A-Za-z]*[A-Z0-9][\w-]*)"
_ACRONYM_IN_BRACKETS = re.compile(rf"[(\[]({_ACRONYM}|[A-Z][\w&.-]+(?:\s[A-Z][\w&.-]+){{0,3}})[)\]]")
_NOT_ONE = frozenset(
    "I The This That We They It In A An Our Their His Her Here There Section Figure Table Part Chapter Best Extended Spotlight Oral Poster Award Papers Conference Workshop Proceedings Journal Arxiv ArXiv arXiv".split()
)
# What else stands in brackets behind authors: venues with years, awards, kinds of contribution.
_NO_ORGANIZATION = re.compile(
    r"\b(?:\d{4}|award|abstracts?|oral|poster|spotlight|paper|demo|talk|code|pdf|preprint|slides|video|et al|first author|equal contribution)\b|^\d|年",
    re.I,
)
_LISTING = re.compile(r"papers?|publications|contribut|talks|posters|present", re.I)
_WORKS = r"(?:papers|publications|contributions|talks|posters)"
_PARTS = re.compile(r"\s*(?:[/;；、，|]|\s[–—-]\s|,(?!\s*(?:Berkeley|San Diego|Los Angeles|Irvine|Davis|Inc|Ltd|LLC)))\s*")
# What stands between affiliations: "¹MIT ²Google", "- ETH / NAVER".
_SEPARATED = re.compile(r"[\n()\[\],;；，、/|·•¹²³⁴⁵⁶⁷⁸⁹†‡§*^]|\s[–—-]\s|(?<!\w)\d+\s?(?=[A-Z])|\.\s|\.$")
_SELF_EVIDENT = re.compile(SELF_EVIDENT)
# A "may" or "not" further off than this is about the work, not about where it is from.
_NEAR = 20


class Organizations:
    """Passages and affiliations in author lines to `schema:sourceOrganization`."""

    name = "organizations"
    version = "1"
    requires: tuple[type[Mark], ...] = REQUIRED

    def __call__(self, document: Document) -> Iterator[Finding]:
        lists, owners = list(_lists(document)), _owners(document)
        found: dict[tuple[Entity, str], tuple[str, Span, float, str]] = {}
        for passage in passages(document):
            if passage.role == "reviewed":
                for name, span, confidence, text in (*_fields(passage), *_told(passage), *_listed(passage, lists)):
                    found.setdefault(
                        (_owner(passage, span, document.text.find(name, span.start), owners), identity.key(name)), (name, span, confidence, text)
                    )
        for (paper, _), (name, span, confidence, text) in found.items():
            near = text[: max(0, text.find(name))][-_NEAR:]
            fact_evidence = evidence(document, span, self, confidence, stance(near, len(near)))
            yield Fact(paper, "schema:sourceOrganization", identity.named("Organization", name), fact_evidence)


def _owners(document: Document) -> list[tuple[Span, Entity]]:
    """Where papers are named that others' passages speak of."""
    return [(span, entry.paper) for entry in document.marks(Entry) if entry.role == "cited" for span in entry.head]


def _owner(passage: Passage, span: Span, place: int, owners: list[tuple[Span, Entity]]) -> Entity:
    """The paper that the organization at `place` of a sentence is behind: one that the sentence names after it, else the passage's own."""
    if any(span.overlaps(head) for entry in passage.entries for head in entry.head):
        return passage.paper
    return next((paper for head, paper in owners if span.contains(head) and place < head.start), passage.paper)


def _fields(passage: Passage) -> Iterator[tuple[str, Span, float, str]]:
    for entry in passage.entries:
        for field in entry.fields:
            if field.label == "organization":
                for name in _houses(field.value):
                    yield name, field.span, 0.9, field.value


def _houses(value: str) -> Iterator[str]:
    """The organizations of an affiliation: "LINE / NAVER, ICASSP 2020" names two and a venue."""
    whole = value.strip(" .")
    for part in [whole] if is_known(whole) else _PARTS.split(whole):
        if part and not _NO_ORGANIZATION.search(part) and (name := _clean(part)):
            yield name


def _told(passage: Passage) -> Iterator[tuple[str, Span, float, str]]:
    for line in passage.body:
        for name, confidence in organizations(line.text):
            if cleaned := _clean(name):
                yield cleaned, line.span, confidence, line.text
    if passage.title and (tail := _TAIL.search(passage.title.text)):
        yield from (
            (name, passage.title.span, 0.75, passage.title.text) for name in _houses(re.sub(r"\s+and\s+", ", ", tail.group(1) or tail.group(2)))
        )
    for line in passage.heads:
        yield from ((name, line.span, 0.75, line.text) for name in _beside_authors(passage, line))
        yield from ((name, line.span, 0.7, line.text) for name in _acronyms_after_authors(passage, line))


def _beside_authors(passage: Passage, line: Line) -> Iterator[str]:
    """What a head says beside title and authors: "(Google)", ", From Baidu."."""
    beside = line.text
    for value in [passage.title.text] if passage.title else []:
        beside = beside.replace(value, "\n" * len(value))
    for match in _BESIDE.finditer(beside):
        yield (match.group(1) or match.group(2)).strip()
    for part in _SEPARATED.split(beside):
        if is_known(part.strip(), surely=True) or _SELF_EVIDENT.fullmatch(part.strip()):
            yield part.strip()
    for sentence in re.split(r"(?<=[.。;:：)）])\s*|(?<=[,，])\s*", beside):
        for name, _ in organizations(sentence.strip(" ,，")):
            if cleaned := _clean(name):
                yield cleaned


def _acronyms_after_authors(passage: Passage, line: Line) -> Iterator[str]:
    """ "Jane Doe (QMUL)": an acronym in brackets right behind an author."""
    ends = {field.span.end for entry in passage.entries for field in entry.fields if field.label == "author"}
    for match in _ACRONYM_IN_BRACKETS.finditer(line.text):
        place = line.view.span(match.start(), match.start() + 1).start
        if any(0 <= place - end <= 2 for end in ends) and match.group(1) not in _venues():
            yield match.group(1)


def _clean(name: str) -> str | None:
    name = re.sub(r"[’']s$|[.,]+$", "", name.strip())
    words = name.split()
    if not words or words[0] in _NOT_ONE or len(words) > 7 or name in _venues() or len(name) < 2:
        return None
    return name


@cache
def _venues() -> frozenset[str]:
    return frozenset(spelling for venue in ontology.venues() for spelling in (venue.label, *venue.names))


def _lists(document: Document) -> Iterator[tuple[Span, str, str, int]]:
    """Sentences that say of the papers listed below whose members wrote them, and where that list ends."""
    blocks = document.marks(Block)
    inside = [span for entry in document.marks(Entry) for span in (*entry.head, *entry.body)]
    for sentence in document.marks(Sentence):
        text = document.view(sentence.span).text.replace("\n", " ")
        if not _LISTING.search(text):
            continue
        match = _heading().fullmatch(text) if any(span.contains(sentence.span) for span in inside) else _members().search(text)
        if match and (name := _clean(next(filter(None, match.groups())))):
            end = next((block.span.start for block in blocks[sentence.block + 1 :] if block.kind == "heading"), len(document.text))
            yield sentence.span, name, text, end


@cache
def _members() -> re.Pattern[str]:
    """ "Papers by X members", "X researchers will present": compiled at first use, because it holds all known names."""
    sure = "|".join([SELF_EVIDENT, *map(re.escape, spellings())])
    whose = f"({sure}|{_ACRONYM})"
    people = r"(?:members|researchers|students|colleagues|people|team|group|staff|authors)"
    return re.compile(
        rf"{_heading().pattern}|"
        rf"\b(?:{_WORKS}|paper)\b[^.]*?\b(?:by|from|of|involving)\s+(?:the\s+|our\s+)?{whose}(?:[’']s)?\s+{people}|"
        rf"\b{_WORKS}\b[^.]*?\b(?:by|from)\s+(?:the\s+|our\s+)?({sure})\s*(?:[:.]|$)|"
        rf"\b{whose}(?:[’']s)?\s+(?:{people}|{_WORKS}|will present|(?:is|are|will be) presenting|presents?|presented)\b[^.]*?\b(?:papers?|present\w*|publications?|contribut\w*)\b"
    )


@cache
def _heading() -> re.Pattern[str]:
    """ "X papers", "Papers from X": a line of its own above what it lists."""
    sure = "|".join([SELF_EVIDENT, *map(re.escape, spellings())])
    return re.compile(rf"^\W*(?:the\s+|our\s+)?({sure})(?:[’']s)?\s+(?i:{_WORKS})\b[^.]{{0,30}}$")


def _listed(passage: Passage, lists: list[tuple[Span, str, str, int]]) -> Iterator[tuple[str, Span, float, str]]:
    for span, name, text, end in lists:
        if any(span.end <= entry.head[0].start < end for entry in passage.entries):
            yield name, span, 0.75, text
