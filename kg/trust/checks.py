"""What must hold between the statements of a graph: claims, passages and facts, each against the others and against the texts.

The names of claims, passages and documents are made from what they say (`kg.rdf`, `kg.identity`), so that a change to either is seen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from kg import identity
from kg.merge.triples import kind_of, local, word
from kg.trust import wording
from kg.trust.ledger import (
    ALTERNATE,
    ALTERNATIVE,
    DIGEST,
    END,
    EXACT,
    LABELS,
    LONG,
    NAME,
    PREFERRED,
    SAME_AS,
    SOURCE,
    START,
    TYPE,
    URL,
    YEAR,
    Claim,
    Ledger,
    plain,
)
from kg.trust.origins import Origins
from kg.trust.words import short

# What is said without a claim (decided in docs/decisions/claims-in-plain-rdf.md), by the kind of thing it is said of.
_FREE = {
    "paper": {TYPE, ALTERNATE, word("schema:author")},
    "doc": {TYPE, DIGEST, URL, word("kg:repostOf")},
    "review": {TYPE, word("schema:isPartOf"), word("schema:author")},
    "list": {TYPE, NAME, word("schema:isPartOf"), word("schema:author")},
    "topic": {TYPE, PREFERRED, ALTERNATIVE, word("skos:inScheme"), word("skos:broader"), word("skos:exactMatch"), word("skos:closeMatch"), word("skos:broadMatch")},
}  # fmt: skip
# Facts that a passage states without naming their object: a judgement, an opening sentence, the place of an entry.
_UNNAMED = frozenset(
    map(
        word,
        ("kg:sentiment", "dcterms:type", "schema:inLanguage", "kg:authorsComplete", "schema:mentions", "schema:itemReviewed", "schema:itemListElement",
         "kg:hasResource", "kg:reportsResult", "kg:year", "kg:presentedAt", "schema:datePublished"),
    )
)  # fmt: skip
_SHARE = re.compile(r"0|0?\.\d+|1(?:\.0+)?")
_ADDRESSES = frozenset(map(word, ("schema:url", "schema:sameAs", "schema:identifier")))


class Problem(NamedTuple):
    """What does not hold: the rule, the thing, and why, in words."""

    rule: str
    thing: str
    message: str


@dataclass(frozen=True)
class Subject:
    """What is checked: a ledger with the old addresses of its things, the claims on each object, and the texts by document."""

    ledger: Ledger
    origins: Origins
    texts: Mapping[str, str]
    on: Mapping[str, list[Claim]] = field(init=False)
    _by: Mapping[str, list[Claim]] = field(init=False)
    claimed: frozenset[tuple[str, str, str]] = field(init=False)

    def __post_init__(self) -> None:
        on, by = defaultdict(list), defaultdict(list)
        for claim in self.ledger.claims:
            on[claim.object or ""].append(claim)
            by[claim.subject].append(claim)
        object.__setattr__(self, "on", on)
        object.__setattr__(self, "_by", by)
        said = (claim for claim in self.ledger.claims if claim.stance == "asserted")
        claimed = {(claim.subject, claim.predicate, object_) for claim in said for object_ in self.objects(claim)}
        object.__setattr__(self, "claimed", frozenset(claimed))

    def by(self, thing: str) -> list[Claim]:
        """The claims that speak of a thing."""
        return self._by.get(thing, [])

    def objects(self, claim: Claim) -> list[str]:
        return self.ledger.values(claim.subject, claim.predicate) if claim.object is None else [claim.object]

    @cached_property
    def parts(self) -> frozenset[tuple[str, str]]:
        """What results are made of: predicates with their objects."""
        described = (self.ledger.of(result) for result in self.ledger.of_kind("result"))
        return frozenset((predicate, value) for each in described for predicate, values in each.items() for value in values)

    def quote(self, passage: str) -> str | None:
        """The words of a passage, from its document if that is there."""
        described = self.ledger.of(passage)
        if exact := described.get(EXACT):
            return plain(exact[0])
        source = next(iter(described.get(SOURCE, ())), "")
        offsets = [plain(value) for name in (START, END) for value in described.get(name, ())]
        if source in self.texts and len(offsets) == 2 and all(map(str.isdecimal, offsets)):
            return self.texts[source][int(offsets[0]) : int(offsets[1])]
        return None

    def labels(self, thing: str) -> list[str]:
        return [plain(value) for value in self.ledger.values(thing, *LABELS)]


def claims(subject: Subject) -> Iterator[Problem]:
    """Every claim has its parts, says what its name says, and stands in the graph."""
    for thing in subject.ledger.broken:
        yield Problem("claim", thing, "lacks a part, or has one twice")
    for claim in subject.ledger.claims:
        if not subject.origins.named_by(claim):
            yield Problem("claim", claim.address, "says something else than what its name was made from")
        if claim.passage not in subject.ledger.about:
            yield Problem("claim", claim.address, "gives no passage that is in the graph")
        if not _SHARE.fullmatch(plain(claim.confidence)):
            yield Problem("claim", claim.address, f"has a confidence of {plain(claim.confidence)}")
        if claim.stance == "asserted" and not _stands(subject.ledger, claim):
            yield Problem("claim without fact", claim.address, f"{said(claim)} is claimed and not in the graph")
        yield from _worded(subject, claim)


def facts(subject: Subject) -> Iterator[Problem]:
    """Every fact has a claim that asserts it."""
    for kind, free in _FREE.items():
        for thing in subject.ledger.of_kind(kind):
            for predicate, objects in subject.ledger.of(thing).items():
                if predicate not in free:
                    yield from _unclaimed(subject, thing, predicate, objects)


def passages(subject: Subject) -> Iterator[Problem]:
    """Every passage is where its name says, has the words that stand there, and serves a claim."""
    used = {claim.passage for claim in subject.ledger.claims}
    for passage in subject.ledger.of_kind("passage"):
        described = subject.ledger.of(passage)
        parts = [described.get(name, ()) for name in (SOURCE, START, END)]
        if any(len(part) != 1 for part in parts) or len(described.get(EXACT, ())) > 1:
            yield Problem("passage", passage, "lacks its source or an offset, or has one twice")
            continue
        source, start, end = parts[0][0], plain(parts[1][0]), plain(parts[2][0])
        if passage != f"{source[:-1]}#char={start},{end}>":
            yield Problem("passage", passage, "has another source or other offsets than its name")
        if passage not in used:
            yield Problem("passage", passage, "serves no claim")
        if start.isdecimal() and end.isdecimal():
            yield from _quoted(subject, passage, source, int(start), int(end))


def documents(subject: Subject) -> Iterator[Problem]:
    """Every document's name is that of its address, or of its text."""
    for document in subject.ledger.of_kind("doc"):
        described = subject.ledger.of(document)
        digests = [plain(value).removeprefix("sha256:") for value in described.get(DIGEST, ())]
        identities = [*(value.strip("<>") for value in described.get(URL, ())), *digests]
        if len(digests) != 1 or local(document).rsplit("-", 1)[-1] not in {identity.digest(value) for value in identities}:
            yield Problem("document", document, "has another text or address than the one that it is named by")


