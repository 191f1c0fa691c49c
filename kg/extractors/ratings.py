"""Reads verdicts that are given as a mark: stars, "4/5", "Strong accept", thumbs."""

from __future__ import annotations

import re
from dataclasses import dataclass

_POINTS = re.compile(
    r"\b(?:rating|score|grade|verdict|overall|note|bewertung|wertung|puntuación|nota|评分|評価)\s*[:：=]?\s*(\d+(?:[.,]\d)?)\s*(?:/|out of|von|sur|de)\s*(5|10|100)\b|(?<![\d/.])(\d(?:[.,]\d)?)\s*/\s*5\b(?!/)|\b(\d(?:[.,]\d)?|10)\s*/\s*10\b",
    re.I,
)
_STARS = re.compile(r"([★⭐🌟]\ufe0f?(?:[★⭐🌟]\ufe0f?)*)(½?)([☆✩]*)")
_STARS_IN_WORDS = re.compile(
    r"(?<!out of )(?<!/ )(?<!/)\b([1-5]|one|two|three|four|five)(?:\s+and\s+a\s+half|[.,]5)?\s+(?:(?:out\s+of|of|/)\s+(?:5|five)\s+stars?\b|stars?\b(?!\s+off)|sterne?\b|étoiles?\b|estrellas?\b)(?:\s+(?:out of|of)\s+(?:5|five))?",
    re.I,
)
_GRADE = re.compile(r"\b(?i:rating|score|grade|verdict|mark|bewertung)\s*[:：=]\s*([A-F])([+\-−–]?)(?=\s*(?:$|[.,;)(]))")
_NUMBERS = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0}
_ACCEPT = re.compile(
    r"^\W*(?:(?:recommendation|verdict|decision|vote|overall|rating|score|my take)\s*[:：.—-]\s*)?(?:\d+\s*[:(]?\s*)?(?:(strong|clear|weak|marginal(?:ly)?)?\s*)(accept(?:ance)?|reject(?:ion)?)\b[\w\s()/]{0,25}\W*$",
    re.I,
)
_BORDERLINE = re.compile(
    r"\b(?:borderline|major revisions?|revise and resubmit|mixed (?:feelings|bag)|on the fence|of two minds|gemischte gefühle|grenzfall|mitigée?|en demi-teinte|agridulce|喜忧参半|褒贬不一|賛否両論)\b|喜忧参半|褒贬不一|賛否両論",
    re.I,
)


_BARE = re.compile(
    r"^\W*(?:(?:my|our|overall)\s+)?(?:rating|score|stars?|bewertung|wertung|note|nota|puntuación|评分|評価)\s*[:：=]\s*(\d{1,2}(?:[.,]\d)?)\W*$",
    re.I,
)
_SCALES = (5, 10, 100)
_FEW = 2


@dataclass(frozen=True, slots=True)
class Rating:
    """A mark as a share of the best mark, from 0 to 1."""

    share: float


def rating(text: str) -> Rating | None:
    """The mark that a line gives, if it gives one; stars without empty ones are out of five."""
    if match := _POINTS.search(text):
        return _share(match.group(1) or match.group(3) or match.group(4), float(match.group(2) or (5 if match.group(3) else 10)))
    if (match := _STARS.search(text)) and (len(match.group(1)) > 1 or match.group(3) or "★" in match.group(1)):
        full = len(match.group(1).replace("\ufe0f", "")) + (0.5 if match.group(2) else 0)
        return Rating(full / max(5, full + len(match.group(3))))
    if match := _STARS_IN_WORDS.search(text):
        return _share(str(_NUMBERS.get(match.group(1).lower(), match.group(1))), 5)
    if match := _GRADE.search(text):
        return Rating({"A": 1.0, "B": 0.75, "C": 0.5}.get(match.group(1), 0.2))
    if match := _ACCEPT.match(text):
        weak = (match.group(1) or "").lower() in ("weak", "marginal", "marginally")
        accepted = match.group(2).lower().startswith("accept")
        return Rating((0.75 if weak else 1.0) if accepted else (0.3 if weak else 0.1))
    return Rating(0.5) if _BORDERLINE.search(text) else None


def points(text: str) -> float | None:
    """The number of a mark that says no scale: "Rating: 4"."""
    match = _BARE.match(text)
    return float(match.group(1).replace(",", ".")) if match else None


def best(marks: list[float]) -> int | None:
    """The best mark of a document's scale, told by all its marks; `None` where too few are given to tell."""
    return next((scale for scale in _SCALES if max(marks) <= scale), None) if len(marks) >= _FEW else None


def _share(points: str, best: float) -> Rating | None:
    value = float(points.replace(",", "."))
    return Rating(value / best) if value <= best else None
