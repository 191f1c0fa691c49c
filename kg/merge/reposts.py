"""Documents that say the same in the same words: a repost counts once when reviewers are counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from kg.identity import BASE
from kg.merge.groups import Row
from kg.merge.index import EXACT
from kg.merge.triples import cut, joined, text, word

REPOST = word("kg:repostOf")
_LONG = 60  # characters of a quote that two people do not write alike
_MANY = 20  # documents; what more of them say is a formula
_LEAST, _SHARE = 5, 0.5


def lines(rows: Iterable[Row]) -> list[str]:
    """That a document is a repost, of the one with the smallest address of all that say the same."""
    first: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: (row.canonical, row.other)):
        one, two = first.get(row.canonical, row.canonical), first.get(row.other, row.other)
        least = min(one, two)
        first |= {document: least for document in (*first, row.canonical, row.other) if first.get(document, document) in (one, two)}
    return [joined(document, REPOST, least) for document, least in sorted(first.items()) if document != least]


def reposts(parts: Mapping[str, Sequence[str]]) -> Iterator[Row]:
    """Pairs of documents with half of the shorter one's long quotes in common, and at least five."""
    quotes = {document: {text(cut(line)[2]) for line in lines if f" {EXACT} " in line and len(line) > _LONG} for document, lines in parts.items()}
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for document in sorted(quotes):
        for quote in quotes[document]:
            if len(quote) >= _LONG:
                holders[quote].append(document)
    shared = Counter(pair for documents in holders.values() if 1 < len(documents) <= _MANY for pair in combinations(documents, 2))
    length = Counter(document for documents in holders.values() for document in documents)
    for (one, two), number in sorted(shared.items()):
        least = min(length[one], length[two])
        if number >= _LEAST and number >= _SHARE * least:
            yield Row(
                "doc",
                f"<{BASE}doc/{one}>",
                f"<{BASE}doc/{two}>",
                "same passages",
                f"{number} of {least} long quotes",
                round(number / least, 4),
                merged=False,
            )
