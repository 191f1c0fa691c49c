"""When two ways to write a name, a person or an address count as the same in an evaluation.

More lenient than `kg.identity`, which decides what becomes one node: here a plural, a hyphen or an order of name parts is no error.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from kg import identity

_ALIKE = 0.92  # of the characters
_SHORT = 5  # shorter names must be equal
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DOI_SERVER = re.compile(r"(?:dx\.)?doi\.org/")
_ARXIV_PAPER = re.compile(r"arxiv\.org/(?:abs|pdf)/")


def folded(name: str) -> str:
    """Letters and digits without case, accents, spaces and the s of a plural."""
    return "".join(_singular(word) for word in _words(name.replace("_", " ")))


def person(name: str) -> str:
    """The parts of a name in the order of the alphabet: family and given name may stand in either order."""
    return " ".join(sorted(_words(name)))


def venue(name: str) -> str:
    """A conference or journal without the year of an edition."""
    return folded(_YEAR.sub("", name))


def address(url: str) -> str:
    """An address without scheme, `www.` and last slash; `arxiv:…` and `doi:…` however they are linked."""
    bare = re.sub(r"^https?://(?:www\.)?", "", html.unescape(url).strip()).rstrip("/").split("#:~")[0].casefold()
    if _ARXIV_PAPER.match(bare) and (number := identity.arxiv_id(bare)):
        return f"arxiv:{number}"
    return _DOI_SERVER.sub("doi:", bare, count=1) if _DOI_SERVER.match(bare) else bare


def number(text: str) -> float | str:
    """A value as a number, without signs of more, less or about; the folded text if it is none."""
    try:
        return float(text.replace(",", "").replace("−", "-").strip("+~≈%<> "))
    except ValueError:
        return folded(text)


def similar(one: str, other: str, least: float = _ALIKE) -> float:
    """The share of characters, from 0 to 1, that two folded names have in common, by Ratcliff and Obershelp; 0 if it is under `least`."""
    if not one or not other:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= least else 0.0


def alike(one: str, other: str) -> bool:
    """Whether two folded names are one, a misprint apart."""
    return one == other or (min(len(one), len(other)) > _SHORT and similar(one, other) > 0)


def within(one: str, other: str) -> bool:
    """Whether two folded names are alike, or one holds the other."""
    return alike(one, other) or one in other or other in one


def all_folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(folded, names))


def _words(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", html.unescape(text))
    return re.findall(r"\w+", "".join(c for c in decomposed if not unicodedata.combining(c)).casefold())


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
