"""Bytes to text: UTF-8 where it is that, otherwise the likeliest encoding; byte-order mark off, line ends LF.

Control characters, which no review needs and XML forbids (https://www.w3.org/TR/xml/#charsets), become U+FFFD, each in its place.
"""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

from kg.errors import InputError, TooLarge

LIMIT = 10_000_000  # bytes
LONGEST_LINE = 1_000_000  # characters
_DECLARED = re.compile(rb"(?:charset|encoding|coding)\s*[=:]\s*[\"']?\s*([\w.-]+)", re.IGNORECASE)
# Encodings that a text may declare in its own ASCII letters: no wide ones, and none of Python's that transform text.
_CHARSETS = re.compile(r"utf-?8|us-ascii|ascii|(?:iso[-_ ]?8859|latin|l)[-_ ]?\d+|(?:windows|cp|ibm)[-_]?\d+|koi8[-_]\w|gb(?:k|2312|18030)|big5(?:-?hkscs)?|euc[-_]\w\w|shift[-_]jis|sjis|iso-?2022-\w\w|mac\w+|tis-?620", re.IGNORECASE)  # fmt: skip
_CONTROLS = {**dict.fromkeys([*range(0x20), 0x7F, 0xFFFE, 0xFFFF], "\ufffd"), 0x09: "\t", 0x0A: "\n", 0x0B: "\n", 0x0C: "\n"}
_HAS_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SAMPLE = 200_000  # bytes that suffice to tell an encoding


def decode(data: bytes, locator: str, longest_line: int = LONGEST_LINE) -> str:
    """Text of any bytes that are text; `InputError` for those that are not (a NUL byte outside UTF-16 and UTF-32).

    `TooLarge` over `LIMIT` bytes, or if a line has more than `longest_line` characters.
    """
    if len(data) > LIMIT:
        raise TooLarge(locator, f"has {len(data):,} bytes, the limit is {LIMIT:,}; split the document")
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
        if "\x00" in text:
            break
        return _clean(text, locator, longest_line)
    raise InputError(locator, "is no text in an encoding that we know; save it as UTF-8")


def _clean(text: str, locator: str, longest_line: int) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _HAS_CONTROLS.search(text):
        text = text.translate(_CONTROLS)
    if len(text) > longest_line and (longest := max(map(len, text.split("\n")))) > longest_line:
        raise TooLarge(locator, f"has a line of {longest:,} characters, the limit is {longest_line:,}; break the line")
    return text


def _candidates(data: bytes) -> list[str]:
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return ["utf-32"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    if _is_utf8(data):
        return ["utf-8-sig"]
    declared = _DECLARED.search(data[:2048])
    name = declared.group(1).decode("ascii", "ignore") if declared else ""
    guess = from_bytes(data[:_SAMPLE]).best() if b"\x00" not in data else None
    return [*([name] if _CHARSETS.fullmatch(name) else []), *([guess.encoding] if guess else []), "cp1252", "latin-1"]


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
