"""PDF: the text layer, lines joined into paragraphs, words that a line end divides made whole; no layer, no document.

pypdf gives the words with their places and sizes (https://pypdf.readthedocs.io/en/stable/user/extract-text.html).  What follows is the usual reading of a
page: lines closer than half a line again belong together, larger letters are headings, what comes back on most pages is furniture.
"""

from __future__ import annotations

import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Any

from kg.errors import InputError, TooLarge
from kg.model import Document, InlineKind, Source
from kg.readers.composed import Part, Run, clean, compose
from kg.readers.self_description import described

MAX_PAGES = 1000
MAX_CHARACTERS = 20_000_000
_ITEM = re.compile(r"\s*(?:[•·▪◦●■‣–*-]|\(?\d{1,3}[.)\]]|\[\d{1,3}\])\s+(?=\S)")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_DIVIDED = re.compile(r"[^\W\d_]{2}[-\u00ad]$")


@dataclass(slots=True)
class _Line:
    """Words at one height of a page; `top` counts points from the foot of the page."""

    page: int
    top: float
    size: float
    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


class PdfReader:
    """Reads the text layer of PDF files; the document's text is what is extracted, paragraphs apart by blank lines."""

    name = "pdf"
    media_types = ("application/pdf",)
    suffixes = (".pdf",)

    def claims(self, text: str) -> float:
        """`text` holds the bytes as Latin-1 where they are no text."""
        return float("%PDF-" in text[:1024])

    def read(self, data: bytes, locator: str) -> Document:
        import pypdf

        try:
            file = pypdf.PdfReader(io.BytesIO(data), strict=False)
            if file.is_encrypted and not file.decrypt(""):
                raise InputError(locator, "is locked with a password; save it without one")
            found = list(_lines(file, locator))
            told = file.metadata
            title, author = (clean(str(told.title or "")), clean(str(told.author or ""))) if told else ("", "")
        except InputError:
            raise
        except (Exception, RecursionError) as error:  # whatever a parser of untrusted bytes may raise
            raise InputError(locator, f"cannot be read as PDF: {error or type(error).__name__}; print it to a new PDF, or save its text") from error
        if not any(line.text.strip() for line in found):
            raise InputError(locator, "has no text layer, only pictures of pages; run a text recognition on it first")
        outline = compose(list(_parts(found)))
        source = described(Source(locator, "application/pdf"), outline)
        authors = tuple(name.strip() for name in re.split(r"[;,]| and ", author) if name.strip())
        return outline.document(replace(source, title=source.title or title or None, authors=source.authors or authors))


def _lines(file: Any, locator: str) -> Iterator[_Line]:
    if len(file.pages) > MAX_PAGES:
        raise TooLarge(locator, f"has {len(file.pages):,} pages, the limit is {MAX_PAGES:,}; split the document")
    length = 0
    for number, page in enumerate(file.pages):
        for line in _page(page, number):
            length += len(line.text)
            if length > MAX_CHARACTERS:
                raise TooLarge(locator, f"holds more than {MAX_CHARACTERS:,} characters; split the document")
            yield line


def _page(page: Any, number: int) -> list[_Line]:
    """The lines of a page in the order of its content."""
    found: list[_Line] = []
    links = list(_links(page))

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        left, top = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        height = abs(size * (tm[3] or tm[1] or 1) * (cm[3] or cm[1] or 1))
        target = next((address for box, address in links if box[0] - 1 <= left <= box[2] and box[1] - 2 <= top <= box[3]), "")
        kinds = (*(("link",) if target else ()), *_dress(font))
        for part in re.split(r"(\n)", clean(text).translate(_LIGATURES)):
            if part == "\n" or not found:
                found.append(_Line(number, top, 0.0))
            if part and part != "\n":
                line = found[-1]
                line.top, line.size = (top if not line.text.strip() else line.top), max(line.size, height if part.strip() else 0.0)
                _append(line.runs, Run(part, kinds if part.strip() else (), target if part.strip() else ""))

    page.extract_text(visitor_text=visit)
    return [line for line in found if line.text.strip()]


