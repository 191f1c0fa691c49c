"""Answers as tables of bytes (SPARQL 1.1 results in TSV): rows can be left out or put in another order without a look into their cells.

https://www.w3.org/TR/sparql11-results-csv-tsv/: a row a line, a tab between cells, each cell a term as Turtle writes it, empty if there is
none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.protocols import Answer
from kg.sparql import Node

Row = list[bytes]
_FORM = ox.QueryResultsFormat.TSV


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are names of variables, `rows` have a cell for each."""

    columns: list[str]
    rows: list[Row]

    @classmethod
    def of(cls, data: bytes) -> Table:
        head, *lines = data.removesuffix(b"\n").split(b"\n")
        return cls([name.removeprefix("?") for name in head.decode().split("\t")], [line.split(b"\t") for line in lines])

    def answer(self) -> Answer:
        head = "\t".join(f"?{name}" for name in self.columns).encode()
        return ox.parse_query_results(_lines((head, *(b"\t".join(row) for row in self.rows))), format=_FORM)


def serialized(answer: Answer) -> bytes:
    assert isinstance(answer, ox.QuerySolutions)
    data = answer.serialize(format=_FORM)
    assert data is not None
    return data


def term(cell: bytes) -> Node | None:
    """What a cell says."""
    rows = ox.parse_query_results(_lines((b"?x", cell)), format=_FORM)
    assert isinstance(rows, ox.QuerySolutions)
    said: Node | None = next(iter(rows))[0]
    return said


def _lines(lines: Iterable[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)
