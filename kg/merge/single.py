"""Facts of which a thing has one: of several titles, names, labels and years one is chosen, the others become alternatives.

A title or year is chosen by most claims of reviews, then by most claims, then the surest, then the smallest; a person's name by its
fullness; a topic's label by the vocabulary, then by most documents.  The claims of what was not chosen stay.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from kg.merge.index import ALTERNATE, ALTERNATIVE, NAME, PREFERRED, YEAR
from kg.merge.names import parse
from kg.merge.triples import RECORDS, cut, joined, kind_of, node, text, word

_SUBJECT, _PREDICATE, _OBJECT, _CONFIDENCE = word("rdf:subject"), word("rdf:predicate"), word("rdf:object"), word("kg:confidence")
_AGENT, _RECORDS = word("prov:wasAttributedTo"), node(f"extractor/{RECORDS.replace('/', '-')}")
_CLAIM, _PAPER = node("claim/")[:-1], node("paper/")[:-1]
_OTHERWISE = {NAME: ALTERNATE, PREFERRED: ALTERNATIVE}
_KINDS = frozenset({"paper", "person", "topic", "event", "venue", "org", "doc"})
Subject = tuple[str, str]  # address and predicate
Vote = tuple[bool, float]  # whether a review says it, and the confidence
Votes = dict[tuple[str, str, str], list[Vote]]  # by subject, predicate and value


@dataclass(slots=True)
class Chosen:
    """What becomes of lines of which one is chosen: those that go, and those that come instead."""

    gone: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)
    preferred: dict[str, set[str]] = field(default_factory=dict)

    def keeps(self, line: str) -> bool:
        """An alternative label that is the preferred one says nothing."""
        if line in self.gone:
            return False
        if f" {ALTERNATIVE} " not in line:
            return True
        subject, _, object_ = cut(line)
        return text(object_) not in self.preferred.get(subject, ())


@dataclass(slots=True)
class Several:
    """Subjects with several values of a predicate of which one is chosen, and the labels of topics."""

    values: dict[Subject, list[str]] = field(default_factory=dict)
    preferred: dict[str, set[str]] = field(default_factory=dict)

    def join(self, other: Several) -> None:
        self.values |= other.values
        self.preferred |= other.preferred

    @property
    def papers(self) -> set[str]:
        return {subject for subject, _ in self.values if kind_of(subject) == "paper"}


def several(lines: Iterable[str]) -> Several:
    """What there is to choose among sorted lines that hold all lines of each of their subjects."""
    result = Several()
    for (subject, predicate), group in groupby(map(cut, lines), key=lambda triple: triple[:2]):
        if predicate in (NAME, PREFERRED, YEAR) and kind_of(subject) in _KINDS:
            values = [object_ for _, _, object_ in group]
            if len(values) > 1:
                result.values[subject, predicate] = values
            if predicate == PREFERRED:
                result.preferred[subject] = {text(value) for value in values}
    return result


def chosen(open_: Several, votes: Votes, said: Mapping[str, int]) -> Chosen:
    """The choice.  `votes` are the claims for titles and years of papers, `said` counts the documents that have a line."""
    result = Chosen(preferred=open_.preferred)
    for (subject, predicate), found in open_.values.items():
        best = min(found, key=lambda value: _order(subject, predicate, value, votes, said))
        if predicate == PREFERRED:
            result.preferred[subject] = {text(best)}
        for value in found:
            if value != best:
                result.gone.add(joined(subject, predicate, value))
                if predicate in _OTHERWISE and text(value) != text(best):
                    result.new.add(joined(subject, _OTHERWISE[predicate], value))
    return result


def _order(subject: str, predicate: str, value: str, votes: Votes, said: Mapping[str, int]) -> tuple[object, ...]:
    documents = said.get(joined(subject, predicate, value), 0)
    if kind_of(subject) == "paper":
        claims = votes.get((subject, predicate, value), [])
        reviews = sum(review for review, _ in claims)
        return (-reviews, -len(claims), -max((sure for _, sure in claims), default=0.0), value)
    if kind_of(subject) == "person":
        return (-sum(len(word_) for word_ in parse(text(value)).given), -documents, value)
    return (not value.endswith("@en"), -documents, value)


def votes(lines: Iterable[str], papers: set[str]) -> Votes:
    """The claims for each title and year of some papers among sorted lines."""
    found: defaultdict[tuple[str, str, str], list[Vote]] = defaultdict(list)
    claims = (line for line in lines if line.startswith(_CLAIM))
    for _, group in groupby(claims, key=lambda line: line.split(" ", 1)[0]):
        facts = {predicate: object_ for _, predicate, object_ in map(cut, group)}
        if facts.get(_SUBJECT) in papers and facts[_PREDICATE] in (NAME, YEAR) and _OBJECT in facts:
            vote = (facts[_AGENT] != _RECORDS, float(text(facts[_CONFIDENCE])))
            found[facts[_SUBJECT], facts[_PREDICATE], facts[_OBJECT]].append(vote)
    return dict(found)


def counted(lines: Iterable[str], said: Counter[str]) -> Iterator[str]:
    """The lines of a document as they are, those with a name or label counted on their way."""
    for line in lines:
        if (f" {NAME} " in line or f" {PREFERRED} " in line) and not line.startswith(_PAPER):
            said[line] += 1
        yield line
