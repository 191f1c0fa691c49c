"""DOCX (Office Open XML, ECMA-376): the text of the body, then that of the foot- and endnotes, with headings, lists, tables, links and runs.

The parts of the package are read with the standard library; a part that declares a document type is refused, so that no entity is expanded.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.errors import InputError, TooLarge
from kg.model import Document, InlineKind, Source
from kg.readers.composed import Part, Run, clean, compose
from kg.readers.self_description import described

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LIMIT = 50_000_000  # bytes of one part, unpacked
MAX_DEPTH = 50  # tables in tables, text boxes in them …; what is deeper is read without its structure
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PROPERTIES = {"title": "{http://purl.org/dc/elements/1.1/}title", "author": "{http://purl.org/dc/elements/1.1/}creator", "language": "{http://purl.org/dc/elements/1.1/}language"}  # fmt: skip
_SKIPPED = frozenset(
    {
        "del",
        "moveFrom",
        "instrText",
        "pPr",
        "rPr",
        "sectPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "proofErr",
        "bookmarkStart",
        "bookmarkEnd",
        "delText",
        "Fallback",
    }
)


class DocxReader:
    """Reads Word documents; the document's text is what is extracted, paragraphs apart by blank lines."""

    name = "docx"
    media_types = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)
    suffixes = (".docx",)

    def claims(self, text: str) -> float:
        """`text` holds the bytes as Latin-1 where they are no text."""
        return 0.99 * bool(text.startswith("PK\x03\x04") and "word/document.xml" in text)

    def read(self, data: bytes, locator: str) -> Document:
        package = _Package(data, locator)
        outline = compose(list(_Body(package).parts()))
        told = described(Source(locator, self.media_types[0]), outline)
        return outline.document(_with_properties(told, package))


