"""ZIP archives: their members are documents of their own; nothing is unpacked that is too large, too many or hidden."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from kg.errors import InputError, TooLarge
from kg.model import Document

SUFFIX = ".zip"
MAX_MEMBERS = 2000
MAX_BYTES = 10_000_000  # of one member
MAX_TOTAL = 200_000_000  # of all of them
MAX_RATIO = 200  # of a member's size to what it takes in the archive; text packs to a tenth at best, a bomb to a thousandth
_RATIO_FROM = 1_000_000  # bytes below which the ratio does no harm


@dataclass(frozen=True, slots=True)
class Member:
    """One document of an archive.  `locator` is the archive's and the member's name, which is never used as a path; `flaw` is why it is none."""

    locator: str
    suffix: str
    data: bytes
    flaw: str = ""

    def __str__(self) -> str:
        return self.locator


class ZipReader:
    """Says why an archive cannot be read as one document; `members` gives those that it holds."""

    name = "zip"
    media_types = ("application/zip",)
    suffixes = (SUFFIX,)

    def claims(self, text: str) -> float:
        """`text` holds the bytes as Latin-1 where they are no text."""
        return 0.5 * text.startswith(("PK\x03\x04", "PK\x05\x06"))

    def read(self, data: bytes, locator: str) -> Document:
        count = sum(1 for _ in members(data, locator, None))
        raise InputError(locator, f"is an archive of {count} files and no document; build a graph of it, or unpack it and read one of them")


def members(data: bytes, locator: str, suffixes: Collection[str] | None) -> Iterator[Member]:
    """The members that end with one of `suffixes` (all, if `None`), by name; hidden ones, folders and archives in the archive are passed over.

    `InputError` if the archive is damaged or locked, `TooLarge` if it is over a limit.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = sorted((entry for entry in archive.infolist() if _wanted(entry, suffixes)), key=lambda entry: entry.filename)
            _refuse_size(entries, locator)
            for entry in entries:
                yield Member(f"{locator}/{entry.filename}", PurePosixPath(entry.filename).suffix.lower(), _contents(archive, entry, locator))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise InputError(locator, f"cannot be unpacked: {error}; pack it again as a plain .zip without a password") from error


def _wanted(entry: zipfile.ZipInfo, suffixes: Collection[str] | None) -> bool:
    path = PurePosixPath(entry.filename)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    suffix = path.suffix.lower()
    return not (entry.is_dir() or hidden or suffix == SUFFIX) and (suffixes is None or suffix in suffixes)


def _refuse_size(entries: list[zipfile.ZipInfo], locator: str) -> None:
    if len(entries) > MAX_MEMBERS:
        raise TooLarge(locator, f"holds {len(entries):,} documents, the limit is {MAX_MEMBERS:,}; split it")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise TooLarge(locator, f"holds more than {MAX_TOTAL:,} bytes, unpacked; split it")
    for entry in entries:
        if entry.file_size > MAX_BYTES:
            raise TooLarge(f"{locator}/{entry.filename}", f"has {entry.file_size:,} bytes, the limit is {MAX_BYTES:,}; split the document")
        if entry.file_size > max(_RATIO_FROM, MAX_RATIO * entry.compress_size):
            raise TooLarge(
                f"{locator}/{entry.filename}", f"unpacks to more than {MAX_RATIO} times its size, as no text does; unpack it yourself if you trust it"
            )


def _contents(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, locator: str) -> bytes:
    """The bytes of a member, whatever size its entry claims."""
    with archive.open(entry) as member:
        data = member.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise TooLarge(f"{locator}/{entry.filename}", f"has more than {MAX_BYTES:,} bytes; split the document")
    return data
