"""Cuts a reference into pieces at its punctuation, and recognises those pieces whose form alone tells what they are.

A year, a page range, a volume or an address has a form of its own; of words only the place and the company tell whether they are a
title, a journal or a publisher.  Cuts are made generously: the reading joins pieces again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

Form = Literal["words", "date", "pages", "volume", "url", "identifier", "editor", "translator", "note"]
Gap = Literal["start", "comma", "stop", "short", "colon", "semicolon", "open", "close", "space", "quote", "mark", "dash"]

MONTH = r"(?:Jan(?:uary|vier|uar|\.)?|Feb(?:ruary|ruar|\.)?|Febr\.|F[ée]v(?:rier|r)?\.?|M(?:arch|ars|ärz|är\.|ar\.?)|A(?:pril|vril|pr\.?|br\.?|bril)|Ma[iy]o?|Jun[ei]?\.?|Juin|Juil(?:let|\.)|Jul[yi]?\.?|Aug(?:ust|\.)?|Ao[uû]t|Sept?(?:ember|embre|\.)?|O[ck]t(?:ober|obre|\.)?|Nov(?:ember|embre|\.)?|De[cz](?:ember|\.)?|D[ée]c(?:embre|\.)?|Spring|Summer|Autumn|Fall|Winter|January-February)"
_YEAR = r"(?<![A-Za-z\d])(?:1[5-9]|20)\d\d(?!\d)(?:[a-h](?!\w))?"
_RANGE = r"[A-Za-z]{0,2}\d{1,6}[a-z]?\s?[-–—−‐‑]{1,4}\s?[A-Za-z]{0,2}\d{1,6}(?![\d/])"
_NUMBER = r"(?:[A-Z]{0,2}-?\d{1,4}[A-Za-z]?|[IVXLC]{1,7})(?!\w)"
_DATE = (
    rf"[(\[]?\s?(?:(?i:(?:{MONTH}\s?[-–/]\s?)?{MONTH}),?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–]\s?(?:{MONTH}\s)?\d{{1,2}})?,?\s+)?,?\s?|\d{{1,2}}(?:\s?[-–]\s?\d{{1,2}})?\.?[ -]{MONTH},?[ -]|\d{{1,2}}[/.]\d{{1,2}}[/.])?"
    rf"(?:\bc(?:a|irca)?\.?\s)?{_YEAR}(?:\s?[-–/]\s?\d{{2,4}}(?![\d.]))?(?:,?\s?{MONTH}\.?(?:\s\d{{1,2}}(?:[-–]\d{{1,2}})?(?!\d))?(?!\w))?(?:\s?[(\[](?:1[5-9]|20)\d\d[)\]])?\s?[)\]]?(?![\w/])"
    r"|[(\[]\s?(?:n\.\s?d\.|s\.\s?[ad]\.|in press|im Druck|forthcoming|to appear|submitted|under review)\s?[)\]]"
)
_LEXER = re.compile(
    r"(?:(?<![^\W\d_])|(?![^\W\d_]))(?:"  # never inside a word: most places are passed at once
    r"(?P<url><?\s?(?:(?:https?|ftp)\s?://|www\.)[^\s<>\"”]+>?)"
    r"|(?P<note>[(\[]?\s?\b(?:[Aa]ccessed|[Rr]etrieved|[Cc]onsult(?:ed|é)|Zugriff|[Aa]bgerufen|[Ll]ast (?:visited|accessed)|[Vv]isited|[Vv]iewed|Stand)\b:?(?:\s(?:on|am|le|:))?[^;<()\[\]]{3,30}?\d{4}(?!\d)\s?[)\]]?)"
    r"|(?P<edition>[(\[]?\b(?:\d{1,2}(?:st|nd|rd|th|e|ème|ª|\.)?|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth|[Rr]ev(?:ised|\.)|[Nn]ew)\s(?:rev(?:\.|ised)\s)?(?:[Ee]d(?:ition|n|s)?\b\.?|[Aa]ufl(?:age\b|\.)|[ÉéE]d(?:ition)?\b\.?|version\b)(?:\s?ed\.)?\s?[)\]]?)"
    r"|(?P<identifier>\b(?:doi\s?[:.]?\s*(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+|10\.\d{4,9}/\S+|arXiv(?:\s(?:preprint\s)?)?:?\s?(?:arXiv:)?\s?(?:[a-z-]+/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?(?:\s?\[[\w., :-]+\])?|ISBN(?:-1[03])?[:\s]*[\dXx][\dXx -]{8,16}|ISSN[:\s]*\d{4}-\d{3}[\dXx]|PMC?ID:?\s?\w+|CoRR,?\sabs/\d+\.\d+|\[?(?:hep-(?:th|ph|ex|lat)|astro-ph|gr-qc|cond-mat|quant-ph|math|cs|physics|nucl-th|math-ph)(?:\.[A-Z]{2})?/\d{7}\]?))"
    rf"|(?P<pages>[(\[]?\s?\b(?:pp?|pages?|pgs?|S|s|Seiten?|p[áa]gs?|páginas|Pp|Page|Pages|стр?|с)(?:\.\s?|\s)(?:{_RANGE}|[A-Za-z]?\d{{1,6}})(?:\s?(?:,|and|&|\+)\s?(?:{_RANGE}))*(?:\s?ff?\.?)?(?!\w)\s?[)\]]?|\b\d{{1,4}}\s?(?:pp?\.|pp\b|pages|p(?=[.,]?$)|S\.)|[(\[]\s?{_RANGE}\s?[)\]])"
    rf"|(?P<date>{_DATE})"
    rf"|(?P<volume>[(\[]?\b(?:[Vv]ol(?:ume)?s?|VOL|[Vv]|[Nn]o|[Nn]r|[Nn]um(?:ber|ero|éro)?|n°|nº|№|[Ii]ssue|Band|Bd|Jg|Jahrg(?:ang)?|[Tt]omo?e?|t|H|Heft|Teil|fasc)(?:[.:]\s?|\s|(?<=[n][°º])|(?=\d)){_NUMBER}(?:\s?[-–/(]\s?\d{{1,4}}\)?)?\s?[)\]]?|(?<![\w.])\d{{1,2}}\.\s?Jg\.?|(?<![\w#])[A-Z]?\d{{1,4}}\s?\((?![^)]*(?:1[5-9]|20)\d\d)\s?[\w ,/–-]{{1,20}}\s?\)(?=\s?[\s,.:;(\d]|$)|(?<=[\s,;:])(?:[A-Z]{{0,2}}\d{{1,4}}|\d{{1,4}}[A-Z])(?:\s?[/.]\s?\d{{1,5}}(?![\d–-]))?(?=\s?[,;:(]|\.?\s*$|\.\s|\s[(\d])|(?<=,\s)(?:[IVXLC]{{2,7}})(?=[,.:\s]))"
    rf"|(?P<range>(?<![\w.]){_RANGE}(?!\w))"
    r"|(?P<gap>\s+[-–—]+\s+|\s*(?:[.,;:?!，。：；、]+[\"”'’»]*|[\"”»]|'')(?=\s|$|\()\s*|(?<=\d)[;:]|(?<=[.,])(?=[\"“„«])|\s*[(\[]|[)\]][.,:;]*\s*|\s*(?:[“„«»”\"]|``)\s*|(?<=[,.;:])(?=[A-Z]{2})|\s+(?=In\s[A-Z\"“‘'«]|[Ii]n:\s|in\s(?:Proc|the\sProc|Advances))|(?<!In)(?<!in)\s+(?=Proc\.|Proceedings\s)|[？！]\s*|，|。))"
)
_SHORT = re.compile(
    rf"(?:^|[\s.(\-/])(?:[A-ZÀ-Þ]|vol|no|nr|pp?|eds?|proc|procs|int|intl|conf|symp|trans|univ|st|vs|etc|dr|jr|mr|mrs|prof|dept|natl|acad|sci|soc|am|amer|j|phys|chem|lett|rev|appl|comput|math|eng|ann|bull|mag|assoc|inst|tech|rep|res|biol|med|syst|softw|commun|inf|int'l|ser|mass|calif|conn|fig|ch|cf|al|ph|bd|hrsg|{MONTH}|[A-Za-z]+[’']l|sept)$",
    re.I,
)
_ONE_WORD = re.compile(r"[A-Z][a-z]*$")
_INITIAL_BEFORE = re.compile(r"(?<!\w)[A-Z]\.\s*$")
_SHORT_WORD = re.compile(r"[A-Z][a-z]{0,7}\.")
_NUMERAL = re.compile(r"[IVX]{1,4}")
_RANGE_OF_YEARS = re.compile(r"\d{4}\s?[-–]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch between two cuts, what stands before it, and what its form says."""

    start: int
    end: int
    gap: Gap
    form: Form = "words"


