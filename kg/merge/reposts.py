"""Documents that say the same in the same words: a repost counts once when reviewers are counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import combinations

from kg.identity import BASE
from kg.merge.groups import Row
from kg.merge.index import EXACT
from kg.merge.triples import cut, joined, word

REPOST, BODY = word("kg:repostOf"), word("schema:reviewBody")
EVIDENCE, PREDICATE = word("kg:evidence"), word("rdf:predicate")
_NAMING = frozenset(map(word, ("schema:name", "schema:mentions", "kg:authorship", "schema:itemReviewed", "schema:itemListElement")))
_LONG = 62  # characters of a passage, with its quotation marks, that two people do not write alike
_MANY = 20  # documents; what more of them say is a formula
_LEAST, _SHARE = 3, 0.5


def lines(rows: Iterable[Row]) -> list[str]:
    """That a document is a repost, of the one with the smallest address of all that say the same."""
    first: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: (row.canonical, row.other)):
        one, two = first.get(row.canonical, row.canonical), first.get(row.other, row.other)
        least = min(one, two)
        first |= {document: least for document in (*first, row.canonical, row.other) if first.get(document, document) in (one, two)}
    return [joined(document, REPOST, least) for document, least in sorted(first.items()) if document != least]


def passages(lines: Iterable[str]) -> list[bytes]:
    """Digests of a document's long passages, 16 bytes each."""
    return [sha256(words.encode()).digest()[:16] for words in _own_words(lines)]


def reposts(said: Mapping[str, Sequence[bytes]]) -> Iterator[Row]:
    """Pairs of documents with half of the shorter one's long passages in common, and at least three; `said` are their `passages`."""
    times = Counter(passage for found in said.values() for passage in found)
    holders: defaultdict[bytes, list[str]] = defaultdict(list)
    for document, found in sorted(said.items()):
        for passage in found:
            if 1 < times[passage] <= _MANY:
                holders[passage].append(document)
    length = {document: len(found) for document, found in said.items()}
    shared = Counter(pair for documents in holders.values() for pair in combinations(documents, 2))
    for (one, two), number in sorted(shared.items()):
        least = min(length[one], length[two])
        if number >= _LEAST and number >= _SHARE * least:
            detail = f"{number} of {least} long passages"
            yield Row("doc", f"<{BASE}doc/{one}>", f"<{BASE}doc/{two}>", "same passages", detail, round(number / least, 4), merged=False)


def _own_words(lines: Iterable[str]) -> set[str]:
    """Long passages and reviews, without those that name a paper: two people who like the same papers both write their titles."""
    quotes: dict[str, str] = {}
    evidence: dict[str, str] = {}
    naming: set[str] = set()
    found: set[str] = set()
    for line in lines:
        subject, predicate, object_ = cut(line)
        if predicate == EXACT and len(object_) > _LONG:
            quotes[subject] = object_
        elif predicate == BODY and len(object_) > _LONG:
            found.add(object_)
        elif predicate == EVIDENCE:
            evidence[subject] = object_
        elif predicate == PREDICATE and object_ in _NAMING:
            naming.add(subject)
    heads = {evidence[claim] for claim in naming if claim in evidence}
    return found | {quote for passage, quote in quotes.items() if passage not in heads}
