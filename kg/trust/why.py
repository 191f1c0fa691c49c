"""Why a graph says something: who says it in which words, how many say so on their own, and what speaks against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from kg.merge.triples import kind_of, word
from kg.trust.ledger import EXACT, NAME, SAME_AS, YEAR, Claim, Ledger, Statement, plain
from kg.trust.words import Words, short

_AUTHOR, _PUBLISHED, _VERSION = word("schema:author"), word("schema:datePublished"), word("schema:softwareVersion")
_OUTPERFORMS, _SENTIMENT, _REVIEWED = word("kg:outperforms"), word("kg:sentiment"), word("schema:itemReviewed")
_START, _END, _REPOST = word("oa:start"), word("oa:end"), word("kg:repostOf")
_KIND, _RECORD = word("dcterms:type"), word("kg:record")
_AROUND = 200  # characters before and after a passage


@dataclass(frozen=True, slots=True)
class Stated:
    """One passage that states the fact.  `precision` is what was measured of its extractor, None if nobody measured it."""

    document: str
    reviewers: tuple[str, ...]
    published: str
    before: str
    quote: str
    after: str
    offsets: tuple[int, int]
    extractor: str
    precision: float | None
    confidence: float
    stance: str


@dataclass(frozen=True, slots=True)
class Reason:
    """All about one fact.  `voices` counts writers who say so on their own: reposts and one writer's documents count once, records not."""

    fact: str
    terms: Statement
    asserted: bool
    voices: int
    stated: tuple[Stated, ...]
    merged: tuple[str, ...]
    against: tuple[str, ...]


