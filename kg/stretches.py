"""Stretches of what is to be read: a file, a part of a table, an archive; each can be read alone, by whoever reaches the file."""

from __future__ import annotations

import gzip
from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from kg import inputs, remote
from kg.errors import InputError, TooLarge
from kg.readers import archive, tables, webarchive
from kg.readers.archive import Member

HOLDERS = (".jsonl.gz", ".ndjson.gz", *tables.PARQUET, *webarchive.SUFFIXES)  # always many documents; .zip and .jsonl may be


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """A part of the file at `place`, a path or an address: all of it where `stop` is 0.  `weight` is about how many bytes it has."""

    locator: str
    place: str
    start: int = 0
    stop: int = 0
    weight: int = 0

    @property
    def is_file(self) -> bool:
        """Whether it is a document of its own, in a file of this machine."""
        return not (self.stop or remote.is_remote(self.place) or _holds_many(self.place))

    @property
    def stamp(self) -> str:
        """What changes when the file changes."""
        if remote.is_remote(self.place):
            return remote.stamp(self.place)
        about = Path(self.place).stat()
        return f"{about.st_size} {about.st_mtime_ns}"


def stretches(paths: Iterable[str], suffixes: Collection[str]) -> list[Stretch]:
    """All stretches of files, folders, patterns and addresses of object stores, sorted.  `InputError` for what names nothing."""
    paths, wanted = list(paths), (*suffixes, *HOLDERS)
    local = [(source.locator, str(source.path)) for source in inputs.gather((path for path in paths if not remote.is_remote(path)), wanted)]
    distant = [found for path in paths if remote.is_remote(path) for found in remote.listed(path, wanted)]
    return sorted({stretch for locator, place in (*local, *distant) for stretch in _cut(locator, place)})


def documents(stretch: Stretch, suffixes: Collection[str]) -> Iterator[Member]:
    """The documents of a stretch in their order.

    One that cannot be read is a member with a flaw, and so is what holds many and cannot be opened.
    """
    try:
        yield from _documents(stretch, suffixes)
    except InputError as error:
        yield Member(error.locator, "", b"", error.reason)


def _documents(stretch: Stretch, suffixes: Collection[str]) -> Iterator[Member]:
    name = stretch.place.lower()
    if name.endswith(webarchive.SUFFIXES):
        with _opened(stretch) as file:
            yield from webarchive.members(file, stretch.locator)
    elif stretch.stop or name.endswith(HOLDERS):
        with _opened(stretch) as file:
            yield from tables.members(file, _suffix(name), stretch.locator, stretch.start, stretch.stop or 1 << 62)
    elif name.endswith(archive.SUFFIX):
        yield from list(archive.members(_contents(stretch), stretch.locator, suffixes))  # all of them or none
    else:
        yield Member(stretch.locator, PurePosixPath(name).suffix, _contents(stretch))


def _cut(locator: str, place: str) -> list[Stretch]:
    size = remote.size(place) if remote.is_remote(place) else _size(place)
    whole = Stretch(locator, place, weight=size)
    if not place.lower().endswith((*tables.LINES, *tables.PARQUET)) or not _holds_many(place):
        return [whole]
    try:
        with _opened(whole) as file:
            cuts = tables.cuts(file, size, _suffix(place.lower()), locator)
    except InputError:
        return [whole]  # says why when it is read
    return [Stretch(locator, place, start, stop, size // len(cuts)) for start, stop in cuts]


def _holds_many(place: str) -> bool:
    name = place.lower()
    if not name.endswith(tables.LINES):
        return name.endswith((archive.SUFFIX, *HOLDERS))
    if not (remote.is_remote(place) or Path(place).is_file()):  # a pipe that nobody writes to would hold the build for ever
        return False
    try:
        with _opened(Stretch("", place)) as file:
            return tables.holds_documents(file.readline(inputs.LIMIT))
    except InputError:
        return False


def _contents(stretch: Stretch) -> bytes:
    if not remote.is_remote(stretch.place):
        return inputs.contents(Path(stretch.place), stretch.locator)
    if stretch.weight > inputs.LIMIT:
        raise TooLarge(stretch.locator, f"has {stretch.weight:,} bytes, the limit is {inputs.LIMIT:,}; split the document")
    with _opened(stretch) as file:
        return file.read()


def _opened(stretch: Stretch) -> AbstractContextManager[IO[bytes]]:
    return _unpacked(stretch) if stretch.place.lower().endswith((".jsonl.gz", ".ndjson.gz")) else _packed(stretch)


@contextmanager
def _packed(stretch: Stretch) -> Iterator[IO[bytes]]:
    try:
        with remote.opened(stretch.place) if remote.is_remote(stretch.place) else Path(stretch.place).open("rb") as file:
            yield file
    except OSError as error:
        raise InputError(stretch.locator, (error.strerror or type(error).__name__).lower()) from error


@contextmanager
def _unpacked(stretch: Stretch) -> Iterator[IO[bytes]]:
    with _packed(stretch) as packed, gzip.open(packed) as file:
        yield file  # type: ignore[misc]


def _suffix(name: str) -> str:
    return PurePosixPath(name.removesuffix(".gz")).suffix


def _size(place: str) -> int:
    try:
        return Path(place).stat().st_size
    except OSError:
        return 0
