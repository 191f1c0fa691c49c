"""Tells how surely a text is a reference at all: the parts of one speak for it, the words of sentences against it."""

from __future__ import annotations

import re

from kg.annotators.names import People

_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|we|they|it|its|this|that|these|which|who|I|have|has|had|can|will|would|should|you|your|my|our|but|not|be|been|also|because|so|just|very)\b"
)
_OPENS_SENTENCE = re.compile(r"(?:We|I|This|These|The authors|It|They|You|In this|Our|My)\s")
_WORTH = {
    "year": 0.2,
    "container": 0.15,
    "title": 0.1,
    "pages": 0.08,
    "volume": 0.08,
    "publisher": 0.08,
    "location": 0.05,
    "editor": 0.05,
    "genre": 0.05,
}
_USUAL_LENGTH = 420  # characters of the longest ordinary references, but for lists of very many authors


def likeness(text: str, authors: People, fields: dict[str, tuple[int, int] | None], *, sure: float) -> float:
    """From 0 to 1; `sure` tells how surely the text names people where references have authors."""
    score = 0.45 * (sure if authors.names else sure * 0.6)
    score += sum(worth for name, worth in _WORTH.items() if fields.get(name))
    title = fields.get("title")
    inside = len(_SENTENCE.findall(text, *title)) if title else 0
    outside = len(_SENTENCE.findall(text)) - inside
    score -= 0.12 * max(0, inside - 2) + 0.15 * outside
    if title and (text[title[0]].islower() or _OPENS_SENTENCE.match(text, title[0])):
        score -= 0.3
    beyond = len(text) - (authors.names[-1].end if authors.names else 0) - _USUAL_LENGTH
    return max(0.0, min(1.0, score - max(0, beyond) / 800))