def _unclaimed(subject: Subject, thing: str, predicate: str, objects: Iterable[str]) -> Iterator[Problem]:
    for object_ in objects:
        old_name = predicate == SAME_AS and kind_of(object_)
        if not old_name and (thing, predicate, object_) not in subject.claimed:
            yield Problem("fact without claim", thing, f"{short(predicate)} {short(object_)} is said and nobody claims it")


def _stands(ledger: Ledger, claim: Claim) -> bool:
    """Whether a claim's fact is in the graph, or was outvoted by another value of which there can be one only."""
    if claim.object is None:
        return claim.predicate in ledger.of(claim.subject)
    if ledger.says(claim.subject, claim.predicate, claim.object):
        return True
    if claim.predicate == NAME:
        return ledger.says(claim.subject, ALTERNATE, claim.object) or bool(
            {plain(claim.object)} & {plain(value) for value in ledger.values(claim.subject, NAME)}
        )
    return claim.predicate == YEAR and bool(ledger.values(claim.subject, YEAR))


def _worded(subject: Subject, claim: Claim) -> Iterator[Problem]:
    """That the names of a fact stand in its passage."""
    if claim.predicate in _UNNAMED or claim.predicate in LONG or claim.object is None or kind_of(claim.object) == "paper":
        return
    quote = subject.quote(claim.passage)
    if quote is None:
        return
    if claim.predicate in _ADDRESSES:
        fits = wording.address(quote, claim.object.strip("<>") if claim.object.startswith("<") else plain(claim.object))
    else:
        labels = subject.labels(claim.object) if claim.object.startswith("<") else [plain(claim.object)]
        fits = not labels or wording.names(quote, labels)
    if not fits:
        yield Problem("wording", claim.address, f"{said(claim)} stands on words that do not name it: {quote[:80]!r}")


def _quoted(subject: Subject, passage: str, source: str, start: int, end: int) -> Iterator[Problem]:
    exact = subject.ledger.of(passage).get(EXACT)
    if exact and len(plain(exact[0])) != end - start:
        yield Problem("quote", passage, "is not as long as its offsets say")
    if source not in subject.texts:
        return
    there = subject.texts[source][start:end]
    if exact and there != plain(exact[0]):
        yield Problem("quote", passage, f"is {plain(exact[0])[:60]!r} here and {there[:60]!r} in the source")
    if not exact and len(there) != end - start:
        yield Problem("quote", passage, "leads past the end of the source")


def said(claim: Claim) -> str:
    return f"{short(claim.subject)} {short(claim.predicate)} {short(claim.object or '…')}"
