"""Which documents give one title to papers of other authors.

What it costs is bounded for a title that is none, a phrase that thousands of documents put above papers: of its many readings only the first
are compared with each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.identity import BASE, digest
from kg.merge.index import Index
from kg.merge.lists import Listed, agree, listed
from kg.merge.names import parse
from kg.merge.triples import local

_LISTS = 4  # different lists of authors that stand for a reading
_READINGS = 8  # readings of a title that a list is compared with


@dataclass(slots=True)
class _Reading:
    """Documents that mean one paper by a title, what authors they give it, and what identifiers and addresses, by number."""

    documents: list[str] = field(default_factory=list)
    lists: list[tuple[Listed, ...]] = field(default_factory=list)
    names: set[int] = field(default_factory=set)

    def fits(self, people: tuple[Listed, ...], names: set[int]) -> bool:
        return not names.isdisjoint(self.names) or any(people == other or agree(people, other) for other in self.lists)

    def add(self, document: str, people: tuple[Listed, ...], names: set[int]) -> None:
        self.documents.append(document)
        self.names |= names
        if people not in self.lists and len(self.lists) < _LISTS:
            self.lists.append(people)


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
    names = _names(index, paper)
    readings: list[_Reading] = []
    for document, places in sorted(index.lists[paper].items(), key=lambda item: (-len(item[1]), [place.written for place in item[1]], item[0])):
        people = tuple(listed(places))
        reading = next((reading for reading in readings[:_READINGS] if reading.fits(people, names[document])), None)
        if reading is None:
            readings.append(reading := _Reading())
        reading.add(document, people, names[document])
    families = {id(reading): _family(index, paper, reading.documents) for reading in readings}
    for reading in sorted(readings, key=lambda reading: (-len(reading.documents), families[id(reading)]))[1:]:
        yield from ((document, families[id(reading)]) for document in reading.documents)


def _names(index: Index, paper: str) -> defaultdict[str, set[int]]:
    """For each document the identifiers and addresses that it has of a paper in common with others."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    named = (documents for facts in (index.identifiers, index.links) for documents in facts.get(paper, {}).values())
    for number, documents in enumerate(named):
        for document in documents:
            found[document].add(number)
    return found


def _family(index: Index, paper: str, documents: list[str]) -> str:
    return min(" ".join(parse(index.lists[paper][document][0].written).family) for document in documents)
