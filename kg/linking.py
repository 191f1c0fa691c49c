"""Finds the records of the graph's papers in sources of any size: candidates by rare words of the title, then guards.

The papers stand in memory, the source streams by.  DuckDB was measured against this and took as long with forty times the memory
(docs/decisions/linking.md).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise

import pyoxigraph as ox
from rapidfuzz.distance import Indel

from kg.graph import Graph
from kg.identity import BASE, arxiv_id, key
from kg.links import Link
from kg.merge.index import Place
from kg.merge.lists import agree, listed
from kg.merge.names import STRICT, likeness
from kg.merge.titles import Title, compare, near
from kg.records.client import Client
from kg.records.record import Head, Record
from kg.records.services import Question, Service

SAMPLE = 20_000  # records that tell which words are rare
FEATURES = 6  # words and pairs of words that a title is looked up by, the rarest first …
RARE = 40  # … as long as no more of the sample have them
_LIKE = 0.7  # likeness of two keys, below which nothing more is looked at
_TELLING = 4, 20  # words and letters of a title that says enough without authors
_YEARS = 3  # between a preprint and its publication
_NEAR = 0.85  # likeness from which a refusal is worth telling
_QUERY = """SELECT ?paper ?predicate ?value {
  ?paper a schema:ScholarlyArticle
  { ?paper ?predicate ?value FILTER(?predicate IN (schema:name, schema:alternateName, schema:identifier, kg:year)) }
  UNION { ?paper kg:authorship ?place . ?place schema:position ?position ; kg:nameAsWritten ?name
          BIND("author" AS ?predicate) BIND(CONCAT(STR(?position), " ", ?name) AS ?value) }
} ORDER BY ?paper ?predicate ?value"""


@dataclass(slots=True)
class Wanted:
    """A paper of the graph as far as it is known; `authors` with their positions."""

    paper: str
    titles: tuple[Title, ...] = ()
    authors: tuple[tuple[int, str], ...] = ()
    years: frozenset[int] = frozenset()
    identifiers: frozenset[str] = frozenset()

    @property
    def places(self) -> list[Place]:
        return [Place(position, "", name, "") for position, name in self.authors]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a record is a paper's: `how` tells why, `against` why not.  `rank` orders records of one paper, the least first."""

    record: Record
    how: str
    against: str
    score: float
    agreed: bool | None
    rank: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record that was nearly linked, and why it was not."""

    paper: str
    title: str
    record: Record
    reason: str


@dataclass(slots=True)
class Found:
    """What a source gave: how many records it holds, the links, and the doubts, each sorted by paper."""

    records: int = 0
    links: list[Link] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def wanted(graph: Graph) -> list[Wanted]:
    """All papers of a graph, sorted by address."""
    about: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    answer = graph.query(_QUERY)
    assert isinstance(answer, ox.QuerySolutions)
    for row in answer:
        paper, predicate, value = (row[name].value for name in ("paper", "predicate", "value"))
        about[paper.removeprefix(f"{BASE}paper/")][predicate.rsplit("/", 1)[-1].rsplit("#", 1)[-1]].add(value)
    return [_wanted(paper, facts) for paper, facts in sorted(about.items())]


def _wanted(paper: str, facts: dict[str, set[str]]) -> Wanted:
    people = ((int(position), name) for position, _, name in (value.partition(" ") for value in facts.get("author", ())))
    names = {value for value in facts.get("identifier", ()) if not value.startswith("openalex:")}
    if number := arxiv_id(f"arxiv:{paper.removeprefix('arxiv-')}") if paper.startswith("arxiv-") else None:
        names.add(f"arxiv:{number}")
    titles = tuple(Title(title) for title in sorted({*facts.get("name", ()), *facts.get("alternateName", ())}))
    return Wanted(paper, titles, tuple(sorted(people)), frozenset(map(int, facts.get("year", ()))), frozenset(names))


def link(
    papers: Sequence[Wanted], heads: Iterable[Head], record: Callable[[Head], Record | None], progress: Callable[[int], None] = lambda _: None
) -> Found:
    """Links papers to the records of one source; `record` makes a whole one, and `progress` is told how many were seen."""
    found = Found()
    judged: defaultdict[tuple[int, str], list[Judgement]] = defaultdict(list)
    for number, place in _candidates(papers, _counted(heads, found, progress), record):
        judgement = judge(papers[number], place)
        if judgement is not None:
            judged[number, place.catalogue].append(judgement)
    for (number, _), judgements in sorted(judged.items(), key=lambda item: item[0]):
        _decide(papers[number], judgements, found)
    return found


def _counted(heads: Iterable[Head], found: Found, progress: Callable[[int], None]) -> Iterator[Head]:
    for head in heads:
        found.records += 1
        if found.records % 10_000 == 0:
            progress(found.records)
        yield head


def _candidates(papers: Sequence[Wanted], heads: Iterator[Head], record: Callable[[Head], Record | None]) -> Iterator[tuple[int, Record]]:
    """Papers by number, each with a record that may be its own."""
    sample = list(islice(heads, SAMPLE))
    words = Lookup(papers, Counter(feature for head in sample for feature in set(_features(key(head.title).split()))))
    for head in chain(sample, heads):
        if (numbers := words.numbers(head)) and (made := record(head)):
            yield from ((number, made) for number in sorted(numbers))


class Lookup:
    """Papers by identifier and by rare words of their titles."""

    def __init__(self, papers: Sequence[Wanted], seen: Counter[str]) -> None:
        self.by_feature: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        self.by_name: defaultdict[str, list[int]] = defaultdict(list)
        for number, paper in enumerate(papers):
            for name in sorted(paper.identifiers):
                self.by_name[name].append(number)
            for title in paper.titles:
                whole = key(title.written)
                for feature in _telling(whole, seen):
                    self.by_feature[feature].append((number, whole))

    def numbers(self, head: Head) -> set[int]:
        """Papers that may be the record's."""
        found = {number for name in head.identifiers for number in self.by_name.get(name, ())}
        whole = key(head.title)
        for feature in self.by_feature.keys() & _features(whole.split()):
            found.update(number for number, title in self.by_feature[feature] if number not in found and _alike(whole, title))
        return found


