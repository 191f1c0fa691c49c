"""Tells whether a sentence asserts what it says, denies it, or holds it open."""

from __future__ import annotations

import re

from kg.model import Stance

_DENIED = re.compile(
    r"\b(?:not|n't|n’t|never|cannot|fails? to|failed to|unable to|nor|neither|no longer|hardly|barely|nicht|kein\w*|ne\s+\w+\s+pas|nunca)\b|\b(?:do|does|did|is|are|was|were|could|would|should|can|has|have)n[’']?t\b",
    re.I,
)
_HEDGED = re.compile(
    r"\b(?:might|may|could|would|should|perhaps|maybe|possibly|probably|potentially|hope(?:s|fully)?|if|unclear|remains to be seen|future work|plan(?:s|ned)? to|close to|seems? to|appears? to|aims? to|tr(?:y|ies|ied) to|claim(?:s|ed)? to|supposedly|allegedly|"
    r"vielleicht|könnte\w*|würde\w*|peut-être|pourrait|quizás|podría)\b|\?\s*$",
    re.I,
)
_NEAR = 40


def stance(text: str, start: int = 0) -> Stance:
    """The stance of the words at `start`: what stands shortly before them decides."""
    before = text[max(0, start - _NEAR) : start]
    if _DENIED.search(before):
        return "denied"
    return "hedged" if _HEDGED.search(before) else "asserted"
