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
_MINE = re.compile(r"\b(?:I|I'm|I’m|I've|I’ve|I'd|I’d|my|me|IMHO|imo|ich|mich|mir|mein\w*|je|moi|mon|ma|yo|mí|me)\b|\bj['’]|\bm['’]|我|私|僕")
_REPORTED = re.compile(
    r"\b(?:authors?|paper|article|abstract|title|work|they|it|study|they(?: also)?)\s+(?:also\s+)?(?:claims?|says?|states?|reports?|argues?|promises?|asserts?|holds that|suggests?|maintains?|concludes?|announces?|advertises?|purports?|boasts?)\b|"
    r"\b(?:claims?|abstract)\s*[:)]|\baccording to (?:the )?(?:authors?|paper|abstract)|\bit is (?:written|claimed|said|reported|stated)\b|\breportedly\b|\bclaimed\b|\b(?:les auteurs|l['’]article|selon (?:les auteurs|l['’]article)|los autores|según (?:los autores|el artículo)|laut (?:den )?autoren|die autoren)\b|作者(?:声称|称|认为)|著者らは|と主張|という。",
    re.I,
)


def speaks_for_itself(passage: Passage) -> bool:
    """Whether a passage is the paper's own abstract: it says "we propose", and nobody says "I"."""
    text = " ".join(line.text for line in passage.body)
    claims = len(_OURS.findall(text))
    return (claims > 1 or (claims == 1 and len(passage.body) > 3)) and not _MINE.search(text)


def own_claim(sentence: str) -> bool:
    """Whether one sentence is in the voice of the paper's authors."""
    return bool(_OURS.search(sentence)) and not _MINE.search(sentence)


def reported(sentence: str) -> bool:
    """Whether a sentence passes on what the authors say of their work."""
    return bool(_REPORTED.search(sentence))


def first_person(sentence: str) -> bool:
    """Whether the writer speaks of himself or herself."""
    return bool(_MINE.search(sentence))
