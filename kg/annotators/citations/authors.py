"""Reads the names that a reference opens with, one after the other, until something stands there that is no name.

Bibliographies write names in few shapes: "Last, F. M.", "F. M. Last", "Last FM", "First Last" and "Last, First".  The first name of a
list tells which one it is; a later name may differ only where a word such as "and" announces it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.annotators.known_names import GIVEN, KNOWN
from kg.annotators.names import Name
from kg.identity import key

UPPER = "".join(re.escape(sign) for sign in map(chr, range(0x250)) if sign.isupper()) + "Α-ΫЀ-Я" + "".join(map(chr, range(0x1E00, 0x1F00, 2)))
_NO_NAME = r"(?!(?:The|An|In|On|Of|For|To|And|With|From|By|Proceedings|Proc|Journal|University|Press(?!,)|Department|Conference|Vol|Volume|Towards?|How|What|Why|When|Is|Are|We|Our|This|Hrsg|Hgg?|Eds?|Editors?|Trans)\b)"
_WORD = rf"{_NO_NAME}[{UPPER}][\w’'´`\-‐‑\u0300-\u036f]{{0,40}}[\w\u0300-\u036f]"
_PARTICLE = r"(?:[Vv]an|[Vv]on|[Dd]e|den|[Dd]er|del|[Dd]ella|[Dd]i|[Dd]a|dos|das|do|[Dd]u|[Ll]a|[Ll]e|[Ee]l|[Aa]l|bin|ben|ibn|ter|ten|te|zu|zur|af|auf|y|’t|'t|st\.|[Vv]ander|[Ss]aint)"
_FAMILY = rf"(?:{_PARTICLE}[ ])*(?:d[’']|al-|el-)?{_WORD}"
_SUFFIX = r"(?:Jr|Sr|II|III|IV)\b\.?"
_INITIAL = rf"(?:[{UPPER}]\.|(?:Th|Ch|Ph|Yu|Ya|Ye|Kh|Zh|Sh|Ts|St|Fr|Chr|Jo|Ju|Eu)\.|[{UPPER}](?![\w’']))(?:\s?[-‐‑]\s?[{UPPER}][a-z]?\.?(?!\w))?"
_INITIALS = rf"{_INITIAL}(?:[ ]?{_INITIAL}){{0,4}}"
_CAPITALS = rf"[{UPPER}]{{1,3}}(?:-[{UPPER}])?(?![\w’'])"
_GIVEN = rf"(?:(?:{_INITIAL}[ ])?{_WORD}(?:[ ]{_WORD})?(?:[ ]{_INITIAL}){{0,2}}|{_INITIALS})(?:[ ]{_PARTICLE}(?:[ ]{_PARTICLE})?)?"
_END = r"(?=\s*(?:$|[,;:.(&*†‡§\[\"“”„«»'‘`/–—，、：。]|\\&|(?:1[5-9]|20)\d\d\b)|\s+(?:(?:and|und|et|y|e|in|en|og|och|with|a)\s|(?:[Ee]ds?|[Ee]ditors?|Hrsg|Hgg?)\b)|\s+[-+]\s|(?<=\.)\s)"
_SHAPES = {
    "inverted": re.compile(
        rf"(?:{_FAMILY}|[{UPPER}](?=,[ ][{UPPER}]\.))(?:[ ]{_FAMILY}){{0,2}}(?:,?[ ]{_SUFFIX})?,[ ]?(?:{_INITIALS}|(?<![{UPPER}],[ ]){_CAPITALS})(?:[ ]{_PARTICLE}(?=[,.;& ]))?(?:,?[ ]{_SUFFIX})?{_END}"
    ),
    "straight": re.compile(rf"{_INITIALS}[ ]?(?:{_WORD}[ ])?(?:{_FAMILY}|(?<=\.[ ])[{UPPER}](?=,|[ ](?:and|et)[ ]))(?:,?[ ]{_SUFFIX})?{_END}"),
    "bracketed": re.compile(rf"{_FAMILY}(?:[ ]{_FAMILY}){{0,2}}[ ]\((?:{_INITIALS}|{_WORD})\)"),
    "bare": re.compile(
        rf"{_FAMILY}(?:[ ]{_FAMILY})?(?:[ ]{_PARTICLE})?[ ](?![{UPPER}]\.){_CAPITALS}(?!\.[{UPPER}]|\.[ ][{UPPER}]\.)\.?(?:,?[ ]{_SUFFIX})?{_END}"
    ),
    "dotted": re.compile(rf"{_FAMILY}(?:[ ]{_FAMILY})?[ ]{_INITIALS}(?:,?[ ]{_SUFFIX})?{_END}"),
    "full": re.compile(rf"{_WORD}(?:[ ](?:{_INITIAL}|{_PARTICLE}|{_WORD})){{0,3}}[ ](?:{_PARTICLE}[ ]?|d[’'])?{_WORD}(?:,?[ ]{_SUFFIX})?{_END}"),
    "turned": re.compile(rf"{_FAMILY}(?:[ ]{_FAMILY})?(?:[ ]{_SUFFIX})?,[ ]{_GIVEN}(?:,?[ ]{_SUFFIX})?{_END}"),
    "lone": re.compile(rf"{_FAMILY}(?=(?:(?:,?[ ](?:and|&)[ ]|,[ ]){_FAMILY}){{0,3}}(?:,?[ ]et[ ]?\.?[ ]?al\b|,?[ ][(\[](?:19|20)\d\d))"),
    "cjk": re.compile(r"[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])|[\uac00-\ud7af]{2,4}(?![\uac00-\ud7af])"),
}
_SEPARATOR = re.compile(
    r"(?:\s?[*†‡§]{0,2}\s*[,;·、，；/]+|\s[–—-](?=\s)|[*†‡§]{1,2}(?=\s))?\s*(?:\b(?P<last>and|und|et|y|e|en|og|och|a)\s+(?=\S)|(?P<sign>&|\\&|\+)\s*)?(?:(?:…|\.\s?\.\s?\.)\s*(?:&\s*)?(?=[A-Z]))?[*†‡§]?"
)
_ET_AL = re.compile(
    r"[,;\s]*(?:\b(?:and|&)?\s*\(?\bet\.?\s?al(?:\.|ii\b|\b)\)?\.?|\b(?:and )?others\b|\band colleagues\b|\bu\.\s?a\.|等|ほか|&\s*al\.|\ba kol\.|\bund andere\b|\by otros\b|,\s*(?:…|\.\.\.)(?!\s?&?\s*[A-Z]))",
    re.I,
)
_EDITORS = re.compile(
    r"[,\s]*[(\[]?\s*(?:eds?|editors?|hrsg|hg|éds?|dirs?|coords?|a cura di|sous la dir|red|comps?|directors?|producers?|translators?|trans)\b\.?(?:\s*[)\]])?(?!\s*\d)",
    re.I,
)
_ASIDE = re.compile(r"[ ]\([^()\d]{2,40}\)|[ ]\[[^\[\]\d]{2,40}\]")
_DITTO = re.compile(r"\s*(?:[—–]{2,}|[-_]{3,}|—)(?=[.,\s])")
_PARTICLE_FIRST = re.compile(rf"{_PARTICLE}[ ]")
_INITIAL_NEXT = re.compile(rf",[ ][{UPPER}]\.?[ ]?[{UPPER}]")
_GIVEN_NEXT = re.compile(rf"[ ]{_WORD}(?:[ ](?:and|&)[ ]|;)")
_PARTICLE_INSIDE = re.compile(rf"(?:^|[ ]){_PARTICLE}[ ]")
_GIVEN_AND_FAMILY = re.compile(rf"{_INITIAL}[ ]?(?:{_WORD}[ ])?{_FAMILY}{_END}")
_SURENESS = {"inverted": 0.95, "straight": 0.95, "bracketed": 0.95, "bare": 0.85, "dotted": 0.8, "full": 0.6, "turned": 0.6, "cjk": 0.7, "lone": 0.6}
_SPACED = ("bare", "inverted", "dotted")
_ORDERS = {
    "inverted": ("inverted", "dotted", "bare", "straight"),
    "straight": ("straight",),
    "bracketed": ("bracketed",),
    "bare": ("bare", "dotted", "inverted"),
    "dotted": ("dotted", "bare", "inverted"),
    "full": ("full", "straight", "dotted"),
    "turned": ("full", "straight", "turned", "inverted"),
    "cjk": ("cjk",),
    "lone": ("lone",),
}

MOST = 400  # names of one list; longer ones are cut


@dataclass(frozen=True, slots=True)
class Opening:
    """The names at a place, where they end, and how surely they are names (0 to 1)."""

    names: tuple[Name, ...]
    end: int
    shape: str
    sureness: float
    et_al: bool = False
    editors: bool = False


def read_names(text: str, start: int) -> Opening | None:
    """The longest list of names at `start`, or None."""
    ditto = _DITTO.match(text, start)
    if ditto:
        return Opening((), ditto.end(), "ditto", 0.6)
    first = _first(text, start)
    if first is None:
        return None
    shape, name = first
    names = [name]
    announced = strong = False
    while len(names) < MOST:
        end = _past_aside(text, names[-1].end)
        et_al = _ET_AL.match(text, end)
        if et_al:
            return _opening(text, names, et_al.end(), shape, et_al=True)
        separator = _SEPARATOR.match(text, end)
        following = _after(text, separator, shape, announced=announced, dotted="." in name.written) if separator else None
        if separator is None or following is None:
            break
        names.append(following)
        said = bool(separator.group("last") or separator.group("sign"))
        strong = strong or said or ";" in separator.group()
        announced = said and separator.group().strip()[:1] != ";"
    if shape in ("full", "turned") and not strong and len(names) > 1 and not _EDITORS.match(text, names[-1].end):
        names = _trusted(text, names)
    return _opening(text, names, _past_aside(text, names[-1].end), shape, et_al=False)


def _after(text: str, separator: re.Match[str], shape: str, *, announced: bool, dotted: bool) -> Name | None:
    """The name behind a separator.  Nothing follows the name that "and" announced, but for semicolons."""
    gap = separator.group()
    said = bool(separator.group("last") or separator.group("sign"))
    if not gap or (gap.isspace() and shape not in _SPACED) or (announced and not said and ";" not in gap):
        return None
    return _next(text, separator.end(), shape, said=said, gap=gap, dotted=dotted)


def _past_aside(text: str, end: int) -> int:
    aside = _ASIDE.match(text, end)
    return aside.end() if aside and not _EDITORS.match(text, end) else end


def _trusted(text: str, names: list[Name]) -> list[Name]:
    """Of full names that only commas tell apart, and no "and" announces the last of: "Jane Roe, Small Worlds, 1999" has one."""
    after = text[names[-1].end :].lstrip()
    dated = re.match(r",?\s*[(\[]?(?:19|20)\d\d[a-z]?[)\]]?[.:,]?\s+[A-Z\"“«]", after)
    if dated or re.match(r"[.,:]?\s*[\"“«‘`]|[,.]\s*(?:[A-Z]{3,}\w*[\s’'-]*\d\d|arXiv)", after):
        return names
    if all(name.written.split()[0].isupper() and len(name.written.split()[0]) > 2 for name in names) or all("," in name.written for name in names):
        return names
    if after[:1] == ".":
        return names
    known = next((index for index, name in enumerate(names) if index and not _is_known(name)), len(names))
    enough = len(re.findall(r"[^\W\d_]{3,}", after)) > 3 or known < len(names)
    return names[:known] if enough else names[:1]


def _is_known(name: Name) -> bool:
    """Whether the words are of a person for sure: a common name, an initial, a particle, a letter that English has not."""
    words = key(name.written).split()
    return (
        any(word in KNOWN or len(word) == 1 for word in words)
        or not name.written.isascii()
        or "-" in name.written
        or bool(_PARTICLE_INSIDE.search(name.written))
    )


def _opening(text: str, names: list[Name], end: int, shape: str, *, et_al: bool) -> Opening:
    editors = _EDITORS.match(text, end)
    if editors and _announces(text, editors, shape):
        editors = None
    if shape == "turned" and len(names) > 1 and not et_al and all(map(_are_families, names)):
        names = [family for name in names for family in _families(text, name)]
    sureness = min(1.0, _SURENESS[shape] + 0.2 * (len(names) > 1 or et_al))
    return Opening(tuple(names), editors.end() if editors else end, shape, sureness, et_al, bool(editors))


def _are_families(name: Name) -> bool:
    """Whether "Zhou, Mohamed" is two families: two single words, of which the second is no given name."""
    given = name.written.partition(", ")[2]
    return bool(given) and " " not in name.written.replace(", ", "") and "." not in given and key(given) not in GIVEN


def _families(text: str, name: Name) -> tuple[Name, Name]:
    comma = text.index(",", name.start)
    family, _, other = name.written.partition(", ")
    return Name(name.start, comma, family), Name(name.end - len(other), name.end, other)


def _announces(text: str, editors: re.Match[str], shape: str) -> bool:
    """Whether "ed." belongs to the names that follow it and not to those before: "in Small Worlds, ed. Jane Roe"."""
    if ")" in editors.group() or "]" in editors.group() or not text.startswith(" ", editors.end()):
        return False
    start = editors.end() + 1
    names = ("inverted", "straight", "dotted", "full") if shape == "full" else ("inverted", "straight", "dotted")
    return any(_SHAPES[name].match(text, start) for name in names)


def _first(text: str, start: int) -> tuple[str, Name] | None:
    for shape in ("inverted", "straight", "bracketed", "bare", "cjk"):
        name = _name(text, start, shape)
        if (
            name is not None
            and not (shape == "straight" and text.startswith("A ", start) and not _INITIAL_NEXT.match(text, name.end))
            and not (shape == "inverted" and (_two_names(text, name) or _GIVEN_NEXT.match(text, name.end)))
        ):
            return shape, name
    dotted = _name(text, start, "dotted")
    full = _name(text, start, "full")
    turned = _name(text, start, "turned")
    if dotted is not None and (full is None or full.end <= dotted.end):
        return "dotted", dotted
    if full is not None and (turned is None or _family_is_whole(text, turned)):
        return "full", full
    if turned is not None:
        return "turned", turned
    lone = _name(text, start, "lone")
    return ("lone", lone) if lone is not None else None


def _family_is_whole(text: str, turned: Name) -> bool:
    """Whether what stands before the comma is a whole name, and the words behind it another's: "Ann Lee, Bob Roe"."""
    family, _, given = turned.written.partition(", ")
    if " " not in family or text.startswith(";", turned.end) or _PARTICLE_FIRST.match(family):
        return False
    return not (_PARTICLE_INSIDE.search(family) and " " not in given)


