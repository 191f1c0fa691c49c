"""Text that a reader composes of a container's parts, with the blocks and runs that it will have.

DOCX and PDF have no text of their own: the parts are collected first, then the text is put together and marked in one go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import zip_longest

from kg.model import BlockKind, InlineKind
from kg.readers.outline import Outline


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one dress; `target` is where a link leads."""

    text: str
    kinds: tuple[InlineKind, ...] = ()
    target: str = ""


@dataclass(slots=True)
class Part:
    """A block: its runs, its place in a list (`depth` from 1) or in a table (`row` and `column` of table `table`, from 0)."""

    kind: BlockKind
    runs: list[Run] = field(default_factory=list)
    level: int = 0
    depth: int = 0
    table: int = 0
    row: int = 0
    column: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def compose(parts: list[Part]) -> Outline:
    """The text of all parts, a blank line between them (a line end between cells), and its outline."""
    parts = [part for part in parts if part.text.strip()]
    pieces = []
    for part, following in zip_longest(parts, parts[1:]):
        pieces.append(part.text)
        pieces.append("\n" if following and following.table and following.table == part.table else "\n\n")
    outline = Outline("".join(pieces).rstrip("\n") + "\n" if parts else "")
    _Writer(outline).write(parts)
    return outline


class _Writer:
    """Marks the parts one after the other; lists and rows that are open end where a part stands outside them."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.depth = 0
        self.table = 0
        self.row = -1
        self.heads: list[str] = []

    def write(self, parts: list[Part]) -> None:
        place = 0
        for part in parts:
            place = self.outline.text.index(part.text.rstrip("\n"), place)
            self._nest(part)
            self.outline.open_leaf(part.kind, part.level, self._name(part), part.row, part.column)
            place = self._runs(part, place)
            self.outline.close_leaf()
        self._nest(Part("paragraph"))

    def _runs(self, part: Part, place: int) -> int:
        for run in part.runs:
            end = min(place + len(run.text), len(self.outline.text))
            for kind in run.kinds:
                self.outline.open_run(kind, place, run.target if kind == "link" else "")
            self.outline.add(place, end)
            for kind in reversed(run.kinds):
                self.outline.close_run(kind, end)
            place = end
        return place

    def _nest(self, part: Part) -> None:
        if part.table != self.table:
            if self.table:
                self.outline.close_item()
                self.outline.close_list()
            if part.table:
                self._to_depth(0)
                self.outline.open_list()
                self.outline.open_item()
                self.heads = []
            self.table = part.table
        elif part.table and part.row != self.row:
            self.outline.close_item()
            self.outline.open_item()
        self.row = part.row
        if not part.table:
            self._to_depth(part.depth)

    def _to_depth(self, depth: int) -> None:
        while self.depth > depth:
            self.outline.close_item()
            self.outline.close_list()
            self.depth -= 1
        if depth and self.depth == depth:
            self.outline.close_item()
            self.outline.open_item()
        while self.depth < depth:
            self.outline.open_list()
            self.outline.open_item()
            self.depth += 1

    def _name(self, part: Part) -> str:
        if not part.table:
            return ""
        if part.row == 0:
            self.heads.append(" ".join(part.text.split()))
            return ""
        return self.heads[part.column] if part.column < len(self.heads) else ""


def clean(text: str) -> str:
    """Text without the control characters that containers may carry, line ends LF."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", "\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
