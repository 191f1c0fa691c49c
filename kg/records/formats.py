"""Which format a file of records is in: told by its content, since most of them are called `.json`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import UnknownFormat
from kg.records import stream
from kg.records.arxiv import ArxivSnapshot
from kg.records.atom import ArxivFeed
from kg.records.bibtex import Bibtex
from kg.records.crossref import Crossref
from kg.records.csl import CslJson
from kg.records.dblp import Dblp
from kg.records.openalex import OpenAlex
from kg.records.record import Format, Head
from kg.records.ris import Ris
from kg.records.semantic_scholar import SemanticScholar

# What is more particular comes first: Crossref's items are nearly CSL-JSON.
FORMATS: tuple[Format, ...] = (ArxivSnapshot(), OpenAlex(), SemanticScholar(), Crossref(), ArxivFeed(), Dblp(), Ris(), CslJson(), Bibtex())


def recognised(path: Path) -> Format:
    """The format of a file; `UnknownFormat` lists those that there are."""
    beginning = stream.beginning(path)
    for one in FORMATS:
        if one.claims(beginning):
            return one
    raise UnknownFormat(str(path), f"holds no records that are known; the formats are: {', '.join(one.name for one in FORMATS)}")


def heads(path: Path, form: Format) -> Iterator[Head]:
    """Every record of a file."""
    with stream.opened(path) as data:
        yield from form.heads(data)
