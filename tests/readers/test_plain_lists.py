"""A plain list keeps each of its lines, marked or not."""

from __future__ import annotations

from kg.model import Block
from kg.readers.plain import PlainReader


def blocks(text: str) -> list[str]:
    document = PlainReader().read(text.encode(), "list.txt")
    return [document.quote(block.span) for block in document.marks(Block)]


def test_one_mark_among_many_lines_takes_no_other_line() -> None:
    lines = [f"Author {number}. A title with {'many ' * number**2}words. A journal, {1990 + number}." for number in range(9)]
    lines[4] = f"[4] {lines[4]}"
    assert len(blocks("\n".join(lines))) == len(lines)


def test_lines_before_the_first_mark_are_kept() -> None:
    assert len(blocks("Papers to read\n- one of them\n- another one\n")) == 3


def test_a_line_without_mark_goes_on_with_its_item() -> None:
    assert len(blocks("1. A title\nand its remark\n2. Another title\nand its remark\n")) == 2
