"""The lines of a document and how they lie to each other: what stands above, below and beside each."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from kg import identity
from kg.annotators.lines import Line
from kg.annotators.outlook import nothing_but, recurring_prefixes, references, sections_above


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
