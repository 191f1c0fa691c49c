"""The lines of a document and how they lie to each other: what stands above, below and beside each."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from kg import identity
from kg.annotators import labels, titles
from kg.annotators.lines import Line
from kg.annotators.outlook import nothing_but, recurring_prefixes, references, sections_above

_OF_RECORDS = frozenset({"author", "venue", "year", "link", "reviewer", "presenter"})


class Layout:
    """The lines of a document in order; a `place` is an index into `lines`.

    `title` is the key of the document's own title; `sections` holds for each place the places of the headings above it, outermost first.
    """

    def __init__(self, lines: list[Line], title: str | None) -> None:
        self.lines = lines
        self.title = identity.key(title or "")
        self.sections = sections_above(lines)
        cited = references(lines)
        self.cited_titles = frozenset(identity.key(line.text[head.start : head.end]) for line, head in cited)
        self.is_bibliography = nothing_but(lines, cited)
        self.prefixes = recurring_prefixes(lines)
        self._places = {line.index: place for place, line in enumerate(lines)}
        self._rows: dict[tuple[int, int], list[Line]] = defaultdict(list)
        for line in lines:
            if line.block.kind == "cell":
                self._rows[line.block.group, line.block.row].append(line)

    @cached_property
    def _title_columns(self) -> frozenset[tuple[int, int]]:
        """Group and column of the cells that hold titles: by their header, or, where other headers are of records, by what they hold."""
        columns: dict[tuple[int, int], list[Line]] = defaultdict(list)
        for line in self.lines:
            if line.block.kind == "cell" and line.block.row > 0:
                columns[line.block.group, line.block.column].append(line)
        by_group: dict[int, dict[tuple[int, int], list[Line]]] = defaultdict(dict)
        for column, lines in columns.items():
            by_group[column[0]][column] = lines
        return frozenset(column for group in by_group.values() for column in _holding_titles(group))

    def holds_title(self, line: Line) -> bool:
        """Whether a line is a cell of a column of titles."""
        return line.block.kind == "cell" and line.block.row > 0 and (line.block.group, line.block.column) in self._title_columns

    def place(self, line: Line) -> int:
        return self._places[line.index]

    def parents(self, line: Line) -> list[Line]:
        """The items or rows that hold a line, innermost first."""
        found = []
        parent = line.block.parent
        while parent is not None and parent in self._places:
            found.append(self.lines[self._places[parent]])
            parent = found[-1].block.parent
        return found

    def row(self, line: Line) -> list[Line]:
        """The cells of a cell's row, itself among them."""
        return self._rows[line.block.group, line.block.row]

    def inside(self, line: Line) -> list[Line]:
        """The lines that stand under a heading or an item, sub-headings' included."""
        found = []
        for other in self.lines[self.place(line) + 1 :]:
            if line.block.kind == "heading":
                if other.block.kind == "heading" and other.block.level <= line.block.level:
                    break
            elif all(parent is not line for parent in self.parents(other)):
                break
            found.append(other)
        return found

    def following(self, line: Line) -> list[Line]:
        """The lines after a line up to the next heading of its rank, or the next item beside it; eight at most."""
        place = self.place(line)
        found: list[Line] = []
        for other in self.lines[place + 1 : place + 9]:
            if other.block.kind == "heading" and (line.block.kind != "heading" or other.block.level <= line.block.level):
                break
            if line.block.kind in ("item", "cell") and other.block.parent is None and other.block.kind in ("item", "cell"):
                break
            found.append(other)
        return found

    @cached_property
    def keys(self) -> list[str]:
        """For each place what the line says, as titles are compared."""
        return [identity.key(line.text) for line in self.lines]


def _holding_titles(columns: dict[tuple[int, int], list[Line]]) -> list[tuple[int, int]]:
    meanings = {column: labels.meaning(lines[0].block.name) for column, lines in columns.items()}
    named = [column for column, meaning in meanings.items() if meaning == "title"]
    if named or _OF_RECORDS.isdisjoint(meanings.values()):
        return named
    likeness = {
        column: sum(titles.likeness(line.text) for line in lines) / len(lines)
        for column, lines in columns.items()
        if meanings[column] is None and sum(len(line.text.split()) for line in lines) <= 18 * len(lines)
    }
    best = max(likeness, key=lambda column: (likeness[column], -column[1]), default=None)
    return [best] if best is not None and likeness[best] >= 0.4 else []
