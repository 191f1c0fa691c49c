"""Web archives (WARC, ISO 28500): each page that a crawl fetched is a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from kg.errors import InputError
from kg.readers import address
from kg.readers.archive import MAX_BYTES, Member

SUFFIXES = (".warc", ".warc.gz")
_KINDS = frozenset({"response", "resource"})
_FORMS = {**address.SUFFIXES, "text/plain": ".txt"}


def members(file: IO[bytes], locator: str) -> Iterator[Member]:
    """The pages of an archive in their order; pictures, redirections and errors of servers are passed over.

    A page that is cut or too large is a member with a flaw.  `InputError` if the file is no web archive.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ModuleNotFoundError as error:
        raise InputError(locator, "web archives need warcio; pip install 'paperkg[warc]'") from error
    try:
        for record in ArchiveIterator(file):
            if record.rec_type not in _KINDS:
                continue
            http = record.http_headers
            if http is not None and http.get_statuscode() != "200":
                continue
            form = (http or record.rec_headers).get_header("Content-Type") or ""
            suffix = _FORMS.get(form.split(";")[0].strip().lower())
            if suffix:
                yield _member(f"{locator}/{record.rec_headers.get_header('WARC-Target-URI')}", suffix, record.content_stream())
    except (ArchiveLoadFailed, EOFError, ValueError) as error:
        raise InputError(locator, f"cannot be read as a web archive: {error}") from error


def _member(locator: str, suffix: str, stream: IO[bytes]) -> Member:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return Member(locator, suffix, b"", f"has more than {MAX_BYTES:,} bytes; save a part of it and give the file")
    return Member(locator, suffix, data)
