"""Which passage belongs to which paper: the entries of a document, each with its head, its fields and its passages."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from kg import identity
from kg.annotators import labels, titles
from kg.annotators.fields import head_fields, labelled_fields, people_fields, title_field, venue_fields
from kg.annotators.heads import Head, around, people_in, reference_end, tail_end
from kg.annotators.layout import Layout, Weighed
from kg.annotators.lines import Address, Line, field_line, lines
from kg.annotators.names import People, read_people
from kg.annotators.venues import find_venues
from kg.annotators.prose_people import cited_people, mentioned_people
from kg.model import Block, Document, Entity, Entry, HeadField, Inline, Layer, Reference, Span

_REFERENCES = re.compile(r"^\W*(?:\d+\W+)?(?:references?|bibliography|works cited|literatur(?:verzeichnis)?|literature cited|références|bibliographie|referencias|参考文献|참고문헌|引用文献)\W*$", re.I)
_POINTER = re.compile(r"\b(?:paper|article|preprint|publication|pdf|arxiv|link|here|full text|doi|work|study|html|abs)\b|^\W*$", re.I)
_ONE_PAPER = re.compile(r"\b(?:this|the|das|dieses|diese|cet|le|este|el) (?:paper|article|work|study|authors?|arbeit|artikel|autoren|papier|auteurs|artículo|trabajo|autores)\b|本文|この論文|이 논문", re.I)
_OF_MANY = re.compile(r"\b(?:papers|articles|readings|list|round-?up|recap|newsletter|digest|highlights|trip report|week|bibliography|publications)\b", re.I)
_UNTOPICAL = re.compile(r"\b(?:top \d+|favou?rites?|highlights?|monday|tuesday|wednesday|thursday|friday|saturday|sunday|day \d|week \d|best|good|bad|ugly|papers?|readings?|list|summaries|program|session \d|part \w+|posters?|orals?|talks?|bibliograph\w*|archives?|misc\w*|\d{4})\b", re.I)


@dataclass(slots=True)
class _Draft:
    """An entry in the making."""

    place: int
    line: Line
    title: HeadField | None
    fields: list[HeadField]
    head: list[Span]
    body: list[Span] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    role: str = "reviewed"
    score: float = 0.6
    first_of_line: bool = True


class Entries:
    """Finds the entries of a document by its own layout."""

    name = "entries"
    requires = (Block, Inline, Reference)
    provides = Entry

    def __call__(self, document: Document) -> Layer:
        readable = lines(document)
        layout = Layout(readable, document.source.title)
        drafts = _drafts(layout)
        if not drafts and not _linked(layout, [])[2:]:
            drafts = _single(document, layout)
        _give_passages(layout, drafts)
        _inherit_people(layout, drafts)
        drafts += _linked(layout, drafts)
        drafts.sort(key=lambda draft: (draft.head[0].start, draft.head[0].end))
        _give_roles(layout, drafts)
        papers = _papers(drafts)
        sections = _topical_sections(document, layout, drafts)
        marks = [_entry(draft, paper, sections[draft.place]) for draft, paper in zip(drafts, papers, strict=True)]
        return Layer(Entry, f"{self.name}/1", tuple(marks))


# -- heads


def _drafts(layout: Layout) -> list[_Draft]:
    places = {line.index: place for place, line in enumerate(layout.lines)}
    return [_draft(places[item.candidate.line.index], item) for item in layout.choose()]


def _draft(place: int, item: Weighed) -> _Draft:
    line, head = item.candidate.line, item.candidate.head
    title = title_field(line, head)
    fields = [*head_fields(line, head), *labelled_fields(line)]
    end = _reference_stop(line.text, head) if head.citation else max(head.end, tail_end(line.text, head.end))
    draft = _Draft(place, line, title, fields, [line.span(0, end)], score=item.score)
    draft.addresses = [address for address in line.addresses if address.start <= end or address.start - end < 40]
    rest = line.text[end:]
    if rest.strip():
        draft.body.append(line.span(end + len(rest) - len(rest.lstrip()), len(line.text.rstrip())))
    return draft


def _single(document: Document, layout: Layout) -> list[_Draft]:
    """The document as a note on one paper, called after it: its title is the paper's if the text speaks of a paper in the singular."""
    line = field_line(document, ("title", "og:title", "paper", "paper_title")) or next((line for line in layout.lines if line.block.kind == "heading"), None)
    if line is None or not any(_ONE_PAPER.search(other.text) for other in layout.lines) or _OF_MANY.search(line.text):
        return []
    start, end = titles.trimmed(line.text, 0, len(line.text))
    if start >= end or titles.likeness(line.text[start:end]) < 0.3:
        return []
    head = around(line.text, start, end)
    draft = _Draft(0, line, title_field(line, head), head_fields(line, head), [line.block.span], score=0.5)
    for other in layout.lines:
        if other is not line:
            fields = list(labelled_fields(other))
            draft.fields += fields
            (draft.head if fields or _only_addresses(other) else draft.body).append(other.block.span)
            draft.addresses += [address for address in other.addresses if fields or _only_addresses(other)]
    return [draft]


