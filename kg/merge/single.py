"""Facts of which a thing has one: of several titles, names, labels and years one is chosen, the others become alternatives.

A title or year is chosen by most claims, then the surest, then the smallest; a person's name by its fullness; a topic's label by the
vocabulary, then by most documents.  The claims of what was not chosen stay.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from kg.merge.index import ALTERNATE, ALTERNATIVE, NAME, PREFERRED, YEAR
from kg.merge.names import parse
from kg.merge.triples import cut, joined, kind_of, text, word

_SUBJECT, _PREDICATE, _OBJECT, _CONFIDENCE = word("rdf:subject"), word("rdf:predicate"), word("rdf:object"), word("kg:confidence")
_OTHERWISE = {NAME: ALTERNATE, PREFERRED: ALTERNATIVE}
_KINDS = frozenset({"paper", "person", "topic", "event", "venue", "org", "doc"})
Subject = tuple[str, str]  # address and predicate


def chosen(lines: set[str], said: Mapping[str, int]) -> set[str]:
    """Lines with one value where there may be one only.  `said` counts the documents that have a line."""
    values: defaultdict[Subject, list[str]] = defaultdict(list)
    for line in lines:
        subject, predicate, object_ = cut(line)
        if predicate in (NAME, PREFERRED, YEAR) and kind_of(subject) in _KINDS:
            values[subject, predicate].append(object_)
    several = {key: sorted(found) for key, found in values.items() if len(found) > 1}
    votes = _votes(sorted(lines), {subject for subject, _ in several if kind_of(subject) == "paper"}) if several else {}
    result = set(lines)
    for (subject, predicate), found in several.items():
        best = min(found, key=lambda value: _order(subject, predicate, value, votes, said))
        for value in found:
            if value != best:
                result.discard(joined(subject, predicate, value))
                if predicate in _OTHERWISE and text(value) != text(best):
                    result.add(joined(subject, _OTHERWISE[predicate], value))
    return _without_doubles(result)


def _order(
    subject: str, predicate: str, value: str, votes: Mapping[tuple[str, str, str], list[float]], said: Mapping[str, int]
) -> tuple[object, ...]:
    documents = said.get(joined(subject, predicate, value), 0)
    if kind_of(subject) == "paper":
        claims = votes.get((subject, predicate, value), [])
        return (-len(claims), -max(claims, default=0.0), value)
    if kind_of(subject) == "person":
        return (-sum(len(word_) for word_ in parse(text(value)).given), -documents, value)
    return (not value.endswith("@en"), -documents, value)


def _votes(lines: Sequence[str], papers: set[str]) -> dict[tuple[str, str, str], list[float]]:
    """The confidences of the claims for each title and year of some papers."""
    votes: defaultdict[tuple[str, str, str], list[float]] = defaultdict(list)
    claims = (line for line in lines if kind_of(line.split(" ", 1)[0]) == "claim")
    for _, group in groupby(claims, key=lambda line: line.split(" ", 1)[0]):
        facts = {predicate: object_ for _, predicate, object_ in map(cut, group)}
        if facts.get(_SUBJECT) in papers and _OBJECT in facts:
            votes[facts[_SUBJECT], facts[_PREDICATE], facts[_OBJECT]].append(float(text(facts[_CONFIDENCE])))
    return votes


def _without_doubles(lines: set[str]) -> set[str]:
    """An alternative label that is the preferred one says nothing."""
    preferred = {(subject, text(object_)) for subject, predicate, object_ in map(cut, lines) if predicate == PREFERRED}
    return {line for line in lines if f" {ALTERNATIVE} " not in line or (cut(line)[0], text(cut(line)[2])) not in preferred}


def spread(parts: Iterable[Iterable[str]]) -> Counter[str]:
    """In how many documents each line with a name or label stands."""
    return Counter(line for part in parts for line in part if f" {NAME} " in line or f" {PREFERRED} " in line)
