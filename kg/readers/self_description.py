"""What a document says of itself: title, authors, date, language and address, from its fields or its first heading."""

from __future__ import annotations

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
    first = lambda names: next((value for name in names for value in fields.get(name, ())), None)  # noqa: E731
    authors = next((tuple(fields[name]) for name in AUTHOR_FIELDS if name in fields), ())
    address = first(ADDRESS_FIELDS)
    return replace(
        source,
        title=first(TITLE_FIELDS) or _heading(outline),
        authors=authors,
        published=first(DATE_FIELDS),
        language=first(LANGUAGE_FIELDS),
        url=address if address and address.startswith(("http://", "https://")) else None,
    )


def _heading(outline: Outline) -> str | None:
    blocks = [block for block in outline.blocks if block.kind not in ("field", "chrome", "code", "comment")]
    headings = [block for block in blocks if block.kind == "heading"]
    top = min(headings, key=lambda block: (block.level, block.span.start), default=None)
    if top is not None and (top.level == 1 or top is blocks[0]):
        return outline.shown(top)
    if blocks and not headings and len(blocks[0].span) <= 150:
        return outline.shown(blocks[0])
    return outline.shown(headings[0]) if headings and headings[0] in blocks[:3] else None
