"""HTML: whole rendered pages, with the article found and the chrome around it recognised, and fragments."""

from __future__ import annotations

import html
import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate

from kg.model import Block, Document, Source, Span
from kg.readers.decoding import decode
from kg.readers.markup import Markup
from kg.readers.outline import Outline
from kg.readers.self_description import described

_CHROME_TAGS = frozenset({"nav", "footer", "aside", "form", "button", "dialog"})
_CHROME_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu", "dialog"})
_CHROME_NAMES = frozenset(
    "nav navbar navigation menu sidebar footer breadcrumb breadcrumbs share sharing social related comments disqus cookie cookies subscribe newsletter "
    "pagination pager toc widget widgets advert ads promo search login signup banner masthead toolbar copyright "
    "kommentare commentaires comentarios comentários commenti teilen partager compartir compartilhar condividi relatedposts sharedaddy".split()
)
# Parts of a name that make chrome of an element whatever stands beside them, and those that do so at its end.
_CHROME_ANYWHERE = frozenset(
    "relatedposts sharedaddy sharing share social breadcrumb breadcrumbs cookie newsletter subscribe disqus pagination".split()
)
_CHROME_LAST = frozenset("nav navigation menu footer sidebar comments kommentare commentaires comentarios".split())
_CHROME_COMPOUNDS = re.compile(
    r"^(?:site|page|main|top|global|blog)-?(?:header|nav|footer|menu|sidebar)$|^(?:post|article|entry)-?(?:nav|tags|share|footer|comments|meta|info|date|author)$|^toc-\w+$|^comments?-(?:area|list)$"
)
_VALUE = re.compile(r"=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))")
_ARTICLE_TAGS = frozenset({"main", "article"})


@dataclass(slots=True)
class _Region:
    """A stretch between the start and end tag of an element that may be chrome, or the article."""

    start: int
    end: int
    certain: bool


class HtmlReader:
    """Reads HTML; the document's text is the file as it is, tags and all."""

    name = "html"
    media_types = ("text/html", "application/xhtml+xml")
    suffixes = (".html", ".htm", ".xhtml")

    def claims(self, text: str) -> float:
        head = text[:2000].lower()
        if "<!doctype html" in head or "<html" in head:
            return 1.0
        tags = len(re.findall(r"</?(?:p|div|li|ul|h[1-6]|a|b|i|br|td|tr|em|strong)\b[^<>]*>", text[:20_000], re.IGNORECASE))
        return min(0.85, 40 * tags / max(1, min(len(text), 20_000)))

    def read(self, data: bytes, locator: str) -> Document:
        text = decode(data, locator)
        outline = Outline(text)
        page = _Page(outline)
        page.walk(0, len(text))
        page.close_all()
        outline.close_leaf()
        page.tell_chrome()
        return outline.document(described(Source(locator, "text/html"), outline))


