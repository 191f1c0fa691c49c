"""Jupyter notebooks: the text is that of the cells, one after the other; Markdown cells are read as Markdown, code is code.

The format is https://nbformat.readthedocs.io.  Outputs are what a machine wrote, and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import InputError
from kg.model import Document, Source
from kg.readers import jsontext, markdown
from kg.readers.decoding import LIMIT, decode
from kg.readers.frontmatter import fields
from kg.readers.outline import Outline
from kg.readers.records import Leaf, Mapping, Node, Sequence
from kg.readers.self_description import described


class NotebookReader:
    """Reads Jupyter notebooks of format 3 and 4; the document's text is the sources of the cells, blank lines between them."""

    name = "notebook"
    media_types = ("application/x-ipynb+json",)
    suffixes = (".ipynb",)

    def claims(self, text: str) -> float:
        return 0.99 * bool(text.lstrip()[:1] == "{" and re.search(r'"cell_type"\s*:\s*"(?:markdown|code|raw|heading)"', text))

    def read(self, data: bytes, locator: str) -> Document:
        written = decode(data, locator, LIMIT)
        cells = list(_cells(written, jsontext.parse(written, locator), locator))
        outline = Outline("\n\n".join(text for _, text in cells))
        place = 0
        for number, (kind, text) in enumerate(cells):
            end = place + len(text)
            if kind == "markdown":
                markdown.write(outline, place if number else min(fields(outline), end), end)
            else:
                outline.open_leaf("code" if kind == "code" else "comment")
                outline.add(place, end)
                outline.close_leaf()
            place = end + 2
        return outline.document(described(Source(locator, "application/x-ipynb+json"), outline))


def _cells(written: str, root: Node, locator: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each cell that is not empty."""
    sheets = _member(written, root, "worksheets")
    roots = sheets.nodes if isinstance(sheets, Sequence) else (root,)
    found = [cells for one in roots if isinstance(cells := _member(written, one, "cells"), Sequence)]
    if not found:
        raise InputError(locator, "has no list of cells, so it is no notebook; give it the suffix .json to read it as JSON")
    for cell in (cell for cells in found for cell in cells.nodes):
        kind = _string(written, _member(written, cell, "cell_type"))
        text = (
            _string(written, _member(written, cell, "source") or _member(written, cell, "input"))
            .replace("\r\n", "\n")
            .replace("\r", "\n")
            .strip("\n")
        )
        if text.strip():
            yield ("markdown", "#" * _level(written, cell) + " " + text) if kind == "heading" else (kind, text)


def _level(written: str, cell: Node) -> int:
    """The level of a heading cell, as format 3 has them."""
    level = _string(written, _member(written, cell, "level"))
    return min(6, int(level)) if level in tuple("123456") else 1


def _member(written: str, node: Node, name: str) -> Node | None:
    if not isinstance(node, Mapping):
        return None
    return next((value for key, value in node.items if key.text(written) == name), None)


def _string(written: str, node: Node | None) -> str:
    """The text of a string, or of a list of them, which are its lines."""
    if isinstance(node, Leaf):
        return node.whole(written)
    if isinstance(node, Sequence):
        return "".join(_string(written, line) for line in node.nodes)
    return ""
