"""Puts the rows of an answer in the order that its query asks for.

The engine looks every term up in its files for every comparison, which takes it longer than all the rest of many queries; here each is
written once.  The order is that of SPARQL (https://www.w3.org/TR/sparql11-query/#modOrderBy): nothing, addresses, then values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from kg import sparql, tsv
from kg.protocols import Answer, Store
from kg.tsv import Row, Table

_ORDER = re.compile(r"\sORDER BY((?:\s+(?:\?\w+|(?:ASC|DESC)\(\?\w+\)))+)\s*$")
_COLUMN = re.compile(r"(DESC\()?\?(\w+)")
_ABSENT, _ADDRESS, _WORDS, _NUMBER = range(4)
_DECIMAL = b'"^^<http://www.w3.org/2001/XMLSchema#decimal>'
_Key = tuple[int, bytes | Decimal]


def ask(store: Store, query: str, terms: Mapping[str, sparql.Parameter]) -> Answer:
    """The answer of the store; the rows of a query that ends by ordering them by columns are ordered here, where that gives the same."""
    asked = _ORDER.search(query)
    if asked is None:
        return store.query(query, terms)
    table = Table.of(tsv.serialized(store.query(type(query)(query[: asked.start()]), terms)))
    rows = _ordered(table, [(name, bool(descending)) for descending, name in _COLUMN.findall(asked.group(1))])
    return store.query(query, terms) if rows is None else Table(table.columns, rows).answer()


def _ordered(table: Table, columns: list[tuple[str, bool]]) -> list[Row] | None:
    """The rows in order; none if a column is not in the table, or holds what only the engine knows how to order."""
    rows = table.rows
    for name, descending in reversed(columns):
        if name not in table.columns:
            return None
        place = table.columns.index(name)
        try:
            keys = [_key(row[place]) for row in rows]
        except InvalidOperation:
            return None
        if {_WORDS, _NUMBER} <= {kind for kind, _ in keys}:
            return None
        order = sorted(range(len(rows)), key=keys.__getitem__, reverse=descending)
        rows = [rows[number] for number in order]
    return rows


def _key(cell: bytes) -> _Key:
    """How a cell compares with others of its column; `InvalidOperation` if it is no address, text or number."""
    if not cell:
        return _ABSENT, b""
    if cell.startswith(b"<"):
        return _ADDRESS, cell[1:-1]
    if cell.startswith(b'"') and cell.endswith(b'"'):
        return _WORDS, _text(cell) if b"\\" in cell else cell[1:-1]
    number = cell[1 : -len(_DECIMAL)] if cell.endswith(_DECIMAL) else cell  # 12 with that datatype would be an integer if it stood alone
    return _NUMBER, Decimal(number.decode())


def _text(cell: bytes) -> bytes:
    found = tsv.term(cell)
    assert isinstance(found, ox.Literal)
    return found.value.encode()
