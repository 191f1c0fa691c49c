"""What is computed once when a graph is made, so that nobody waits for it later: all names, and the answers to the stock queries.

A graph does not change between two builds, so an answer that was right stays right.  `Tables.answer` gives what the engine would give;
where it cannot, it gives nothing and the engine is asked.  A kept answer is found by its query's text, so a changed query has none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg import names, queries, sparql
from kg.names import Names
from kg.protocols import Answer, Store
from kg.queries import QueryParameter, StockQuery

FOLDER = "tables"
LARGEST = 64 << 20  # bytes of an answer that is worth keeping
MOST = 2_000  # things that one name may mean before looking them up first stops to help
_HOLDS: Mapping[str, Callable[[str, int, str], bool]] = {
    ">=": lambda cell, scale, value: Decimal(cell) * scale >= Decimal(value),
    "<": lambda cell, scale, value: Decimal(cell) * scale < Decimal(value),
    "=": lambda cell, _, value: Decimal(cell) == Decimal(value),
    "contains": lambda cell, _, value: value.lower() in cell.lower(),
}


def write(store: Store, folder: Path) -> None:
    """Makes the tables of a store in a new folder."""
    folder.mkdir()
    _write(folder / names.FILE, (f"{line}\n".encode() for line in names.lines(store)))
    for stock in queries.stock().values():
        if not any(parameter.names for parameter in stock.parameters):
            data = _serialized(store.query(stock.text, stock.bind({})))
            if len(data) <= LARGEST:
                _write(folder / _name(stock), (data,))


class Tables:
    """The tables of a folder; each may be missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def names(self) -> Names | None:
        try:
            return Names.read(self.folder / names.FILE)
        except OSError:
            return None

    def answer(self, stock: StockQuery, terms: Mapping[str, sparql.Parameter]) -> Answer | None:
        """The kept answer, or its rows that the parameters leave; none if there is no such answer."""
        usual = stock.bind({})
        changed = {
            parameter: sparql.term(terms[parameter.name]) for parameter in stock.parameters if terms.get(parameter.name) != usual.get(parameter.name)
        }
        try:
            if not changed:
                return ox.parse_query_results(path=self.folder / _name(stock), format=ox.QueryResultsFormat.TSV)
            data = (self.folder / _name(stock)).read_bytes()
        except (OSError, KeyError):
            return None
        if len(changed) > 1 or not all(_narrows(parameter, term) for parameter, term in changed.items()):
            return None
        ((parameter, term),) = changed.items()
        return ox.parse_query_results(b"".join(_narrowed(data, parameter, term)), format=ox.QueryResultsFormat.TSV)

    def narrowed(self, stock: StockQuery, terms: Mapping[str, sparql.Parameter]) -> str:
        """The query's text with the things that its parameters name looked up beforehand, where they are few."""
        found: dict[str, list[ox.NamedNode]] = {}
        for parameter in stock.parameters:
            if parameter.names and parameter.name in terms and self.names is not None:
                text = sparql.term(terms[parameter.name]).value
                meant = self.names.addresses(text, whole=parameter.whole) if text else []
                if text and len(meant) <= MOST:
                    found[parameter.names] = [ox.NamedNode(address) for address in meant]
        return sparql.with_values(stock.text, found) if found else stock.text


def _narrows(parameter: QueryParameter, term: sparql.Term) -> bool:
    """Whether the rows for a value are among those of the usual answer."""
    if parameter.keeps is None:
        return False
    if not parameter.default:
        return True
    _, relation = parameter.keeps
    value, usual = Decimal(term.value), Decimal(parameter.default)
    return value >= usual if relation == ">=" else value <= usual


def _narrowed(data: bytes, parameter: QueryParameter, term: sparql.Term) -> Iterator[bytes]:
    """The lines of rows that stay, with the parameter's value in its column."""
    head, *lines = data.splitlines(keepends=True)
    rows = ox.parse_query_results(data, format=ox.QueryResultsFormat.TSV)
    assert isinstance(rows, ox.QuerySolutions)
    assert parameter.keeps
    column, relation = parameter.keeps
    own = [variable.value for variable in rows.variables].index(parameter.name)
    holds, shown = _HOLDS[relation], str(term).encode()
    yield head
    for line, row in zip(lines, rows, strict=True):
        cell = row[column]
        if isinstance(cell, ox.Literal) and holds(cell.value, parameter.scale, term.value):
            cells = line.rstrip(b"\n").split(b"\t")
            cells[own] = shown
            yield b"\t".join(cells) + b"\n"


def _serialized(answer: Answer) -> bytes:
    assert isinstance(answer, ox.QuerySolutions)
    data = answer.serialize(format=ox.QueryResultsFormat.TSV)
    assert data is not None
    return data


def _name(stock: StockQuery) -> str:
    return f"{stock.name}-{hashlib.sha256(stock.text.encode()).hexdigest()[:12]}.tsv"


def _write(path: Path, parts: Iterator[bytes] | tuple[bytes, ...]) -> None:
    with path.open("wb") as file:
        file.writelines(parts)