class _Page(Markup):
    """Notes regions and the page's own fields while the tags go by."""

    def __init__(self, outline: Outline) -> None:
        super().__init__(outline)
        self.chrome: list[_Region] = []
        self.articles: list[_Region] = []
        self._open_regions: list[tuple[int, list[_Region], _Region]] = []
        self._title: int | None = None

    def entered(self, tag: str, values: dict[str, str], offset: int) -> None:
        if tag in _ARTICLE_TAGS or values.get("role") == "main" or values.get("itemprop") == "articleBody":
            self._enter(self.articles, offset, certain=True)
        elif _is_chrome(tag, values):
            self._enter(self.chrome, offset, certain=tag in _CHROME_TAGS)
        if tag == "html" and values.get("lang"):
            self._field("html:lang", values["lang"], offset)
        elif tag == "title" and not any(open_tag == "svg" for open_tag, _ in self.stack):
            self._title = offset

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        values = {name: value or "" for name, value in attrs}
        name = values.get("property") or values.get("name")
        if tag == "meta" and name and values.get("content", "").strip():
            self._field(name.lower(), values["content"], self._offset())
        elif tag == "link" and values.get("rel") == "canonical" and values.get("href"):
            self._field("canonical", values["href"], self._offset())
        elif tag == "time" and values.get("datetime"):
            self._field("date", values["datetime"], self._offset())

    def handle_data(self, data: str) -> None:
        if self._title is not None and data.strip():
            start = self._offset() + len(data) - len(data.lstrip())
            self.outline.open_leaf("field", name="title")
            self.outline.add(start, start + len(data.strip()))
            self.outline.close_leaf()
            self._title = None
        super().handle_data(data)

    def left(self, tag: str, _values: dict[str, str], offset: int) -> None:
        if tag == "title":
            self._title = None
        depth = len(self.stack)
        while self._open_regions and self._open_regions[-1][0] >= depth:
            _, regions, region = self._open_regions.pop()
            region.end = offset
            regions.append(region)

    def close_all(self) -> None:
        end = len(self.outline.text)
        while self._open_regions:
            _, regions, region = self._open_regions.pop()
            region.end = end
            regions.append(region)

    def _enter(self, regions: list[_Region], offset: int, *, certain: bool) -> None:
        self._open_regions.append((len(self.stack) - 1, regions, _Region(offset, offset, certain)))

    def _field(self, name: str, value: str, offset: int) -> None:
        """A field whose words stand in an attribute of the start tag that is read."""
        tag = self.get_starttag_text() or ""
        for found in _VALUE.finditer(tag):
            group = next(group for group in (1, 2, 3) if found.group(group) is not None)
            if html.unescape(found.group(group)) == value and value.strip():
                self.outline.aside("field", name, Span(offset + found.start(group), offset + found.end(group)), value)
                return

    def tell_chrome(self) -> None:
        """Renames the blocks that are furniture of the site; a region that holds most of the text is none."""
        text = _Amounts(self.outline.blocks)
        total = text.between(0, len(self.outline.text)) or 1
        chrome = _joined(region for region in self.chrome if region.certain or text.between(region.start, region.end) < 0.4 * total)
        articles = _joined(self.articles)
        if sum(text.between(start, end) for start, end in articles) < 0.2 * total:
            articles = [(0, len(self.outline.text))]
        for index, block in enumerate(self.outline.blocks):
            if block.kind != "field" and (_inside(chrome, block.span.start) or not _inside(articles, block.span.start)):
                self.outline.blocks[index] = replace(block, kind="chrome")


class _Amounts:
    """How much text the blocks hold between two offsets."""

    def __init__(self, blocks: list[Block]) -> None:
        held = sorted((block.span.start, len(block.span)) for block in blocks if block.kind != "field")
        self.starts = [start for start, _ in held]
        self.sums = list(accumulate((length for _, length in held), initial=0))

    def between(self, start: int, end: int) -> int:
        return self.sums[bisect_left(self.starts, end)] - self.sums[bisect_left(self.starts, start)]


def _joined(regions: Iterable[_Region]) -> list[tuple[int, int]]:
    """Regions in order, those that overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((region.start, region.end) for region in regions):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return found


def _inside(regions: list[tuple[int, int]], offset: int) -> bool:
    index = bisect_right(regions, (offset, sys.maxsize)) - 1
    return index >= 0 and offset < regions[index][1]


def _is_chrome(tag: str, values: dict[str, str]) -> bool:
    if tag in _CHROME_TAGS or values.get("role") in _CHROME_ROLES or values.get("aria-hidden") == "true" or "hidden" in values:
        return True
    names = f"{values.get('class', '')} {values.get('id', '')}".lower().split()
    return tag not in ("html", "body") and any(map(_names_chrome, names))


def _names_chrome(name: str) -> bool:
    """Whether a class or an id says chrome: "sidebar", "site-header", "jp-relatedposts", "related-posts"."""
    parts = re.split(r"[-_]+", name)
    return (
        name in _CHROME_NAMES
        or bool(_CHROME_COMPOUNDS.match(name))
        or not _CHROME_ANYWHERE.isdisjoint(parts)
        or parts[-1] in _CHROME_LAST
        or {"related", "posts"} <= set(parts)
    )
