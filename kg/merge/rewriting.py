"""The lines of all documents under the addresses that stay, as one set; and nodes that have become equal made one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from kg.merge.authorships import Laid
from kg.merge.groups import Row
from kg.merge.index import AUTHOR, AUTHORSHIP, NAME, POSITION, SAME_AS, TYPE, WRITTEN
from kg.merge.triples import cut, integer, joined, kind_of, literal, node, word

BROADER = word("skos:broader")
_LINKS = frozenset({word("kg:reportsResult"), word("kg:receivedAward")})
_NODES = (node("result/")[:-1], node("award/")[:-1])
_AUTHORSHIP_CLASS = word("kg:Authorship")
_LINKED = 1 << 192  # in the sum of a node's parts: that a paper has it


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


def united(parts: Iterable[tuple[str, Sequence[str]]], names: Mapping[str, str], places: Mapping[str, Sequence[Laid]]) -> Iterator[str]:
    """The lines of documents under `names`, in no order and with doubles, with the author lists as they were laid on each other."""
    for document, part in parts:
        laid = places.get(document, ())
        moved = {place.place.authorship: place.address for place in reversed(laid)}
        kept = (line for line in part if line.split(" ", 1)[0] not in moved) if moved else part
        yield from renamed(kept, {**names, **moved} if moved else names)
        for place in laid:
            yield from _place(place)


def other_names(names: Mapping[str, str]) -> Iterator[str]:
    """The old names beside the new."""
    return (joined(new, SAME_AS, old) for old, new in names.items())


def parts(lines: Iterable[str]) -> dict[str, int]:
    """For each result and award the sum of the digests of its parts among lines without doubles: equal sums are equal sets of parts."""
    found: defaultdict[str, int] = defaultdict(int)
    for line in lines:
        subject, predicate, object_ = cut(line)
        if predicate in _LINKS:
            found[object_] += _LINKED + _digest(predicate, subject)
        elif subject.startswith(_NODES) and predicate != NAME:
            found[subject] += _digest(predicate, object_)
    return dict(found)


def equal_nodes(sums: Mapping[str, int]) -> tuple[dict[str, str], list[Row]]:
    """Results and awards of one paper with the same parts become one node, that of the smallest address.

    Those that no paper has, because all claims of them are denied or hedged, may be different papers': they stay as they are.
    """
    alike: defaultdict[int, list[str]] = defaultdict(list)
    for address, total in sums.items():
        if total >= _LINKED:
            alike[total].append(address)
    names = {address: min(nodes) for nodes in alike.values() for address in nodes if address != min(nodes)}
    return names, [Row(kind_of(old), new, old, "same parts", "of one paper", 1.0, merged=True) for old, new in names.items()]


def _digest(predicate: str, other: str) -> int:
    return int.from_bytes(sha256(f"{predicate} {other}".encode()).digest()[:16])


def _place(laid: Laid) -> Iterator[str]:
    yield joined(laid.paper, AUTHORSHIP, laid.address)
    yield joined(laid.address, TYPE, _AUTHORSHIP_CLASS)
    yield joined(laid.address, AUTHOR, laid.person)
    yield joined(laid.address, POSITION, integer(laid.position))
    yield joined(laid.address, WRITTEN, literal(laid.place.written))
