"""The lines of a text with their offsets."""

from __future__ import annotations

from collections.abc import Iterator


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Start and end of each line of `text[start:end]`, the line end not counted; a text that ends with one has an empty last line."""
    end = len(text) if end is None else end
    while (stop := text.find("\n", start, end)) >= 0:
        yield start, stop
        start = stop + 1
    yield start, end
