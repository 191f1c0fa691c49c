"""1,000 single changes to a graph at random, such as a careless or dishonest hand makes them: how many are found."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from kg.merge.triples import cut, joined, kind_of, word

EVIDENCE, EXACT, TYPE = word("kg:evidence"), word("oa:exact"), word("rdf:type")
_NOT_A_VALUE = frozenset(map(word, ("oa:start", "oa:end", "oa:exact", "kg:confidence", "schema:softwareVersion")))
_LITERAL_DIGIT = re.compile(r'\d(?=[^"]*"(?:@|\^|$))')
_NAME = re.compile(r"\b[A-Z][\w-]{3,}")


class Hand:
    """What may be changed in one graph."""

    def __init__(self, lines: list[str], seed: int) -> None:
        self.lines = lines
        self.chance = random.Random(seed)
        self.objects: defaultdict[str, set[str]] = defaultdict(set)
        for line in lines:
            _, predicate, object_ = cut(line)
            if object_.startswith("<"):
                self.objects[predicate].add(object_)
        facts = [line for line in lines if cut(line)[1] not in _NOT_A_VALUE]
        self.values = [line for line in facts if cut(line)[2].startswith('"') and _LITERAL_DIGIT.search(cut(line)[2])]
        self.quotes = [line for line in lines if cut(line)[1] == EXACT and _NAME.search(cut(line)[2])]
        self.offsets = [line for line in lines if cut(line)[1] in (word("oa:start"), word("oa:end"))]
        self.links = [line for line in lines if len(self.objects[cut(line)[1]]) > 1 and cut(line)[2].startswith("<") and cut(line)[1] != EVIDENCE]
        self.lent = [line for line in lines if cut(line)[1] == EVIDENCE]
        self.claims = sorted({cut(line)[0] for line in lines if kind_of(line.split(" ", 1)[0]) == "claim"})

    def digit(self) -> tuple[str, str]:
        line = self.chance.choice(self.values)
        subject, predicate, object_ = cut(line)
        place = self.chance.choice([match.start() for match in _LITERAL_DIGIT.finditer(object_)])
        other = self.chance.choice([digit for digit in "0123456789" if digit != object_[place]])
        return line, joined(subject, predicate, object_[:place] + other + object_[place + 1 :])

    def name(self) -> tuple[str, str]:
        line = self.chance.choice(self.quotes)
        match = self.chance.choice(list(_NAME.finditer(line, line.index('"'))))
        others = [found.group() for other in self.chance.sample(self.quotes, 10) for found in _NAME.finditer(other, other.index('"'))]
        other = self.chance.choice([name for name in others if name != match.group()])
        return line, line[: match.start()] + other + line[match.end() :]

    def offset(self) -> tuple[str, str]:
        line = self.chance.choice(self.offsets)
        subject, predicate, object_ = cut(line)
        _, number, kind = object_.split('"')
        moved = int(number) + self.chance.choice([-9, -3, -1, 1, 3, 9])
        return line, joined(subject, predicate, f'"{moved}"{kind}')

    def swap(self) -> tuple[str, str]:
        line = self.chance.choice(self.links)
        subject, predicate, object_ = cut(line)
        return line, joined(subject, predicate, self.chance.choice(sorted(self.objects[predicate] - {object_})))

    def loan(self) -> tuple[str, str]:
        line = self.chance.choice(self.lent)
        subject, predicate, object_ = cut(line)
        return line, joined(subject, predicate, self.chance.choice(sorted(self.objects[EVIDENCE] - {object_})))

    def deletion(self) -> tuple[str, str]:
        return self.chance.choice(self.claims), ""

    def changed(self, kind: str) -> tuple[list[str], str]:
        """The lines after one change, and the change in words."""
        kinds: dict[str, Callable[[], tuple[str, str]]] = {
            "digit": self.digit, "name": self.name, "offset": self.offset, "swap": self.swap, "loan": self.loan, "deletion": self.deletion,
        }  # fmt: skip
        old, new = kinds[kind]()
        if not new:
            return [line for line in self.lines if not line.startswith(old)], f"{kind}: {old}"
        return sorted({line if line != old else new for line in self.lines}), f"{kind}: {old} -> {new}"


CHANGES, SEED = 1_000, 20_260_101
KINDS = ("digit", "name", "offset", "swap", "loan", "deletion")


def test_changes_at_random_are_found(built: Any) -> None:
    """A digit in a value, a name in a quote, an offset, a swapped object, a lent passage, a deleted claim."""
    hand = Hand(built.lines, SEED)
    missed, done = [], Counter[str]()
    for number in range(CHANGES):
        kind = KINDS[number % len(KINDS)]
        changed, what = hand.changed(kind)
        done[kind] += 1
        if not built.problems(changed):
            missed.append(what)
    assert min(done.values()) > 150
    # Which kind of thing a link leads to (code, project page …) stands in no passage, and its address is not made from it.
    assert [what for what in missed if word("dcterms:type") not in what] == []
    assert len(missed) <= CHANGES // 200