def cut(text: str, start: int, stop: int, limit: int = 60) -> list[Piece]:
    """The pieces between `start` and `stop`; at most `limit`, the last one taking the rest."""
    pieces: list[Piece] = []
    gap: Gap = "start"
    begin = start
    for match in _LEXER.finditer(text, start, stop):
        kind = match.lastgroup or "gap"
        if begin < match.start() and text[begin : match.start()].strip():
            pieces.append(_piece(text, begin, match.start(), gap))
            gap = "space"
        elif begin < match.start() and gap == "start":
            gap = "space"
        if kind == "gap" and text[begin : match.start()].strip().lower() in ("in", "dans", "im") and match.group().strip() == ":":
            continue
        if kind == "gap":
            gap = _gap(text, match) if begin < match.start() or gap in ("space", "start") else _stronger(gap, _gap(text, match))
        else:
            form: Form = _FORMS.get(kind, kind)  # type: ignore[arg-type]
            left = match.end() - match.start() - len(match.group().lstrip())
            pieces.append(Piece(match.start() + left, match.end(), gap, form))
            gap = "space"
        begin = match.end()
        if len(pieces) >= limit:
            break
    if text[begin:stop].strip():
        pieces.append(_piece(text, begin, stop, gap))
    return _mended(text, pieces)


