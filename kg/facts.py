"""The lines of several documents in one file: packed N-Quads, whose graph is the document, or Parquet with a column for each part."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from kg.cache import Reading
from kg.errors import GraphError
from kg.identity import BASE

Form = Literal["nq.gz", "parquet"]
FORMS: tuple[Form, ...] = ("nq.gz", "parquet")
_COLUMNS = ("subject", "predicate", "object")


def packed(readings: Iterable[Reading], form: Form) -> bytes:
    """The file: the same readings give the same bytes."""
    return _nquads(readings) if form == "nq.gz" else _parquet(readings)


def read(path: Path) -> Iterator[str]:
    """The lines, without their graph, in the order in which they were written."""
    return _read_parquet(path) if path.suffix == ".parquet" else _read_nquads(path)


def _nquads(readings: Iterable[Reading]) -> bytes:
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=3, fileobj=buffer, mtime=0) as file:
        for reading in readings:
            graph = f"<{BASE}doc/{reading.name}> .\n"
            file.write("".join(f"{line[:-1]}{graph}" for line in reading.lines).encode())
    return buffer.getvalue()


def _read_nquads(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield f"{line.rsplit(' ', 2)[0]} ."


def _parquet(readings: Iterable[Reading]) -> bytes:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise GraphError("Parquet needs pyarrow; pip install 'paperkg[parquet]', or take N-Quads") from error
    rows = [(f"<{BASE}doc/{reading.name}>", *line[:-2].split(" ", 2)) for reading in readings for line in reading.lines]
    columns = zip(*rows, strict=True) if rows else ((),) * (len(_COLUMNS) + 1)
    table = pa.table([pa.array(column, pa.string()) for column in columns], names=["graph", *_COLUMNS])
    buffer = io.BytesIO()
    parquet.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def _read_parquet(path: Path) -> Iterator[str]:
    from pyarrow import parquet

    for batch in parquet.ParquetFile(path).iter_batches(columns=list(_COLUMNS)):
        for subject, predicate, object_ in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            yield f"{subject} {predicate} {object_} ."
