"""The rules in their order: venues, topics, papers, then people, who need the papers; then everything under the names that stay.

Rules and reasons are told in `docs/reference/identity.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from kg.identity import BASE, digest
from kg.merge import authorships, papers, reposts, rewriting, single, topics
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


class _Rules(Protocol):
    def proposals(self) -> Iterable[Proposal]: ...

    def rank(self, address: str, /) -> tuple[object, ...]: ...

    def veto(self, one: str, two: str, /) -> str: ...


def merge(parts: Parts, decided: Decisions) -> Merged:
    """One graph of what each document says: `parts` holds the sorted lines of each by its name."""
    sorted_ = _told_apart(dict(sorted(parts.items())), decided)
    parts, index, rows = sorted_.parts, sorted_.index, sorted_.rows
    hand = _Hand(decided, index, parts)
    names: dict[str, str] = {}
    for kinds, rules in (
        (("event", "venue", "org"), Venues(index)),
        (("topic",), Topics(index, topics.explained(index, parts), sorted_.acronyms)),
        (("paper",), Papers(index)),
    ):
        rows += _decide(kinds, rules, hand, names)
    rows += _decide(("person",), (people := Persons(index, names)), hand, names, people.sharing)
    lines = rewriting.united(parts, names, authorships.laid(index, names, names))
    lines, equal = rewriting.equal_nodes(lines)
    lines = single.chosen(lines, single.spread(rewriting.renamed(part, names) for part in parts.values()))
    rows += [*equal, *reposts.reposts(parts)]
    return Merged(
        sorted(lines),
        tuple(sorted({_bare(row) for row in rows}, key=lambda row: (row.kind, row.canonical, row.other, row.rule, row.detail))),
        tuple(hand.problems),
    )


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

    parts: Parts
    index: Index
    rows: list[Row]
    acronyms: frozenset[str]


def _told_apart(parts: Parts, decided: Decisions) -> _ToldApart:
    """Parts in which what one name joins wrongly has two names: by hand, by authors, by explanations of an acronym."""
    rows: list[Row] = []
    by_hand: dict[str, dict[str, str]] = {}
    for iri, document in decided.splits():
        by_hand.setdefault(document.rsplit("/", 1)[-1], {})[f"<{iri}>"] = f"<{_split(iri, document)}>"
    parts = _instead(parts, by_hand, "decided by hand", rows)
    index = Index(parts)
    if titles := papers.homonyms(index):
        index = Index(parts := _instead(parts, titles, "same title, other authors", rows))
    forms: frozenset[str] = frozenset()
    if acronyms := topics.ambiguous(topics.explained(index, parts), index):
        forms = frozenset(topics.spelling(label) for changed in acronyms.values() for short in changed for label in index.labels[short])
        index = Index(parts := _instead(parts, acronyms, "acronym of several things", rows))
    return _ToldApart(parts, index, rows, forms)


def _split(iri: str, document: str) -> str:
    """The address of what a name means in one document only."""
    return f"{iri}--{digest(document, 6)}"


def _instead(parts: Parts, names: Mapping[str, Mapping[str, str]], rule: str, rows: list[Row]) -> Parts:
    for document, changed in sorted(names.items()):
        rows += [Row(kind_of(old), old, new, rule, f"in {BASE}doc/{document}", 0.0, merged=False) for old, new in sorted(changed.items())]
    return {document: list(rewriting.renamed(lines, names[document])) if document in names else lines for document, lines in parts.items()}


def _bare(row: Row) -> Row:
    return replace(row, canonical=row.canonical.strip("<>"), other=row.other.strip("<>"))
