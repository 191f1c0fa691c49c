"""Records: what lists, mappings and values of any notation become in an outline.

A record, which is a mapping in a list of such, is a row of cells under their columns' names.  A mapping that is no record gives fields at
the top, and below it headings with what stands under them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from kg.model import BlockKind, Piece
from kg.readers.outline import Outline, seen

_DOI = re.compile(r"(?:doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ARXIV = re.compile(r"(?:arxiv:\s*)?(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value with its place."""

    pieces: tuple[Piece, ...]

    def text(self, source: str) -> str:
        """Its text without white space around it."""
        return self.whole(source).strip()

    def whole(self, source: str) -> str:
        return "".join(seen(source, piece) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys, which may repeat, with their nodes."""

    items: tuple[tuple[Leaf, Node], ...]


Node: TypeAlias = Leaf | Sequence | Mapping


def write(outline: Outline, node: Node, level: int = 1) -> None:
    """Adds a whole tree to an outline."""
    if isinstance(node, Leaf):
        _block(outline, "paragraph", node)
    elif isinstance(node, Mapping):
        _mapping(outline, node, level)
    elif any(isinstance(inner, Mapping) for inner in node.nodes):
        table(outline, [inner for inner in node.nodes if isinstance(inner, Mapping)])
        for inner in node.nodes:
            if not isinstance(inner, Mapping):
                write(outline, inner, level)
    else:
        _list(outline, node.nodes, level)


def table(outline: Outline, rows: Iterable[Mapping]) -> None:
    """One row a record; columns are counted in the order in which the keys first occur."""
    columns: dict[str, int] = {}
    outline.open_list()
    for number, row in enumerate(rows, 1):
        outline.open_item()
        for name, node in _flat(outline.text, row):
            _cells(outline, name, node, number, columns.setdefault(name, len(columns)))
        outline.close_item()
    outline.close_list()


def plain(outline: Outline, kind: BlockKind, name: str, start: int, end: int) -> None:
    """A block of one piece."""
    outline.open_leaf(kind, name=name)
    outline.add(start, end)
    outline.close_leaf()


def labelled(outline: Outline, key: Leaf, leaves: list[Leaf]) -> None:
    """A paragraph "key: value, value"."""
    if not leaves or not leaves[0].pieces:
        return
    outline.open_leaf("paragraph")
    _add(outline, key)
    if key.pieces:
        outline.add(key.pieces[-1].span.end, leaves[0].pieces[0].span.start, ": ")
    _joined(outline, key.text(outline.text), [leaf for leaf in leaves if leaf.pieces])
    outline.close_leaf()


def address(name: str, value: str) -> str | None:
    """The address that an identifier under a column's name stands for."""
    if name == "doi" and (found := _DOI.fullmatch(value.strip())):
        return f"https://doi.org/{found.group(1)}"
    if name in ("arxiv", "arxivid", "arxiv_id", "eprint") and (found := _ARXIV.fullmatch(value.strip())):
        return f"https://arxiv.org/abs/{found.group(1)}"
    return None


def _mapping(outline: Outline, node: Mapping, level: int) -> None:
    inner = [value for _, value in node.items]
    if inner and all(isinstance(value, Mapping) for value in inner) and len(inner) > 1:
        table(outline, [value for value in inner if isinstance(value, Mapping)])
        return
    for key, value in node.items:
        if isinstance(value, Leaf) or (isinstance(value, Sequence) and all(isinstance(one, Leaf) for one in value.nodes) and level == 1):
            leaves = [leaf for leaf in _leaves(outline.text, value) if leaf.text(outline.text)]
            if level > 1:
                labelled(outline, key, leaves)
                continue
            for leaf in leaves:
                _block(outline, "field", leaf, key.text(outline.text))
        else:
            _block(outline, "heading", key, level=level)
            write(outline, value, level + 1)


def _list(outline: Outline, nodes: Iterable[Node], level: int) -> None:
    outline.open_list()
    for node in nodes:
        outline.open_item()
        write(outline, node, level + 1)
        outline.close_item()
    outline.close_list()


def _flat(source: str, row: Mapping) -> Iterable[tuple[str, Node]]:
    """The values of a record, those of mappings inside it too."""
    for key, node in row.items:
        if isinstance(node, Mapping):
            yield from _flat(source, node)
        else:
            yield key.text(source), node


def _cells(outline: Outline, name: str, node: Node, row: int, column: int) -> None:
    """The cell of one value; values of a list stand in one cell, joined by commas."""
    leaves = [leaf for leaf in _leaves(outline.text, node) if leaf.text(outline.text)]
    if leaves:
        outline.open_leaf("cell", 0, name, row, column)
        _joined(outline, name, leaves)
        outline.close_leaf()


def _joined(outline: Outline, name: str, leaves: list[Leaf]) -> None:
    """Values with commas between them."""
    for number, leaf in enumerate(leaves):
        if number:
            outline.add(leaves[number - 1].pieces[-1].span.end, leaf.pieces[0].span.start, ", ")
        _linked(outline, name, leaf)


def _linked(outline: Outline, name: str, leaf: Leaf) -> None:
    target = address(name.lower(), leaf.text(outline.text))
    if target:
        outline.open_run("link", leaf.pieces[0].span.start, target)
    _add(outline, leaf)
    if target:
        outline.close_run("link", leaf.pieces[-1].span.end)


def _leaves(source: str, node: Node) -> Iterable[Leaf]:
    """The values of a node in order; of a mapping in a list, such as an author's, its name if it has one."""
    if isinstance(node, Leaf):
        yield node
    elif isinstance(node, Sequence):
        for inner in node.nodes:
            yield from _leaves(source, inner)
    else:
        named = [value for key, value in node.items if key.text(source).lower() in ("name", "fullname", "full_name", "title", "url", "value")]
        for value in named or [value for _, value in node.items]:
            yield from _leaves(source, value)


def _block(outline: Outline, kind: BlockKind, leaf: Leaf, name: str = "", level: int = 0) -> None:
    outline.open_leaf(kind, level, name)
    _add(outline, leaf)
    outline.close_leaf()


def _add(outline: Outline, leaf: Leaf) -> None:
    for piece in leaf.pieces:
        outline.add(piece.span.start, piece.span.end, piece.text)
