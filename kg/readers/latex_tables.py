"""The environments of LaTeX that are open, and the rows and cells of those that are tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.readers.latex_tokens import Tokens
from kg.readers.latex_words import RULES
from kg.readers.outline import Outline

_LOOK_AHEAD = 2000  # tokens in which the first row of a table ends


@dataclass(slots=True)
class Environment:
    """An environment: whether it has begun an item or row; of a table also the place of the cell that is read."""

    name: str
    begun: bool = False
    row: int = 0
    column: int = 0
    heads: list[str] = field(default_factory=list)

    def begin_table(self, outline: Outline, *, headed: bool) -> None:
        """The first row names the columns if the table is `headed`."""
        outline.open_list()
        self.row, self.begun = (0 if headed else 1), True
        outline.open_item()
        self._open_cell(outline)

    def next_cell(self, outline: Outline) -> None:
        self._end_cell(outline)
        self.column += 1
        self._open_cell(outline)

    def next_row(self, outline: Outline) -> None:
        self._end_cell(outline)
        outline.close_item()
        outline.open_item()
        self.row, self.column = self.row + 1, 0
        self._open_cell(outline)

    def _open_cell(self, outline: Outline) -> None:
        name = self.heads[self.column] if self.row and self.column < len(self.heads) else ""
        outline.open_leaf("cell", 0, name, self.row, self.column)

    def _end_cell(self, outline: Outline) -> None:
        before = len(outline.blocks)
        outline.close_leaf()
        if self.row == 0:
            self.heads.append(" ".join(map(outline.shown, outline.blocks[before:])))


def headed(tokens: Tokens, index: int) -> bool:
    """Whether a rule follows the first row of a table that begins at an index."""
    rows = (at for at in range(index, min(index + _LOOK_AHEAD, len(tokens))) if tokens[at].kind == "sign" and tokens[at].name == "\\")
    end = next(rows, None)
    return end is not None and any(token.kind == "command" and token.name in RULES for token in tokens[end + 1 : end + 4])
