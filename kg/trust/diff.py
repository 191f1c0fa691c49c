"""What changed between two graphs, in words: documents, papers, facts, merges and opinions, and not triples.

Things that were merged or renamed between the two are compared under their new addresses, so that a merge is one change and not many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.merge.triples import kind_of, word
from kg.trust.ledger import ALTERNATE, ALTERNATIVE, DIGEST, LONG, PREFERRED, SAME_AS, TYPE, Ledger, Statement
from kg.trust.words import Words, short

_AUTHOR, _AUTHORSHIP, _POSITION = word("schema:author"), word("kg:authorship"), word("schema:position")
_OPINION = frozenset(map(word, ("kg:sentiment", "schema:positiveNotes", "schema:negativeNotes")))
# Said by other statements, or of no interest to people.
_SILENT = frozenset(
    (TYPE, DIGEST, SAME_AS, ALTERNATE, ALTERNATIVE, PREFERRED, _AUTHOR, *LONG, *map(word, ("skos:inScheme", "skos:broader", "schema:itemReviewed")))
)
_TOLD = frozenset({"paper", "review", "doc", "list", "topic"})


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `what` is Documents, Papers, Facts, Opinions or Merges; `about` the thing by its name; `sign` is + or -."""

    what: str
    about: str
    sign: str
    words: str


WHAT = ("Documents", "Papers", "Facts", "Opinions", "Merges")


def diff(old: Ledger, new: Ledger) -> list[Change]:
    """All changes, in the order of `WHAT`, then of the names of what they are about."""
    names = _renamed(old, new)
    found = [*_things(old, new, names, "doc", "Documents"), *_things(old, new, names, "paper", "Papers"), *_merges(old, new)]
    ours, theirs = {_under(fact, names) for fact in _facts(old)}, set(_facts(new))
    found += [_fact(new, fact, "+") for fact in theirs - ours]
    found += [_fact(new if fact[0] in new.about else old, fact, "-", old) for fact in ours - theirs]
    # What stands there under another address, such as the review of a document that was edited, has not changed for people.
    signs: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for change in found:
        signs[change.what, change.about, change.words].add(change.sign)
    kept = {change for change in found if len(signs[change.what, change.about, change.words]) == 1}
    return sorted(kept, key=lambda change: (WHAT.index(change.what), change.about, change.words, change.sign))


def _things(old: Ledger, new: Ledger, names: dict[str, str], kind: str, what: str) -> Iterable[Change]:
    ours = {names.get(thing, thing) for thing in old.of_kind(kind)}
    theirs = set(new.of_kind(kind))
    for thing in theirs - ours:
        yield Change(what, _name(new, thing), "+", short(thing))
    for thing in ours - theirs:
        yield Change(what, _name(old, thing), "-", short(thing))


def _merges(old: Ledger, new: Ledger) -> Iterable[Change]:
    ours, theirs = _same(old), _same(new)
    for sign, pairs, ledger in (("+", theirs - ours, new), ("-", ours - theirs, old)):
        for now, before in pairs:
            yield Change("Merges", _name(ledger, now), sign, f"{short(before)} is taken for {short(now)}")


def _fact(ledger: Ledger, fact: Statement, sign: str, fallback: Ledger | None = None) -> Change:
    subject, predicate, object_ = fact
    words = Words(lambda thing: ledger.of(thing) or (fallback.of(thing) if fallback else {}))
    what = "Opinions" if predicate in _OPINION else "Facts"
    return Change(what, words.name(subject), sign, f"{words.relation(predicate)} {words.name(object_)}")


def _facts(ledger: Ledger) -> Iterable[Statement]:
    """What people would call facts: the nodes behind a link are told with it."""
    for kind in sorted(_TOLD):
        for thing in ledger.of_kind(kind):
            for predicate, objects in ledger.of(thing).items():
                if predicate not in _SILENT:
                    yield from ((thing, predicate, _identity(ledger, predicate, object_)) for object_ in objects)


def _identity(ledger: Ledger, predicate: str, object_: str) -> str:
    """An author list is compared by its people and their order."""
    if predicate != _AUTHORSHIP:
        return object_
    people, positions = ledger.values(object_, _AUTHOR), ledger.values(object_, _POSITION)
    return people[0] if people and positions else object_


def _renamed(old: Ledger, new: Ledger) -> dict[str, str]:
    return {before: now for now, before in _same(new) if before in old.about}


def _same(ledger: Ledger) -> set[tuple[str, str]]:
    """New addresses with the old ones that were merged into them."""
    return {(thing, before) for thing, described in ledger.about.items() for before in described.get(SAME_AS, ()) if kind_of(before)}


def _under(fact: Statement, names: dict[str, str]) -> Statement:
    subject, predicate, object_ = fact
    return names.get(subject, subject), predicate, names.get(object_, object_)


def _name(ledger: Ledger, thing: str) -> str:
    return Words(ledger.of).name(thing)


def grouped(changes: Iterable[Change]) -> dict[str, dict[str, list[Change]]]:
    """Changes by what they are and whom they are about, in their order."""
    found: dict[str, dict[str, list[Change]]] = {}
    for change in changes:
        found.setdefault(change.what, {}).setdefault(change.about, []).append(change)
    return found
