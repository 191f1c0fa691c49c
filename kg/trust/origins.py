"""Which addresses a thing may have had before the merge: a claim is named by what was said then.

The merge leaves each old address beside the new one (`schema:sameAs`); a thing that one name joined wrongly has a name of its own
now, while its labels still give the old address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from kg import identity
from kg.identity import BASE
from kg.merge.triples import kind_of, local, node, text
from kg.model import Entity
from kg.trust.ledger import ALTERNATE, ALTERNATIVE, NAME, PREFERRED, SAME_AS, Claim, Ledger

_APART = re.compile(r"--[0-9a-f]{6}>$")  # see kg.merge.merging
_PLACES = 60  # of an author list that is merged from several
_OF_NAME: dict[str, Callable[[str], Entity]] = {"paper": identity.paper, "topic": identity.topic}


class Origins:
    """Old addresses over one ledger; `equal` gives those of nodes that were merged for having the same parts."""

    def __init__(self, ledger: Ledger, equal: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._ledger = ledger
        self._equal = equal or {}
        self.of = cache(self._of)

    def named_by(self, claim: Claim) -> bool:
        """Whether a claim's address is the one of what it says, under names of now or before."""
        wanted = local(claim.address)
        extractor = "/".join(local(claim.agent).rsplit("-", 1))
        end = (claim.passage[1:-1], extractor, claim.stance)

        def fits(subject: str, object_: str) -> bool:
            return identity.digest(chr(31).join((subject, claim.predicate, object_, *end)), 16) == wanted

        if claim.object and fits(claim.subject, claim.object):  # most things kept their names
            return True
        return any(fits(subject, object_) for object_ in self._objects(claim) for subject in self.of(claim.subject))

    def merged(self, thing: str) -> tuple[str, ...]:
        """The address itself and those that the merge says it had."""
        known = (thing, *self._ledger.values(thing, SAME_AS), *self._equal.get(thing, ()))
        return tuple(dict.fromkeys((*known, *(_APART.sub(">", address) for address in known))))

    def _objects(self, claim: Claim) -> tuple[str, ...]:
        if claim.object is None:
            return tuple(self._ledger.of(claim.subject).get(claim.predicate, ()))
        return self.of(claim.object) if claim.object.startswith("<") else (claim.object,)

    def _of(self, thing: str) -> tuple[str, ...]:
        """The address itself first, then those that it may have had."""
        if kind_of(thing) == "authorship":
            return tuple(dict.fromkeys((thing, *self._places(thing))))
        return tuple(dict.fromkeys((*self.merged(thing), *self._by_name(thing))))

    def _by_name(self, thing: str) -> Iterator[str]:
        if name := _OF_NAME.get(kind_of(thing)):
            for label in self._ledger.values(thing, NAME, ALTERNATE, PREFERRED, ALTERNATIVE):
                yield f"<{identity.iri(name(text(label)))}>"

    def _places(self, authorship: str) -> Iterator[str]:
        """Author lists are laid on each other: a place may have had another number, in the list of another address of the paper."""
        paper, _, _ = local(authorship).rpartition("-")
        for old in self.of(f"<{BASE}paper/{paper}>"):
            for position in range(1, _PLACES + 1):
                yield node(f"authorship/{local(old)}-{position}")
