"""Which people are one: by the papers that they stand on and the people that they stand with, never by their names alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from kg.merge.groups import Groups, Proposal, pairwise
from kg.merge.index import Index, Place
from kg.merge.names import STRICT, likeness, parse
from kg.merge.teams import teams
from kg.merge.triples import local

_CROWD = 200  # co-authors of one person, over which being one says little and costs much
_SCORES = {"equal": 1.0, "shortened": 0.9, "transliterated": 0.85, "inverted": 0.85, "misspelt": 0.8}


class Persons:
    """The rules for people over one index; `papers` maps merged papers to those that stay."""

    def __init__(self, index: Index, papers: Mapping[str, str]) -> None:
        self.index = index
        self.lists: defaultdict[str, list[tuple[Place, ...]]] = defaultdict(list)
        self.beside: defaultdict[str, set[str]] = defaultdict(set)
        self.papers_of: defaultdict[str, set[str]] = defaultdict(set)
        self.written: defaultdict[str, set[str]] = defaultdict(set)
        for paper, lists in sorted(index.lists.items()):
            for _, places in sorted(lists.items()):
                self._note(papers.get(paper, paper), places)

    def _note(self, paper: str, places: tuple[Place, ...]) -> None:
        self.lists[paper].append(places)
        people = {place.person for place in places}
        for place in places:
            self.papers_of[place.person].add(paper)
            self.written[place.person].add(place.written)
            self.beside[place.person] |= people - {place.person}

    def proposals(self) -> Iterator[Proposal]:
        """First those of one identifier and of one paper; `sharing` comes after these are decided."""
        yield from self._same_identifier()
        for paper, lists in sorted(self.lists.items()):
            if len(lists) > 1:
                yield from self._of_one_paper(paper, lists)
        yield from self._teams()
        yield from self._one_document()

    def sharing(self, groups: Groups) -> Iterator[Proposal]:
        """People of different papers with compatible names and co-authors in common, by what is one by now."""
        one = groups.mapping(self.rank)
        company: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for person in sorted(self.beside):
            others = {one.get(other, other) for other in self.beside[person]}
            if len(others) <= _CROWD:
                for first, second in self._pairs(others):
                    company[first, second].add(one.get(person, person))
        options: defaultdict[str, set[str]] = defaultdict(set)
        for first, second in company:
            options[first].add(second)
            options[second].add(first)
        for (first, second), shared in sorted(company.items()):
            yield self._sharing(first, second, shared, options)

    def rank(self, person: str) -> tuple[object, ...]:
        """The least stays: a full name, in most documents, the longest name, the smallest address."""
        longest = max((sum(map(len, parse(name).given)) for name in self.written.get(person, ())), default=0)
        return ("--" in local(person), -len(self.index.documents[person]), -longest, person)

    def _same_identifier(self) -> Iterator[Proposal]:
        by_name: defaultdict[str, list[str]] = defaultdict(list)
        for person in self.index.of_kind("person"):
            for name in self.index.identifiers.get(person, ()):
                by_name[name].append(person)
        for name, people in sorted(by_name.items()):
            for other in people[1:]:
                against = "" if self._fit(people[0], other) else "the names do not fit: one record is wrong"
                yield Proposal.between(1, people[0], other, "same identifier", name, 1.0, against)

    def veto(self, ours: Sequence[str], theirs: Sequence[str]) -> str:
        return pairwise(self._objection, ours, theirs)

    def _objection(self, one: str, two: str) -> str:
        """Two people of one author list are two; two names must fit."""
        if two in self.beside.get(one, ()):
            return "both stand in one author list"
        if self._other_orcids(one, two):
            return "other ORCIDs"
        return "" if self._fit(one, two) else "the names do not fit"

    def _teams(self) -> Iterator[Proposal]:
        options: defaultdict[str, set[str]] = defaultdict(set)
        found = list(teams(self.lists))
        for (a, b), _ in found:
            options[a.person].add(b.person)
            options[b.person].add(a.person)
        for (a, b), others in found:
            fits = self._undecided(options[a.person]) or self._undecided(options[b.person])
            detail = f"{a.written} | {b.written}, with {'; '.join(f'{one.written} | {two.written}' for one, two in others[:3])}"
            score = round(min(0.95, 0.7 + 0.1 * len(others)), 4)
            yield Proposal.between(3, a.person, b.person, "same team", detail, score, "it fits several people" if fits else "")

    def _one_document(self) -> Iterator[Proposal]:
        """People of one document whose names are whole and equal but for a middle name."""
        blocks: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for person, names in self.written.items():
            for name in map(parse, names):
                if name.given and len(name.given[0]) > 1 and name.family:
                    blocks[name.given[0], name.block].add(person)
        for people in blocks.values():
            several = "it fits several people" if len(people) > 2 and self._undecided(people) else ""
            for one, two in combinations(sorted(people), 2):
                shared = self.index.documents[one] & self.index.documents[two]
                if self._alike(one, two):
                    against = several or ("" if shared else "no document names both")
                    yield Proposal(4, one, two, "same document", f"{min(self.written[one])} | {min(self.written[two])}", 0.8, against)

    def _of_one_paper(self, paper: str, lists: list[tuple[Place, ...]]) -> Iterator[Proposal]:
        places = sorted({place for listed in lists for place in listed}, key=lambda place: (place.person, place.position, place.written))
        for one, two in combinations(places, 2):
            if one.person == two.person:
                continue
            like = likeness(one.written, two.written)
            if like in STRICT or (like and one.position == two.position):
                where = f"position {one.position}" if one.position == two.position else "same author list"
                rank = 1 if one.position == two.position else 2
                yield Proposal(
                    rank, one.person, two.person, "same paper", f"{like}: {one.written} | {two.written}, {where} of {local(paper)}", _SCORES[like]
                )

    def _pairs(self, people: set[str]) -> Iterator[tuple[str, str]]:
        """Those of alike names, found by family name."""
        blocks: defaultdict[str, set[str]] = defaultdict(set)
        for person in people:
            for name in self.written.get(person, ()):
                blocks[parse(name).block].add(person)
        yield from sorted({pair for block in blocks.values() for pair in combinations(sorted(block), 2) if self._alike(*pair)})

    def _other_orcids(self, one: str, two: str) -> bool:
        ours, theirs = ({name for name in self.index.identifiers.get(person, ()) if name.startswith("orcid:")} for person in (one, two))
        return bool(ours and theirs and ours.isdisjoint(theirs))

    def _fit(self, one: str, two: str) -> bool:
        names = [(a, b) for a in sorted(self.written.get(one, ())) for b in sorted(self.written.get(two, ()))]
        return all(likeness(a, b) for a, b in names)

    def _alike(self, one: str, two: str) -> bool:
        return any(likeness(a, b) in ("equal", "shortened") for a in self.written.get(one, ()) for b in self.written.get(two, ()))

    def _undecided(self, options: set[str]) -> bool:
        """Whether a name fits people who cannot be one."""
        return any(not self._alike(one, two) for one, two in combinations(sorted(options), 2))

    def _sharing(self, one: str, two: str, shared: set[str], options: Mapping[str, set[str]]) -> Proposal:
        """A whole first name needs one co-author in common, initials need two."""
        names = f"{min(self.written[one])} | {min(self.written[two])}"
        detail = f"{names}, with {', '.join(sorted(local(person) for person in shared)[:3])}"
        initials = any(parse(name).initials_only for person in (one, two) for name in self.written[person])
        reason = ""
        if self._undecided(options[one]) or self._undecided(options[two]):
            reason = "it fits several people"
        elif len(shared) < (2 if initials else 1):
            reason = "one co-author in common is too little for initials"
        return Proposal(3, one, two, "shared co-authors", detail, round(min(0.95, 0.6 + 0.1 * len(shared)), 4), reason)
