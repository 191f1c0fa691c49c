"""The changes between two graphs as text, JSON and HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from kg.trust import page
from kg.trust.diff import Change, diff, grouped
from kg.trust.ledger import Ledger, lines


def between(old: Path | None, new: Path | None) -> list[Change]:
    """The changes between two graphs, directories or RDF files; None is a graph that says nothing."""
    return diff(*(Ledger(lines(place) if place else ()) for place in (old, new)))


def as_text(changes: list[Change]) -> str:
    return "\n".join([*_text(changes), _summary(changes), ""])


def as_json(changes: list[Change]) -> str:
    return json.dumps([asdict(change) for change in changes], ensure_ascii=False, indent=1) + "\n"


def as_html(changes: list[Change]) -> str:
    return page.page("What changed", [f"<p>{page.text(_summary(changes))}</p>", *_html(changes)])


def _text(changes: list[Change]) -> Iterator[str]:
    for what, things in grouped(changes).items():
        yield what
        for about, found in things.items():
            yield f"  {_printable(about)}"
            yield from (f"  {change.sign} {_printable(change.words)}" for change in found)
        yield ""


def _html(changes: list[Change]) -> Iterator[str]:
    for what, things in grouped(changes).items():
        yield f"<h2>{what}</h2>"
        for about, found in things.items():
            tags = (("ins" if change.sign == "+" else "del", change.words) for change in found)
            yield f"<h3>{page.text(about)}</h3><ul>{''.join(f'<li><{tag}>{page.text(words)}</{tag}>' for tag, words in tags)}</ul>"


def _summary(changes: list[Change]) -> str:
    if not changes:
        return "The graphs say the same."
    counts = [(what, sum(len(found) for found in things.values())) for what, things in grouped(changes).items()]
    return ", ".join(f"{number:,} in {what.lower()}" for what, number in counts) + "."


def _printable(text: str) -> str:
    """Without control characters, which a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in text)