def _alike(one: str, two: str) -> bool:
    """Nearly the same, or one begins or ends the other, as titles without their subtitle do."""
    if Indel.normalized_similarity(one, two, score_cutoff=_LIKE):
        return True
    short, long = sorted((one, two), key=len)
    return long.startswith(short) or long.endswith(short)


def _telling(whole: str, seen: Counter[str]) -> list[str]:
    """The rare features of a title, and one without the words of the rarest, which may be a misprint."""
    ordered = sorted(set(_features(whole.split())), key=lambda feature: (seen[feature], feature))
    rarest = set(ordered[0].split()) if ordered else set()
    other = next((feature for feature in ordered if rarest.isdisjoint(feature.split())), None)
    rare = [*ordered[:1], *(feature for feature in ordered[1:FEATURES] if seen[feature] <= RARE)]
    return rare if other is None or other in rare else [*rare, other]


def _features(words: list[str]) -> list[str]:
    return [*(word for word in words if len(word) > 2), *map(" ".join, pairwise(words))]


def judge(paper: Wanted, record: Record) -> Judgement | None:
    """What speaks for and against a record being the paper's; none if nothing speaks for it."""
    title = Title(record.title)
    agreed = _agreed(paper.places, _places(record))
    compared = [compare(title, other, agreed) for other in paper.titles if near(title, other)]
    best = max(compared, key=lambda one: (one.same, one.score), default=None)
    score = round(best.score, 4) if best else 0.0
    shared = sorted(paper.identifiers & set(record.identifiers))
    equal = any(title.squashed == other.squashed for other in paper.titles)
    if shared:
        how, against = f"same identifier: {shared[0]}", _unlike(paper, score, agreed)
    elif best is None or not (best.same or score >= _NEAR):
        return None
    else:
        how, against = best.why, "" if best.same else best.why
        against = against or _guard(paper, record, title, agreed, equal=equal)
    years = min((abs(year - record.year) for year in paper.years), default=0) if record.year else 0
    rank = (bool(against), not shared, not agreed, not equal, years, not record.venue, -len(record.identifiers), -score, record.key)
    return Judgement(record, how if shared or agreed is None else f"{how}, the authors agree", against, score if not shared else 1.0, agreed, rank)


