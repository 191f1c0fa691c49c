"""The records of a JSON file: one a line, or a list, or the list inside an answer of a web service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import orjson

from kg.errors import InputError, TooLarge

LIMIT = 1_000_000_000  # bytes of one JSON value; larger files are published with a record a line
_LISTS = ("items", "results", "data", "message")


def values(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    """Every record.  Lines are read as a stream; a line that is no JSON is passed over, as real snapshots have such."""
    first = stream.readline()
    while first and not first.strip():
        first = stream.readline()
    about = _parsed(first.removeprefix(b"\xef\xbb\xbf"))
    if about is None or isinstance(about, list) or any(isinstance(about.get(name), list | dict) for name in _LISTS):
        yield from _inside(about if about is not None else _whole(first, stream))
        return
    yield about
    for line in stream:
        record = _parsed(line)
        if isinstance(record, dict):
            yield record


def _parsed(line: bytes) -> Any | None:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return None


def _whole(first: bytes, stream: BinaryIO) -> Any:
    data = first + stream.read(LIMIT)
    if len(data) >= LIMIT:
        raise TooLarge("JSON", f"one value has more than {LIMIT:,} bytes; give a record a line, as `jq -c '.[]'` writes them")
    try:
        return orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise InputError("JSON", f"is broken at line {error.lineno}: {error.msg}; fetch it again") from error


def _inside(value: Any) -> Iterator[dict[str, Any]]:
    """The records of a list, of an answer's list, or the one record that there is."""
    while isinstance(value, dict):
        inner = next((value[name] for name in _LISTS if isinstance(value.get(name), list | dict)), None)
        if inner is None:
            yield value
            return
        value = inner
    yield from (item for item in value if isinstance(item, dict))
