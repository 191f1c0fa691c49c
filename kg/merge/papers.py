"""Which papers are one: by identifier, by address, by title and authors; and which of one title are two.

Candidates for near-equal titles come from blocks of titles that share a rare word or pair of words, so that the work grows with the number
of titles and not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from kg.merge.groups import Groups, Proposal
from kg.merge.index import Index
from kg.merge.lists import Listed, agree, united
from kg.merge.titles import Title, compare, near
from kg.merge.triples import local

_FEATURES = 4  # rare words and pairs of words that a title is looked up by
_BLOCK = 60  # titles; what more of them share tells nothing
_NEAR = 0.85  # likeness from which a refusal is worth telling
_SAME_ID_UNLIKE = 0.5
_KEPT = 10_000  # lists of authors


class Papers:
    """The rules for papers over one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.addresses = index.of_kind("paper")
        self.titles = {paper: tuple(Title(label) for label in sorted(index.labels.get(paper, ()))) for paper in self.addresses}
        self._near = sorted(self._candidates())
        self._people = lru_cache(_KEPT)(self._united)
        self._members: Callable[[str], Sequence[str]] = lambda paper: (paper,)

    def proposals(self) -> Iterator[Proposal]:
        yield from self._same_identifier()
        yield from self._same_address()
        for one, two in self._near:
            yield from self._alike(one, two)
        yield from self._by_name()

    def again(self, groups: Groups) -> Iterator[Proposal]:
        """What the authors and identifiers say that papers have together since some were joined."""
        self._members = groups.members
        yield from self._same_identifier()
        for one, two in self._near:
            if groups.root(one) != groups.root(two):
                yield from self._alike(one, two)

    def rank(self, paper: str) -> tuple[object, ...]:
        """The least stays: one with a title, with an identifier, in most documents, with the smallest address."""
        return (not self.titles.get(paper), not self.index.identifiers.get(paper), -len(self.index.documents[paper]), paper)

    def veto(self, ours: Sequence[str], theirs: Sequence[str]) -> str:
        """What speaks against one paper, of two groups."""
        names, others = self._identifiers(ours), self._identifiers(theirs)
        if names & others or self._linked(ours, theirs):
            return ""
        agreement = self._agreement(ours, theirs)
        if agreement is False:
            return "the authors differ"
        for scheme in ("doi:", "arxiv:"):
            one, two = ({name for name in found if name.startswith(scheme)} for found in (names, others))
            if one and two and not (agreement and self._equal(ours, theirs)):
                return f"other identifiers: {min(one)}, {min(two)}"
        return ""

    def _same_identifier(self) -> Iterator[Proposal]:
        by_name: defaultdict[str, list[str]] = defaultdict(list)
        for paper in self.addresses:
            for name in self.index.identifiers.get(paper, ()):
                by_name[name].append(paper)
            if bare := _in_address(paper):
                by_name[bare].append(paper)
        for name, papers in sorted(by_name.items()):
            for paper in sorted(set(papers))[1:]:
                first = min(papers)
                score = self._likeness(first, paper)
                unlike = score < _SAME_ID_UNLIKE and self._agree(first, paper) is False
                yield Proposal(1, first, paper, "same identifier", name, score, "titles and authors differ: one link is wrong" if unlike else "")

    def _same_address(self) -> Iterator[Proposal]:
        """A paper that is known by its link only, and the one paper with a title that has this link."""
        titled: defaultdict[str, list[str]] = defaultdict(list)
        for paper in self.addresses:
            if self.titles[paper]:
                for link in self.index.links.get(paper, ()):
                    titled[link].append(paper)
        for paper in self.addresses:
            if not self.titles[paper]:
                for link in sorted(self.index.links.get(paper, ())):
                    several = "several papers have this address" if len(titled[link]) > 1 else ""
                    yield from (Proposal.between(2, paper, other, "same address", link, 1.0, several) for other in titled[link])

    def _by_name(self) -> Iterator[Proposal]:
        """A paper that is called by the name that it coins, as the title of the one paper that begins with it: `Thing`, `Thing: …`."""
        beginning: defaultdict[str, set[str]] = defaultdict(set)
        for paper, titles in self.titles.items():
            for title in titles:
                if title.parts:
                    beginning[title.parts[0]].add(paper)
        for paper, titles in self.titles.items():
            for title in titles:
                whole = beginning[title.squashed] - {paper} if title.coined else set()
                for other in sorted(whole):
                    several = f"{len(whole)} papers begin with this name" if len(whole) > 1 else ""
                    yield Proposal.between(4, paper, other, "called by its name", f"{title.written} | {self.index.label(other)}", 0.8, several)

    def _alike(self, one: str, two: str) -> Iterator[Proposal]:
        agreement = self._agree(one, two)
        if agreement is False and self._linked(self._members(one), self._members(two)):
            agreement = None
        for ours in self.titles[one]:
            for theirs in self.titles[two]:
                found = compare(ours, theirs, agreement)
                if found.same:
                    yield Proposal(3, one, two, "near-equal titles", found.why, round(found.score, 4))
                elif found.score >= _NEAR:
                    yield Proposal(4, one, two, "near-equal titles", f"{ours.written} | {theirs.written}", round(found.score, 4), found.why)

    def _candidates(self) -> set[tuple[str, str]]:
        blocks: defaultdict[str, set[str]] = defaultdict(set)
        features = {paper: {feature for title in titles for feature in _features(title)} for paper, titles in self.titles.items()}
        count = Counter(feature for found in features.values() for feature in found)
        for paper, found in features.items():
            for feature in sorted((f for f in found if count[f] > 1), key=lambda f: (count[f], f))[:_FEATURES]:
                blocks[feature].add(paper)
            for title in self.titles[paper]:
                for form in (title.squashed, *title.parts):
                    blocks[f"= {form}"].add(paper)
        pairs = {pair for block in blocks.values() if 1 < len(block) <= _BLOCK for pair in combinations(sorted(block), 2)}
        return {(one, two) for one, two in pairs if any(near(ours, theirs) for ours in self.titles[one] for theirs in self.titles[two])}

    def _agree(self, one: str, two: str) -> bool | None:
        return self._agreement(self._members(one), self._members(two))

    def _agreement(self, ours: Sequence[str], theirs: Sequence[str]) -> bool | None:
        """Whether the authors of two groups of papers agree; none if one has no authors."""
        return agree(self._people(tuple(ours)), self._people(tuple(theirs)))

    def _united(self, papers: tuple[str, ...]) -> list[Listed]:
        return united(list_ for paper in papers for list_ in self.index.lists.get(paper, {}).values())

    def _likeness(self, one: str, two: str) -> float:
        scores = [compare(a, b, None).score for a in self.titles[one] for b in self.titles[two]]
        return round(max(scores, default=1.0), 4)

    def _equal(self, ours: Sequence[str], theirs: Sequence[str]) -> bool:
        one, two = ({title.squashed for paper in papers for title in self.titles[paper]} for papers in (ours, theirs))
        return bool(one & two)

    def _linked(self, ours: Sequence[str], theirs: Sequence[str]) -> bool:
        """Whether one title leads to one address: then somebody has read or written the authors wrongly."""
        return self._equal(ours, theirs) and not self._links(ours).isdisjoint(self._links(theirs))

    def _links(self, papers: Sequence[str]) -> set[str]:
        return {link for paper in papers for link in self.index.links.get(paper, ())}

    def _identifiers(self, papers: Sequence[str]) -> set[str]:
        named = {name for paper in papers for name in self.index.identifiers.get(paper, ())}
        return named | {name for paper in papers if (name := _in_address(paper))}


def _features(title: Title) -> Iterator[str]:
    yield from (word for word in title.words if len(word) > 2)
    yield from (f"{one} {two}" for one, two in zip(title.words, title.words[1:], strict=False))


def _in_address(paper: str) -> str:
    """The identifier of a paper that is known by its link only."""
    name = local(paper)
    return f"arxiv:{name.removeprefix('arxiv-')}" if name.startswith("arxiv-") and name[6:7].isdigit() else ""
