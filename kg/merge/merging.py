"""The rules in their order: venues, topics, papers, then people, who need the papers; then everything under the names that stay.

Rules and reasons are told in `docs/reference/identity.md`.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from kg.identity import BASE, digest
from kg.merge import authorships, papers, reposts, rewriting, runs, single, topics
from kg.merge.decisions import Decisions
from kg.merge.groups import Groups, Proposal, Row
from kg.merge.index import Index
from kg.merge.papers import Papers
from kg.merge.persons import Persons
from kg.merge.topics import Topics
from kg.merge.triples import kind_of
from kg.merge.venues import Venues

Parts = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Merged:
    """The graph as sorted N-Triples lines, what became of every pair that was looked at, and decisions that could not be obeyed."""

    lines: list[str]
    rows: tuple[Row, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attached:
    """What a bibliographic record says of a paper: the name of its document, the paper's address, and the sorted lines."""

    document: str
    paper: str
    lines: Sequence[str]


class _Rules(Protocol):
    def proposals(self) -> Iterable[Proposal]: ...

    def rank(self, address: str, /) -> tuple[object, ...]: ...

    def veto(self, one: str, two: str, /) -> str: ...


def merge(parts: Parts, decided: Decisions, records: Sequence[Attached] = ()) -> Merged:
    """One graph of what each document says: `parts` holds the sorted lines of each by its name."""
    with TemporaryDirectory(prefix="kg-") as folder:
        path = Path(folder, "graph.nt")
        rows, problems = merge_into(path, parts, decided, records)
        return Merged(list(runs.read(path)), rows, problems)


def merge_into(path: Path, parts: Parts, decided: Decisions, records: Sequence[Attached] = ()) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """As `merge`, with the lines sorted into a file: memory holds names and titles, not the lines."""
    reviews = _told_apart(_Renamed(parts), decided)
    told, lost = _with_records(reviews, records, decided)
    parts, index, rows = told.parts, told.index, told.rows
    hand = _Hand(decided, index, parts)
    names = _named(told, hand, rows)
    said: Counter[str] = Counter()
    same = list(reposts.reposts(reviews.parts))
    lines = rewriting.united(parts, names, authorships.laid(index, names, names))
    united = path.with_name(f".{path.name}.united")
    runs.sorted_into(chain(single.counted(lines, said), reposts.lines(same)), united)
    del reviews, told, index
    equal, equal_rows = rewriting.equal_nodes(runs.read(united))
    choice = single.chosen(lambda: runs.read(united), said)
    _finish(united, path, equal, choice)
    rows += [*equal_rows, *same]
    problems = (*hand.problems, *lost)
    return tuple(sorted({_bare(row) for row in rows}, key=lambda row: (row.kind, row.canonical, row.other, row.rule, row.detail))), problems


def _named(told: _ToldApart, hand: _Hand, rows: list[Row]) -> dict[str, str]:
    """Every address that is merged away, with the one that stays."""
    index, names = told.index, dict[str, str]()
    for kinds, rules in (
        (("event", "venue", "org"), Venues(index)),
        (("topic",), Topics(index, topics.explained(index, told.parts), told.acronyms)),
        (("paper",), Papers(index)),
    ):
        rows += _decide(kinds, rules, hand, names)
    people = Persons(index, names)
    rows += _decide(("person",), people, hand, names, people.sharing)
    return names


def _finish(united: Path, path: Path, equal: Mapping[str, str], choice: single.Chosen) -> None:
    """The lines with the choices made; those that change are few, and are sorted in between."""
    changed = {line for line in choice.new if choice.keeps(line)}
    unchanged = united.with_name(f".{path.name}.unchanged")
    with unchanged.open("w", encoding="utf-8", newline="\n") as file:
        for line in filter(choice.keeps, runs.read(united)):
            renamed = next(rewriting.renamed((line,), equal), line) if equal else line
            if renamed == line:
                file.write(f"{line}\n")
            else:
                changed.add(renamed)
    united.unlink()
    runs.written((line for line, _ in groupby(heapq.merge(runs.read(unchanged), sorted(changed)))), path)
    unchanged.unlink()


def _decide(
    kinds: tuple[str, ...], rules: _Rules, hand: _Hand, names: dict[str, str], later: Callable[[Mapping[str, str]], Iterable[Proposal]] | None = None
) -> list[Row]:
    """Hears the rules for some kinds and notes the names that stay; `later` may propose on what is merged by then."""
    groups = Groups(kinds[0], rules.veto, hand.apart)
    groups.decide([*hand.same(kinds), *rules.proposals()])
    if later:
        groups.decide(later(groups.mapping(rules.rank)))
    hand.problems += [f"`same` on {p.first} and {p.second} contradicts a `different`; take one away" for p in groups.contradictions()]
    mapping = groups.mapping(rules.rank)
    names.update(mapping)
    return groups.rows(mapping)


