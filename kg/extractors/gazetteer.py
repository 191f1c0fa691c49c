"""Finds the names of known organizations in a text, as `ontology/organizations.ttl` spells them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg import ontology

_HAN, _KATAKANA, _HANGUL = "\u4e00-\u9fff", "\u30a0-\u30ff", "\uac00-\ud7af"
_START = re.compile(
    rf"(?<=\b[dlDL][’'])[A-ZÀ-Þ]|(?<![\w’'-])[^\W_{_HAN}{_KATAKANA}{_HANGUL}]|(?<![{_HAN}])[{_HAN}]|(?<![{_KATAKANA}])[{_KATAKANA}]|(?<![{_HANGUL}])[{_HANGUL}]"
)
# "NEC Labs", "Hong Kong university": a known name may go on; "research" only where the clause ends with it.
_LONGER = re.compile(r"\s+(?:[Uu]niversity|[Ll]abs?|[Ll]aborator(?:y|ies)|Research|Institute|AI)\b(?![’'])|\s+research(?=\s*(?:$|[.,;:)]))")


@dataclass(frozen=True, slots=True)
class Known:
    """A known organization as it stands at `start` to `end` of a text, under the name written there."""

    start: int
    end: int
    name: str
    ambiguous: bool


def known(text: str) -> Iterator[Known]:
    """The known names in the order of the text, the longest at each place."""
    end = 0
    for match in _START.finditer(text):
        if match.start() < end:
            continue
        for name, ambiguous in _by_start().get(text[match.start() : match.start() + 2], ()):
            after = match.start() + len(name)
            if text.startswith(name, match.start()) and not (_goes_on(text, after) and name[-1].isascii()):
                longer = _LONGER.match(text, after)
                end = longer.end() if longer else after
                yield Known(match.start(), end, text[match.start() : end], ambiguous and not longer)
                break


def is_known(name: str, *, surely: bool = False) -> bool:
    """Whether an organization has this name; `surely` leaves out names that mean other things too."""
    return any(name == spelt and not (surely and ambiguous) for spelt, ambiguous in _by_start().get(name[:2], ()))


def spellings() -> list[str]:
    """All names that cannot be taken for something else, longest first."""
    return sorted((name for names in _by_start().values() for name, ambiguous in names if not ambiguous), key=lambda name: (-len(name), name))


def _goes_on(text: str, after: int) -> bool:
    return bool(re.match(r"[A-Za-zÀ-ÿ0-9_]|-[a-z]", text[after : after + 2]))


@cache
def _by_start() -> dict[str, list[tuple[str, bool]]]:
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for organization in ontology.organizations():
        for name in (organization.label, *organization.names):
            found[name[:2]].append((name, organization.ambiguous))
    for names in found.values():
        names.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return dict(found)
