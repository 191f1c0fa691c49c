"""Rows as a table that fits the terminal; control characters of a document never reach it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence

from tabulate import tabulate

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
_GAP = 2
_LEAST = 8


def table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns side by side, long cells folded; headers alone when there are no rows."""
    cells = [[_CONTROLS.sub(" ", cell) for cell in row] for row in rows]
    if not cells:
        return "  ".join(headers)
    widths = _widths([max(map(len, column)) for column in zip(headers, *cells, strict=True)], shutil.get_terminal_size((120, 24)).columns)
    return tabulate(cells, headers, tablefmt="simple", disable_numparse=True, maxcolwidths=list(widths))


def markdown(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The same as a table of Markdown; a bar or a control character of a cell ends no column."""
    cells = [[_CONTROLS.sub(" ", cell).replace("|", "\\|") for cell in row] for row in rows]
    return tabulate(cells, headers, tablefmt="pipe", disable_numparse=True)


def _widths(wanted: list[int], room: int) -> list[int]:
    """Takes from the widest column until all fit, as far as that leaves something to read."""
    widths = list(wanted)
    while sum(widths) + _GAP * (len(widths) - 1) > room:
        widest = max(range(len(widths)), key=widths.__getitem__)
        if widths[widest] <= _LEAST:
            break
        widths[widest] -= 1
    return widths
