"""Keeps the abstract that a record or a review quotes: the abstract field of a record, a paragraph that begins with "Abstract:"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extractors.cells import cells
from kg.extractors.evidence import evidence
from kg.extractors.passages import REQUIRED, passages
from kg.model import Document, Entry, Fact, Finding, Mark, Span

_WORD = r"(?:abstract|abstrakt|kurzfassung|zusammenfassung|résumé|resumen|resumo|摘要|概要|抄録|초록)"
_LABEL = re.compile(rf"\W*{_WORD}\b\W*?[:：.—–-]\W*(?=\w)|\W*【{_WORD}】\W*", re.I)
# What the readers of records call the field: BibTeX and CSL, RIS, PubMed.
_FIELDS = frozenset({"abstract", "ab", "n2", "abstracttext", "abstractnote", "summary_abstract"})
_SHORTEST = 40  # characters of an abstract


class Abstracts:
    """Passages to the abstract of each paper, its first where there are several."""

    name = "abstracts"
    version = "1"
    requires: tuple[type[Mark], ...] = REQUIRED

    def __call__(self, document: Document) -> Iterator[Finding]:
        for passage in passages(document):
            span = next((found for entry in passage.entries for found in _abstracts(document, entry)), None)
            if span is not None:
                yield Fact(passage.paper, "schema:abstract", document.view(span).text, evidence(document, span, self, 0.95))


def _abstracts(document: Document, entry: Entry) -> Iterator[Span]:
    for body in entry.body:
        yield from (cell.span for cell in cells(document, body) if cell.name.casefold() in _FIELDS and len(cell.span) >= _SHORTEST)
        view = document.view(body)
        label = _LABEL.match(view.text)
        end = view.text.find("\n\n") if "\n\n" in view.text else len(view.text)
        if label and end - label.end() >= _SHORTEST:
            yield view.span(label.end(), end)
