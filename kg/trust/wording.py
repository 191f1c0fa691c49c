"""Whether a passage has the words of a name: lenient about markup, endings and abbreviations, since it asks for a lie and not for style."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import lru_cache

from kg.identity import key

_STEM = 4  # characters that an inflected word keeps
_SHARE = 0.5  # of the words of a name; "supervised or unsupervised learning" leaves one out
_SIGNS = re.compile(r"[+#&%@]")  # `kg.identity.key` spells them out
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_HOST = re.compile(r"^[a-z]+://[^/]+/|^(?:doi|arxiv):", re.I)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Letters and digits only, entities and accents resolved."""
    if text.isascii() and not _SIGNS.search(text):  # the same, without asking Unicode about each letter
        return _NO_LETTER.sub("", text.lower())
    return key(html.unescape(text)).replace(" ", "")


def names(passage: str, labels: Iterable[str]) -> bool:
    """Whether at least half of the words of one label stand in a passage, or its initials do."""
    seen = folded(passage)
    return any(_has(passage, seen, label) for label in labels)


def phrase(passage: str, label: str) -> bool:
    """Whether a passage has all words of a label, in their order and without a gap."""
    return f" {' '.join(_words(label))} " in f" {key(html.unescape(passage))} "


def address(passage: str, written: str) -> bool:
    """Whether a passage has the part of an address that tells what it leads to."""
    return names(passage, [_HOST.sub("", written)])


def number(passage: str, value: str) -> bool:
    """Whether a passage has a number, however it writes thousands, fractions and trailing zeros."""
    wanted = _plain(value)
    return any(wanted in map(_plain, _readings(match)) for match in _NUMBER.findall(passage))


def _readings(written: str) -> tuple[str, ...]:
    """`1,234.5` and `1.234,5` are one number in two countries."""
    return written, written.replace(",", ""), written.replace(",", "."), written.replace(".", "").replace(",", ".")


def _has(passage: str, seen: str, label: str) -> bool:
    if folded(label) in seen:
        return True
    words = _words(label)
    there = sum(word[: max(_STEM, len(word) - 3)] in seen for word in words)
    return there >= _SHARE * len(words) > 0 or _initials(passage, label)


@lru_cache(maxsize=4096)
def _words(label: str) -> tuple[str, ...]:
    return tuple(key(label).split())


def _initials(passage: str, label: str) -> bool:
    """ "AC" for AudioCaps, "MT" for Mean Teacher."""
    first = "".join(part[0] for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", label)).upper()
    return len(first) > 1 and re.search(rf"\b{re.escape(first)}s?\b", passage) is not None


def _plain(value: str) -> str:
    whole, _, part = value.lstrip("-+").partition(".")
    part = part.rstrip("0")
    return f"{whole.lstrip('0') or '0'}.{part}" if part else whole.lstrip("0") or "0"