def _dress(font: Any) -> tuple[InlineKind, ...]:
    """Bold and italic by the font's name, which is all that a page tells."""
    name = str(font.get("/BaseFont", "")).lower() if font else ""
    return (*(("bold",) if "bold" in name or "-semi" in name else ()), *(("italic",) if "italic" in name or "oblique" in name else ()))


def _append(runs: list[Run], run: Run) -> None:
    """Adds a run, to the last one if both have the same dress; white space takes the dress before it."""
    if runs and ((runs[-1].kinds, runs[-1].target) == (run.kinds, run.target) or not run.text.strip()):
        runs[-1] = replace(runs[-1], text=runs[-1].text + run.text)
    else:
        runs.append(run)


def _links(page: Any) -> Iterator[tuple[tuple[float, ...], str]]:
    """The boxes on a page that lead to addresses."""
    for reference in page.get("/Annots") or ():
        annotation = reference.get_object()
        action = annotation.get("/A") if annotation.get("/Subtype") == "/Link" else None
        address = action.get_object().get("/URI") if action else None
        if address:
            x0, y0, x1, y1 = (float(edge) for edge in annotation["/Rect"])
            yield (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), clean(str(address))


def _parts(found: list[_Line]) -> Iterator[Part]:
    body = _body_size(found)
    gap = _usual_gap(found)
    width = median(sorted(len(line.text) for line in found)[len(found) // 2 :])
    furniture = _furniture(found)
    waiting: list[_Line] = []
    for line in found:
        if re.sub(r"\d+", "0", line.text.strip()) in furniture:
            yield Part("chrome", line.runs)
            continue
        if waiting and _breaks(waiting[-1], line, gap, width, body):
            yield _part(waiting, body)
            waiting = []
        waiting.append(line)
    if waiting:
        yield _part(waiting, body)


def _breaks(before: _Line, line: _Line, gap: float, width: float, body: float) -> bool:
    """Whether a new paragraph begins with a line."""
    if abs(before.size - line.size) > 0.08 * body or _ITEM.match(line.text):
        return True
    if before.page == line.page and abs(before.top - line.top) > 1.45 * gap:
        return True
    ended = before.text.rstrip().endswith((".", "!", "?", ":", "”", '"'))
    length = len(before.text.rstrip())
    return (ended and length < 0.8 * width) or (length < 0.6 * width and line.text.lstrip()[:1].isupper())


def _part(waiting: list[_Line], body: float) -> Part:
    runs: list[Run] = []
    for line in waiting:
        if runs:
            divided = _DIVIDED.search(runs[-1].text.rstrip()) and line.text.lstrip()[:1].islower()
            last = runs[-1].text.rstrip()
            runs[-1] = replace(runs[-1], text=last[:-1] if divided else last + " ")
        runs += line.runs
    runs[0] = replace(runs[0], text=runs[0].text.lstrip()) if runs[0].text.strip() else runs[0]
    size = max(line.size for line in waiting)
    if size > 1.12 * body and sum(len(line.text) for line in waiting) < 300:
        return Part("heading", runs, level=1 if size > 1.5 * body else 2)
    bullet = _ITEM.match(runs[0].text)
    if bullet and "".join(run.text for run in runs)[bullet.end() :].strip():
        runs[0] = replace(runs[0], text=runs[0].text[bullet.end() :])
        return Part("paragraph", runs, depth=1)
    return Part("paragraph", runs)


def _body_size(found: list[_Line]) -> float:
    """The size that most characters have."""
    sizes: Counter[float] = Counter()
    for line in found:
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size)) or 1.0


def _usual_gap(found: list[_Line]) -> float:
    gaps = [abs(a.top - b.top) for a, b in pairwise(found) if a.page == b.page and 0.5 < abs(a.top - b.top) < 60]
    return median(gaps) if gaps else 12.0


def _furniture(found: list[_Line]) -> set[str]:
    """Lines that come back, but for their numbers, on at least three pages and half of all."""
    pages: dict[str, set[int]] = defaultdict(set)
    for line in found:
        if len(line.text) < 150:
            pages[re.sub(r"\d+", "0", line.text.strip())].add(line.page)
    total = len({line.page for line in found})
    return {words for words, on in pages.items() if len(on) >= max(3, total / 2)}
