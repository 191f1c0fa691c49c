"""Tells the writer's own words about a paper from the paper's words about itself."""

from __future__ import annotations

import re

from kg.extractors.passages import Passage

_OURS = re.compile(
    r"\b(?:in this (?:paper|work|article|study|letter),?\s+we\b|we\s+(?:(?:also|further|first|then|extensively|empirically|thus|hence|therefore|instead|next|finally|additionally|now|here)\s+)?"
    r"(?:propose|introduce|present|show|demonstrate|evaluate|develop|investigate|study|describe|design|explore|conduct|release|adapt|address|analy[sz]e|report|achieve|provide|collect|compare|extend|prove|argue)\b|"
    r"our\s+(?:proposed|method|model|approach|results?|experiments?|framework|system|algorithm|dataset|findings|work|code|evaluation|goal|analysis|contributions?|technique|solution|network)\b|wir\s+(?:stellen|zeigen|präsentieren)\b|nous\s+(?:proposons|présentons)\b)",
    re.I,
)
_MINE = re.compile(r"\b(?:I|I'm|I’m|I've|I’ve|I'd|I’d|my|me|IMHO|imo)\b")


def speaks_for_itself(passage: Passage) -> bool:
    """Whether a passage is the paper's own abstract: it says "we propose", and nobody says "I"."""
    text = " ".join(line.text for line in passage.body)
    claims = len(_OURS.findall(text))
    return (claims > 1 or (claims == 1 and len(passage.body) > 3)) and not _MINE.search(text)


def own_claim(sentence: str) -> bool:
    """Whether one sentence is in the voice of the paper's authors."""
    return bool(_OURS.search(sentence)) and not _MINE.search(sentence)


def first_person(sentence: str) -> bool:
    return bool(_MINE.search(sentence))
