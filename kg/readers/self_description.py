"""What a document says of itself: title, authors, date, language and address, from its fields or its first heading."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.model import Source
from kg.readers.outline import Outline

TITLE_FIELDS = ("title", "og:title", "citation_title", "dc.title", "twitter:title")
AUTHOR_FIELDS = ("author", "authors", "author.name", "authors.name", "article:author", "citation_author", "dc.creator", "by")
DATE_FIELDS = ("date", "published", "pubdate", "publishdate", "article:published_time", "datepublished", "dc.date", "created", "created_at")
LANGUAGE_FIELDS = ("lang", "language", "locale", "og:locale", "html:lang")
ADDRESS_FIELDS = ("canonical", "canonical_url", "permalink", "og:url", "url")


def described(source: Source, outline: Outline) -> Source:
    """The source with what its fields say; a title is also taken from the first heading or, in bare text, the first short line."""
    fields: dict[str, list[str]] = {}
    for block in outline.blocks:
        if block.kind == "field":
            fields.setdefault(block.name.lower(), []).append(outline.shown(block))

    def first(names: tuple[str, ...]) -> str | None:
        return next((value for name in names for value in fields.get(name, ())), None)

    authors = next((tuple(fields[name]) for name in AUTHOR_FIELDS if name in fields), ())
    address = first(ADDRESS_FIELDS)
    return replace(
        source,
        title=_without_site(first(TITLE_FIELDS), outline) or _heading(outline, listed=source.media_type == "text/org"),
        authors=authors,
        published=first(DATE_FIELDS),
        language=first(LANGUAGE_FIELDS),
        url=address if address and address.startswith(("http://", "https://")) else None,
    )


def _without_site(title: str | None, outline: Outline) -> str | None:
    """A page's title without the name of its site, if a part of it is a heading of the page."""
    parts = re.split(r"\s+(?:[|·•»«:/\\-]+|[–—])\s+", title or "")
    if len(parts) > 1:
        headings = {outline.shown(block) for block in outline.blocks if block.kind in ("heading", "chrome")}
        longest = max(parts, key=len)
        return longest if longest in headings else title
    return title


def _heading(outline: Outline, *, listed: bool) -> str | None:
    """The heading that stands alone at the top level, or the one that opens the document, unless headings are `listed`, as Org does."""
    blocks = [block for block in outline.blocks if block.kind not in ("field", "chrome", "code", "comment", "cell")]
    headings = [block for block in blocks if block.kind == "heading"]
    if not headings:
        return outline.shown(blocks[0]) if blocks and blocks[0].kind != "item" and len(blocks[0].span) <= 150 else None
    level = min(block.level for block in headings)
    top = [block for block in headings if block.level == level]
    if (len(top) == 1 and level == 1) or (top[0] is blocks[0] and (len(top) == 1 or not listed)):
        return outline.shown(top[0])
    return outline.shown(headings[0]) if headings[0] in blocks[:3] and headings[0] is not top[0] else None
