"""Inline markup of lightweight languages, read in one pass: tokens of a language are paired and written into an outline.

A language gives its tokens in order (`tokens(text, start, end)`); everything between them is text.  A mark that finds no partner is text
too.  The pass is linear in the number of tokens, whatever their nesting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from kg.model import InlineKind
from kg.readers.outline import Outline

Role = Literal["mark", "open", "close", "whole", "seen", "hidden"]


@dataclass(frozen=True, slots=True)
class Token:
    """Markup at `start` to `end`.

    A `mark` opens or closes a run of `kind`, whichever fits; `open` and `close` can do only one.  Partners have the same `sign`.
    A `whole` is a run that shows `inner` as it stands; `seen` is shown as other words; `hidden` is not shown.
    """

    start: int
    end: int
    role: Role
    kind: InlineKind = "italic"
    sign: str = ""
    target: str = ""
    inner: tuple[int, int] = (0, 0)
    shown: str = ""


def write(outline: Outline, start: int, end: int, tokens: Iterable[Token]) -> None:
    """Adds `text[start:end]` to the block that is open, its markup resolved."""
    place = start
    for token in paired(tokens):
        outline.add(place, token.start)
        _put(outline, token)
        place = token.end
    outline.add(place, end)


def paired(tokens: Iterable[Token]) -> list[Token]:
    """The tokens that mean something: marks with a partner, as `open` and `close`, and all others."""
    kept: list[Token | None] = []
    waiting: list[int] = []
    signs: Counter[str] = Counter()
    for token in tokens:
        if token.role not in ("mark", "open", "close"):
            kept.append(token)
        elif token.role != "open" and signs[token.sign]:
            _join(kept, waiting, signs, token)
        elif token.role != "close":
            waiting.append(len(kept))
            signs[token.sign] += 1
            kept.append(token)
    for index in waiting:
        kept[index] = None
    return [token for token in kept if token is not None]


def _join(kept: list[Token | None], waiting: list[int], signs: Counter[str], closing: Token) -> None:
    """Pairs a closing mark with the innermost opening one of its sign; marks that wait between them are text."""
    while waiting:
        index = waiting.pop()
        opening = kept[index]
        assert opening is not None
        signs[opening.sign] -= 1
        kept[index] = None
        if opening.sign == closing.sign:
            kept[index] = replace(opening, role="open")
            kept.append(replace(closing, role="close", kind=opening.kind))
            return


def _put(outline: Outline, token: Token) -> None:
    if token.role == "open":
        outline.open_run(token.kind, token.start, token.target)
    elif token.role == "close":
        outline.close_run(token.kind, token.end)
    elif token.role == "seen":
        outline.add(token.start, token.end, token.shown)
    elif token.role == "whole":
        outline.open_run(token.kind, token.start, token.target)
        outline.add(*token.inner)
        outline.close_run(token.kind, token.end)