class _Hand:
    """Decisions by hand over one index; `problems` are those that cannot be obeyed."""

    def __init__(self, decided: Decisions, index: Index, documents: Iterable[str]) -> None:
        known = {*index.types, *(f"<{BASE}doc/{document}>" for document in documents)}
        self.problems: list[str] = []
        self._same: list[tuple[str, str, str]] = []
        split = decided.splits()
        for item in decided.items:
            unknown = [iri for iri in (item.first, item.second) if f"<{iri}>" not in known]
            if unknown and (item.first, item.second) not in split:
                self.problems.append(f"`{item.verdict}` names {unknown[0]}, which no document speaks of; correct it or take it away")
            elif item.verdict == "same" and kind_of(f"<{item.first}>") != kind_of(f"<{item.second}>"):
                self.problems.append(f"`same` on {item.first} and {item.second}, which are of different kinds; take it away")
            elif item.verdict == "same":
                self._same.append((f"<{item.first}>", f"<{item.second}>", item.reason))
        pairs = [*decided.pairs("different"), *((iri, _split(iri, document)) for iri, document in split)]
        self.apart = frozenset((f"<{one}>", f"<{two}>") for one, two in pairs)

    def same(self, kinds: tuple[str, ...]) -> list[Proposal]:
        return [Proposal(0, one, two, "decided by hand", reason, 1.0) for one, two, reason in self._same if kind_of(one) in kinds]


@dataclass(frozen=True, slots=True)
class _ToldApart:
    """Parts in which each address means one thing; `acronyms` are spellings that mean several."""

    parts: _Renamed
    index: Index
    rows: list[Row]
    acronyms: frozenset[str]


def _told_apart(parts: _Renamed, decided: Decisions) -> _ToldApart:
    """Parts in which what one name joins wrongly has two names: by hand, by authors, by explanations of an acronym."""
    rows: list[Row] = []
    by_hand: dict[str, dict[str, str]] = {}
    for iri, document in decided.splits():
        by_hand.setdefault(document.rsplit("/", 1)[-1], {})[f"<{iri}>"] = f"<{_split(iri, document)}>"
    parts = parts.instead(by_hand, "decided by hand", rows)
    index = Index(parts)
    if titles := papers.homonyms(index):
        index = Index(parts := parts.instead(titles, "same title, other authors", rows))
    forms: frozenset[str] = frozenset()
    if acronyms := topics.ambiguous(topics.explained(index, parts), index):
        forms = frozenset(topics.spelling(label) for changed in acronyms.values() for short in changed for label in index.labels[short])
        index = Index(parts := parts.instead(acronyms, "acronym of several things", rows))
    return _ToldApart(parts, index, rows, forms)


def _with_records(told: _ToldApart, records: Sequence[Attached], decided: Decisions) -> tuple[_ToldApart, list[str]]:
    """Records join when the reviews are told apart: a record says more of a paper, it never makes one.  Second, what is wrong with links."""
    apart = {(iri, document.rsplit("/", 1)[-1]) for iri, document in decided.splits()}
    joining: dict[str, Sequence[str]] = {}
    problems = []
    for record in records:
        if f"<{record.paper}>" not in told.index.types:
            problems.append(f"a link names {record.paper}, which no document speaks of")
        elif (record.paper, record.document) not in apart:
            joining[record.document] = sorted({*joining.get(record.document, ()), *record.lines})
    if not joining:
        return told, problems
    parts = told.parts.plus(joining)
    return replace(told, parts=parts, index=Index(parts)), problems


class _Renamed(Mapping[str, Sequence[str]]):
    """Parts under other names, renamed whenever they are read, so that lines on a disk stay there; `more` are parts as they are."""

    def __init__(self, parts: Parts, names: Sequence[Mapping[str, Mapping[str, str]]] = (), more: Parts | None = None) -> None:
        self._parts = parts
        self._names = names
        self._more = more or {}

    def __getitem__(self, document: str) -> Sequence[str]:
        if document in self._more:
            return self._more[document]
        lines = self._parts[document]
        for names in self._names:
            if document in names:
                lines = list(rewriting.renamed(lines, names[document]))
        return lines

    def __iter__(self) -> Iterator[str]:
        return iter(sorted((*self._parts, *self._more)))

    def __len__(self) -> int:
        return len(self._parts) + len(self._more)

    def instead(self, names: Mapping[str, Mapping[str, str]], rule: str, rows: list[Row]) -> _Renamed:
        """With other names in some documents, each told in `rows`."""
        for document, changed in sorted(names.items()):
            if document in self._parts:
                rows += [Row(kind_of(old), old, new, rule, f"in {BASE}doc/{document}", 0.0, merged=False) for old, new in sorted(changed.items())]
        return _Renamed(self._parts, (*self._names, names))

    def plus(self, more: Parts) -> _Renamed:
        return _Renamed(self._parts, self._names, more)


def _split(iri: str, document: str) -> str:
    """The address of what a name means in one document only."""
    return f"{iri}--{digest(document, 6)}"


def _bare(row: Row) -> Row:
    return replace(row, canonical=row.canonical.strip("<>"), other=row.other.strip("<>"))
