"""Groups of addresses that name one thing: proposals in, groups and reasons out, in an order that the input's order does not touch.

A union-find that obeys vetoes: two groups are joined only if nothing speaks against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True, slots=True, order=True)
class Proposal:
    """That two addresses name one thing.  A lower `rank` is heard first; `score` is from 0 to 1.

    `against` is a reason why not, found by who proposes: then it is only noted.
    """

    rank: int
    first: str
    second: str
    rule: str
    detail: str
    score: float
    against: str = ""

    @classmethod
    def between(cls, rank: int, one: str, two: str, rule: str, detail: str, score: float, against: str = "") -> Proposal:
        """With the addresses in order."""
        return cls(rank, min(one, two), max(one, two), rule, detail, score, against)


@dataclass(frozen=True, slots=True)
class Row:
    """What became of two addresses: `merged`, or nearly; `canonical` is the address that stays."""

    kind: str
    canonical: str
    other: str
    rule: str
    detail: str
    score: float
    merged: bool


Veto = Callable[[Sequence[str], Sequence[str]], str]  # what speaks against one thing, of the members of two groups


class Groups:
    """Addresses of one kind, grouped by `decide`."""

    def __init__(self, kind: str, veto: Veto, apart: frozenset[tuple[str, str]] = frozenset()) -> None:
        self.kind = kind
        self.veto = veto
        self.apart = apart | {(second, first) for first, second in apart}
        self._members: dict[str, list[str]] = {}
        self._root: dict[str, str] = {}
        self._edges: defaultdict[str, list[tuple[str, Proposal]]] = defaultdict(list)
        self._refused: dict[tuple[str, ...], tuple[Proposal, str]] = {}

    def decide(self, proposals: Iterable[Proposal]) -> bool:
        """Hears proposals, most certain first; whether any groups were joined."""
        before = len(self._root)
        for proposal in sorted(set(proposals), key=lambda p: (p.rank, -p.score, p)):
            if self.root(proposal.first) == self.root(proposal.second):
                continue
            if reason := proposal.against or self._objection(proposal):
                self._refused[proposal.first, proposal.second, proposal.rule, proposal.detail] = (proposal, reason)
            else:
                self._join(proposal)
        return len(self._root) > before

    def root(self, address: str) -> str:
        while (parent := self._root.get(address, address)) != address:
            self._root[address] = self._root.get(parent, parent)
            address = parent
        return address

    def members(self, address: str) -> list[str]:
        return self._members.get(self.root(address), [address])

    def mapping(self, canonical: Callable[[str], tuple[object, ...]]) -> dict[str, str]:
        """Each merged address with the one that stays: the least by `canonical` of its group."""
        chosen = {}
        for members in self._members.values():
            best = min(members, key=canonical)
            chosen.update({member: best for member in members if member != best})
        return chosen

    def contradictions(self) -> list[Proposal]:
        """What people decided to be the same and could not be joined."""
        return [proposal for proposal, _ in self._refused.values() if proposal.rank == 0]

    def rows(self, mapping: dict[str, str]) -> list[Row]:
        """Every merge with the proposal that led to it, then every refusal."""
        rows = [self._row(canonical, other, proposal) for canonical in sorted(set(mapping.values())) for other, proposal in self._outward(canonical)]
        for proposal, reason in self._refused.values():
            pair = sorted({mapping.get(proposal.first, proposal.first), mapping.get(proposal.second, proposal.second)})
            if len(pair) == 2:
                rows.append(Row(self.kind, pair[0], pair[1], proposal.rule, f"{proposal.detail}; not merged: {reason}", proposal.score, merged=False))
        return rows

    def _row(self, canonical: str, other: str, proposal: Proposal) -> Row:
        return Row(self.kind, canonical, other, proposal.rule, proposal.detail, proposal.score, merged=True)

    def _outward(self, start: str) -> list[tuple[str, Proposal]]:
        """The other members of a group, each with the proposal that ties it towards `start`."""
        seen, queue, found = {start}, [start], []
        for address in queue:
            for other, proposal in self._edges[address]:
                if other not in seen:
                    seen.add(other)
                    queue.append(other)
                    found.append((other, proposal))
        return found

    def _objection(self, proposal: Proposal) -> str:
        """Why two groups stay apart; what people decided to be the same (rank 0) only a decision keeps apart."""
        ours, theirs = self.members(proposal.first), self.members(proposal.second)
        if self.apart and any((first, second) in self.apart for first in ours for second in theirs):
            return "decided by hand"
        return self.veto(ours, theirs) if proposal.rank else ""

    def _join(self, proposal: Proposal) -> None:
        self._edges[proposal.first].append((proposal.second, proposal))
        self._edges[proposal.second].append((proposal.first, proposal))
        ours, theirs = self.root(proposal.first), self.root(proposal.second)
        if len(self.members(ours)) < len(self.members(theirs)):
            ours, theirs = theirs, ours
        self._members[ours] = [*self.members(ours), *self.members(theirs)]
        self._members.pop(theirs, None)
        self._root[theirs] = ours


def pairwise(objection: Callable[[str, str], str], ours: Iterable[str], theirs: Iterable[str]) -> str:
    """The first objection to any two members of two groups."""
    return next((reason for one, two in product(ours, theirs) if (reason := objection(one, two))), "")