def _reference_stop(text: str, head: Head) -> int:
    """The end of a reference with the marks that close it; what is left of a few words belongs to it."""
    end = reference_end(head)
    closing = re.match(r"[\s)\].,;:”\"’*_]*", text[end:])
    end += len(closing.group().rstrip()) if closing else 0
    return len(text) if len(re.findall(r"\w+", text[end:])) <= 2 else end


# -- passages


def _give_passages(layout: Layout, drafts: list[_Draft]) -> None:
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
            in_head = in_head and bool(fields or _only_addresses(line))
            draft.fields += fields
            (draft.head if fields or _only_addresses(line) else draft.body).append(line.block.span)
            draft.addresses += line.addresses
        _row_before(layout, draft)


def _ends(layout: Layout, draft: _Draft, place: int, owners: dict[int, _Draft]) -> bool:
    """Whether the passage of a draft has ended before a line."""
    line, own = layout.lines[place], draft.line.block
    if place in owners:
        return not _same_titles(owners[place].title, draft.title)
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


def _head_line(line: Line, draft: _Draft) -> Iterator[HeadField]:
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


def _only_addresses(line: Line) -> bool:
    rest = line.text
    for address in sorted(line.addresses, key=lambda address: -address.start):
        rest = rest[: address.start] + rest[address.end :]
    return bool(line.addresses) and len(re.findall(r"\w{2,}", rest)) <= 3


def _row_before(layout: Layout, draft: _Draft) -> None:
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


# -- people


def _inherit_people(layout: Layout, drafts: list[_Draft]) -> None:
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


def _prose_people(layout: Layout, draft: _Draft) -> list[HeadField]:
    """ "Choi et al. tackle …", "the paper by Jane Doe and colleagues" near the beginning of the passage."""
    if not draft.body:
        return []
    line = next((line for line in layout.lines[draft.place :] if line.block.span.overlaps(draft.body[0])), None)
    if line is None:
        return []
    begin = max(0, line.view.position(draft.body[0].start))
    found = mentioned_people(line.text[begin : begin + 500])
    return list(people_fields(line, begin + found[0], found[1])) if found else []


# -- papers that are only linked


def _linked(layout: Layout, drafts: list[_Draft]) -> list[_Draft]:
    """Papers that running text links to; a pointer such as "the paper" inside a passage is that passage's paper."""
    heads = {draft.place: draft for draft in drafts}
    found: list[_Draft] = []
    owner = _owners(layout, drafts)
    for place, line in enumerate(layout.lines):
        if place in heads:
            found += _beside(heads[place])
            continue
        if line.block.kind in ("heading", "code", "cell") or any(_REFERENCES.match(layout.lines[above].text) for above in layout.sections[place]):
            continue
        for address in line.addresses:
            if address.reference.kind != "paper":
                continue
            words = line.text[address.start : address.end]
            holder = owner.get(place)
            if holder is not None and not _own_paper(holder) and (_POINTER.search(words) or address.bare):
                continue
            if draft := _link_draft(place, line, address, inside=holder is not None):
                found.append(draft)
    return found