def _agreed(ours: list[Place], theirs: list[Place]) -> bool | None:
    """Whether two author lists agree.  Among millions of records a single name in the midst of a list is no more than chance."""
    found = agree(listed(ours), listed(theirs))
    if found and min(len(ours), len(theirs)) == 1 and not likeness(ours[0].written, theirs[0].written):
        return None if any(likeness(one.written, two.written) in STRICT for one in ours for two in theirs) else False
    return found


def _unlike(paper: Wanted, score: float, agreed: bool | None) -> str:
    """An identifier alone does not do where title and authors are another paper's: the link in the review is wrong."""
    return "same identifier, but title and authors differ" if paper.titles and score < 0.5 and agreed is False else ""


def _guard(paper: Wanted, record: Record, title: Title, agreed: bool | None, *, equal: bool) -> str:
    """What speaks against a record of a fitting title."""
    for scheme in ("arxiv:", "doi:"):
        ours, theirs = ({name for name in names if name.startswith(scheme)} for names in (paper.identifiers, record.identifiers))
        if ours and theirs and not (scheme == "doi:" and agreed and equal):
            return f"other identifiers: {min(ours)}, {min(theirs)}"
    if agreed:
        return ""
    if len(title.words) < _TELLING[0] or len(title.squashed) < _TELLING[1]:
        return "the title is too short to tell without authors"
    if record.year and paper.years and min(abs(year - record.year) for year in paper.years) > _YEARS:
        return f"the years are far apart: {min(paper.years)}, {record.year}"
    return ""


def _decide(paper: Wanted, judgements: list[Judgement], found: Found) -> None:
    """The best record of one catalogue, unless another is as good and by other people."""
    ordered = sorted(judgements, key=lambda judgement: judgement.rank)
    best, others = ordered[0], [other for other in ordered[1:] if not other.against]
    reason = best.against
    if not reason and best.agreed is None and not best.how.startswith("same identifier"):
        rivals = [other for other in others if agree(listed(_places(best.record)), listed(_places(other.record))) is False]
        reason = f"{len(rivals) + 1} records by different people have this title" if rivals else ""
    if reason:
        found.doubts.append(Doubt(paper.paper, paper.titles[0].written if paper.titles else paper.paper, best.record, reason))
    else:
        found.links.append(Link(paper.paper, best.how, best.score, best.record))


def _places(record: Record) -> list[Place]:
    return [Place(position, "", author.name, "") for position, author in enumerate(record.authors, 1)]


def ask(papers: Sequence[Wanted], service: Service, client: Client, progress: Callable[[int], None] = lambda _: None) -> Found:
    """Links papers to the records that a service has of them, asked for one by one.  `InputError` if it cannot be asked."""
    found = Found()
    for number, paper in enumerate(papers, 1):
        judgements = []
        for head in service.heads(client, _question(paper, client.contact)):
            found.records += 1
            record = service.form.record(head.raw, service.name)
            judgement = judge(paper, record) if record else None
            if judgement is not None:
                judgements.append(judgement)
        if judgements:
            _decide(paper, judgements, found)
        progress(number)
    return found


def _question(paper: Wanted, contact: str) -> Question:
    names = {
        scheme: min((name.removeprefix(scheme) for name in paper.identifiers if name.startswith(scheme)), default="") for scheme in ("doi:", "arxiv:")
    }
    return Question(paper.titles[0].written if paper.titles else "", names["doi:"], names["arxiv:"], contact)
