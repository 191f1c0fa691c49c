"""Why a sentence gave nothing: the first reason that holds, from where it stands to what it says.

The reasons part what a rule could take (a link to a paper, a name that no vocabulary has, what a work does) from what is nothing to take.
"""

from __future__ import annotations

import re

from kg.model import Block, Document, Entry, Mention, Sentence

_WORDS = 4  # fewer are no statement
_NUMBER = re.compile(r"\d+(?:\.\d+)?\s*(?:%|dB|x\b|×|points?\b)|\b0?\.\d+\b")
_FURNITURE = frozenset({"chrome", "comment", "code", "field"})
_TO_A_PAPER = re.compile(r"arxiv\.org|doi\.org/|openreview\.net|aclanthology|aclweb\.org|\.pdf\b|semanticscholar\.org|dl\.acm\.org", re.IGNORECASE)
_OF_THE_WORK = re.compile(
    r"^\W*(?:(?:in|with) this (?:paper|work|article|study)\b|this (?:paper|work|article|study|approach|method|model)\b|the (?:authors?|paper|work|main idea"
    r"|(?:key|base|basic|core) (?:idea|intuition)|proposed \w+|model|method|system|algorithm|approach|results?)\b|we\b|they\b|he\b|she\b|it\b|our\b|their\b|its\b"
    r"|(?:cet|ce|cette) (?:article|travail|papier|étude)\b|les auteurs\b|ils\b|die autor(?:inn)?en\b|dieses? (?:paper|arbeit|artikel)\b|el (?:artículo|trabajo)\b|los autores\b)",
    re.IGNORECASE,
)
_COINED = re.compile(r"(?<!^)\b(?:[A-Z][a-z]+[A-Z]\w*|[A-Z]{2,}[a-z]?\w*|[A-Za-z]+\d[\w.-]*)\b")


class Place:
    """Where a sentence stands in its document, and what is known of it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._blocks = document.marks(Block)
        self._bodies = [(span, entry) for entry in document.marks(Entry) for span in entry.body]
        self._heads = [(span, entry) for entry in document.marks(Entry) for span in entry.head]
        self._mentions = document.marks(Mention)

    def why(self, mark: Sentence) -> str:
        """The reason, in words."""
        block, text = self._blocks[mark.block], self._document.view(mark.span).text
        if block.kind in _FURNITURE:
            return "navigation, code or front matter"
        if len(re.findall(r"\w+", text)) < _WORDS:
            return "too short to state anything"
        if any(span.overlaps(mark.span) for span, _ in self._heads):
            return "in the head of an entry, and no part of it"
        entries = [entry for span, entry in self._bodies if span.overlaps(mark.span)]
        named = any(mark.span.contains(mention.span) for mention in self._mentions)
        if not entries:
            return "a heading that no paper stands under" if block.kind == "heading" else _outside(text, self._document.quote(mark.span), named=named)
        if all(entry.role == "cited" for entry in entries):
            return "about a paper that is only cited"
        if _NUMBER.search(text):
            return "a number that no rule reads"
        return _inside(text, named=named)


def _outside(text: str, source: str, *, named: bool) -> str:
    """Of a sentence that stands in no entry; `source` is it with its markup."""
    if _TO_A_PAPER.search(source):
        return "outside what is said of papers: links to a paper"
    if _OF_THE_WORK.search(text):
        return "outside what is said of papers: speaks of a work, or of its authors or the reviewer"
    return f"outside what is said of papers: {'names a concept' if named else 'names nothing that we know'}"


def _inside(text: str, *, named: bool) -> str:
    of_it = bool(_OF_THE_WORK.search(text))
    if named:
        return "names a concept, and no rule relates it to the paper" + (", which it speaks of" if of_it else ": it speaks of something else")
    if _COINED.search(text):
        return "a name that no vocabulary has"
    return "says what the work does, without a name" if of_it else "no name, and speaks of something else than the work"
