"""The triples of a store as one table for each predicate, read in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import TypeAlias

from kg.ontology import PREFIXES
from kg.protocols import Store

Table: TypeAlias = Mapping[str, list[str]]
_SHORT = {address: prefix for prefix, address in PREFIXES.items()}


class Tables(defaultdict[str, dict[str, list[str]]]):
    """`tables["kg:year"][paper]` are the sorted values of a paper's year; a predicate that does not occur is an empty table."""

    def __init__(self, store: Store) -> None:
        super().__init__(dict)
        for triple in store:
            subject, value = str(triple.subject.value), str(triple.object.value)  # type: ignore[union-attr]
            self[short(triple.predicate.value)].setdefault(subject, []).append(value)
        for table in self.values():
            for values in table.values():
                values.sort()

    def one(self, predicate: str, subject: str) -> str:
        """The first value, or nothing."""
        return next(iter(self[predicate].get(subject, ())), "")

    def all(self, predicate: str, subject: str) -> list[str]:
        return self[predicate].get(subject, [])


@cache
def short(address: str) -> str:
    """`kg:year` for its address."""
    cut = max(address.rfind("#"), address.rfind("/")) + 1
    prefix = _SHORT.get(address[:cut])
    return f"{prefix}:{address[cut:]}" if prefix else address


def last(address: str) -> str:
    """The last word of an address: `positive` for `kg:positive`."""
    return address[max(address.rfind("#"), address.rfind("/")) + 1 :]