def _beside(head: _Draft) -> list[_Draft]:
    """Further papers on the line of a head: "[A](…) (1981) and [B](…) (1990): …" share the passage, links in the remark are cited."""
    found = []
    for address in head.line.addresses:
        if address.reference.kind != "paper" or head.title is None or address.reference.span.overlaps(head.title.span) or head.line.block.kind in ("heading", "cell"):
            continue
        words = head.line.text[address.start : address.end]
        if address.bare or _POINTER.search(words) and len(words.split()) <= 4:
            continue
        draft = _link_draft(head.place, head.line, address, inside=True)
        if draft is not None and draft.title is not None and _joined(head, address):
            draft.role, draft.body = "reviewed", head.body
            draft.fields += list(venue_fields(head.line, address.end, min(len(head.line.text), address.end + 30)))
        if draft is not None:
            found.append(draft)
    return found


def _joined(head: _Draft, address: Address) -> bool:
    """Whether only a year and a word such as "and" stand between the title and the next link."""
    between = head.line.text[head.line.view.position(head.title.span.end - 1) + 1 if head.title else 0 : address.start]
    return len(re.findall(r"[^\W\d_]+", between)) <= 3


def _own_paper(draft: _Draft) -> bool:
    """Whether the head already links to its paper."""
    return any(address.reference.kind == "paper" and (span := address.reference.span).start < draft.head[0].end for address in draft.addresses)


def _owners(layout: Layout, drafts: list[_Draft]) -> dict[int, _Draft]:
    owner = {}
    for draft in drafts:
        for place in range(draft.place, len(layout.lines)):
            if any(layout.lines[place].block.span.overlaps(span) for span in (*draft.head, *draft.body)):
                owner[place] = draft
            elif place > draft.place + 60:
                break
    return owner


def _link_draft(place: int, line: Line, address: Address, *, inside: bool) -> _Draft | None:
    words = line.text[address.start : address.end]
    head = around(line.text, address.start, address.end)
    title = " ".join(line.text[head.start : head.end].split())
    likely = titles.likeness(title)
    long = len(title.split()) >= 4 and likely >= 0.55
    people = read_people(words)
    fields = list(people_fields(line, address.start, people)) if people.likeness >= 0.55 and not long and _names_only(words) else []
    if not fields:
        fields = _people_beside(line, address)
    styled = any(run.kind in ("italic", "bold", "quoted") and run.start <= address.start + 1 and run.end >= address.end - 1 for run in line.runs)
    name = 2 <= len(title.split()) <= 6 and all(word[:1].isupper() for word in title.split()) and not fields
    named = long or name and not titles.is_furniture(title) or (styled and likely >= 0.15 and not titles.is_furniture(title))
    draft = _Draft(place, line, title_field(line, head) if named and not address.bare else None, fields, [line.span(address.start, address.end)])
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


# -- roles, papers, sections


def _give_roles(layout: Layout, drafts: list[_Draft]) -> None:
    """A reference list only refers, unless the document is one."""
    in_list = [draft for draft in drafts if any(_REFERENCES.match(layout.lines[above].text) for above in layout.sections[draft.place])]
    if len(in_list) < len(drafts):
        for draft in in_list:
            draft.role = "cited"
    owner = _owners(layout, [draft for draft in drafts if draft.title is not None and draft.role == "reviewed"])
    for draft in drafts:
        holder = owner.get(draft.place)
        if holder is not None and holder is not draft and draft.place != holder.place and draft.title and not _same_titles(draft.title, holder.title):
            draft.role = "cited"


