"""Which files to read: files, folders and glob patterns, in any mix, to one sorted list without doubles."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError, TooLarge

LIMIT = 10_000_000  # bytes a document; the longest round-up that we have seen has 300 kB


@dataclass(frozen=True, slots=True, order=True)
class Input:
    """A file to read.  `locator` names it in what is written: the folder that was given and the way from there, never an absolute path.

    `flaw` is why it cannot be read, where that is known before.
    """

    locator: str
    path: Path
    flaw: str = ""

    def __str__(self) -> str:
        return self.locator


def gather(paths: Iterable[str | Path], suffixes: Iterable[str]) -> tuple[Input, ...]:
    """Every file that the paths name, sorted.

    A folder stands for the files below it that end with one of `suffixes`; hidden files and folders are passed over.  A file that is
    named outright is taken whatever its suffix.  `InputError` for a path or a pattern that names nothing.
    """
    wanted = tuple(suffixes)
    found: dict[Path, Input] = {}
    for path in paths:
        for item in _expanded(str(path), wanted):
            kept = found.setdefault(item.path.resolve(), item)
            found[item.path.resolve()] = min(kept, item)
    return tuple(sorted(found.values()))


def contents(path: Path, locator: str) -> bytes:
    """The bytes of a regular file.  `InputError` for anything else, `TooLarge` over `LIMIT`."""
    try:
        # Without waiting: a pipe that nobody writes to would hold the build for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb") as file:  # noqa: PTH123 - an open handle, so that what is looked at is what is read
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise InputError(locator, "is no regular file; give the path of a document")
            if status.st_size > LIMIT:
                raise TooLarge(locator, f"has {status.st_size:,} bytes, the limit is {LIMIT:,}; split the document")
            return file.read(LIMIT + 1)
    except OSError as error:
        raise InputError(locator, (error.strerror or type(error).__name__).lower()) from error


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _expanded(path: str, suffixes: tuple[str, ...]) -> Iterator[Input]:
    matches = [path] if Path(path).exists() else sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - a pattern of the user, absolute or not
    if not matches:
        raise InputError(path, "there is no such file or folder, and as a pattern it matches nothing")
    for match in map(Path, matches):
        if match.is_dir():
            yield from _below(match, suffixes)
        else:
            home = match.absolute().parent.name
            yield Input(f"{home}/{match.name}" if home else match.name, match)


def _below(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Input]:
    home = folder.resolve()
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if not name.startswith(".") and name.lower().endswith(suffixes) and path.is_file():
                yield Input("/".join((home.name, *path.relative_to(folder).parts)), path)
