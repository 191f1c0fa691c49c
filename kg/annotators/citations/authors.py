"""Reads the names that a reference opens with, one after the other, until something stands there that is no name.

Bibliographies write names in few shapes: "Last, F. M.", "F. M. Last", "Last FM", "First Last" and "Last, First".  The first name of a
list tells which one it is; a later name may differ only where a word such as "and" announces it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.annotators.names import Name

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚΑ-ΩА-ЯЁІЇЄ"
_WORD = rf"[{UPPER}][\w’'´`\-‐‑\u0300-\u036f]*[\w\u0300-\u036f]"
_PARTICLE = r"(?:[Vv]an|[Vv]on|de|den|der|del|della|di|da|dos|das|do|du|la|le|el|al|bin|ben|ibn|ter|ten|te|zu|zur|af|auf|y|e|’t|'t|st\.|d[’']|[Vv]ander|[Dd]e\sla|[Ll]a|[Dd]e|[Dd]i|[Dd]u|[Ll]e)"
_FAMILY = rf"(?:{_PARTICLE}[ ])*(?:{_PARTICLE})?{_WORD}"
_INITIAL = rf"(?:[{UPPER}][a-zäöüéè]?\.|[{UPPER}](?![\w]))(?:\s?[-‐‑]\s?[{UPPER}][a-z]?\.?(?!\w))?"
_INITIALS = rf"{_INITIAL}(?:[ ]?{_INITIAL}){{0,4}}"
_SUFFIX = r"(?:,?[ ](?:Jr|Sr|II|III|IV)\b\.?)?"
_GIVEN = rf"(?:{_WORD}|{_INITIAL})(?:[ ](?:{_WORD}|{_INITIAL})){{0,2}}"
_SHAPES = {
    "inverted": re.compile(rf"{_FAMILY}(?:[ -]{_FAMILY}){{0,2}},[ ]?{_INITIALS}(?:[ ]{_PARTICLE}(?=[,.;& ]))?{_SUFFIX}"),
    "straight": re.compile(rf"{_INITIALS}[ ]?(?:{_WORD}[ ])?{_FAMILY}(?:[ ](?!In\b){_WORD}(?=[,.;:]|[ ](?:and|&|\(|et)))?{_SUFFIX}"),
    "bare": re.compile(rf"{_FAMILY}(?:[ -]{_FAMILY})?[ ](?:[{UPPER}]{{1,3}}(?:-[{UPPER}])?(?![\w.])|{_INITIALS}){_SUFFIX}"),
    "full": re.compile(rf"{_WORD}(?:[ ](?:{_INITIAL}|{_PARTICLE}|{_WORD})){{0,3}}[ ](?:{_PARTICLE}[ ]?)?{_WORD}{_SUFFIX}"),
    "turned": re.compile(rf"{_FAMILY}(?:[ ]{_FAMILY})?,[ ]{_GIVEN}{_SUFFIX}"),
    "cjk": re.compile(r"[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])|[\uac00-\ud7af]{2,4}(?![\uac00-\ud7af])"),
}
_SEPARATOR = re.compile(r"\s*(?:[,;]|/|·|、|，|；|\s[-–—](?=\s))?\s*(?:\b(?P<last>and|und|et|y|e|en|og|och|i)\s+(?=\S)|(?P<sign>&|\\&|\+)\s*)?")
_BOUNDARY = re.compile(r"\s*(?:$|[,;:.(&\[\"“”„«»'‘`/–—，、：。]|\\&|(?:and|und|et|y|e|in|en|og|och)\s|(?:1[5-9]|20)\d\d\b|eds?\b|editors?\b)|\s+(?=[-+]\s)")
_ET_AL = re.compile(r"[,;\s]*(?:\b(?:and|&)?\s*(?:\(?et\.?\s?al(?:\.|ii|\b)\)?\.?|others\b|colleagues\b|u\.\s?a\.|等|ほか)|&\s*al\.|,\s*(?:…|\.\.\.))", re.I)
_EDITORS = re.compile(r"[,\s]*[(\[]?\s*(?:eds?|editors?|hrsg|hg|éds?|dirs?|coords?|a cura di|red|comps?|eds?\.?\s*by)\b\.?\s*[)\]]?", re.I)
_ASIDE = re.compile(r"[ ]\([^()\d]{2,40}\)|[ ]\[[^\[\]\d]{2,40}\]")
_DITTO = re.compile(r"\s*(?:[—–]{2,}|[-_]{3,}|—)(?=[.,\s])")
_NO_FAMILY = frozenset("The A An In On Of For To And With From By Proceedings Proc Journal University Press Department Conference Vol Volume Towards Toward How What Why When Is Are We Our This".split())


@dataclass(frozen=True, slots=True)
class Opening:
    """The names at a place, where they end, and how surely they are names (0 to 1)."""

    names: tuple[Name, ...]
    et_al: bool
    end: int
    shape: str
    sureness: float
    editors: bool = False


def read_names(text: str, start: int) -> Opening | None:
    """The longest list of names at `start`, or None."""
    ditto = _DITTO.match(text, start)
    if ditto:
        return Opening((), False, ditto.end(), "ditto", 0.6)
    first = _first(text, start)
    if first is None:
        return None
    shape, name = first
    names = [name]
    end = name.end
    announced = False
    while len(names) < 400:
        aside = _ASIDE.match(text, end)
        end = aside.end() if aside and not _EDITORS.match(text, end) else end
        et_al = _ET_AL.match(text, end)
        if et_al:
            return _opening(text, names, True, et_al.end(), shape)
        separator = _SEPARATOR.match(text, end)
        assert separator is not None
        gap = text[end : separator.end()]
        if not gap.strip():
            break
        said = bool(separator.group("last") or separator.group("sign"))
        if announced and not said and ";" not in gap:
            break
        following = _next(text, separator.end(), shape, said=said, count=len(names))
        if following is None:
            break
        names.append(following)
        end = following.end
        announced = said and "," not in gap.replace(" ", "")[1:]
    return _opening(text, names, False, end, shape)


def _opening(text: str, names: list[Name], et_al: bool, end: int, shape: str) -> Opening:
    editors = _EDITORS.match(text, end)
    sureness = {"inverted": 0.95, "straight": 0.95, "bare": 0.85, "full": 0.6, "turned": 0.6, "cjk": 0.7, "single": 0.3}[shape]
    if len(names) > 1 or et_al:
        sureness = min(1.0, sureness + 0.2)
    return Opening(tuple(names), et_al, editors.end() if editors else end, shape, sureness, bool(editors))


def _first(text: str, start: int) -> tuple[str, Name] | None:
    for shape in ("inverted", "straight", "bare", "cjk"):
        name = _name(text, start, shape)
        if name is not None:
            return shape, name
    turned = _name(text, start, "turned")
    full = _name(text, start, "full")
    if full is not None and (turned is None or " " in turned.written.split(",")[0]):
        return "full", full
    return ("turned", turned) if turned is not None else None


def _next(text: str, start: int, shape: str, *, said: bool, count: int) -> Name | None:
    if shape == "turned":
        order: tuple[str, ...] = ("full", "straight", "turned") if said or count == 1 else ("full", "straight", "turned")
    elif shape == "full":
        order = ("full", "straight")
    elif shape == "cjk":
        order = ("cjk",)
    else:
        order = (shape, *(other for other in ("inverted", "straight", "bare") if other != shape), *(("full",) if said else ()))
    for candidate in order:
        name = _name(text, start, candidate)
        if name is not None:
            return name
    return None


def _name(text: str, start: int, shape: str) -> Name | None:
    match = _SHAPES[shape].match(text, start)
    if match is None:
        return None
    written = match.group()
    closed = written.endswith(".") and text[match.end() : match.end() + 1] in ("", " ", ",", ";", ":", "\n")
    if not closed and not _BOUNDARY.match(text, match.end()):
        return None
    words = written.replace(",", " ").split()
    if any(word in _NO_FAMILY for word in words):
        return None
    return Name(start, match.end(), " ".join(written.split()))
