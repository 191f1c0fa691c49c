"""Who signs a remark: a name in brackets or behind a dash at its end, in a document where several remarks are signed so."""

from __future__ import annotations

import re
from collections import Counter

from kg.annotators.drafts import Draft
from kg.annotators.known_names import KNOWN
from kg.annotators.layout import Layout
from kg.annotators.lines import Line
from kg.annotators.names import is_name
from kg.identity import key
from kg.model import HeadField

_SIGNED = re.compile(r"(?:\s[—–-]{1,2}\s?|\s?[(（\[【]\s*)(?P<name>[^\W\d_][\w.’'-]*(?:\s[^\W\d_a-z][\w.’'-]*){0,2})\s*[)）\]】]?[\s.*_]*$")


def sign(layout: Layout, drafts: list[Draft]) -> None:
    """Adds to each entry whose last words are a signature who signed it; two remarks make it a custom of the document."""
    found = [(draft, signed) for draft in drafts if draft.role == "reviewed" and (signed := _signature(layout, draft)) is not None]
    often = Counter(mark.value for _, mark in found)
    customary = sum(often[mark.value] > 1 or _is_given(mark.value) for _, mark in found) >= 2
    for draft, mark in found:
        if customary and (often[mark.value] > 1 or _is_given(mark.value)) and not any(field.label == "reviewer" for field in draft.fields):
            draft.fields.append(mark)


def _signature(layout: Layout, draft: Draft) -> HeadField | None:
    line = _last_line(layout, draft)
    match = _SIGNED.search(line.text) if line is not None else None
    if line is None or match is None or not is_name(match.group("name").rstrip(".")):
        return None
    span = line.span(*match.span("name"))
    return HeadField(span, "reviewer", match.group("name")) if any(body.contains(span) for body in draft.body) else None


def _last_line(layout: Layout, draft: Draft) -> Line | None:
    """The line on which the passage about the paper ends."""
    last = max((span.end for span in draft.body), default=0)
    within = (line for line in layout.lines[draft.place :] if line.block.span.start < last <= line.block.span.end + 2)
    return next(within, None)


def _is_given(name: str) -> bool:
    return key(name.split(maxsplit=1)[0]) in KNOWN
