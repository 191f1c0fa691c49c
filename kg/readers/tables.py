"""Tables of documents in JSON lines and Parquet: each row holds one text, and a name or address to call it by.

Columns: `text`, as characters or bytes; `locator`, `url` or `id`; and, if wanted, `format`, a suffix such as `md` (otherwise the
locator's own suffix says what the text is).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import PurePosixPath
from typing import IO, Any

from kg.errors import InputError
from kg.readers.archive import Member

LINES, PARQUET = (".jsonl", ".ndjson"), (".parquet",)
_NAMES = ("locator", "url", "id")
_COLUMNS = frozenset({"text", "format", *_NAMES})
_BYTES, _ROWS = 250_000, 1000  # of one cut: some seconds of work


def holds_documents(head: bytes) -> bool:
    """Whether JSON lines are a table of documents; other JSON lines are one document of records."""
    try:
        row = json.loads(head.split(b"\n", 1)[0])
    except ValueError:
        return False
    return isinstance(row, dict) and isinstance(row.get("text"), str) and any(isinstance(row.get(name), str) for name in ("locator", "url"))


def cuts(file: IO[bytes], size: int, suffix: str, locator: str) -> list[tuple[int, int]]:
    """Where a table of `size` bytes is cut for several to read: offsets of bytes in JSON lines, numbers of rows in Parquet."""
    if suffix in LINES:
        return [(start, min(size, start + _BYTES)) for start in range(0, size, _BYTES)]
    groups, first = [], 0
    about = _parquet(file, locator).metadata
    for number in range(about.num_row_groups):
        rows = about.row_group(number).num_rows
        groups += [(start, min(first + rows, start + _ROWS)) for start in range(first, first + rows, _ROWS)]
        first += rows
    return groups


def members(file: IO[bytes], suffix: str, locator: str, start: int, stop: int) -> Iterator[Member]:
    """The documents of a cut.  A row that holds none is a member with a flaw."""
    return _of_lines(file, locator, start, stop) if suffix in LINES else _of_parquet(file, locator, start, stop)


def _of_lines(file: IO[bytes], locator: str, start: int, stop: int) -> Iterator[Member]:
    """The lines that begin between two offsets."""
    if start:
        file.seek(start - 1)
        file.readline()  # ends the line that begins before
    while (place := file.tell()) < stop and (line := file.readline()):
        if line.strip():
            yield _of_line(line, locator, place)


def _of_line(line: bytes, locator: str, place: int) -> Member:
    try:
        row = json.loads(line)
    except ValueError as error:
        return _flawed(f"{locator}/byte-{place}", f"is a line that is not JSON: {error}")
    if not isinstance(row, dict):
        return _flawed(f"{locator}/byte-{place}", "is a line that is no row, written {…}")
    return _member(row, f"byte-{place}", locator)


def _of_parquet(file: IO[bytes], locator: str, start: int, stop: int) -> Iterator[Member]:
    table, first = _parquet(file, locator), 0
    columns = [name for name in table.schema_arrow.names if name in _COLUMNS]
    for number in range(table.metadata.num_row_groups):
        rows = table.metadata.row_group(number).num_rows
        if first < stop and start < first + rows:
            read = table.read_row_group(number, columns=columns).slice(max(0, start - first), min(stop, first + rows) - max(start, first))
            batches = (batch.to_pylist() for batch in read.to_batches(max_chunksize=100))
            for place, row in enumerate(chain.from_iterable(batches), max(start, first)):
                yield _member(row, f"row-{place}", locator)
        first += rows


def _parquet(file: IO[bytes], locator: str) -> Any:
    try:
        from pyarrow import ArrowInvalid, parquet
    except ModuleNotFoundError as error:
        raise InputError(locator, "Parquet needs pyarrow; pip install 'paperkg[parquet]'") from error
    try:
        return parquet.ParquetFile(file)
    except (ArrowInvalid, OSError) as error:
        raise InputError(locator, f"cannot be read as Parquet: {error}") from error


def _member(row: Mapping[str, object], place: str, locator: str) -> Member:
    name = next((str(row[name]) for name in _NAMES if row.get(name) not in (None, "")), place)
    text = row.get("text")
    if isinstance(text, str):
        text = text.encode("utf-8", "replace")
    if not isinstance(text, bytes):
        return _flawed(f"{locator}/{name}", "is a row without a text; a table of documents has a column `text`")
    form = row.get("format")
    suffix = f".{form.lstrip('.')}" if isinstance(form, str) and form else PurePosixPath(name).suffix
    return Member(f"{locator}/{name}", suffix.lower() if suffix[1:].isalnum() and suffix.isascii() else "", text)


def _flawed(locator: str, flaw: str) -> Member:
    return Member(locator, "", b"", flaw)
