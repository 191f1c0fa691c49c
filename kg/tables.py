"""What is computed once when a graph is made, so that nobody waits for it later: all names, and the answers to the stock queries.

A graph does not change between two builds, so an answer that was right stays right.  `Tables.answer` gives what the engine would give;
where it cannot, it gives nothing and the engine is asked.  A kept answer is found by its query's text, so a changed query has none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kg import names, ordering, queries, sparql, tsv
from kg.names import Names
from kg.protocols import Answer, Store
from kg.queries import QueryParameter, StockQuery
from kg.tsv import Row, Table

FOLDER = "tables"
LARGEST = 64 << 20  # bytes of an answer that is worth keeping
MOST = 10_000  # names that one text may mean before looking them up first stops to help
_HOLDS: Mapping[str, Callable[[str, int, str], bool]] = {
    ">=": lambda cell, scale, value: Decimal(cell) * scale >= Decimal(value),
    "<": lambda cell, scale, value: Decimal(cell) * scale < Decimal(value),
    "=": lambda cell, _, value: Decimal(cell) == Decimal(value),
    "contains": lambda cell, _, value: value.lower() in cell.lower(),
    "says": lambda cell, _, value: value.lower() == cell.lower(),
}


def write(store: Store, folder: Path) -> None:
    """Makes the tables of a store in a new folder."""
    folder.mkdir()
    _write(folder / names.FILE, (f"{line}\n".encode() for line in names.lines(store)))
    for stock in queries.stock().values():
        if not any(parameter.names for parameter in stock.parameters):
            data = tsv.serialized(ordering.ask(store, stock.text, stock.bind({})))
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
        return _narrowed(data, parameter, term)

    def narrowed(self, stock: StockQuery, terms: Mapping[str, sparql.Parameter]) -> str:
        """The query's text with the things that its parameters name, and their names, looked up beforehand, where they are few."""
        text = stock.text
        for parameter in stock.parameters:
            if parameter.names and parameter.name in terms and self.names is not None:
                words = sparql.term(terms[parameter.name]).value
                meant = islice(self.names.having(words, whole=parameter.whole), MOST + 1) if words else ()
                rows = list(dict.fromkeys((ox.NamedNode(found.iri), found.term) for found in meant))
                if words and len(rows) <= MOST:
                    text = sparql.with_rows(text, parameter.names, rows)
        return sparql.Own(text)


def _narrows(parameter: QueryParameter, term: sparql.Term) -> bool:
    """Whether the rows for a value are among those of the usual answer."""
    if parameter.keeps is None:
        return False
    if not parameter.default:
        return True
    _, relation = parameter.keeps
    value, usual = Decimal(term.value), Decimal(parameter.default)
    return value >= usual if relation == ">=" else value <= usual


def _narrowed(data: bytes, parameter: QueryParameter, term: sparql.Term) -> Answer:
    """The rows that stay, with the parameter's value in its column."""
    table = Table.of(data)
    assert parameter.keeps
    column, relation = parameter.keeps
    place, own = table.columns.index(column), table.columns.index(parameter.name)
    holds, shown = _HOLDS[relation], str(term).encode()
    kept: list[Row] = []
    verdicts: dict[bytes, bool] = {}
    for row in table.rows:
        cell = row[place]
        if cell not in verdicts:
            said = tsv.term(cell) if relation != "contains" or _may_hold(cell, term.value) else None
            verdicts[cell] = isinstance(said, ox.Literal) and holds(said.value, parameter.scale, term.value)
        if verdicts[cell]:
            kept.append([*row[:own], shown, *row[own + 1 :]])
    return Table(table.columns, kept).answer()


def _may_hold(cell: bytes, part: str) -> bool:
    """Whether a cell as it is written has the part in it; what is written with signs of its own is looked at in any case."""
    return b"\\" in cell or '"' in part or part.lower() in cell.decode().lower()


def _name(stock: StockQuery) -> str:
    return f"{stock.name}-{hashlib.sha256(stock.text.encode()).hexdigest()[:12]}.tsv"


def _write(path: Path, parts: Iterator[bytes] | tuple[bytes, ...]) -> None:
    with path.open("wb") as file:
        file.writelines(parts)
