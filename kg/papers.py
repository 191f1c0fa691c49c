"""The papers of a graph as rows, with their authors in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.protocols import Store

_PAPERS = "SELECT DISTINCT ?paper { ?paper a schema:ScholarlyArticle }"
_PARTS = {
    "title": "?paper schema:name ?value",
    "year": "?paper kg:year ?value",
    "complete": "?paper kg:authorsComplete ?value",
    "identifier": "?paper schema:identifier ?value",
    "event": "?paper kg:presentedAt/schema:name ?value",
    "periodical": "?paper schema:isPartOf/schema:name ?value",
    "author": "?paper kg:authorship ?place . ?place schema:position ?position ; schema:author/schema:name ?value",
}


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper with what is known of it: `authors` in their order, `identifiers` such as `doi:10.…` and `arxiv:…`."""

    iri: str
    title: str
    authors: tuple[str, ...]
    authors_complete: bool
    year: int | None
    event: str | None
    periodical: str | None
    identifiers: tuple[str, ...]

    @property
    def venue(self) -> str | None:
        """Where it appeared: the journal, else the event."""
        return self.periodical or self.event


def papers(store: Store) -> tuple[PaperRow, ...]:
    """All papers, in the order of their titles, then of their names."""
    parts = {part: _values(store, part, pattern) for part, pattern in _PARTS.items()}
    rows = (_row(paper, {part: values.get(paper, ()) for part, values in parts.items()}) for (paper,) in _rows(store, _PAPERS))
    return tuple(sorted(rows, key=lambda row: (row.title, row.iri)))


def _row(iri: str, parts: dict[str, tuple[str, ...]]) -> PaperRow:
    return PaperRow(
        iri,
        next(iter(parts["title"]), ""),
        parts["author"],
        bool(parts["complete"]),
        next((int(year) for year in parts["year"]), None),
        next(iter(parts["event"]), None),
        next(iter(parts["periodical"]), None),
        parts["identifier"],
    )


def _values(store: Store, part: str, pattern: str) -> dict[str, tuple[str, ...]]:
    order = "?position ?value" if part == "author" else "?value"
    found: dict[str, dict[str, None]] = {}
    for paper, value in _rows(store, f"SELECT ?paper ?value {{ ?paper a schema:ScholarlyArticle . {pattern} }} ORDER BY ?paper {order}"):
        found.setdefault(paper, {})[value] = None
    return {paper: tuple(values) for paper, values in found.items()}


def _rows(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    answer = store.query(query)
    assert isinstance(answer, ox.QuerySolutions)
    for solution in answer:
        yield tuple(term.value for term in solution)
