"""Which topics are one: by the vocabulary's labels, by spelling, and by an acronym that a text explains."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from rapidfuzz.distance import Indel

from kg import ontology
from kg.identity import key
from kg.merge.groups import Proposal, pairwise
from kg.merge.index import EXACT, Index
from kg.merge.spelling import american, letters_named, singular
from kg.merge.triples import cut, local, node, text

_LINKING = frozenset("of for in on with from by to".split())
_ALIKE = 0.8  # likeness of two long forms that are one
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
_BRACKETED = re.compile(r"([^()]{3,120})\s\(([^()]{2,60})\)")
_ACRONYM = re.compile(r"[A-Za-z][A-Za-z0-9-]*[A-Z0-9][A-Za-z0-9-]*|[A-Z]{2,}s?")


class Topics:
    """The rules for topics over one index; `explained` are the acronyms that each document explains, `ambiguous` spellings of several."""

    def __init__(self, index: Index, explained: Mapping[str, set[tuple[str, str]]], ambiguous: frozenset[str] = frozenset()) -> None:
        self.index = index
        self.ambiguous = ambiguous
        self.addresses = index.of_kind("topic")
        self.explained = explained

    def proposals(self) -> Iterator[Proposal]:
        yield from self._spelt_alike()
        yield from self._acronyms()

    def rank(self, topic: str) -> tuple[object, ...]:
        """The least stays: one of the vocabulary, in most documents, the longest label, the smallest address."""
        return (local(topic) not in _curated(), -len(self.index.documents[topic]), -len(self.index.label(topic)), topic)

    def veto(self, ours: Sequence[str], theirs: Sequence[str]) -> str:
        return pairwise(self._objection, ours, theirs)

    def _objection(self, one: str, two: str) -> str:
        return "both are in the vocabulary" if local(one) in _curated() and local(two) in _curated() else ""

    def _spelt_alike(self) -> Iterator[Proposal]:
        groups: defaultdict[str, set[str]] = defaultdict(set)
        for topic in self.addresses:
            for label in self.index.labels.get(topic, ()):
                groups[spelling(label)].add(topic)
        for form, topics in sorted(groups.items()):
            if form in self.ambiguous:
                continue
            if form in _vocabulary():
                topics = topics | {node(f"topic/{_vocabulary()[form]}")} if node(f"topic/{_vocabulary()[form]}") in self.index.typed else topics  # noqa: PLW2901
            first = min(topics, key=self.rank)
            for topic in sorted(topics - {first}):
                labels = f"{self.index.label(first)} | {self.index.label(topic)}"
                yield Proposal.between(1, first, topic, "same label", labels, 1.0, self._other_words(form, first, topic))

    def _other_words(self, form: str, one: str, two: str) -> str:
        """What speaks against two topics of one label: it is an acronym, and the words that it stands for are others."""
        ours, theirs = (self.index.labels.get(topic, set()) for topic in (one, two))
        if not all(_ACRONYM.fullmatch(label) for label in ours | theirs if spelling(label) == form):
            return ""
        return self._unlike(one, two)

    def _unlike(self, one: str, two: str) -> str:
        """The words of two topics, where both have some and none are alike."""
        ours, theirs = (self.index.labels.get(topic, set()) for topic in (one, two))
        long, other = ([label for label in labels if " " in label] for labels in (ours, theirs))
        if not long or not other or any(Indel.normalized_similarity(spelling(a), spelling(b)) >= _ALIKE for a, b in product(long, other)):
            return ""
        return f"the acronym stands for {min(long)} and for {min(other)}"

    def _acronyms(self) -> Iterator[Proposal]:
        for short, long in sorted({pair for pairs in self.explained.values() for pair in pairs}):
            several = sorted({other for pairs in self.explained.values() for acronym, other in pairs if acronym == short})
            detail = f"{self.index.label(long)} ({self.index.label(short)})"
            if len(several) == 1:
                yield Proposal.between(2, short, long, "acronym explained", detail, 0.9, self._unlike(short, long))


def definitions(lines: Iterable[str]) -> set[tuple[str, str]]:
    """What the quotes of a document write as an acronym and its explanation, as (short, what stands before or behind)."""
    quotes = (text(cut(line)[2]) for line in lines if "(" in line and f" {EXACT} " in line)
    return {pair for quote in quotes for pair in _definitions(quote)}


def explained(index: Index, defined: Mapping[str, Iterable[tuple[str, str]]]) -> dict[str, set[tuple[str, str]]]:
    """For each document the acronyms that it explains, as (short, long) addresses of topics that it names; `defined` are its `definitions`."""
    by_form: defaultdict[str, set[str]] = defaultdict(set)
    for topic in index.of_kind("topic"):
        for label in index.labels.get(topic, ()):
            by_form[spelling(label)].add(topic)
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for document, pairs in defined.items():
        for short, long in pairs:
            shorts, longs = by_form.get(spelling(short), set()), _ending(long, short, by_form)
            found[document] |= {
                (s, other) for s in shorts for other in longs if s != other and document in index.documents[s] and document in index.documents[other]
            }
    return dict(found)


def ambiguous(explanations: Mapping[str, set[tuple[str, str]]], index: Index) -> dict[str, dict[str, str]]:
    """Acronyms that stand for several things: in each document that explains one, the address of what it stands for there."""
    meanings: defaultdict[str, set[str]] = defaultdict(set)
    for pairs in explanations.values():
        for short, long in pairs:
            meanings[short].add(long)
    instead: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for document, pairs in sorted(explanations.items()):
        for short, long in sorted(pairs):
            own = {other for acronym, other in pairs if acronym == short}
            if len(meanings[short]) > 1 and len(own) == 1 and local(short) not in _curated() and document in index.documents[long]:
                instead[document][short] = long
    return dict(instead)


@cache
def spelling(label: str) -> str:
    """A label without spaces, American, its heads in the singular: `U-Net` is `UNet`, `models of colour` is `model of color`."""
    words = [american(word) for word in key(letters_named(label)).split()]
    capitals = {key(word) for word in _CAPITALS.findall(label)}  # DBMS has no plural
    heads = (after in _LINKING for after in (*words[1:], "of"))
    return "".join(singular(word) if head and word not in capitals else word for word, head in zip(words, heads, strict=True))


def _definitions(quote: str) -> Iterator[tuple[str, str]]:
    for match in _BRACKETED.finditer(quote):
        before, inside = match.group(1).strip(), match.group(2).strip()
        if _ACRONYM.fullmatch(inside):
            yield inside, before
        elif _ACRONYM.fullmatch(last := before.split()[-1]):
            yield last, inside


def _ending(words: str, short: str, by_form: Mapping[str, set[str]]) -> set[str]:
    """Topics whose label ends the words and fits the acronym, the longest first; only labels of several words are long forms."""
    parts = words.split()
    for start in range(max(0, len(parts) - 8), len(parts) - 1):
        long = " ".join(parts[start:])
        if _fits(short, long) and (topics := by_form.get(spelling(long))):
            return topics
    return set()


def _fits(short: str, long: str) -> bool:
    """Each letter of the acronym stands in the long form, in order, the first at its beginning (Schwartz and Hearst, PSB 2003)."""
    letters = key(short.removesuffix("s")).replace(" ", "")
    text_ = key(long)
    place = len(text_)
    for letter in reversed(letters[1:]):
        place = text_.rfind(letter, 0, place)
        if place < 0:
            return False
    return place > 0 and text_.startswith(letters[:1])


@cache
def _curated() -> frozenset[str]:
    return frozenset(concept.key for concept in ontology.concepts())


@cache
def _vocabulary() -> dict[str, str]:
    """Spellings of the vocabulary's labels; one that two topics share tells nothing."""
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for concept in ontology.concepts():
        for label in (concept.label, *concept.alternatives):
            forms[spelling(label)].add(concept.key)
    return {form: min(keys) for form, keys in forms.items() if len(keys) == 1}
