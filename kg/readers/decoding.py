"""Bytes to text: UTF-8 where it is that, otherwise the likeliest encoding; byte-order mark off, line ends LF."""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

from kg.errors import InputError

_DECLARED = re.compile(rb"(?:charset|encoding|coding)\s*[=:]\s*[\"']?\s*([\w.-]+)", re.I)


def decode(data: bytes, locator: str) -> str:
    """Text of any bytes that are text; `InputError` for those that are not (a NUL byte outside UTF-16 and UTF-32)."""
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\x00" in text:
            break
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise InputError(locator, "is no text in an encoding that we know; save it as UTF-8")


def _candidates(data: bytes) -> list[str]:
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return ["utf-32"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    candidates = ["utf-8-sig"]
    if declared := _DECLARED.search(data[:2048]):
        candidates.append(declared.group(1).decode("ascii", "ignore"))
    if not _is_utf8(data):
        guess = from_bytes(data[:200_000]).best()
        candidates += [guess.encoding] if guess else []
        candidates.append("cp1252")
    return candidates


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
