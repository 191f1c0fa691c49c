"""Finds the people of a reference that stand elsewhere than in front: editors, translators, authors behind the title, bodies as authors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotators.citations.authors import Opening, read_names
from kg.annotators.citations.pieces import Form, Piece
from kg.annotators.names import Name

_EDITED = re.compile(r"\b(?:[Ee]ds?|[Ee]dited|[Ee]ditors?|[Hh]rsg|Hgg?|[Éé]ds?|dirs?|coords?|a cura di|comps?|[Tt]rans)\b")
_EDITED_BY = re.compile(
    r"(?<!rev\. )(?<!Rev\. )(?<!\d\. )(?:(?<!\d(?:st|nd|rd|th) ))\b(?:[Ee]d(?:s\.?|\.|ited)?(?:\s(?:and\s\w+\s)?by)?|[Hh]rsg\.?\s?v(?:on|\.)|a cura di|sous la dir(?:ection|\.) d(?:e\s|[e’']))\s+"
)
_TRANSLATED_BY = re.compile(
    r"(?:(?<=[.,;(”\"] )|(?<=\())(?:[Tt]rans(?:lated|l)?\.?\s(?:and\s\w+\s)?(?:by\s)?|tr\.\s(?:by\s)?|[Tt]rad\.?\s(?:fr\.?\s)?(?:par\s)?|[Üü]bers(?:etzt)?\.?\s?v(?:on|\.)\s|[Tt]rad(?:uit|ucido|\.)?\s(?:par|por|de|di)\s|[Ii]ntrod(?:uction|\.)?\sby\s)(?=[A-Z])"
)
_IN = re.compile(r"\b[Ii]n\s?:?\s+(?=[A-ZÀ-Þdvl])")
_IN_EDITED = re.compile(
    r"\b[Ii]n:?\s+(?=[A-ZÀ-Þ])(?:[^.;\"“:]|(?<=\b[A-Z])\.|(?<=\bal)\.|(?<=\bCh)\.|(?<=\bJr)\.){3,200}?[,(\s]\s*(?:[Ee]ds?\b\.?|[Ee]ditors?\b|Hrsg\b\.?|Hgg?\b\.?|[éÉ]ds?\b\.?)\)?"
)
_PART_ENDS = re.compile(r"[.,]\s+|\(\s*")
_BODY = re.compile(
    r"(?P<body>[^\W\d_a-zà-ÿ](?:[^.;:\"“”«()]|(?<=\b[A-Z])\.|\([A-Z]{2,}\)){1,110}?)(?:\.|,)?\s*(?=[(\[]?(?:1[5-9]|20)\d\d|[(\[]n\.\s?d)"
)
_ORGANIZATION = re.compile(r"(?P<body>[^\W\d_a-zà-ÿ](?:[^.;:,\"“”«()]|(?<=\b[A-Z])\.){2,90}?)(?<!\b[A-Z])\.\s+(?=[A-Z0-9\"“])")
_ORGANIZATION_WORDS = re.compile(
    r"\b(?:Department|Institute|Group|Association|Library|Commission|Committee|University|Ministry|Organi[sz]ation|Board|Council|Agency|Bureau|Society|Foundation|Office|Centre|Center|Administration|Ltd|Inc|Federation|Alliance|Academy|Forum)\b"
)
_LONE = re.compile(r"(?P<body>[^\W\d_a-zà-ÿ][^\W\d_]{2,20}(?:[’-][^\W\d_]+)?)\.\s+(?=[^.]{8,150}[.,]\s)")
_SMALL = frozenset("of the and for on in de la du des et der für und & van".split())
_BEHIND_TITLE = re.compile(r"\s\((?=[A-Z])|(?:[.,:;?!。]|\s[-–—|])\s+|\s+by\s+|[”\"»]\s+")
_OTHER_ROLE = re.compile(r"\b(?:[Ee]dited|[Tt]ranslated|[Ee]ds?|[Dd]ir|[Pp]erf|[Pp]rod|[Tt]rans)\b\.?\s?$")
_BRACKET_ENDS = re.compile(r"\s*(?:,\s*[^()]{0,60}\d{4}\s*)?\)|,?\s*\d{4}|\s*[-–—:]\s")

Region = tuple[int, int, Form]


def named_regions(text: str, at: int) -> list[Region]:
    """Stretches after `at` that name editors or translators, in order, none overlapping."""
    found: list[Region] = []
    named: list[Region] = list(_regions(text, at)) or [(match.start(), match.end(), "editor") for match in _IN_EDITED.finditer(text, at)]
    for region in sorted(named):
        if not found or region[0] >= found[-1][1]:
            found.append(region)
    return found


def _regions(text: str, at: int) -> Iterator[Region]:
    for match in _IN.finditer(text, at):
        opening = read_names(text, match.end())
        if (
            opening
            and opening.names
            and (opening.editors or (opening.shape in ("inverted", "straight") and re.match(r"\s*[,.:]", text[opening.end :])))
        ):
            yield match.start(), opening.end, "editor"
    for match in _TRANSLATED_BY.finditer(text, at):
        opening = read_names(text, match.end())
        if opening and opening.names:
            yield match.start(), opening.end, "translator"
    if not _EDITED.search(text, at):
        return
    for match in _EDITED_BY.finditer(text, at):
        opening = read_names(text, match.end())
        if opening and opening.names:
            yield match.start(), opening.end, "editor"
    read = at
    for match in _PART_ENDS.finditer(text, at):
        if match.end() < read:
            continue  # inside a list that was read from its beginning
        opening = read_names(text, match.end())
        read = opening.end if opening else read
        if opening and opening.editors:
            yield match.end(), opening.end, "editor"


def body(text: str, at: int) -> Opening | None:
    """An organization, or a person of one name, as the author: followed by the year, or by a stop and the title."""
    match = _BODY.match(text, at)
    if match:
        words = match.group("body").split()
        capital = all(word[0].isupper() or word.lower() in _SMALL or not word[0].isalpha() for word in words)
        if capital and len(words) <= 14 and (len(words) < 3 or _ORGANIZATION_WORDS.search(match.group("body"))):
            return _as_author(match, 0.6)
    match = _ORGANIZATION.match(text, at)
    if match and _ORGANIZATION_WORDS.search(match.group("body")):
        return _as_author(match, 0.55)
    match = _LONE.match(text, at)
    return _as_author(match, 0.5) if match else None


def _as_author(match: re.Match[str], sureness: float) -> Opening:
    written = match.group("body").strip(" ,.")
    return Opening((Name(match.start(), match.start() + len(written), written),), match.start() + len(written), "body", sureness)


def behind_title(text: str, at: int, limit: int = 400) -> tuple[int, Opening] | None:
    """Where the title ends and the authors that follow it, if the reference begins with its title."""
    for match in _BEHIND_TITLE.finditer(text, at + 8, min(len(text), at + limit)):
        if _OTHER_ROLE.search(text, max(0, match.start() - 12), match.start() + 1):
            return None
        opening = read_names(text, match.end())
        if opening is None or opening.editors or not opening.names:
            continue
        several = len(opening.names) > 1 or opening.et_al
        if "(" in match.group() and not _BRACKET_ENDS.match(text, opening.end):
            continue
        if (several and opening.sureness >= 0.79) or (" by " in match.group() and opening.sureness >= 0.6):
            return match.start(), opening
        if opening.shape in ("inverted", "straight") and "." in opening.names[0].written and match.group().strip() not in (",", "("):
            return match.start(), opening
    return None


def as_piece(region: Region, *, first: bool) -> Piece:
    return Piece(region[0], region[1], "start" if first else "stop", region[2])
