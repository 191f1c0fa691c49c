"""Reads lists of people as they are typed: "A, B and C", "Last, First; …", initials, et al., affiliations in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg import identity, ontology
from kg.annotators.known_names import GIVEN

_UPPER = r"A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚΑ-ΩА-Я"
_WORD = rf"(?:[{_UPPER}][\w’'´`\-‐‑\u0300-\u036f]*[\w\u0300-\u036f]|[dDlLO][’'][{_UPPER}]\w+)"
_INITIAL = rf"(?:[{_UPPER}]\.?(?:[ ]?[\-‐‑][ ]?[{_UPPER}]\.?)?|[{_UPPER}]\.|[{_UPPER}]h\.|Yu\.)"
_PARTICLE = (
    r"(?:van|von|de|der|den|del|della|di|da|dos|das|do|du|la|le|el|al|bin|ben|ibn|ter|ten|te|zu|zur|af|y|e|’t|'t|st\.|van\sden|van\sder|de\sla|mc)"
)
_SUFFIX = r"(?:Jr|Sr|II|III|IV)\.?"
_PART = rf"(?:{_WORD}|{_INITIAL}|{_PARTICLE})"
_NAME = re.compile(rf"(?:{_PARTICLE}[ ]){{0,2}}(?:{_PART}[ ~\u00a0]*){{0,5}}(?:{_WORD})(?:[ ]+{_SUFFIX})?")
_VANCOUVER = re.compile(rf"(?:{_PARTICLE}[ ])*{_WORD}(?:[ ]{_WORD})?[ ](?:[{_UPPER}][{_UPPER}\-]{{0,2}})")
_INITIALS_ONLY = re.compile(rf"(?:{_INITIAL}[ ~\u00a0]*){{1,4}}(?:[ ]*{_SUFFIX})?\.?")
_INVERTED = re.compile(rf"(?:{_PARTICLE}[ ])*{_WORD}(?:[ \-]{_WORD}){{0,2}},[ ](?:(?:{_WORD}|{_INITIAL})[ ~\u00a0]*){{1,4}}(?:,?[ ]{_SUFFIX})?")
_CJK = re.compile(r"[\u4e00-\u9fff]{2,4}|[\uac00-\ud7af]{2,4}|[\u30a0-\u30ff·・]{2,12}|[\u3040-\u30ff\u4e00-\u9fff]{2,8}")
_ET_AL = re.compile(
    r"(?:\b[ea]t\.?\s+al(?:ii|\.)?(?![a-z])\.?|\bet\.al\.?|\b(?:and|und|et|y)\s+(?:colleagues|others|co-?workers|co-?authors|many others|kollegen|collaborateurs|al\.)|\bu\.\s?a\.|\bet\s+coll\.|\b(?:y|e)\s+(?:cols?\.|otros|outros|altri)|等人?|ほか|他(?=[\s,，、（(「『:：]|$)|(?<=[\s가-힣])외(?=[\s,(]|$)|\(et al\.?!?\)|(?<=,)\s*(?:…|\.\.\.))",
    re.I,
)
_PLACE_AFTER = re.compile(r"(?:in\s+)?[A-Z][\w&/-]*(?:[\s,，;'’(（]+(?:[A-Z][\w&/-]*|\d{2,4}))*[)）]?")
# A cheap look before the search above, which may begin anywhere.
_OTHERS_HINT = re.compile(
    r"\bal\b|\balii|colleagues|others|co-?workers|co-?authors|kollegen|collaborateurs|\bu\.\s?a|coll\.|等|ほか|他|외|\bcols?\.|otros|outros|altri|…|\.\.\.",
    re.I,
)
_LABEL = re.compile(
    r"^\s*(?:(?:written\s+)?by|authors?(?:\(s\))?|auteurs?|autoren|autor(?:es)?|von|par|por|de|with|作者|著者|저자)\s*[:：]?\s+|^\s*(?:authors?(?:\(s\))?|auteurs?|autoren|autor(?:es)?|作者|著者|저자)\s*[:：]\s*",
    re.I,
)
_SEPARATOR = re.compile(
    r"\s*(?:[,;、，；•·|/]|\s[–—]\s|\n|\band\b|\bund\b|(?<=\s)et(?=\s)|(?<=\s)y(?=\s)|(?<=\s)e(?=\s)|&|和|与)\s*(?:\s*(?:\band\b|\bund\b|&)\s*)?"
)
_SEMICOLON = re.compile(r"\s*;\s*(?:(?:and|&)\s+)?|\s+(?:and|&)\s+")
_SEMICOLON_ALONE = re.compile(r"\s*;\s*")
_GIVEN = re.compile(rf"(?:{_WORD}|{_INITIAL})(?:[ \-](?:{_WORD}|{_INITIAL})){{0,2}}")
_ABBREVIATED = re.compile(rf"(?:^|[\s.~-])[{_UPPER}]\.$|{_SUFFIX}$")
_SPACES = re.compile(r"[\s~]+")
_BRACKETS = re.compile(r"\s*[(\[（【][^()\[\]（）【】]*[)\]）】]")
_NOTES = re.compile(r"(?<![A-Z\d])[\d*†‡§¶¹²³⁴⁵⁶⁷⁸⁹⁰#^]+(?:,[\d*†‡§¶]+)*(?![A-Za-z])")
# Capitalised words that are no part of a person's name.
_NO_NAME = frozenset(
    "the a an of in on for to with from by via using towards toward and or is are at as into than how what why when where who which this that these "
    "we our my it its they i you your paper papers work works university institute department lab labs laboratory research group school college center centre team "
    "google microsoft facebook meta amazon apple deepmind openai nvidia ibm adobe spotify baidu tencent alibaba huawei samsung sony intel twitter netflix "
    "proceedings conference journal workshop international arxiv press ieee acm abstract introduction code link pdf video demo slides poster best award "
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday "
    "data dataset model models learning network networks neural deep system systems end new first part chapter section table figure no yes not all".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """One name: where it stands in the text that was read, and how it is written there."""

    start: int
    end: int
    written: str


@dataclass(frozen=True, slots=True)
class People:
    """A list of names.  `likeness` is the share of the text that names explain, 0 to 1; `affiliations` are spans in brackets."""

    names: tuple[Name, ...]
    et_al: bool
    likeness: float
    affiliations: tuple[tuple[int, int], ...] = ()


NOBODY = People((), et_al=False, likeness=0.0)


@lru_cache(maxsize=32768)
def read_people(text: str, *, surnames: bool = True) -> People:
    """The people that a text lists, or `NOBODY`.  With `surnames`, single words count ("Vania and Lopez")."""
    label = _LABEL.match(text)
    begin = label.end() if label else 0
    blanked, affiliations = _blank_brackets(text, begin)
    et_al = _ET_AL.search(blanked, begin) if _OTHERS_HINT.search(blanked, begin) else None
    rest = blanked[et_al.end() :].strip(" .,;:!)—–-") if et_al else ""
    end = _list_end(blanked, begin, et_al.start() if et_al else len(blanked))
    straight = list(_split(blanked, begin, end, _SEPARATOR))
    names = _inverted(blanked, begin, end, straight) or straight
    likeness = _likeness(blanked, names, begin, end, surnames=surnames)
    if not names or likeness < 0.5:
        return NOBODY
    if len(re.sub(r"[\W\d]", "", rest)) > 2 and not _PLACE_AFTER.fullmatch(rest):
        likeness *= 0.6
    trusted = surnames and len(names) >= 3 and likeness >= 0.75
    names = [name for name in names if is_name(name.written, surnames=surnames) or (trusted and _is_listed(name.written))]
    if not names:
        return NOBODY
    inner = tuple((a, b) for a, b in affiliations if names[0].start < a)
    return People(tuple(names), bool(et_al), min(1.0, likeness + (0.25 if et_al else 0.15 if label else 0)), inner)


def _list_end(text: str, begin: int, end: int) -> int:
    """Where a list of people ends: at the first semicolon, unless semicolons stand between the names, "Yang, Chen, Eide; Utah; 2011"."""
    groups = list(_split(text, begin, end, _SEMICOLON_ALONE))
    if len(groups) < 2 or "," not in groups[0].written or all(_INVERTED.fullmatch(group.written) for group in groups[:2]):
        return end
    return text.index(";", begin)


def _is_listed(written: str) -> bool:
    """Whether a word that means something can be a name among others: "Held, H." and "Song"."""
    return written.casefold() not in _NO_NAME and bool(re.fullmatch(rf"{_WORD}(?:, {_INITIALS_ONLY.pattern})?", written)) and not written.isupper()


def _blank_brackets(text: str, begin: int) -> tuple[str, list[tuple[int, int]]]:
    """The text with bracketed parts and footnote marks as spaces; "(et al.!)" stays."""
    found: list[tuple[int, int]] = []

    def blank(match: re.Match[str]) -> str:
        if _ET_AL.search(match.group()) or match.start() < begin:
            return match.group()
        if re.search(r"[^\W\d_]{2}", match.group()):
            found.append((match.start() + len(match.group()) - len(match.group().lstrip()) + 1, match.end() - 1))
        return " " * len(match.group())

    text = _BRACKETS.sub(blank, text)
    return _NOTES.sub(lambda match: " " * len(match.group()), text), found


def _inverted(text: str, begin: int, end: int, parts: list[Name]) -> list[Name]:
    """Names as "Family, Given": told apart by semicolons, or `parts` are families and initials in turn, or only the first is turned round."""
    stretch = text[begin:end]
    if ";" in stretch:
        parts = list(_split(text, begin, end, _SEMICOLON))
        if all(_INVERTED.fullmatch(part.written) or _NAME.fullmatch(part.written) for part in parts):
            return parts
        return []
    # BibTeX's way, "Family, Given and Family, Given": each side of an "and" has its own comma.
    turned = list(_split(text, begin, end, _SEMICOLON)) if len(parts) % 2 == 0 and len(parts) > 2 else []
    if len(turned) * 2 == len(parts) and all(_INVERTED.fullmatch(part.written) for part in turned):
        return turned
    if (
        len(parts) >= 2
        and _is_family(parts[0].written)
        and all(_INITIALS_ONLY.fullmatch(part.written) for part in parts[1::2])
        and len(parts) % 2 == 0
    ):
        return [_joined(text, parts[index], parts[index + 1]) for index in range(0, len(parts), 2)]
    return _with_suffixes(text, parts) or _first_inverted(text, parts)


def _with_suffixes(text: str, parts: list[Name]) -> list[Name]:
    """Families and initials in turn where one or another has a suffix or a given name is missing."""
    names: list[Name] = []
    pairs = 0
    index = 0
    while index < len(parts):
        part = parts[index]
        following = parts[index + 1] if index + 1 < len(parts) else None
        if re.fullmatch(_SUFFIX, part.written) and names:
            names[-1] = _joined(text, names[-1], part)
            index += 1
        elif following and _is_family(part.written) and _INITIALS_ONLY.fullmatch(following.written):
            names.append(_joined(text, part, following))
            pairs += 1
            index += 2
        else:
            names.append(part)
            index += 1
    return names if pairs >= 2 or (pairs and pairs == len(names)) else []


def _first_inverted(text: str, parts: list[Name]) -> list[Name]:
    """ "Davis, Brian, et al." and "Gupta, Chitralekha, Emre Yılmaz, and Haizhou Li" (MLA)."""
    if (
        len(parts) < 2
        or "," not in text[parts[0].end : parts[1].start]
        or not (_is_family(parts[0].written) or (re.fullmatch(_WORD, parts[0].written) and _is_given(parts[1].written.split()[0])))
        or (_NAME.fullmatch(parts[0].written.replace("-", "")) and " " in parts[0].written)
    ):
        return []
    given = parts[1].written
    others = parts[2:]
    joined_by_and = re.search(r"\b(?:and|und)\b|&", text[parts[0].end : parts[1].start])
    if joined_by_and or not (_GIVEN.fullmatch(given) or _INITIALS_ONLY.fullmatch(given)):
        return []
    if others and not all(len(part.written.split()) > 1 for part in others):
        return []
    if not others and " " not in given and len(given) > 2 and not _is_given(given):
        return []
    return [_joined(text, parts[0], parts[1]), *others]


def _is_given(word: str) -> bool:
    """Whether a word is a given name that is seldom a surname."""
    return identity.key(word) in GIVEN


def _split(text: str, begin: int, end: int, separator: re.Pattern[str]) -> Iterator[Name]:
    start = begin
    for match in (*separator.finditer(text, begin, end), None):
        stop = match.start() if match else end
        part = text[start:stop]
        left = len(part) - len(part.lstrip(" \n\t.,:;!*_\"“”'()[]"))
        written = part.strip(" \n\t,:;!*_\"“”'()[]").lstrip(".")
        if written.endswith(".") and not _ABBREVIATED.search(written):
            written = written.rstrip(".")
        if written:
            yield Name(start + left, start + left + len(written), _SPACES.sub(" ", written))
        start = match.end() if match else end


def _joined(text: str, family: Name, given: Name) -> Name:
    return Name(family.start, given.end, re.sub(r"[\s~]+", " ", text[family.start : given.end]))


def _is_family(written: str) -> bool:
    return bool(re.fullmatch(rf"(?:{_PARTICLE}[ ])*{_WORD}(?:[ ]{_WORD})?", written)) and not _common(written)


def _likeness(text: str, names: list[Name], begin: int, end: int, *, surnames: bool) -> float:
    if not names or end <= begin:
        return 0.0
    good = [name for name in names if is_name(name.written, surnames=surnames)]
    if len(names) == 1 and len(names[0].written.split()) == 1:
        return 0.55 if good else 0.0
    if len(names) == 1 and any(word.lower() in field_words() for word in re.split(r"[\s\-]+", names[0].written)):
        return 0.0
    return len(good) / len(names)


def is_name(written: str, *, surnames: bool = True) -> bool:
    """Whether the words look like one person's name."""
    if _CJK.fullmatch(written):
        return True
    if _common(written) or len(written) > 60 or any(character.isdigit() for character in written):
        return False
    if re.search(r"\b[A-Z]{3,}\b", written) and not written.isupper() and not _VANCOUVER.fullmatch(written):
        return False
    if len(written.split()) == 1:
        return surnames and bool(re.fullmatch(_WORD, written)) and not written.isupper()
    return bool(_NAME.fullmatch(written) or _INVERTED.fullmatch(written) or _VANCOUVER.fullmatch(written))


def _common(written: str) -> bool:
    """Whether a word stands in it that names of people do not have."""
    words = [word.strip(",").lower() for word in re.split(r"[\s\-]+", written) if len(word.rstrip(".,")) > 1]
    return any(word in _NO_NAME for word in words) or (bool(words) and sum(word in field_words() for word in words) * 2 > len(words))


def is_no_name(word: str) -> bool:
    """Whether a list of people cannot begin with the word."""
    return word.lower().strip(".") in _NO_NAME and len(word) > 1 and not word.endswith(".")


@cache
def field_words() -> frozenset[str]:
    """Lower-case words that the curated topics are made of: "music", "retrieval", "recurrent"."""
    labels = (label for concept in ontology.concepts() for label in (concept.label, *concept.alternatives))
    return frozenset(word for label in labels for word in re.findall(r"\b[a-z]{4,}\b", label))
