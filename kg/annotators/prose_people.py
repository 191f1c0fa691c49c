"""Finds the people whom running text names as the authors of a paper: "Choi et al. tackle …", "the paper by Jane Doe and colleagues"."""

from __future__ import annotations

import re

from kg.annotators.names import People, read_people

_NAME = r"[A-ZÀ-ÖØ-ÞŁŠŽČ][\w’'\-]+"
_FULL = rf"(?:{_NAME}|[A-Z]\.)(?:\s+(?:{_NAME}|[A-Z]\.|van|von|de|der|den|la|di)){{0,4}}"
_OTHERS = r"(?:\s*,?\s*\(?et\.?\s+al\.?!?\)?|\s+and\s+(?:his\s+|her\s+|their\s+)?(?:colleagues|coll?aborators|co-?workers|co-?authors|others|team))"
_PEOPLE = rf"(?P<people>{_FULL}(?:,\s+{_FULL}){{0,6}}(?:,?\s+(?:and|&|und|et)\s+{_FULL})?)(?P<others>{_OTHERS})?"
_VERBS = (
    r"(?:introduc|propos|present|show|describ|develop|stud(?:y|ie)|investigat|tackl|explor|extend|ask|argu|prov|find|buil|provid|discuss|consider|generali[sz]|compar|evaluat|demonstrat|address|report|suggest|"
    r"analy[sz]|examin|design|formulat|observ|conclud|revisit|stellen|zeigen|untersuchen|schlagen|proposent|présentent|montrent|étudient|proponen|presentan)\w*"
)
_BY = re.compile(rf"\b(?:by|from|of|par|von|por)\s+{_PEOPLE}")
_SUBJECT = re.compile(rf"(?:^|[.!?(\n]\s*|,\s+|\bwhere\s+|\bhere\s+|\bpaper\s+){_PEOPLE}\s+(?:\w+ly\s+|also\s+|first\s+|then\s+|here\s+)?{_VERBS}")
_CITED = re.compile(rf"{_PEOPLE}")
_AROUND = re.compile(
    r"(?:^|[.!?(\n]\s*|\b(?:[Bb]y|[Ii]n|[Tt]o|[Ff]rom|[Cc]heers to|paper|work)\s+)"
    rf"(?P<people>{_NAME}(?:\s+{_NAME})?(?:\s+(?:and|&)\s+{_NAME})?)(?P<others>{_OTHERS})"
)


def mentioned_people(text: str) -> tuple[int, People] | None:
    """The people that a passage's beginning names as authors, with the offset that their places count from."""
    for pattern in (_AROUND, _SUBJECT, _BY):
        for match in pattern.finditer(text):
            people = _people(match)
            if people is not None:
                return match.start("people"), people
    return None


def cited_people(text: str, start: int, end: int) -> tuple[int, People] | None:
    """The people named right before or after the stretch `text[start:end]`, with the offset that their places count from."""
    after = re.match(r"[”\"’')\]*_,.\s]*(?:paper,?\s+|by\s+|\([^()]{4,60}\),?\s+(?:by\s+)?)?(?=[A-Z])", text[end : end + 120])
    places = [found] if after and (found := _CITED.match(text, end + after.end())) else []
    before = [
        match
        for match in _CITED.finditer(text, max(0, start - 90), start)
        if re.fullmatch(r"['’]?s?,?\s+(?:\w+\s+){0,3}[“\"‘*_]*", text[match.end() : start])
    ]
    for match in (*places, *before[-1:]):
        people = _people(match)
        if people is not None and (match.group("others") or len(people.names) > 1):
            return match.start("people"), people
    return None


def _people(match: re.Match[str]) -> People | None:
    """Two words of one name may be a system's; surnames alone need company."""
    others = match.group("others") or ""
    people = read_people(match.group("people") + (" et al." if others else ""))
    if (
        people.likeness < 0.6
        or not people.names
        or re.match(r"(?:The|This|In|We|They|It|Our|However|Here|There|These|A|An)\b", match.group("people"))
    ):
        return None
    if len(people.names) == 1 and not others and len(people.names[0].written.split()) < 2:
        return None
    return people
