"""Opens files of records: compressed or not, as a stream of bytes that never stands in memory as a whole."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import InputError

BEGINNING = 64_000  # bytes that tell a format
SUFFIXES = (".gz", ".xz", ".bz2", ".zst")
_GZIP, _XZ, _BZIP2, _ZSTANDARD = b"\x1f\x8b", b"\xfd7zXZ\x00", b"BZh", b"\x28\xb5\x2f\xfd"


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked; `InputError` if it cannot be read or is damaged, whenever that shows."""
    try:
        with path.open("rb") as file:
            first = file.read(8)
            file.seek(0)
            with _unpacked(file, first, path) as stream:
                yield stream
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        raise InputError(str(path), f"cannot be read: {str(getattr(error, 'strerror', None) or error).lower()}; fetch it again") from error


def beginning(path: Path) -> str:
    """The first characters of what a file holds."""
    with opened(path) as stream:
        return stream.read(BEGINNING).decode("utf-8", "replace").removeprefix("\ufeff")


def _unpacked(file: BinaryIO, first: bytes, path: Path) -> BinaryIO:
    if first.startswith(_GZIP):
        return cast("BinaryIO", gzip.GzipFile(fileobj=file))
    if first.startswith(_XZ):
        return cast("BinaryIO", lzma.LZMAFile(file))
    if first.startswith(_BZIP2):
        return cast("BinaryIO", bz2.BZ2File(file))
    return _zstandard(file, path) if first.startswith(_ZSTANDARD) else file


def _zstandard(file: BinaryIO, path: Path) -> BinaryIO:
    try:
        import zstandard
    except ImportError:
        raise InputError(str(path), "is compressed with Zstandard; install paperkg[zst], or unpack it with `zstd -d`") from None
    import io

    # A reader of lines needs a buffer; frames may follow each other, as in files that were packed in parallel.
    return cast("BinaryIO", io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True), 1 << 20))
