"""Who says what: the claims of a graph as sentences of documents, and the independent voices among the documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.exporters.explorer.tables import Tables, last, short

LONGEST = 1_200  # letters of a sentence
STANCES = ("asserted", "denied", "hedged")


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """One document's sentence for a fact.  `confidence` is in hundredths, `stance` one of `STANCES`, `extractor` the name of what read it."""

    document: str
    start: int
    sentence: str
    confidence: int
    stance: str = "asserted"
    extractor: str = ""


class Evidence:
    """Claims by the triple that they state, and each document's voice."""

    def __init__(self, tables: Tables) -> None:
        self._stated: defaultdict[tuple[str, str, str], list[Claim]] = defaultdict(list)
        self._tables = tables
        for claim, subjects in tables["rdf:subject"].items():
            predicate, value = short(tables.one("rdf:predicate", claim)), tables.one("rdf:object", claim)
            for passage in tables.all("kg:evidence", claim):
                self._stated[subjects[0], predicate, value].append(self._claim(claim, passage))
        for claims in self._stated.values():
            claims.sort()

    def _claim(self, claim: str, passage: str) -> Claim:
        sentence = " ".join(self._tables.one("oa:exact", passage).split())
        return Claim(
            self._tables.one("oa:hasSource", passage),
            int(self._tables.one("oa:start", passage) or 0),
            sentence if len(sentence) <= LONGEST else sentence[: LONGEST - 1] + "…",
            round(float(self._tables.one("kg:confidence", claim) or 1) * 100),
            last(self._tables.one("kg:stance", claim)) or "asserted",
            self._tables.one("schema:name", self._tables.one("prov:wasAttributedTo", claim)),
        )

    def of(self, subject: str, predicate: str, value: str) -> list[Claim]:
        """The claims of one triple, in the order of documents and places."""
        return self._stated.get((subject, predicate, value), [])

    def unasserted(self) -> list[tuple[str, str, str]]:
        """Triples that are only denied or hedged, sorted."""
        return sorted(triple for triple, claims in self._stated.items() if all(claim.stance != "asserted" for claim in claims))

    def voices(self, documents: Iterable[str]) -> set[str]:
        """The people who wrote the documents; a document without an author speaks for itself."""
        return {voice for document in documents for voice in (self._tables.all("schema:author", document) or [document])}
