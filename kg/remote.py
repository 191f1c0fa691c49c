"""Files at the addresses of object stores and other file systems (`s3://`, `gs://`, `hdfs://`, `memory://`, …), by fsspec.

Which schemes there are depends on what is installed beside fsspec (https://filesystem-spec.readthedocs.io/en/latest/api.html).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import AbstractContextManager
from pathlib import PurePosixPath
from typing import IO, Any

from kg.errors import InputError

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_OF_THE_WEB = frozenset({"http", "https"})  # pages, which `kg.readers.address` fetches


def is_remote(words: str) -> bool:
    """Whether words are an address that fsspec opens."""
    scheme = _SCHEME.match(words)
    return scheme is not None and scheme.group(1).lower() not in _OF_THE_WEB


def listed(url: str, suffixes: Collection[str]) -> list[tuple[str, str]]:
    """The files that an address, a folder's or a pattern, stands for, as sorted (locator, address); `InputError` if there are none."""
    files, path = _place(url)
    try:
        if files.isdir(path):
            found = {name: PurePosixPath(path) for name in files.find(path) if _wanted(name, path, suffixes)}
        else:  # a pattern, or a file
            found = {name: PurePosixPath(name).parent for name in files.glob(path) if not PurePosixPath(name).name.startswith(".")}
    except OSError as error:
        raise InputError(url, f"cannot be listed: {error}; check the address and the rights to read it") from error
    if not found:
        raise InputError(url, "there is no document at this address")
    return sorted(
        ("/".join((home.name, *PurePosixPath(name).relative_to(home).parts)), str(files.unstrip_protocol(name))) for name, home in found.items()
    )


def opened(url: str) -> AbstractContextManager[IO[bytes]]:
    """The bytes of one file, as a file to read and seek in."""
    files, path = _place(url)
    handle: AbstractContextManager[IO[bytes]] = files.open(path, "rb")
    return handle


def stamp(url: str) -> str:
    """What changes when the file changes, as its file system tells it."""
    files, path = _place(url)
    return str(files.ukey(path))


def size(url: str) -> int:
    files, path = _place(url)
    return int(files.size(path) or 0)


def _place(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ModuleNotFoundError as error:
        raise InputError(url, "such addresses need fsspec; pip install 'paperkg[cluster]'") from error
    try:
        files, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise InputError(url, f"cannot be opened: {error}") from error
    return files, str(path).rstrip("/")


def _wanted(name: str, folder: str, suffixes: Collection[str]) -> bool:
    path = PurePosixPath(name).relative_to(folder)
    return not any(part.startswith(".") for part in path.parts) and name.lower().endswith(tuple(suffixes))