class _Package:
    """The parts of the package, as trees."""

    def __init__(self, data: bytes, locator: str) -> None:
        self.locator = locator
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
            self.names = set(self.archive.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise InputError(locator, f"is no Word document: {error}; save it again as .docx") from error

    def part(self, name: str, *, required: bool = False) -> Element | None:
        from xml.etree import ElementTree as ET

        if name not in self.names:
            if required:
                raise InputError(self.locator, f"has no {name}, so it is no Word document; save it again as .docx")
            return None
        written = self._bytes(name)
        if b"<!DOCTYPE" in written or b"<!ENTITY" in written or written[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise InputError(self.locator, f"{name} declares a document type, as no Word document does; save it again as .docx")
        try:
            return ET.fromstring(written)  # noqa: S314 - no document type, so no entity
        except ET.ParseError as error:
            raise InputError(self.locator, f"{name} is no XML: {error}; save the document again as .docx") from error

    def _bytes(self, name: str) -> bytes:
        try:
            with self.archive.open(name) as part:
                written = part.read(LIMIT + 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
            raise InputError(self.locator, f"{name} cannot be unpacked: {error}; save the document again as .docx") from error
        if len(written) > LIMIT:
            raise TooLarge(self.locator, f"{name} has more than {LIMIT:,} bytes, unpacked; split the document")
        return written


class _Body:
    """Walks the body."""

    def __init__(self, package: _Package) -> None:
        self.package = package
        self.styles = dict(_styles(package, r"heading (?P<rank>\d)|title(?P<top>)"))
        self.list_styles = dict(_styles(package, r"list (?:bullet|number)(?: (?P<rank>\d))?(?P<top>)"))
        self.links = dict(_links(package))
        self.tables = 0

    def parts(self) -> Iterator[Part]:
        root = self.package.part("word/document.xml", required=True)
        assert root is not None
        yield from self._blocks(root, 0)
        for name in ("word/footnotes.xml", "word/endnotes.xml"):
            notes = self.package.part(name)
            if notes is not None:
                yield from self._blocks(notes, 0)

    def _blocks(self, node: Element, depth: int) -> Iterator[Part]:
        if depth > MAX_DEPTH:
            yield from (self._paragraph(child) for child in node.iter() if _local(child) == "p")
            return
        for child in node:
            name = _local(child)
            if name == "p":
                yield self._paragraph(child)
                for box in _inside(child, "txbxContent"):
                    yield from self._blocks(box, depth + 1)
            elif name == "tbl":
                yield from self._table(child, depth)
            elif name not in _SKIPPED:
                yield from self._blocks(child, depth + 1)

    def _paragraph(self, node: Element) -> Part:
        style = _value(node, "pPr/pStyle")
        level = self.styles.get(style)
        outline = _value(node, "pPr/outlineLvl")
        level = int(outline) + 1 if outline.isdigit() and int(outline) < 9 else level
        numbered = _find(node, "pPr/numPr") is not None and _value(node, "pPr/numPr/numId") != "0"
        depth = int(_value(node, "pPr/numPr/ilvl") or 0) + 1 if numbered else self.list_styles.get(style, 0)
        runs = list(self._runs(node, "", 0))
        if level:
            return Part("heading", runs, level=min(level, 6))
        return Part("quote" if "quote" in style.lower() else "paragraph", runs, depth=min(depth, 9))

    def _runs(self, node: Element, target: str, depth: int) -> Iterator[Run]:
        if depth > MAX_DEPTH:
            yield from (self._run(child, target) for child in _inside(node, "r"))
            return
        for child in node:
            name = _local(child)
            if name == "r":
                yield self._run(child, target)
            elif name == "hyperlink":
                yield from self._runs(child, self.links.get(child.get(f"{_R}id", ""), ""), depth + 1)
            elif name not in _SKIPPED:
                yield from self._runs(child, target, depth + 1)

    def _run(self, node: Element, target: str) -> Run:
        kinds: list[InlineKind] = ["link"] if target else []
        for name, kind in (("b", "bold"), ("i", "italic"), ("strike", "struck"), ("dstrike", "struck")):
            mark = _find(node, f"rPr/{name}")
            if mark is not None and (mark.get(f"{_W}val") or mark.get(f"{_STRICT}val") or "true") not in ("0", "false", "off"):
                kinds.append(kind)  # type: ignore[arg-type]
        words = "".join(_shown(child) for child in node)
        return Run(clean(words), tuple(kinds), target)

    def _table(self, node: Element, depth: int) -> Iterator[Part]:
        self.tables += 1
        table = self.tables
        for row, cells in enumerate(child for child in node if _local(child) == "tr"):
            column = 0
            for cell in (child for child in cells if _local(child) == "tc"):
                inner = [part for part in self._blocks(cell, depth + 1) if part.text.strip()]
                runs = [run for number, part in enumerate(inner) for run in ([Run("\n")] if number else []) + part.runs]
                yield Part("cell", runs, table=table, row=row, column=column)
                span = _value(cell, "tcPr/gridSpan")
                column += int(span) if span.isdigit() and int(span) < 100 else 1


def _shown(node: Element) -> str:
    name = _local(node)
    if name == "t":
        return node.text or ""
    return {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}.get(name, "")


def _styles(package: _Package, names: str) -> Iterator[tuple[str, int]]:
    """The rank of each style whose name fits; names are English in the file whatever the program's language."""
    root = package.part("word/styles.xml")
    for style in root if root is not None else ():
        found = re.fullmatch(names, _value(style, "name").lower()) if _local(style) == "style" else None
        if found:
            yield style.get(f"{_W}styleId") or style.get(f"{_STRICT}styleId") or "", int(found.group("rank") or 1)


def _links(package: _Package) -> Iterator[tuple[str, str]]:
    root = package.part("word/_rels/document.xml.rels")
    for relation in root if root is not None else ():
        if relation.get("TargetMode") == "External" and relation.get("Type", "").endswith("/hyperlink"):
            yield relation.get("Id", ""), relation.get("Target", "")


def _with_properties(source: Source, package: _Package) -> Source:
    """The source with what the package says of itself, where the text says nothing."""
    root = package.part("docProps/core.xml")
    if root is None:
        return source
    told = {name: clean((root.findtext(path) or "").strip()) for name, path in _PROPERTIES.items()}
    authors = tuple(name.strip() for name in re.split(r";", told["author"]) if name.strip())
    return replace(
        source, title=source.title or told["title"] or None, authors=source.authors or authors, language=source.language or told["language"] or None
    )


def _local(node: Element) -> str:
    return node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""


def _inside(node: Element, name: str) -> Iterator[Element]:
    """The outermost elements of that name, in their order, however deep they stand."""
    due = list(reversed(node))
    while due:
        child = due.pop()
        if _local(child) == name:
            yield child
        elif _local(child) not in _SKIPPED:
            due += reversed(child)


def _find(node: Element, path: str) -> Element | None:
    found: Element | None = node
    for name in path.split("/"):
        found = next((child for child in found if _local(child) == name), None) if found is not None else None
    return found


def _value(node: Element, path: str) -> str:
    found = _find(node, path)
    return "" if found is None else found.get(f"{_W}val") or found.get(f"{_STRICT}val") or ""
