"""Which passage belongs to which paper: the entries of a document, each with its head, its fields and its passages."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate

from kg import identity
from kg.annotators import labels, titles
from kg.annotators.choosing import Passed, choose
from kg.annotators.drafts import Draft, drafts_of, single_draft
from kg.annotators.extents import give_passages
from kg.annotators.inheritance import inherit_people
from kg.annotators.layout import Layout
from kg.annotators.lines import lines
from kg.annotators.linked import REFERENCES, linked_drafts, owners_of
from kg.annotators.names import read_people
from kg.annotators.quoted import quoted_drafts
from kg.annotators.sameness import Titles, same_titles
from kg.annotators.signatures import sign
from kg.model import Block, Document, Entity, Entry, Evidence, HeadField, Inline, Layer, Reference, Rejected, Span

_TOPICS_TOO = frozenset(
    "algorithms analysis architecture architectures datasets evaluation experiments implementation metrics models optimization security systems theory tools training".split()
)
_UNTOPICAL = re.compile(
    r"\b(?:top \d+|backlog|pile|queue|inbox|suggestions?|suggestion box|schedule|minutes|awards?|opinion|meinung|meine|avis|mi opinión|miscellan\w*|divers|verschiedenes|favou?rites?|highlights?|monday|tuesday|wednesday|thursday|friday|saturday|sunday|day \d|week \d|best|good|bad|ugly|papers?|readings?|list|summaries|program|session \d|part \w+|posters?|orals?|talks?|bibliograph\w*|archives?|misc\w*|\d{4})\b|^第\s*[\d一二三四五六七八九十]+\s*[回次期周週章]",
    re.I,
)


class Entries:
    """Finds the entries of a document by its own layout."""

    name = "entries"
    requires = (Block, Inline, Reference)
    provides = Entry

    def __call__(self, document: Document) -> Layer:
        readable = lines(document)
        layout = Layout(readable, document.source.title)
        choice = choose(layout)
        drafts = drafts_of(layout, choice.taken)
        if not drafts and len(linked_drafts(layout, [])) < 3 and not quoted_drafts(layout, {}, {}):
            drafts = single_draft(document, layout)
        give_passages(layout, drafts)
        inherit_people(layout, drafts)
        sign(layout, drafts)
        heads = {draft.place: draft for draft in drafts}
        drafts += quoted_drafts(layout, owners_of(layout, drafts), heads)
        drafts += linked_drafts(layout, drafts)
        drafts.sort(key=lambda draft: (draft.head[0].start, draft.head[0].end))
        _give_roles(layout, drafts)
        papers = _papers(drafts)
        sections = _topical_sections(document, layout, drafts)
        marks = [_entry(draft, paper, sections[draft.place]) for draft, paper in zip(drafts, papers, strict=True)]
        return Layer(Entry, f"{self.name}/1", tuple(marks), tuple(self._refused(document, choice.passed, marks)))

    def _refused(self, document: Document, passed: Iterable[Passed], entries: list[Entry]) -> Iterator[Rejected]:
        """The lines that might have named a paper and are part of no entry."""
        covered = sorted((span for entry in entries for span in (*entry.head, *entry.body)), key=lambda span: span.start)
        reach = list(accumulate((span.end for span in covered), max))
        for one in passed:
            span = one.line.block.span
            before = bisect_left(covered, span.end, key=lambda other: other.start)
            if not before or reach[before - 1] <= span.start:
                evidence = Evidence(document.name, span, document.quote(span), f"{self.name}/1", confidence=0.5)
                yield Rejected(evidence, f"not taken for a paper: {one.reason}")


def _give_roles(layout: Layout, drafts: list[Draft]) -> None:
    """A reference list only refers, unless the document is one."""
    in_list = [draft for draft in drafts if any(REFERENCES.match(layout.lines[above].text) for above in layout.sections[draft.place])]
    if len(in_list) < len(drafts):
        for draft in in_list:
            draft.role = "cited"
    owner = owners_of(layout, [draft for draft in drafts if draft.title is not None and draft.role == "reviewed"])
    for draft in drafts:
        holder = owner.get(draft.place)
        if holder is not None and holder is not draft and draft.place != holder.place and draft.title and not same_titles(draft.title, holder.title):
            draft.role = "cited"


def _papers(drafts: list[Draft]) -> list[Entity]:
    """The paper of each draft; the same title, or the same link on a head, is the same paper."""
    by_title = Titles[Entity]()
    by_link: dict[str, Entity] = {}
    found: list[Entity] = []
    for draft in sorted(drafts, key=lambda draft: draft.title is None):
        links = [
            _link_key(address.reference.target)
            for address in draft.addresses
            if address.reference.kind == "paper" and draft.head[0].overlaps(address.reference.span)
        ]
        known = by_title.get(identity.key(draft.title.value)) if draft.title else None
        paper = known or next((by_link[link] for link in links if link in by_link), None)
        if paper is None:
            paper = identity.paper(draft.title.value) if draft.title else identity.paper_by_link(draft.addresses[0].reference.target)
        if draft.title:
            by_title.add(identity.key(draft.title.value), paper)
        for link in links[:1]:
            by_link.setdefault(link, paper)
        found.append(paper)
    order = {id(draft): paper for draft, paper in zip(sorted(drafts, key=lambda draft: draft.title is None), found, strict=True)}
    return [order[id(draft)] for draft in drafts]


def _link_key(address: str) -> str:
    return identity.arxiv_id(address) or identity.doi(address) or re.sub(r"^https?://(?:www\.)?|#.*$|/$", "", address)


def _topical_sections(document: Document, layout: Layout, drafts: list[Draft]) -> list[tuple[Span, ...]]:
    """For each line the headings above it that name a topic; papers, people and the document's own title are none."""
    papers = {draft.place for draft in drafts if draft.line.block.kind == "heading"}
    own = identity.key(document.source.title or "")
    crowded = Counter(place for draft in drafts if draft.role == "reviewed" for place in layout.sections[draft.place])
    found = []
    for above in layout.sections:
        spans = []
        for place in above:
            line = layout.lines[place]
            start, end = titles.trimmed(line.text, 0, len(line.text))
            words = line.text[start:end]
            topical = (
                place not in papers
                and not labels.meaning(words.split(":")[0])
                and start < end
                and identity.key(words) != own
                and (not titles.is_furniture(words) or _could_be_topic(words, crowded[place]))
                and not titles.is_personal(words)
                and not _UNTOPICAL.search(words)
                and len(words) <= 90
            )
            if topical and read_people(words.strip(":;.")).et_al is False and not labels.meaning(words):
                spans.append(line.span(start, end))
        found.append(tuple(spans))
    return found


def _could_be_topic(words: str, entries: int) -> bool:
    """Whether a word that often structures a text is a topic here: a section of several papers on, say, evaluation."""
    return entries >= 2 and words.casefold() in _TOPICS_TOO


def _entry(draft: Draft, paper: Entity, sections: tuple[Span, ...]) -> Entry:
    fields = ([draft.title] if draft.title else []) + draft.fields + list(_address_fields(draft))
    spans = [*draft.head, *draft.body]
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    confidence = round(min(0.99, max(0.5, 1 / (1 + math.exp(-7 * (draft.score - 0.3))))), 2)
    label = draft.title.value if draft.title else paper.label
    return Entry(
        whole,
        replace(paper, label=paper.label or label),
        draft.role,
        tuple(draft.head),
        tuple(draft.body),
        tuple(_unique(fields)),
        sections,
        confidence,
    )


def _address_fields(draft: Draft) -> Iterator[HeadField]:
    for address in draft.addresses:
        yield HeadField(address.reference.span, "link", address.reference.target)


def _unique(fields: Iterable[HeadField]) -> Iterator[HeadField]:
    seen = set()
    for mark in fields:
        if (mark.label, mark.value) not in seen:
            seen.add((mark.label, mark.value))
            yield mark
