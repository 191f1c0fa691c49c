"""People who are known by their company: two author lists with several names that fit are by one team, however each name is written.

One name that fits is chance; two that fit are not, unless half of a field has these family names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from kg.merge.index import Place
from kg.merge.names import STRICT, likeness, parse

_PAPERS = 30  # with two family names in common; names of more are too common to tell anything
_COMMON = 5  # people of one family name in a graph, over which the name does not count
_TEAM = 2

Lists = Mapping[str, Sequence[tuple[Place, ...]]]
Match = tuple[Place, Place]


def teams(lists: Lists) -> Iterator[tuple[Match, tuple[Match, ...]]]:
    """Two people of different papers who can be one, with the others of the two lists who can be one."""
    families: defaultdict[str, set[str]] = defaultdict(set)
    blocks: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for paper, listed in lists.items():
        people = {parse(place.written).block: place.person for places in listed for place in places}
        for family, person in people.items():
            families[family].add(person)
        for pair in combinations(sorted(people), 2):
            blocks[pair].add(paper)
    rare = frozenset(family for family, people in families.items() if len(people) <= _COMMON)
    pairs = {pair for block in blocks.values() if 1 < len(block) <= _PAPERS for pair in combinations(sorted(block), 2)}
    for one, two in sorted(pairs):
        yield from _of_papers(lists[one], lists[two], rare)


def _of_papers(
    ours: Sequence[tuple[Place, ...]], theirs: Sequence[tuple[Place, ...]], rare: frozenset[str]
) -> Iterator[tuple[Match, tuple[Match, ...]]]:
    for places in ours:
        for others in theirs:
            found = tuple((a, b) for a in places for b in others if likeness(a.written, b.written) in STRICT)
            if sum(parse(a.written).block in rare for a, _ in found) < _TEAM or _ambiguous(found):
                continue
            for match in found:
                if match[0].person != match[1].person:
                    yield match, tuple(other for other in found if other != match)


def _ambiguous(found: Sequence[Match]) -> bool:
    """Whether somebody of one list fits two of the other."""
    return len({a for a, _ in found}) < len(found) or len({b for _, b in found}) < len(found)
