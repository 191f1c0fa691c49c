"""An answer in bytes, as long as it stays within its limits: it is whole, or it is refused with a word on why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import TypeVar

import pyoxigraph as ox

from kg.errors import QueryError
from kg.exporters.rdf import NAMES
from kg.protocols import Answer
from kg.service.negotiation import GRAPHS, RESULTS, TRUTHS, choose
from kg.service.replies import Reply, problem

Form = TypeVar("Form")
# What ends a row, or stands between two: a literal cannot hold it, because the formats escape it (in JSON and CSV: but for its ends).
_ROW = {
    ox.QueryResultsFormat.JSON: b'},{"',
    ox.QueryResultsFormat.XML: b"</result>",
    ox.QueryResultsFormat.CSV: b"\r\n",
    ox.QueryResultsFormat.TSV: b"\n",
}
_TRIPLES = b"\n"


class TooMuch(QueryError):
    """An answer is over a limit."""


class Bounded(BytesIO):
    """A file in memory that takes `size` bytes with `rows` separators and no more."""

    def __init__(self, size: int, rows: int, separator: bytes) -> None:
        super().__init__()
        self._size, self._rows = size, rows
        self._left_bytes, self._left_rows = size, rows
        self._separator = separator
        self._tail = b""

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._left_bytes -= len(data)
        self._left_rows -= (self._tail + data).count(self._separator)
        if self._left_bytes < 0 or self._left_rows < 0:
            raise TooMuch(f"the answer has more than {self._size >> 20} MiB or {self._rows:,} rows: ask for less, or in parts with LIMIT and OFFSET")
        self._tail = (self._tail + data)[1 - len(self._separator) :] if len(self._separator) > 1 else b""
        return super().write(data)


def reply(answer: Answer, accept: str, size: int, rows: int) -> Reply:
    """The answer in the best format that is accepted: 406 if there is none.  `TooMuch` if it is over a limit."""
    if isinstance(answer, ox.QueryTriples):
        return graph_reply(lambda file, form: ox.serialize(answer, file, form, prefixes=dict(NAMES)), accept, size, rows)
    offered = TRUTHS if isinstance(answer, ox.QueryBoolean) else RESULTS
    if (chosen := _chosen(accept, offered)) is None:
        return _not_acceptable(offered)
    media_type, form = chosen
    file = Bounded(size, rows, _ROW[form])
    answer.serialize(file, form)
    return Reply(200, media_type, file.getvalue())


def graph_reply(write: Callable[[Bounded, ox.RdfFormat], object], accept: str, size: int, rows: int) -> Reply:
    """Triples in the best format that is accepted."""
    if (chosen := _chosen(accept, GRAPHS)) is None:
        return _not_acceptable(GRAPHS)
    media_type, form = chosen
    file = Bounded(size, rows, _TRIPLES)
    write(file, form)
    return Reply(200, media_type, file.getvalue())


def _chosen(accept: str, offered: Mapping[str, Form]) -> tuple[str, Form] | None:
    media_type = choose(accept, tuple(offered))
    return (media_type, offered[media_type]) if media_type else None


def _not_acceptable(offered: Mapping[str, object]) -> Reply:
    return problem(406, f"this answer is not to be had so; accept one of: {', '.join(offered)}")