class Reasons:
    """Answers over one ledger; `merges` are the rows of merges.jsonl, `texts` those sources that are there, by document.

    `precisions` tells of each extractor (`results/1`) how often it was right when it was measured.
    """

    def __init__(
        self,
        ledger: Ledger,
        merges: Iterable[Mapping[str, object]] = (),
        texts: Mapping[str, str] | None = None,
        precisions: Mapping[str, float] | None = None,
    ) -> None:
        self.ledger = ledger
        self.words = Words(ledger.of)
        self._merges = tuple(merges)
        self._texts = texts or {}
        self._precisions = precisions or {}
        self.facts: defaultdict[Statement, list[Claim]] = defaultdict(list)
        for claim in ledger.claims:
            for object_ in [claim.object] if claim.object else ledger.values(claim.subject, claim.predicate):
                self.facts[claim.subject, claim.predicate, object_].append(claim)

    def of(self, fact: Statement) -> Reason:
        """The reason of one fact, in the terms of N-Triples."""
        subject, predicate, object_ = fact
        claims = sorted(self.facts.get(fact, ()), key=lambda claim: (claim.stance != "asserted", -float(plain(claim.confidence)), claim.address))
        said = [claim for claim in claims if claim.stance == "asserted"]
        return Reason(
            self.words.fact(*fact),
            fact,
            self.ledger.says(*fact),
            self._voices({claim.document for claim in said if _RECORD not in self.ledger.values(claim.document, _KIND)}),
            tuple(map(self._stated, claims)),
            tuple(self._merged(self.involved(fact))),
            tuple(dict.fromkeys(self._against(subject, predicate, object_))),
        )

    def involved(self, fact: Statement) -> set[str]:
        """The things of a fact: its subject and object, who stands at a place of an author list, what a result is a result of."""
        subject, _, object_ = fact
        within = self.ledger.of(object_) if kind_of(object_) in ("authorship", "result") else {}
        return {subject, object_, *(term for terms in within.values() for term in terms if kind_of(term) in ("person", "topic"))}

    def _stated(self, claim: Claim) -> Stated:
        of, document = self.ledger.values, claim.document
        start, end = (int(plain(next(iter(of(claim.passage, name)), '"0"'))) for name in (_START, _END))
        text = self._texts.get(document, "")
        quote = text[start:end] or plain(next(iter(of(claim.passage, EXACT)), '""'))
        extractor = "/".join(plain(value) for value in of(claim.agent, NAME, _VERSION))
        return Stated(
            self.words.name(document),
            tuple(sorted(self.words.name(writer) for writer in self._writers(claim))),
            plain(next(iter(of(document, _PUBLISHED)), '""')),
            _whole_words(text[max(0, start - _AROUND) : start], cut=start > _AROUND),
            quote,
            text[end : end + _AROUND],
            (start, end),
            extractor,
            self._precisions.get(extractor),
            float(plain(claim.confidence)),
            claim.stance,
        )

    def _writers(self, claim: Claim) -> list[str]:
        """Who speaks in a passage: the author of the review, else of the document."""
        own = self.ledger.values(claim.subject, _AUTHOR) if _REVIEWED in self.ledger.of(claim.subject) else []
        return own or self.ledger.values(claim.document, _AUTHOR)

    def _voices(self, documents: set[str]) -> int:
        """Groups of documents that are no reposts of each other and have no writer in common."""
        same = {document: document for document in documents}

        def root(document: str) -> str:
            while same[document] != document:
                document = same[document]
            return document

        by_origin: defaultdict[str, list[str]] = defaultdict(list)
        for document in sorted(documents):
            for origin in (*self.ledger.values(document, _AUTHOR), *(self.ledger.values(document, _REPOST) or [document])):
                by_origin[origin].append(document)
        reposts = ([f"<{row['canonical']}>", f"<{row['other']}>"] for row in self._merges if row["kind"] == "doc")
        for group in (*by_origin.values(), *reposts):
            for other in group[1:] if set(group) <= documents else ():
                same[root(other)] = root(group[0])
        return len({root(document) for document in documents})

    def _merged(self, things: set[str]) -> Iterator[str]:
        for row in self._merges:
            if row["merged"] and f"<{row['canonical']}>" in things:
                other, canonical = (short(f"<{row[name]}>") for name in ("other", "canonical"))
                yield f"{other} is taken for {canonical}: {row['rule']} ({row['detail']})"

    def _against(self, subject: str, predicate: str, object_: str) -> Iterator[str]:
        """Denials, doubts, values that were outvoted, the contrary, and other people's opinions."""
        for claim in self.facts.get((subject, predicate, object_), ()):
            if claim.stance != "asserted":
                yield f"{claim.stance} in {self.words.name(claim.document)}"
        for other_subject, other_predicate, other in sorted(self.facts):
            if (other_subject, other_predicate) == (subject, predicate) and other != object_ and predicate in (NAME, YEAR):
                yield f"{self.words.fact(subject, predicate, other)}, says {self._who((subject, predicate, other))}"
            elif predicate == _OUTPERFORMS and (other_subject, other_predicate, other) == (object_, predicate, subject):
                yield f"{self.words.fact(object_, predicate, subject)}, says {self._who((object_, predicate, subject))}"
            elif predicate == other_predicate == _SENTIMENT and other != object_ and self._paper(other_subject) == self._paper(subject) != []:
                yield f"{self.words.fact(other_subject, predicate, other)}, says {self._who((other_subject, predicate, other))}"

    def _paper(self, review: str) -> list[str]:
        return self.ledger.values(review, _REVIEWED)

    def _who(self, fact: Statement) -> str:
        return " and ".join(sorted({self.words.name(claim.document) for claim in self.facts[fact]}))


def as_json(reason: Reason) -> dict[str, object]:
    """A reason in values that JSON has; the terms of the fact without the signs of N-Triples."""
    told = asdict(reason)
    return told | {"terms": dict(zip(("subject", "predicate", "object"), map(plain, reason.terms), strict=True))}


def current(ledger: Ledger, term: str) -> str:
    """The address that a thing has now, if it was merged away."""
    if term in ledger.about:
        return term
    return next((thing for thing, described in ledger.about.items() if term in described.get(SAME_AS, ())), term)


def _whole_words(text: str, *, cut: bool) -> str:
    return text.split(" ", 1)[-1] if cut and " " in text else text
