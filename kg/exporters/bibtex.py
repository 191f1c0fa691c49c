"""The papers as BibTeX entries (https://ctan.org/pkg/bibtex), for LaTeX and for reference managers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bibtexparser import Library, write_string
from bibtexparser.model import Entry, Field
from pylatexenc.latexencode import UnicodeToLatexEncoder

from kg.identity import key
from kg.papers import PaperRow, papers
from kg.protocols import Store

_SMALL = frozenset({"a", "an", "the", "on", "of", "for", "in", "to", "and", "with", "towards"})
_ENCODER = UnicodeToLatexEncoder(unknown_char_policy="keep", unknown_char_warning=False)


class Bibtex:
    """An entry for each paper that has a title; keys are family name, year and first word, such as `smith2020neural`."""

    name = "bibtex"
    suffix = ".bib"
    media_type = "text/x-bibtex"
    summary = "the papers as a bibliography"

    def export(self, store: Store) -> Iterator[bytes]:
        library = Library()
        taken: Counter[str] = Counter()
        for row in papers(store):
            if row.title:
                library.add(_entry(row, _unique(_key(row), taken)))
        yield write_string(library).encode()


def _entry(row: PaperRow, name: str) -> Entry:
    listed = [author.replace(" and ", " ") for author in row.authors]
    if listed and not row.authors_complete:
        listed.append("others")
    identifiers = dict(identifier.split(":", 1) for identifier in reversed(row.identifiers))
    values = {
        "title": _latex(row.title),
        "author": " and ".join(_latex(author) for author in listed),
        "journal": _latex(row.periodical or ""),
        "booktitle": _latex(row.event or "") if not row.periodical else "",
        "year": str(row.year or ""),
        "doi": _bare(identifiers.get("doi", "")),
        "eprint": _bare(identifiers.get("arxiv", "")),
        "archiveprefix": "arXiv" if "arxiv" in identifiers else "",
    }
    kind = "article" if row.periodical else "inproceedings" if row.event else "misc"
    return Entry(kind, name, [Field(field, value) for field, value in values.items() if value])


def _latex(text: str) -> str:
    """Text that LaTeX prints as it is; BibTeX counts braces even where they are escaped, so they are left out."""
    return str(_ENCODER.unicode_to_latex(_bare(text)))


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[{}\x00-\x1f\x7f]", " ", text).split())


def _key(row: PaperRow) -> str:
    family = key(row.authors[0]).split()[-1:] if row.authors else []
    word = next((word for word in key(row.title).split() if word not in _SMALL), "")
    return re.sub(r"[^a-z0-9]", "", "".join([*family, str(row.year or ""), word])) or "paper"


def _unique(name: str, taken: Counter[str]) -> str:
    """The name, or the name with the number of its repetition: `smith2020neural-2`."""
    taken[name] += 1
    return name if taken[name] == 1 else f"{name}-{taken[name]}"
