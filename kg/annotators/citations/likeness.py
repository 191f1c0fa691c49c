"""Tells how surely a text is a reference at all: the parts of one speak for it, the words of sentences against it."""

from __future__ import annotations

import re

from kg.annotators.names import People

_SENTENCE = re.compile(r"\b(?:is|are|was|were|we|they|it|this|that|which|I|have|has|can|will|would|should|you|my|our|but|not|be|been)\b")
_WORTH = {"year": 0.2, "container": 0.15, "title": 0.1, "pages": 0.08, "volume": 0.08, "publisher": 0.08, "location": 0.05, "editor": 0.05, "genre": 0.05}


def likeness(text: str, authors: People, fields: dict[str, tuple[int, int] | None], *, sure: float) -> float:
    """From 0 to 1; `sure` tells how surely the text opens with people."""
    score = 0.45 * (sure if authors.names else sure * 0.6)
    score += sum(worth for name, worth in _WORTH.items() if fields.get(name))
    prose = len(_SENTENCE.findall(text))
    return max(0.0, min(1.0, score - 0.12 * max(0, prose - 2)))
