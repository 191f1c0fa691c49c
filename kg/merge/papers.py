"""Which papers are one: by identifier, by address, by title and authors; and which of one title are two.

Candidates for near-equal titles come from blocks of titles that share a rare word or pair of words, so that the work grows with the number
of titles and not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations

from kg.identity import BASE, digest
from kg.merge.groups import Proposal
from kg.merge.index import Index, Place
from kg.merge.names import likeness, parse
from kg.merge.titles import Title, compare, near
from kg.merge.triples import local

_FEATURES = 4  # rare words and pairs of words that a title is looked up by
_BLOCK = 60  # titles; what more of them share tells nothing
_NEAR = 0.85  # likeness from which a refusal is worth telling
_SAME_ID_UNLIKE = 0.5


class Papers:
    """The rules for papers over one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.addresses = index.of_kind("paper")
        self.titles = {paper: tuple(Title(label) for label in sorted(index.labels.get(paper, ()))) for paper in self.addresses}
        self.agreement = cache(self._agreement)

    def proposals(self) -> Iterator[Proposal]:
        yield from self._same_identifier()
        yield from self._same_address()
        for one, two in sorted(self._candidates()):
            yield from self._alike(one, two)

    def rank(self, paper: str) -> tuple[object, ...]:
        """The least stays: one with a title, with an identifier, in most documents, with the smallest address."""
        return (not self.titles.get(paper), not self.index.identifiers.get(paper), -len(self.index.documents[paper]), paper)

    def veto(self, one: str, two: str) -> str:
        """What speaks against two papers of one group."""
        if self._shared_identifier(one, two):
            return ""
        if self.agreement(one, two) is False:
            return "the authors differ"
        for scheme in ("doi:", "arxiv:"):
            ours, theirs = ({name for name in self.index.identifiers.get(paper, ()) if name.startswith(scheme)} for paper in (one, two))
            if ours and theirs and not (self.agreement(one, two) and self._equal(one, two)):
                return f"other identifiers: {min(ours)}, {min(theirs)}"
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
                unlike = score < _SAME_ID_UNLIKE and self.agreement(first, paper) is False
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

    def _alike(self, one: str, two: str) -> Iterator[Proposal]:
        for ours in self.titles[one]:
            for theirs in self.titles[two]:
                if not near(ours, theirs):
                    continue
                found = compare(ours, theirs, self.agreement(one, two))
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
        return {pair for block in blocks.values() if 1 < len(block) <= _BLOCK for pair in combinations(sorted(block), 2)}

    def _agreement(self, one: str, two: str) -> bool | None:
        """Whether the authors of two papers agree; none if one has no authors."""
        ours, theirs = ([place for places in self.index.lists.get(paper, {}).values() for place in places] for paper in (one, two))
        return agree(ours, theirs)

    def _likeness(self, one: str, two: str) -> float:
        scores = [compare(a, b, None).score for a in self.titles[one] for b in self.titles[two]]
        return round(max(scores, default=1.0), 4)

    def _equal(self, one: str, two: str) -> bool:
        return any(a.squashed == b.squashed for a in self.titles[one] for b in self.titles[two])

    def _shared_identifier(self, one: str, two: str) -> bool:
        ours, theirs = ({*self.index.identifiers.get(paper, ()), *filter(None, [_in_address(paper)])} for paper in (one, two))
        return bool(ours & theirs)


def agree(ours: Iterable[Place], theirs: Iterable[Place]) -> bool | None:
    """Two author lists agree if their first authors can be one person, or half of the shorter list is in the other."""
    first, second = (sorted(places) for places in (ours, theirs))
    if not first or not second:
        return None
    if likeness(first[0].written, second[0].written):
        return True
    short, long = sorted(({place.written for place in places} for places in (first, second)), key=len)
    shared = sum(any(likeness(name, other) for other in long) for name in sorted(short))
    return shared >= 1 and 2 * shared >= len(short)


def homonyms(index: Index) -> dict[str, dict[str, str]]:
    """Papers of one title by other authors: for each document the address that the title gets there instead.

    The reading that most documents share keeps the address, with the documents that name no author.
    """
    instead: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for paper, lists in index.lists.items():
        if len(lists) > 1:
            for document, family in _others(index, paper):
                instead[document][paper] = f"<{BASE}paper/{local(paper).rsplit('-', 1)[0]}-{digest(f'{local(paper)}{chr(31)}{family}')}>"
    return dict(instead)


def _others(index: Index, paper: str) -> Iterator[tuple[str, str]]:
    """Documents in which a title is another paper's, with the family name of that one's first author."""
    groups: list[list[str]] = []
    for document, places in sorted(index.lists[paper].items(), key=lambda item: (-len(item[1]), [place.written for place in item[1]], item[0])):
        group = next(
            (
                group
                for group in groups
                if any(agree(places, index.lists[paper][other]) or _one_identifier(index, paper, document, other) for other in group)
            ),
            None,
        )
        if group is None:
            groups.append([document])
        else:
            group.append(document)
    for group in sorted(groups, key=lambda group: (-len(group), _family(index, paper, group)))[1:]:
        yield from ((document, _family(index, paper, group)) for document in group)


def _one_identifier(index: Index, paper: str, one: str, two: str) -> bool:
    return any({one, two} <= documents for documents in index.identifiers.get(paper, {}).values())


def _family(index: Index, paper: str, group: list[str]) -> str:
    return min(" ".join(parse(index.lists[paper][document][0].written).family) for document in group)


def _features(title: Title) -> Iterator[str]:
    yield from (word for word in title.words if len(word) > 2)
    yield from (f"{one} {two}" for one, two in zip(title.words, title.words[1:], strict=False))


def _in_address(paper: str) -> str:
    """The identifier of a paper that is known by its link only."""
    name = local(paper)
    return f"arxiv:{name.removeprefix('arxiv-')}" if name.startswith("arxiv-") and name[6:7].isdigit() else ""
