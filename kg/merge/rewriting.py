"""The lines of all documents under the addresses that stay, as one set; and nodes that have become equal made one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.merge.authorships import Laid
from kg.merge.groups import Row
from kg.merge.index import AUTHOR, AUTHORSHIP, NAME, POSITION, SAME_AS, TYPE, WRITTEN
from kg.merge.triples import cut, integer, joined, kind_of, literal, word

BROADER = word("skos:broader")
_LINKS = frozenset({word("kg:reportsResult"), word("kg:receivedAward")})
_AUTHORSHIP_CLASS = word("kg:Authorship")


def renamed(lines: Iterable[str], names: Mapping[str, str]) -> Iterator[str]:
    """Lines with subjects and objects under their new names."""
    for line in lines:
        subject, predicate, object_ = cut(line)
        if subject in names or object_ in names:
            subject, object_ = names.get(subject, subject), names.get(object_, object_)
            if predicate == BROADER and subject == object_:
                continue
            yield joined(subject, predicate, object_)
        else:
            yield line


def united(parts: Mapping[str, Sequence[str]], names: Mapping[str, str], places: Iterable[Laid]) -> Iterator[str]:
    """All lines under `names`, in no order and with doubles, with the author lists as they were laid on each other and the old names beside the new."""
    by_document: defaultdict[str, list[Laid]] = defaultdict(list)
    for place in places:
        by_document[place.document].append(place)
    for document, part in parts.items():
        laid = by_document.pop(document, [])
        moved = {place.place.authorship: place.address for place in reversed(laid)}
        kept = (line for line in part if line.split(" ", 1)[0] not in moved) if moved else part
        yield from renamed(kept, {**names, **moved} if moved else names)
        for place in laid:
            yield from _place(place)
    yield from (joined(new, SAME_AS, old) for old, new in names.items())


def equal_nodes(lines: Iterable[str]) -> tuple[dict[str, str], list[Row]]:
    """Results and awards of one paper with the same parts become one node, that of the smallest address."""
    parts: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for line in lines:
        subject, predicate, object_ = cut(line)
        if predicate in _LINKS:
            parts[object_].add((predicate, subject))
        elif kind_of(subject) in ("result", "award") and predicate != NAME:
            parts[subject].add((predicate, object_))
    alike: defaultdict[frozenset[tuple[str, str]], list[str]] = defaultdict(list)
    for node, facts in parts.items():
        alike[frozenset(facts)].append(node)
    names = {node: min(nodes) for nodes in alike.values() for node in nodes if node != min(nodes)}
    return names, [Row(kind_of(old), new, old, "same parts", "of one paper", 1.0, merged=True) for old, new in names.items()]


def _place(laid: Laid) -> Iterator[str]:
    yield joined(laid.paper, AUTHORSHIP, laid.address)
    yield joined(laid.address, TYPE, _AUTHORSHIP_CLASS)
    yield joined(laid.address, AUTHOR, laid.person)
    yield joined(laid.address, POSITION, integer(laid.position))
    yield joined(laid.address, WRITTEN, literal(laid.place.written))
