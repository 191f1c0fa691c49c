"""Finds the numbers of a sentence that can be results: scores, ranges and gains, not years, sizes or references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

# Thousands are set off by commas or thin spaces; one or two digits behind a comma are decimals, as Germans, French and Spaniards write.
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:[\u202f\u00a0 ]\d{3})+(?!\d)|\d+(?:\.\d+|,\d{1,2}(?![\d,]))?|0,\d+|\.\d+"
_UNIT = (
    r"%|％|per\s?cent(?:age points?)?\b|Prozent(?:punkte)?\b|pour cent\b|por ciento\b|pp\b|(?:absolute |percentage )?points?\b|Punkte?n?\b|puntos?\b|个?百分点|个点|ポイント|"
    r"dB\b|fps\b|FPS\b|ms\b|[x×](?![\w-]|\s*\d)|times\b|-?fold\b|-?fach\w*|Mal\b|mal\b|fois\b|veces\b|倍"
)
_FIGURE = re.compile(
    rf"(?<![A-Za-z0-9_.,§#\[@-])(?<![A-Za-z]/)(?<!\d\d\d\d/)[~≈±+−≥≤><]?\s?(?P<low>{_NUMBER})\s?(?P<first>%|％|dB\b|[x×](?![\w-]|\s*\d))?"
    rf"(?:\s?(?:-|–|—|~|to|bis|à|a|至|到|and(?=[^.;]{{0,12}}(?:dB|%)?))\s?(?P<high>{_NUMBER})(?=\s?(?:{_UNIT}|[\s,.;)]|$)))?\s?(?P<unit>{_UNIT})?(?![A-Za-z0-9_]|\.\d)"
)
# Nouns that are counted or measured when a thing is described, not when it is judged.
_COUNTED = re.compile(
    r"[\s-]*(?:k|K|M|B|million|billion|thousand)?[\s-]*(?:\+\s*)?(?:hours?|hrs?|minutes?|min|seconds?|secs?|s|years?|months?|weeks?|days?|samples?|clips?|classes|class|categories|videos?|images?|sentences?|utterances?|words?|tokens?|"
    r"meses|mois|monate?n?|semanas?|semaines?|wochen?|anos|años|ans|jahre?n?|días|dias|jours?|tage?n?|patients?|pacientes?|pessoas|personas|personnes|personen|events?|eventos?|participants|subjects?|people|users?|songs?|tracks?|pieces?|papers?|pages?|k?Hz|GHz|MHz|[GMTK]B|bits?|bytes?|GPUs?|TPUs?|CPUs?|layers?|epochs?|steps?|languages?|datasets?|tasks?|speakers?|channels?|dimensions?|"
    r"dimensional|heads?|nodes?|machines?|servers?|authors?|experts?|annotators?|questions?|documents?|queries|examples?|instances?|types?|kinds?|different|main|of them|other|simple|new|D\b|st\b|nd\b|rd\b|th\b|way|shot|best)\b",
    re.I,
)
_SHARE = re.compile(
    r"\s*of\s+(?:the\s+|all\s+|our\s+|its\s+)?(?:(?:available|labell?ed|unlabell?ed|training|test|original|total|annotated|full)\s+)*(?:data|dataset|training|papers?|time|cases|users|people|songs|tracks|samples|examples|participants|labels?|music|attendees|authors)\b|\s*as\s+unlabell?ed\b",
    re.I,
)
_FRACTION = r"\.\d|^0,\d|,\d{1,2}$"
_UNITS = (
    ("%", r"%|％|per\s?cent|prozent|pour cent|por ciento|个?百分点"),
    ("x", r"[x×]|times|-?fold|-?fach|mal|fois|veces|倍"),
    ("dB", "dB"),
    ("fps", "fps"),
    ("ms", "ms"),
)
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_CITED = re.compile(
    r"(?:\b(?:section|sec|fig|figure|table|chapter|eq|equation|appendix|version|v|no|step|part|page|pp|track|task|top|rank|level|phase|stage|dcase|grade|windows|python)\.?\s*|\[\s*|\(\s*)\Z",
    re.I,
)


# "0.79 (0.69–0.90)", "95% CI 0.69–0.90": how sure a score is, not another.
_INTERVAL = re.compile(
    r"\d\s?%?\s*[(（\[]\s*\Z|\b(?:CI|IC|KI|CrI)\s?(?:95\s?%?)?\s*[:=,]?\s*[(\[]?\Z|\b95\s?%[\s-]?(?:CI|IC|KI|CrI)\s*[:=,]?\s*[(\[]?\Z"
)
_LEVEL = re.compile(r"\s?%?[\s-]?(?:CI|IC|KI|CrI|confidence)\b")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, or a range from `low` to `high`, at `start` to `end` of the sentence; `unit` is "%", "dB", "x", "points", "fps", "ms" or none."""

    start: int
    end: int
    low: Decimal
    high: Decimal | None
    unit: str | None
    precise: bool

    @property
    def bare(self) -> bool:
        """Whether nothing but its neighbours tells that it is a score."""
        return self.unit is None and not self.precise


def figures(text: str) -> Iterator[Figure]:
    """The figures of a sentence from left to right."""
    position = 0
    while match := _FIGURE.search(text, position):
        figure = _figure(match, text)
        position = figure.end
        if not _describes(match, figure, text):
            yield figure


def _figure(match: re.Match[str], text: str) -> Figure:
    low, high = match.group("low"), match.group("high")
    if high and _is_range(match, text[: match.start()]):
        return Figure(
            match.start(),
            match.end("high"),
            _decimal(low),
            _decimal(high),
            _unit(match.group("unit") or match.group("first")),
            bool(re.search(_FRACTION, low)),
        )
    end = match.end("low")
    return Figure(
        match.start(),
        end,
        _decimal(low),
        None,
        _unit(match.group("first") or (None if high else match.group("unit"))),
        bool(re.search(_FRACTION, low)),
    )


def _describes(match: re.Match[str], figure: Figure, text: str) -> bool:
    """Whether a number tells a size, a share, a year or a place rather than a score."""
    before, after = text[: match.start()], text[figure.end :]
    if _SHARE.match(after.removeprefix("%").lstrip()) or _SHARE.match(after.lstrip("% ")):
        return True
    if _LEVEL.match(after) or (figure.high is not None and _INTERVAL.search(before)):
        return True
    if figure.unit:
        return False
    return bool(_YEAR.match(match.group("low")) or _COUNTED.match(after) or (_CITED.search(before) and not figure.precise))


def _is_range(match: re.Match[str], before: str) -> bool:
    joint = match.string[match.end("first") if match.group("first") else match.end("low") : match.start("high")].strip()
    if joint == "and":
        return before.rstrip().endswith("between")
    return _decimal(match.group("low")) < _decimal(match.group("high"))


def _unit(written: str | None) -> str | None:
    if not written:
        return None
    return next((unit for unit, pattern in _UNITS if re.match(pattern, written, re.I)), "points")


def _decimal(written: str) -> Decimal:
    plain = re.sub(r"[\u202f\u00a0 ]", "", written)
    if re.search(r"^0,\d|,\d{1,2}$", plain):
        plain = plain.replace(",", ".")
    return Decimal(plain.replace(",", "") if not plain.startswith(".") else "0" + plain)
