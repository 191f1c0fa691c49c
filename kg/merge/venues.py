"""Which conferences, editions and journals are one: `ISMIR2020`, `ISMIR '20` and the 21st conference of that society are ISMIR 2020."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial

from kg import ontology
from kg.identity import key
from kg.merge.groups import Proposal, pairwise
from kg.merge.index import Index
from kg.merge.spelling import singular
from kg.merge.triples import local

_YEAR = re.compile(r"(?:(?<=\D)|^)((?:19|20)\d\d)(?!\d)|['’](\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(.*[A-Za-z])[- ]?(\d\d)")  # DAFx-15, and only after a name that we know
_ORDINAL = re.compile(
    r"\b\d+(?:st|nd|rd|th)\b|\b(?:(?:twenty|thirty|forty|fifty)-)?"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|twentieth|thirtieth)\b",
    re.IGNORECASE,
)
_WRITTEN_OUT = {
    "int": "international",
    "intl": "international",
    "conf": "conference",
    "symp": "symposium",
    "trans": "transactions",
    "j": "journal",
    "lett": "letters",
}
_IDLE = frozenset("proc proceedings ann annual the of on in for and ieee acm eurasip cvf usenix".split())


class Venues:
    """The rules for events, series and periodicals over one index."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def proposals(self) -> Iterator[Proposal]:
        for kind in ("event", "venue", "org"):
            rule = "same venue" if kind != "org" else "same name"
            yield from self._alike(1, rule, self._grouped(kind, partial(_form, kind)))
            yield from self._abbreviated(kind)

    def _grouped(self, kind: str, form: Callable[[str], str]) -> dict[str, set[str]]:
        groups: defaultdict[str, set[str]] = defaultdict(set)
        for address in self.index.of_kind(kind):
            for label in self.index.labels.get(address, ()):
                groups[form(label)].add(address)
        return dict(sorted(groups.items()))

    def _alike(self, rank: int, rule: str, groups: Mapping[str, set[str]]) -> Iterator[Proposal]:
        for form, addresses in groups.items():
            first = min(addresses)
            for other in sorted(addresses - {first}):
                yield Proposal(rank, first, other, rule, f"{self.index.label(first)} | {self.index.label(other)}: {form}", 1.0)

    def _abbreviated(self, kind: str) -> Iterator[Proposal]:
        """Names with words that break off, and the one name that they can stand for."""
        for initials, addresses in self._grouped(kind, _initials).items():
            labels = sorted((label, address) for address in addresses for label in self.index.labels[address] if _initials(label) == initials)
            for short, address in labels:
                whole = {(label, other) for label, other in labels if other != address and abbreviates(short, label)}
                several = "it can stand for several names" if len({other for _, other in whole}) > 1 else ""
                for label, other in sorted(whole):
                    yield Proposal.between(2, address, other, "abbreviated name", f"{short} | {label}", 0.9, several)

    def rank(self, address: str) -> tuple[object, ...]:
        """The least stays: one of the vocabulary, an edition under its series' short name, in most documents, the smallest address."""
        known = local(address) in _known() or bool(re.fullmatch(r"[a-z]+(?:-[a-z]+)*-\d{4}", local(address)) and local(address)[:-5] in _known())
        return (not known, -len(self.index.documents[address]), address)

    def veto(self, ours: Sequence[str], theirs: Sequence[str]) -> str:
        return pairwise(self._objection, ours, theirs)

    def _objection(self, one: str, two: str) -> str:
        return "both are in the vocabulary" if local(one) in _known() and local(two) in _known() else ""


def edition(name: str) -> str:
    """A form that editions of one event share: series and year; the year is 4 digits, ordinals count only where there is no year."""
    years = {first or _century(short) for first, short in _YEAR.findall(name)}
    rest = _YEAR.sub(" ", name)
    ordinals = _ORDINAL.findall(rest)
    series_ = series(_ORDINAL.sub(" ", rest))
    if not years and (short := _SHORT_YEAR.fullmatch(name.strip())) and series(short.group(1)) in _known():
        return f"{series(short.group(1))} {_century(short.group(2))}"
    return f"{series_} {' '.join(sorted(years)) or ' '.join(ordinals).lower()}".strip()


def _century(short: str) -> str:
    return f"{'20' if short < '50' else '19'}{short}"


def series(name: str) -> str:
    """A form that the names of one series or journal share."""
    bracket = re.fullmatch(r"\s*(.+?)\s*\(([^()]+)\)\s*", name) or re.fullmatch(r"\s*(.+?),\s+([A-Z][\w-]*[A-Z])\s*", name)
    for candidate in (name, *(bracket.groups() if bracket else ())):
        if found := _names().get(_bare(candidate)):
            return found
    return _bare(bracket.group(1) if bracket else name) or key(name)


def abbreviates(short: str, whole: str) -> bool:
    """Whether `Proc. Natl. Acad. Sci.` or the like can stand for a name: words with a full stop have letters of their counterparts, in order."""
    ones, others = _telling(short), _telling(whole)
    if len(ones) != len(others) or "." not in short or "." in whole:
        return False
    broken = [one.endswith(".") for one in ones]
    return any(broken) and all(
        _stands_for(key(one), key(two)) if cut else key(one) == key(two) for one, two, cut in zip(ones, others, broken, strict=True)
    )


def _stands_for(short: str, word: str) -> bool:
    """`Intell` for intelligence, `Natl` for national: the first letter, then letters of the word in its order."""
    letters = iter(word)
    return short[:1] == word[:1] and all(letter in letters for letter in short)


def _telling(name: str) -> list[str]:
    return [word for word in name.split() if key(word) and key(word) not in _IDLE]


def _initials(name: str) -> str:
    return "".join(key(word)[0] for word in _telling(name))


def _form(kind: str, label: str) -> str:
    if kind == "event":
        return edition(label)
    return series(label) if kind == "venue" else _company(label)


def _company(name: str) -> str:
    """Without the legal form."""
    words = key(name).split()
    while len(words) > 1 and words[-1] in ("inc", "ltd", "llc", "gmbh", "corp", "corporation", "co", "limited"):
        words.pop()
    if words[:1] == ["the"] and len(words) > 1:
        words.pop(0)
    return "".join(words)


@cache
def _bare(name: str) -> str:
    """Words that tell venues apart, abbreviations written out, without spaces."""
    return "".join(singular(_WRITTEN_OUT.get(word, word)) for word in key(name).split() if word not in _IDLE)


@cache
def _names() -> dict[str, str]:
    """Names of the vocabulary; one that two venues share tells nothing."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for venue in ontology.venues():
        for name in (venue.label, *venue.names):
            found[_bare(name)].add(venue.key)
    return {name: min(keys) for name, keys in found.items() if len(keys) == 1 and name}


@cache
def _known() -> frozenset[str]:
    return frozenset(venue.key for venue in ontology.venues())
