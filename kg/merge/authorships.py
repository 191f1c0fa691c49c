"""One author list for one paper: the lists of several documents laid on each other, one person a place, no place left out.

The fullest list sets the places; people of other lists who are not in it follow after its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.identity import BASE
from kg.merge.index import Index, Place
from kg.merge.triples import local


@dataclass(frozen=True, slots=True)
class Laid:
    """A place of one document's list with its person, address and position in the list of the paper."""

    document: str
    paper: str
    place: Place
    person: str
    address: str
    position: int


def laid(index: Index, papers: Mapping[str, str], people: Mapping[str, str]) -> Iterator[Laid]:
    """Every place whose paper has several lists, or another address now."""
    lists: dict[str, list[tuple[str, str, tuple[Place, ...]]]] = {}
    for paper, by_document in sorted(index.lists.items()):
        for document, places in sorted(by_document.items()):
            lists.setdefault(papers.get(paper, paper), []).append((document, paper, places))
    for paper, listed in lists.items():
        if len(listed) > 1 or _misplaced(paper, listed[0][2]):
            yield from _of_paper(index, paper, listed, people)


def _of_paper(index: Index, paper: str, listed: list[tuple[str, str, tuple[Place, ...]]], people: Mapping[str, str]) -> Iterator[Laid]:
    listed = sorted(listed, key=lambda item: (-len(item[2]), (item[1], item[0]) not in index.complete, -sum(len(p.written) for p in item[2]), item))
    position: dict[str, int] = {}
    for _, _, places in listed:
        for place in places:
            position.setdefault(people.get(place.person, place.person), len(position) + 1)
    for document, _, places in listed:
        for place in places:
            person = people.get(place.person, place.person)
            yield Laid(document, paper, place, person, _address(paper, position[person]), position[person])


def _misplaced(paper: str, places: tuple[Place, ...]) -> bool:
    """Whether two people have one place, or a place has the address of another paper."""
    return len({place.position for place in places}) < len(places) or any(place.authorship != _address(paper, place.position) for place in places)


def _address(paper: str, position: int) -> str:
    return f"<{BASE}authorship/{local(paper)}-{position}>"
