"""Says what of a paper a sentence praises or criticises: its novelty, clarity, evaluation, reproducibility, usefulness or results."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extractors.judgements import judged, turns
from kg.extractors.lexicon import aspect_words, lexicon

_LISTED = re.compile(r"[,;:，；、。]|\s[–—]\s|[.!?]\s")
_AGAINST = {True: ("blame", "poor"), False: ("praise", "fair")}


def aspects(text: str, praise: float, blame: float, spoken: frozenset[str]) -> list[tuple[str, bool]]:
    """The aspects in the order of the text, each with whether it is praised.

    In a sentence that only praises or only criticises every aspect counts; in one that does both only those in a part that does one.
    """
    if praise and blame:
        return list(dict.fromkeys(_of_parts(text, spoken)))
    return [(aspect, praise > 0) for aspect in _named(text, praise > 0, spoken)] if praise or blame else []


def _of_parts(text: str, spoken: frozenset[str]) -> Iterator[tuple[str, bool]]:
    for start, end in turns(text):
        for part in _LISTED.split(text[start:end]):
            judgement = judged(part, spoken)
            if bool(judgement.praise) != bool(judgement.blame):
                yield from ((aspect, judgement.praise > 0) for aspect in _named(part, judgement.praise > 0, spoken))


def _named(text: str, praised: bool, spoken: frozenset[str]) -> list[str]:
    """The aspects that a text names, but by no word that says the opposite: "slow" is no praise of usefulness."""
    against = {term.start for term in lexicon(spoken).terms(text) if term.kind in _AGAINST[praised]}
    return list(dict.fromkeys(term.kind for term in aspect_words(spoken).terms(text) if term.start not in against))
