"""The lines of an indented language: where the words of each begin, in characters and in columns."""

from __future__ import annotations

from kg.readers.lines import lines


class Lines:
    """All lines of a text; marks that have been read can be cut off, so that what follows them begins the line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = list(lines(text))
        self.starts = [start + len(text[start:end]) - len(text[start:end].lstrip()) for start, end in self.lines]
        self.columns = [len(text[start:begin].expandtabs(8)) for (start, _), begin in zip(self.lines, self.starts, strict=True)]

    def __len__(self) -> int:
        return len(self.lines)

    def words(self, index: int) -> str:
        """A line without the white space and the marks already read before it."""
        return self.text[self.starts[index] : self.lines[index][1]].rstrip()

    def blank(self, index: int) -> bool:
        return self.starts[index] >= self.lines[index][1] or not self.words(index)

    def margin(self, index: int) -> int:
        """Characters before the words of a line."""
        return self.starts[index] - self.lines[index][0]

    def edge(self, first: int, last: int) -> int:
        """The column of the leftmost of lines `first` to `last`."""
        return min((self.columns[index] for index in range(first, last) if not self.blank(index)), default=0)

    def indented(self, index: int, last: int, column: int) -> int:
        """Where the lines end that are blank or right of a column."""
        end = index
        while index < last and (self.blank(index) or self.columns[index] > column):
            index += 1
            end = index if not self.blank(index - 1) else end
        return end

    def cut(self, index: int, length: int) -> None:
        """Takes marks off the beginning of a line."""
        self.starts[index] += length
        self.columns[index] += length
