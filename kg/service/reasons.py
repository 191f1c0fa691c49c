"""Why the graph says a fact, as `kg why` tells it, from the triples around that fact: a service does not read the whole graph for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg import sparql
from kg.merge.triples import word
from kg.ontology import PREFIXES
from kg.protocols import Store
from kg.trust.ledger import AGENT, EVIDENCE, OBJECT, PREDICATE, SOURCE, SUBJECT, Ledger, plain
from kg.trust.why import Reason, Reasons

_REVIEWED, _SENTIMENT, _OUTPERFORMS = word("schema:itemReviewed"), word("kg:sentiment"), word("kg:outperforms")
# What leads from a claim to all that a reason speaks of or needs for a name.
_FOLLOWED = frozenset({OBJECT, EVIDENCE, AGENT, SOURCE, _REVIEWED, *map(word, ("schema:author", "kg:metric", "kg:onDataset", "kg:onTask", "kg:ofMethod"))})  # fmt: skip


def reasons(
    store: Store, subject: str, predicate: str, object_: str, merges: Iterable[Mapping[str, object]], precisions: Mapping[str, float]
) -> list[Reason]:
    """The reason of every claimed fact of a subject and a predicate, `kg:year` or in full; of one object or value unless that is empty.

    `QueryError` if the subject or the predicate is no address.
    """
    prefix, _, name = predicate.partition(":")
    about, said = sparql.iri(subject), sparql.iri(PREFIXES[prefix] + name if prefix in PREFIXES else predicate)
    claims = [claim for thing in (about, *_rivals(store, about, said)) for claim in _claims(store, thing, said)]
    known = Reasons(Ledger(_around(store, [about, *claims])), merges, precisions=precisions)
    facts = sorted(fact for fact in known.facts if fact[:2] == (str(about), str(said)))
    return [known.of(fact) for fact in facts if not object_ or plain(fact[2]) == object_]


def _rivals(store: Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> set[ox.NamedNode]:
    """Things whose claims may speak against those of the subject: other reviews of a paper, methods that are said to be better."""
    if str(predicate) == _SENTIMENT:
        papers = _objects(store, subject, _REVIEWED)
        return {review for paper in papers for review in _subjects(store, _REVIEWED, paper)} - {subject}
    if str(predicate) == _OUTPERFORMS:
        return {worse for claim in _claims(store, subject, predicate) for worse in _objects(store, claim, OBJECT)} - {subject}
    return set()


def _claims(store: Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.NamedNode]:
    return [claim for claim in _subjects(store, SUBJECT, subject) if predicate in _objects(store, claim, PREDICATE)]


def _around(store: Store, start: list[ox.NamedNode]) -> Iterator[str]:
    """Lines about all that is reached from claims."""
    seen, due = set(start), list(start)
    while due:
        for triple in store.triples(due.pop()):
            yield f"{triple} ."
            other = triple.object
            if isinstance(other, ox.NamedNode) and str(triple.predicate) in _FOLLOWED and other not in seen:
                seen.add(other)
                due.append(other)


def _objects(store: Store, subject: ox.NamedNode, predicate: str) -> set[ox.NamedNode]:
    found = (triple.object for triple in store.triples(subject, _node(predicate)))
    return {node for node in found if isinstance(node, ox.NamedNode)}


def _subjects(store: Store, predicate: str, object_: ox.NamedNode) -> list[ox.NamedNode]:
    found = (triple.subject for triple in store.triples(None, _node(predicate), object_))
    return sorted((node for node in found if isinstance(node, ox.NamedNode)), key=str)


def _node(term: str) -> ox.NamedNode:
    return ox.NamedNode(term.strip("<>"))
