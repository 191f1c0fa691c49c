"""Which fact somebody means: by its words, its addresses, or a row of a query's answer, in any mix."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping

from kg.errors import QueryError
from kg.identity import BASE, key
from kg.merge.triples import word
from kg.ontology import PREFIXES
from kg.trust.ledger import LABELS, LONG, Ledger, Statement, plain
from kg.trust.why import Reasons, current
from kg.trust.words import short

_ADDRESS = re.compile(
    r"<?(https?://[^\s<>\"|,;]+)>?|\b((?:kg|schema|skos|dcterms):\w+)|\b((?:paper|person|topic|event|venue|org|doc|review|result|award|authorship|list)/[\w.~%#=,-]+)"
)
_AUTHOR, _AUTHORSHIP = word("schema:author"), word("kg:authorship")
_IDLE = frozenset(
    "a an and are at by does did do for has have in is it its of on or that the paper papers their this to was were which who why with wrote write written said say says won".split()
)
Texts = Mapping[Statement, frozenset[str]]  # facts with their words
_ENOUGH = 0.75  # of the weight of the words
_NEAREST = 3


def meant(reasons: Reasons, question: str, limit: int = 5) -> list[Statement]:
    """The facts that fit a question best.  `QueryError` names the nearest if none fits."""
    addresses = [_expanded(match) for match in _ADDRESS.findall(question)]
    terms = {current(reasons.ledger, address) for address in addresses}
    facts = [fact for fact in reasons.facts if fact[1] not in LONG or terms]
    if terms:
        facts = [fact for fact in facts if terms <= {*fact, *map(_as_address, fact), *_meant_too(reasons, fact)}]
    words = set(key(_ADDRESS.sub(" ", question)).split()) - _IDLE
    if not facts:
        raise QueryError(f"no claim joins {' and '.join(sorted(map(short, terms)))}; `kg show NAME` lists what is said of a thing")
    if not words:
        return sorted(facts)[:limit]
    texts = {fact: _words_of(reasons, fact) for fact in facts}
    ranked = _ranked(texts, words)
    best = ranked[0][0] if ranked else 0.0
    if best < _ENOUGH or _telling(texts, words) not in texts[ranked[0][1]]:
        near = "; ".join(reasons.words.fact(*fact) for _, fact in ranked[:_NEAREST])
        raise QueryError(f"nobody says {question!r}{f'; the nearest: {near}' if near else ''}")
    return [fact for score, fact in ranked if math.isclose(score, best)][:limit]


def _meant_too(reasons: Reasons, fact: Statement) -> set[str]:
    """Things within the object, and `schema:author` for a place in an author list: nobody claims it, it follows."""
    within = reasons.involved(fact)
    return {*within, _AUTHOR} if fact[1] == _AUTHORSHIP else within


def _telling(texts: Texts, words: set[str]) -> str:
    """The rarest word of the question that any fact has: a fact without it is of something else."""
    common = Counter(word for text in texts.values() for word in text & words)
    return min(common, key=lambda word: (common[word], word))


def _ranked(texts: Texts, words: set[str]) -> list[tuple[float, Statement]]:
    """Facts by the share of the question's words that they have; rare words weigh more."""
    common = Counter(word for text in texts.values() for word in text & words)
    weight = {word: math.log(1 + len(texts) / (1 + common[word])) for word in words}
    total = sum(weight.values())
    scored = ((sum(weight[word] for word in text & words) / total, fact) for fact, text in texts.items())
    return sorted(((score, fact) for score, fact in scored if score), key=lambda pair: (-pair[0], len(texts[pair[1]]), pair[1]))


def _words_of(reasons: Reasons, fact: Statement) -> frozenset[str]:
    subject, predicate, object_ = fact
    names = [reasons.words.fact(*fact), short(predicate), *_labels(reasons.ledger, subject), *_labels(reasons.ledger, object_)]
    words = {word for name in names for word in key(name).split()}
    return frozenset(words | {word.removesuffix("s") for word in words})


def _labels(ledger: Ledger, term: str) -> list[str]:
    return [plain(label) for label in ledger.values(term, *LABELS)]


def _expanded(match: tuple[str, str, str]) -> str:
    full, prefixed, local = match
    if prefixed:
        prefix, _, name = prefixed.partition(":")
        return f"<{PREFIXES[prefix]}{name}>"
    return f"<{full or BASE + local}>"


def _as_address(term: str) -> str:
    """A literal that holds an address is found by it."""
    return f"<{plain(term)}>"