_FORMS: dict[str, Form] = {"range": "pages", "edition": "note"}


def _mended(text: str, pieces: list[Piece]) -> list[Piece]:
    """A bare year amid words ("Proceedings of the 1984 Conference") is one of the words; a range behind a volume is of pages; a short word before a stop is an abbreviation."""
    mended: list[Piece] = []
    for piece in pieces:
        last = mended[-1] if mended else None
        if (
            piece.form == "words"
            and piece.gap == "space"
            and last
            and last.form == "date"
            and last.gap in ("space", "short")
            and text[piece.start].isalpha()
            and len(mended) > 1
            and mended[-2].form == "words"
            and last.end - last.start < 6
        ):
            mended[-2:] = [Piece(mended[-2].start, piece.end, mended[-2].gap)]
        elif piece.form == "date" and last and last.form == "volume" and _RANGE_OF_YEARS.match(text, piece.start) and piece.gap != "open":
            mended.append(replace(piece, form="pages"))
        elif piece.gap == "stop" and piece.form == "words" and last and _abbreviated(text, last, piece):
            mended.append(replace(piece, gap="short"))
        elif piece.gap == "short" and last and _NUMERAL.fullmatch(text, last.start, last.end) and last.gap in ("stop", "mark"):
            mended[-1:] = [replace(last, gap="space"), replace(piece, gap="stop")]
        else:
            mended.append(piece)
    return mended


def _abbreviated(text: str, piece: Piece, following: Piece) -> bool:
    """Whether a stop behind the piece ends a short word such as "Gastroen", and no surname behind an initial, nor the first sentence."""
    if (
        piece.form != "words"
        or not _ONE_WORD.match(text, piece.start, piece.end)
        or not text[following.start].isupper()
        or _after_initial(text, piece)
    ):
        return False
    if piece.gap in ("start", "comma"):
        return piece.end - piece.start < 9 and bool(_SHORT_WORD.match(text, following.start))
    return piece.end - piece.start < 8 and piece.gap in ("stop", "quote", "short")


def _after_initial(text: str, piece: Piece) -> bool:
    return piece.gap == "short" and bool(_INITIAL_BEFORE.search(text, max(0, piece.start - 5), piece.start))


def _piece(text: str, start: int, end: int, gap: Gap) -> Piece:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Piece(start, end, gap)


_STRENGTH: dict[Gap, int] = {
    "start": 0,
    "space": 1,
    "short": 2,
    "comma": 3,
    "semicolon": 4,
    "colon": 4,
    "dash": 4,
    "open": 5,
    "close": 5,
    "stop": 6,
    "mark": 6,
    "quote": 7,
}


def _stronger(one: Gap, other: Gap) -> Gap:
    return one if _STRENGTH[one] >= _STRENGTH[other] else other


def _gap(text: str, match: re.Match[str]) -> Gap:
    written = match.group()
    signs = written.strip()
    if not signs:
        return "space"
    if any(sign in signs for sign in "\"“”„«»'`’"):
        return "quote"
    if signs[0] in "([":
        return "open"
    if signs[0] in ")]":
        return "stop" if "." in signs else "colon" if ":" in signs else "comma" if "," in signs else "close"
    if signs[0] in "?!？！":
        return "mark"
    if "," in signs or "，" in signs or "、" in signs:
        return "comma"
    if signs[0] in ".。":
        return (
            "short"
            if (text[match.end() : match.end() + 1].islower() and text[match.end() : match.end() + 2] != "in")
            or _SHORT.search(text, max(0, match.start() - 12), match.start())
            else "stop"
        )
    if signs[0] in ":：":
        return "colon"
    return "semicolon" if signs[0] in ";；" else "dash"
