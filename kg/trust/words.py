"""A graph's terms in words that people use: names for addresses, plain English for relations, a result by its parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from kg.identity import BASE
from kg.merge.triples import kind_of, word
from kg.ontology import PREFIXES
from kg.trust.ledger import LONG, NAME, PREFERRED, WRITTEN, plain

Lookup = Callable[[str], Mapping[str, Sequence[str]]]
_CUT = 80  # characters of a long text
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_VALUES = tuple(map(word, ("schema:value", "schema:minValue", "schema:maxValue")))
_UNIT, _BASELINE, _KIND = word("schema:unitText"), word("kg:baselineValue"), word("dcterms:type")
_PARTS = (("", word("kg:metric")), ("on ", word("kg:onDataset")), ("in ", word("kg:onTask")), ("by ", word("kg:ofMethod")))
_PAPER, _AUTHOR = word("schema:itemReviewed"), word("schema:author")
_RELATIONS = {
    "schema:name": "is called", "kg:authorship": "is by", "schema:author": "is by", "kg:year": "is of", "kg:presentedAt": "was presented at",
    "schema:isPartOf": "is part of", "kg:receivedAward": "received", "kg:hasResource": "has", "schema:identifier": "has the identifier",
    "kg:reportsResult": "reports", "schema:about": "is about", "schema:itemReviewed": "is on", "schema:sourceOrganization": "comes from",
    "kg:authorsComplete": "names all its authors", "kg:sentiment": "is", "schema:url": "is at", "schema:sameAs": "is also at",
    "schema:description": "is described by", "schema:positiveNotes": "names as a strength", "schema:negativeNotes": "names as a weakness",
    "kg:praises": "praises the", "kg:criticises": "criticises the", "kg:presentedAs": "was presented as",
}  # fmt: skip


class Words:
    """Names things by what a graph says of them; `of` gives that by predicate, in the terms of N-Triples."""

    def __init__(self, of: Lookup) -> None:
        self._of = of

    def name(self, term: str) -> str:
        """A literal's characters, or the best name of a thing."""
        if not term.startswith("<"):
            return " ".join(plain(term).split())
        described = self._of(term)
        kind = kind_of(term)
        if kind == "result":
            return self._result(described)
        if kind == "review":
            return self._review(described)
        if kind == "authorship":
            return self._first(described, WRITTEN, _AUTHOR) or short(term)
        return self._first(described, NAME, PREFERRED) or short(term)

    def relation(self, predicate: str) -> str:
        """`kg:usesMethod` as "uses method"."""
        return relation(predicate)

    def fact(self, subject: str, predicate: str, object_: str) -> str:
        """A statement as a sentence without its full stop."""
        said = self.relation(predicate)
        if predicate in LONG:
            return f"{self.name(subject)} has the words {self.name(object_)[:_CUT]!r}"
        return f"{self.name(subject)} {said}" if plain(object_) == "true" else f"{self.name(subject)} {said} {self.name(object_)}"

    def _result(self, described: Mapping[str, Sequence[str]]) -> str:
        numbers = [plain(value) for name in _VALUES for value in described.get(name, ())]
        kinds = sorted(relation(kind) for kind in described.get(_KIND, ()) if short(kind) != "kg:absolute")
        parts = [f"{join}{self.name(value)}" for join, name in _PARTS for value in described.get(name, ())]
        baseline = [f"against {plain(value)}" for value in described.get(_BASELINE, ())]
        units = [plain(value) for value in described.get(_UNIT, ())]
        return " ".join(filter(None, ("–".join(numbers), *units, *kinds, *parts, *baseline))) or "a result"

    def _review(self, described: Mapping[str, Sequence[str]]) -> str:
        by = " and ".join(self.name(writer) for writer in described.get(_AUTHOR, ()))
        on = " and ".join(self.name(paper) for paper in described.get(_PAPER, ()))
        return f"the review of {on or 'a paper'}{f' by {by}' if by else ''}"

    def _first(self, described: Mapping[str, Sequence[str]], *predicates: str) -> str:
        for predicate in predicates:
            if values := described.get(predicate):
                return self.name(min(values))
        return ""


def relation(predicate: str) -> str:
    """A relation in plain English: those of everyday words as they are said, others by the words of their names."""
    name = short(predicate)
    return _RELATIONS.get(name) or _CAMEL.sub(" ", name.rsplit(":", 1)[-1]).lower()


def short(term: str) -> str:
    """A term as people may type it: `kg:usesMethod`, `paper/…`."""
    if not term.startswith("<"):
        return term
    address = term[1:-1].removeprefix(BASE)
    for prefix, long in PREFIXES.items():
        if address.startswith(long):
            return f"{prefix}:{address[len(long) :]}"
    return address