def _papers(drafts: list[_Draft]) -> list[Entity]:
    """The paper of each draft; the same title, or the same link on a head, is the same paper."""
    by_title: list[tuple[str, Entity]] = []
    by_link: dict[str, Entity] = {}
    found: list[Entity] = []
    for draft in sorted(drafts, key=lambda draft: draft.title is None):
        links = [_link_key(address.reference.target) for address in draft.addresses if address.reference.kind == "paper" and draft.head[0].overlaps(address.reference.span)]
        paper = _known(draft, by_title) or next((by_link[link] for link in links if link in by_link), None)
        if paper is None:
            paper = identity.paper(draft.title.value) if draft.title else identity.paper_by_link(draft.addresses[0].reference.target)
        if draft.title:
            by_title.append((identity.key(draft.title.value), paper))
        for link in links[:1]:
            by_link.setdefault(link, paper)
        found.append(paper)
    order = {id(draft): paper for draft, paper in zip(sorted(drafts, key=lambda draft: draft.title is None), found, strict=True)}
    return [order[id(draft)] for draft in drafts]


def _link_key(address: str) -> str:
    return identity.arxiv_id(address) or identity.doi(address) or re.sub(r"^https?://(?:www\.)?|#.*$|/$", "", address)


def _known(draft: _Draft, by_title: list[tuple[str, Entity]]) -> Entity | None:
    if draft.title is None:
        return None
    key = identity.key(draft.title.value)
    return next((paper for other, paper in by_title if _same_key(key, other)), None)


def _same_titles(one: HeadField | None, other: HeadField | None) -> bool:
    return one is not None and other is not None and _same_key(identity.key(one.value), identity.key(other.value))


def _same_key(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 25 or re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    return fuzz.ratio(one, other) >= 94 or (one.startswith(other) or other.startswith(one)) and min(len(one), len(other)) >= 35


def _topical_sections(document: Document, layout: Layout, drafts: list[_Draft]) -> list[tuple[Span, ...]]:
    """For each line the headings above it that name a topic; papers, people and the document's own title are none."""
    papers = {draft.place for draft in drafts if draft.line.block.kind == "heading"}
    own = identity.key(document.source.title or "")
    found = []
    for above in layout.sections:
        spans = []
        for place in above:
            line = layout.lines[place]
            start, end = titles.trimmed(line.text, 0, len(line.text))
            words = line.text[start:end]
            topical = place not in papers and not labels.meaning(words.split(":")[0]) and start < end and identity.key(words) != own and not titles.is_furniture(words) and not _UNTOPICAL.search(words) and len(words) <= 90
            if topical and read_people(words.strip(":;.")).et_al is False and not labels.meaning(words):
                spans.append(line.span(start, end))
        found.append(tuple(spans))
    return found


def _entry(draft: _Draft, paper: Entity, sections: tuple[Span, ...]) -> Entry:
    fields = ([draft.title] if draft.title else []) + draft.fields + list(_address_fields(draft))
    spans = [*draft.head, *draft.body]
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    confidence = round(min(0.99, max(0.5, 1 / (1 + math.exp(-7 * (draft.score - 0.3))))), 2)
    label = draft.title.value if draft.title else paper.label
    role = "cited" if draft.role == "cited" else "reviewed"
    return Entry(whole, replace(paper, label=paper.label or label), role, tuple(draft.head), tuple(draft.body), tuple(_unique(fields)), sections, confidence)  # type: ignore[arg-type]


def _address_fields(draft: _Draft) -> Iterator[HeadField]:
    for address in draft.addresses:
        yield HeadField(address.reference.span, "link", address.reference.target)


def _unique(fields: Iterable[HeadField]) -> Iterator[HeadField]:
    seen = set()
    for mark in fields:
        if (mark.label, mark.value) not in seen:
            seen.add((mark.label, mark.value))
            yield mark
