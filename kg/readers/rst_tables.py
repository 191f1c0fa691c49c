"""The tables of reStructuredText: drawn as a grid, with underlined columns, as lists of lists, and as comma-separated values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import pairwise

from kg.readers import records_csv
from kg.readers.indented import Lines
from kg.readers.inline import write
from kg.readers.outline import Outline
from kg.readers.rst_inline import Names, tokens

BULLET = re.compile(r"[-*+•‣⁃](?:[ \t]+|$)")
_GRID = re.compile(r"\+[-=+]*[-=][-=+]*\+$")
_SIMPLE = re.compile(r"={2,}(?:[ \t]+={2,})+$")
_INNER = re.compile(r"-{2,}(?:[ \t]+-{2,})*|={2,}")
_Rows = Iterable[list[Callable[[], None]]]


def begins(words: str) -> bool:
    """Whether a line is the first of a drawn table."""
    return bool(_GRID.match(words) or _SIMPLE.match(words))


def put(outline: Outline, names: Names, lines: Lines, indexes: Iterable[int], *, raw: bool = False) -> None:
    """Adds the words of some lines to the block that is open, up to the colons that announce a literal block."""
    filled = [index for index in indexes if not lines.blank(index)]
    if not filled:
        return
    start, end = lines.starts[filled[0]], lines.lines[filled[-1]][1]
    if raw:
        outline.add(start, end)
        return
    words = outline.text[start:end].rstrip()
    end = start + len(words) - words.endswith("::")
    write(outline, start, end, tokens(names, outline.text, start, end))


class Tables:
    """Writes tables into an outline; the rows above a double rule name the columns."""

    def __init__(self, outline: Outline, names: Names, lines: Lines) -> None:
        self.outline = outline
        self.names = names
        self.lines = lines

    def drawn(self, first: int, last: int) -> int | None:
        """Reads a table in a drawn grid or with its columns underlined; where it ends, or None if it is none."""
        grid = self.lines.words(first).startswith("+")
        end = first + 1
        while end < last and not (self.lines.blank(end) and (grid or (self._is_rule(end - 1) and end - 1 > first))):
            end += 1
        rules = [index for index in range(first, end) if self._is_rule(index)]
        if len(rules) < 2:
            return None
        edges = [found.start() for found in re.finditer(r"\+" if grid else r"=+", self.lines.words(first))]
        head = next((index for index in rules[1:-1] if "=" in self.lines.words(index)), None)
        rows = _between(rules) if grid else self._underlined(rules, edges)
        columns = list(pairwise(edges)) if grid else list(zip(edges, [*edges[1:], None], strict=True))
        margin = self.lines.margin(first)
        cells = ([self._cutter(row, margin + left + grid, None if right is None else margin + right) for left, right in columns] for row in rows)
        self._write(cells, sum(head is not None and row[0] < head for row in rows))
        return end

    def of_lists(self, first: int, last: int, *, headed: bool) -> None:
        """A list of rows, each a list of cells."""
        self._write(([self._putter(*cell) for cell in self._items(*row)] for row in self._items(first, last)), int(headed))

    def csv(self, first: int, last: int) -> None:
        """Rows of comma-separated values; the columns' names, if an option gives them, stand in no row."""
        filled = [index for index in range(first, last) if not self.lines.blank(index)]
        if filled:
            rows = records_csv.rows(self.outline.text, ",", self.lines.starts[filled[0]], self.lines.lines[filled[-1]][1])
            self._write(([self._adder(cell) for cell in row] for row in rows), 0)

    def _write(self, rows: _Rows, heads: int) -> None:
        """The rows, each cell written by its function; the first `heads` name the columns."""
        names: dict[int, str] = {}
        self.outline.open_list()
        for number, row in enumerate(rows, 0 if heads else 1):
            self.outline.open_item()
            for column, write_cell in enumerate(row):
                before = len(self.outline.blocks)
                self.outline.open_leaf("cell", 0, names.get(column, "") if number >= heads else "", number, column)
                write_cell()
                self.outline.close_leaf()
                if number < heads:
                    names.setdefault(column, " ".join(map(self.outline.shown, self.outline.blocks[before:])))
            self.outline.close_item()
        self.outline.close_list()

    def _is_rule(self, index: int) -> bool:
        words = "" if self.lines.blank(index) else self.lines.words(index)
        return begins(words) or _INNER.fullmatch(words) is not None

    def _underlined(self, rules: list[int], edges: list[int]) -> list[list[int]]:
        """The lines of each row; lines whose first column is empty go on with the row before."""
        rows: list[list[int]] = []
        margin = self.lines.margin(rules[0])
        for index in range(rules[0] + 1, rules[-1]):
            if self.lines.blank(index) or self._is_rule(index):
                continue
            start, end = self.lines.lines[index]
            if rows and not self.outline.text[start : min(end, start + margin + edges[1])].strip():
                rows[-1].append(index)
            else:
                rows.append([index])
        return rows

    def _items(self, first: int, last: int) -> list[tuple[int, int]]:
        """The items of a list that fills lines `first` to `last`, their marks taken off."""
        edge = self.lines.edge(first, last)
        marks = {
            index: mark
            for index in range(first, last)
            if not self.lines.blank(index) and self.lines.columns[index] == edge and (mark := BULLET.match(self.lines.words(index)))
        }
        for index, mark in marks.items():
            self.lines.cut(index, mark.end())
        return list(pairwise([*marks, last]))

    def _cutter(self, row: list[int], left: int, right: int | None) -> Callable[[], None]:
        return lambda: self._cut_out(row, left, right)

    def _putter(self, first: int, last: int) -> Callable[[], None]:
        return lambda: put(self.outline, self.names, self.lines, range(first, last))

    def _adder(self, cell: records_csv.Cell) -> Callable[[], None]:
        return lambda: records_csv.add(self.outline, cell)

    def _cut_out(self, row: list[int], left: int, right: int | None) -> None:
        """What stands between two edges on the lines of a row."""
        begun = False
        for index in row:
            start, end = self.lines.lines[index]
            begin, stop = min(end, start + left), end if right is None else min(end, start + right)
            words = self.outline.text[begin:stop]
            if not words.strip():
                continue
            begin += len(words) - len(words.lstrip())
            if begun:
                self.outline.add(begin - 1, begin, "\n")
            begun = True
            stop = begin + len(words.strip())
            write(self.outline, begin, stop, tokens(self.names, self.outline.text, begin, stop))


def _between(rules: list[int]) -> list[list[int]]:
    return [list(range(before + 1, after)) for before, after in pairwise(rules) if after > before + 1]