def _two_names(text: str, name: Name) -> bool:
    """ "Ann Lee, R. Roe" is two names, and no Mr Ann Lee with the initial R."""
    family, _, given = name.written.partition(", ")
    return " " in family and not _PARTICLE_FIRST.match(family) and bool(_GIVEN_AND_FAMILY.match(text, name.end - len(given)))


def _next(text: str, start: int, shape: str, *, said: bool, gap: str, dotted: bool) -> Name | None:
    order: tuple[str, ...] = _ORDERS[shape]
    if shape == "turned" and _PARTICLE_FIRST.match(text, start):
        order = ("turned", *order)
    if gap.isspace():
        order = (shape,)
    elif ";" in gap and shape in ("inverted", "turned"):
        order = ("inverted", "turned", *order)
    elif said:
        order = (*order, "full", "straight", "turned")
    for candidate in order:
        name = _name(text, start, candidate)
        longer = _name(text, start, "full") if said and name and candidate in ("dotted", "bare") else None
        if longer and name and longer.end > name.end + 2:
            return longer
        if name is not None and not (dotted and candidate == "straight" and "." not in name.written):
            return name
    full = _name(text, start, "full") if shape == "straight" else None
    return full if full is not None and KNOWN & set(key(full.written).split()[:1]) else None


def _name(text: str, start: int, shape: str) -> Name | None:
    match = _SHAPES[shape].match(text, start)
    if match is None:
        return None
    written = match.group()
    end = match.end()
    if written.endswith(("Jr", "Sr")) and text[end : end + 1] == ".":
        end += 1
    return Name(start, end, " ".join(written.split()))
