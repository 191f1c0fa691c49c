"""The rules in their order: venues, topics, papers, then people, who need the papers; then everything under the names that stay.

Rules and reasons are told in `docs/reference/identity.md`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from kg.identity import BASE, digest
from kg.merge import authorships, passes, reposts, rewriting, runs, single, topics
from kg.merge.authorships import Laid
from kg.merge.decisions import Decisions
from kg.merge.groups import Groups, Proposal, Row
from kg.merge.homonyms import homonyms
from kg.merge.index import Index
from kg.merge.papers import Papers
from kg.merge.passes import Bundle, Each, Piece, Range, Renames, Seen
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

    def veto(self, ours: Sequence[str], theirs: Sequence[str], /) -> str: ...


def merge(parts: Parts, decided: Decisions, records: Sequence[Attached] = ()) -> Merged:
    """One graph of what each document says: `parts` holds the sorted lines of each by its name."""
    with TemporaryDirectory(prefix="kg-") as folder:
        path = Path(folder, "graph.nt")
        rows, problems = merge_into(path, parts, decided, records)
        return Merged(list(runs.read(path)), rows, problems)


def merge_into(path: Path, parts: Parts, decided: Decisions, records: Sequence[Attached] = ()) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """As `merge`, with the lines sorted into a file: memory holds names and titles, not the lines."""
    return merge_bundles(path, (parts,), decided, records)


def merge_bundles(
    path: Path, bundles: Sequence[Bundle], decided: Decisions, records: Sequence[Attached] = (), each: Each = passes.here
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """As `merge_into`, of documents in bundles, by whoever `each` lets work.  They all need to reach the folder of `path`.

    What goes over lines is done in pieces; the rules are heard here, because what one merges is what the next one looks at.
    """
    reviews = _told_apart(_Corpus(bundles, each), decided)
    told, lost = _with_records(reviews, records, decided)
    hand = _Hand(decided, told.seen.index, told.corpus.documents)
    rows = told.rows
    names = _named(told, hand, rows)
    same = list(reposts.reposts(told.seen.passages))
    with TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as place:
        folder = Path(place)
        laid = authorships.laid(told.seen.index, names, names)
        ranges, said = _united(told, names, laid, chain(rewriting.other_names(names), reposts.lines(same)), folder)
        del reviews, told
        finished, files = _finish(ranges, said, each)
        rows += [*finished, *same]
        runs.joined(files, path)
    problems = (*hand.problems, *lost)
    return tuple(sorted({_bare(row) for row in rows}, key=lambda row: (row.kind, row.canonical, row.other, row.rule, row.detail))), problems


@dataclass(frozen=True, slots=True)
class _Ranges:
    """All lines by ranges of subjects; `bounds` are the subjects with which all but the first begin."""

    bounds: Sequence[str]
    parts: Sequence[Range]

    def routed(self, lines: Iterable[str]) -> Iterator[tuple[Range, list[str]]]:
        """Each range with those of the lines that belong to it, sorted."""
        by_range: dict[int, list[str]] = {}
        for line in lines:
            by_range.setdefault(bisect_right(self.bounds, line), []).append(line)
        return ((part, sorted(by_range.get(part.number, ()))) for part in self.parts)


def _united(told: _ToldApart, names: Mapping[str, str], laid: Iterable[Laid], more: Iterable[str], folder: Path) -> tuple[_Ranges, Counter[str]]:
    """All lines under the names that stay, and more, in runs; second, how many documents have a line that gives a name."""
    places: defaultdict[str, list[Laid]] = defaultdict(list)
    for place in laid:
        places[place.document].append(place)
    bounds = runs.bounds(told.seen.places, told.seen.lines)
    corpus = told.corpus
    pieces = (
        Piece(number, bundle, {document: places[document] for document in bundle if document in places})
        for number, bundle in enumerate(corpus.bundles)
    )
    found, said = runs.laid_down(more, bounds, folder, "run-more"), Counter[str]()
    for laid_down, counted in corpus.each(passes.united, pieces, corpus.renames, names, bounds, folder):
        found += laid_down
        said.update(counted)
    found.sort(key=lambda run: run.file)
    return _Ranges(bounds, [Range(number, found, folder) for number in range(len(bounds) + 1)]), said


def _finish(ranges: _Ranges, said: Mapping[str, int], each: Each) -> tuple[list[Row], list[Path]]:
    """Makes the choices; second, files with the final lines in their order.  Lines that change may belong to another range and are few."""
    open_, sums = single.Several(), Counter[str]()
    for several, parts in each(passes.gathered, ranges.parts):
        open_.join(several)
        sums.update(parts)
    runs.dropped(run.file for run in ranges.parts[0].runs)
    equal, rows = rewriting.equal_nodes(sums)
    votes: single.Votes = {}
    for found in each(passes.votes, ranges.parts, open_.papers) if open_.papers else ():
        for value, claims in found.items():
            votes.setdefault(value, []).extend(claims)
    choice = single.chosen(open_, votes, said)
    changed = {line for line in choice.new if choice.keeps(line)}
    changed.update(*each(passes.chosen, ranges.parts, equal, choice))
    changed.update(rewriting.other_names(equal))
    runs.dropped(part.united for part in ranges.parts)
    return rows, [file for _, file in sorted(each(passes.closed, ranges.routed(changed)))]


def _named(told: _ToldApart, hand: _Hand, rows: list[Row]) -> dict[str, str]:
    """Every address that is merged away, with the one that stays."""
    index, names = told.seen.index, dict[str, str]()
    for kinds, rules in (
        (("event", "venue", "org"), Venues(index)),
        (("topic",), Topics(index, topics.explained(index, told.seen.definitions), told.acronyms)),
    ):
        rows += _decide(kinds, rules, hand, names)
    works = Papers(index)
    rows += _decide(("paper",), works, hand, names, works.again)
    people = Persons(index, names)
    rows += _decide(("person",), people, hand, names, people.sharing)
    return names


def _decide(
    kinds: tuple[str, ...], rules: _Rules, hand: _Hand, names: dict[str, str], later: Callable[[Groups], Iterable[Proposal]] | None = None
) -> list[Row]:
    """Hears the rules for some kinds and notes the names that stay; `later` proposes on what is merged by then, until nothing merges."""
    groups = Groups(kinds[0], rules.veto, hand.apart)
    groups.decide([*hand.same(kinds), *rules.proposals()])
    while later and groups.decide(later(groups)):
        pass
    hand.problems += [f"`same` on {p.first} and {p.second} contradicts a `different`; take one away" for p in groups.contradictions()]
    mapping = groups.mapping(rules.rank)
    names.update(mapping)
    return groups.rows(mapping)


class _Hand:
    """Decisions by hand over one index; `problems` are those that cannot be obeyed."""

    def __init__(self, decided: Decisions, index: Index, documents: Iterable[str]) -> None:
        known = {*index.typed, *(f"<{BASE}doc/{document}>" for document in documents)}
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
    """A corpus in which each address means one thing, and what the rules need of it; `acronyms` are spellings that mean several."""

    corpus: _Corpus
    seen: Seen
    rows: list[Row]
    acronyms: frozenset[str]


def _told_apart(corpus: _Corpus, decided: Decisions) -> _ToldApart:
    """A corpus in which what one name joins wrongly has two names: by hand, by authors, by explanations of an acronym."""
    rows: list[Row] = []
    by_hand: dict[str, dict[str, str]] = {}
    for iri, document in decided.splits():
        by_hand.setdefault(document.rsplit("/", 1)[-1], {})[f"<{iri}>"] = f"<{_split(iri, document)}>"
    corpus = corpus.instead(by_hand, "decided by hand", rows)
    seen = corpus.seen()
    if titles := homonyms(seen.index):
        seen.index = (corpus := corpus.instead(titles, "same title, other authors", rows)).indexed()
    forms: frozenset[str] = frozenset()
    if acronyms := topics.ambiguous(topics.explained(seen.index, seen.definitions), seen.index):
        forms = frozenset(topics.spelling(label) for changed in acronyms.values() for short in changed for label in seen.index.labels[short])
        seen.index = (corpus := corpus.instead(acronyms, "acronym of several things", rows)).indexed()
    return _ToldApart(corpus, seen, rows, forms)


def _with_records(told: _ToldApart, records: Sequence[Attached], decided: Decisions) -> tuple[_ToldApart, list[str]]:
    """Records join when the reviews are told apart: a record says more of a paper, it never makes one.  Second, what is wrong with links."""
    apart = {(iri, document.rsplit("/", 1)[-1]) for iri, document in decided.splits()}
    joining: dict[str, Sequence[str]] = {}
    problems = []
    for record in records:
        if f"<{record.paper}>" not in told.seen.index.typed:
            problems.append(f"a link names {record.paper}, which no document speaks of")
        elif (record.paper, record.document) not in apart:
            joining[record.document] = sorted({*joining.get(record.document, ()), *record.lines})
    if not joining:
        return told, problems
    said = passes.seen(joining)
    said.passages.clear()  # a record repeats no review
    told.seen.join(said)
    return replace(told, corpus=told.corpus.plus(joining)), problems


@dataclass(frozen=True)
class _Corpus:
    """Bundles of documents under other names, renamed whenever they are read, so that lines on a disk stay there."""

    bundles: Sequence[Bundle]
    each: Each
    renames: Renames = ()

    @cached_property
    def documents(self) -> frozenset[str]:
        return frozenset(document for bundle in self.bundles for document in bundle)

    def seen(self) -> Seen:
        found = Seen()
        for part in self.each(passes.seen, self.bundles, self.renames):
            found.join(part)
        return found

    def indexed(self) -> Index:
        found = Index()
        for part in self.each(passes.indexed, self.bundles, self.renames):
            found.join(part)
        return found

    def instead(self, names: Mapping[str, Mapping[str, str]], rule: str, rows: list[Row]) -> _Corpus:
        """With other names in some documents, each told in `rows`."""
        for document, changed in sorted(names.items()):
            if document in self.documents:
                rows += [Row(kind_of(old), old, new, rule, f"in {BASE}doc/{document}", 0.0, merged=False) for old, new in sorted(changed.items())]
        return replace(self, renames=(*self.renames, names))

    def plus(self, more: Parts) -> _Corpus:
        """With more documents, which speak of things by the names that they have now."""
        return replace(self, bundles=(*self.bundles, more))


def _split(iri: str, document: str) -> str:
    """The address of what a name means in one document only."""
    return f"{iri}--{digest(document, 6)}"


def _bare(row: Row) -> Row:
    return replace(row, canonical=row.canonical.strip("<>"), other=row.other.strip("<>"))
