"""A phrase that thousands of documents put above other people's papers is merged in time that grows with the documents, not with their square."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.identity import BASE
from kg.merge.homonyms import homonyms
from kg.merge.index import Index, Place
from kg.merge.names import Likeness, likeness
from kg.merge.papers import Papers

PHRASE = f"<{BASE}paper/best-paper-of-the-session-0123456789>"


def phrase(number: int) -> Index:
    """One title in so many documents, each with three other authors, one of whom the next document names too, and a paper's identifier."""
    index = Index()
    index.typed.add(PHRASE)
    index.labels[PHRASE].add("Best paper of the session")
    for one in range(number):
        document = f"<{BASE}doc/{one}>"
        people = tuple(Place(place, f"<{BASE}person/{one + place}>", f"{'ABCDEFGHIJ'[place]}nna Name{one + place}son", "") for place in range(3))
        index.lists[PHRASE][document] = people
        index.identifiers[PHRASE].setdefault(f"arxiv:2001.{one:05}", set()).add(document)
        paper = f"<{BASE}paper/its-own-title-{one}>"
        index.typed.add(paper)
        index.labels[paper].add(f"Its own title number {one}")
        index.identifiers[paper][f"arxiv:2001.{one:05}"] = {document}
        index.lists[paper][document] = people
    return index


def compared(index: Index) -> None:
    for _ in Papers(index)._same_identifier():
        pass


@pytest.mark.parametrize("work", [homonyms, compared])
def test_four_times_the_documents_are_not_sixteen_times_the_work(work: Callable[[Index], object], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(one: str, two: str) -> Likeness:
        asked.append(one)
        return likeness(one, two)

    monkeypatch.setattr("kg.merge.lists.likeness", counted)
    work(phrase(300))
    few = len(asked)
    work(phrase(1200))
    assert len(asked) - few < 8 * few
