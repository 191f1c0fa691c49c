"""What the merging rules need to know of all documents, gathered in one pass over their lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg import identity
from kg.merge.triples import cut, kind_of, text, word

TYPE = word("rdf:type")
NAME, ALTERNATE = word("schema:name"), word("schema:alternateName")
PREFERRED, ALTERNATIVE = word("skos:prefLabel"), word("skos:altLabel")
IDENTIFIER, SAME_AS, URL = word("schema:identifier"), word("schema:sameAs"), word("schema:url")
YEAR, COMPLETE = word("kg:year"), word("kg:authorsComplete")
AUTHORSHIP, AUTHOR, POSITION, WRITTEN = word("kg:authorship"), word("schema:author"), word("schema:position"), word("kg:nameAsWritten")
EXACT, SOURCE = word("oa:exact"), word("oa:hasSource")
_LABELS = frozenset({NAME, PREFERRED, ALTERNATIVE})


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One place in the author list of a paper, as one document gives it."""

    position: int
    person: str
    written: str
    authorship: str


class Index:
    """Facts by address; every address stands in the form of a line, `<…>`.

    `typed` are all addresses that are something, `documents` tells where each occurs; `identifiers`, `links` and `years` of papers and
    `lists` of authors are kept by document, so that two papers of one title can be told apart; people have `identifiers` too.
    """

    def __init__(self) -> None:
        self.documents: defaultdict[str, set[str]] = defaultdict(set)
        self.typed: set[str] = set()
        self.labels: defaultdict[str, set[str]] = defaultdict(set)
        self.identifiers: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
        self.links: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
        self.years: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
        self.lists: defaultdict[str, dict[str, tuple[Place, ...]]] = defaultdict(dict)
        self.complete: set[tuple[str, str]] = set()

    def of_kind(self, kind: str) -> list[str]:
        """All addresses of one segment (`paper`, `person`, `topic` …), sorted."""
        return sorted(address for address in self.typed if kind_of(address) == kind)

    def label(self, address: str) -> str:
        """The least of the names, so that the choice is stable; the address if it has none."""
        return min(self.labels.get(address, ()), default=address)

    def join(self, other: Index) -> None:
        """Takes over what is known of other documents."""
        for ours, theirs in ((self.documents, other.documents), (self.labels, other.labels)):
            for address, found in theirs.items():
                ours[address] |= found
        for facts, others in ((self.identifiers, other.identifiers), (self.links, other.links), (self.years, other.years)):
            for address, by_value in others.items():
                for value, documents in by_value.items():
                    facts[address].setdefault(value, set()).update(documents)
        for paper, lists in other.lists.items():
            self.lists[paper] |= lists
        self.typed |= other.typed
        self.complete |= other.complete

    def add(self, document: str, lines: Iterable[str]) -> None:
        """Reads the lines of one document."""
        places: defaultdict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        authorships: defaultdict[str, set[str]] = defaultdict(set)
        for line in lines:
            subject, predicate, object_ = cut(line)
            kind = kind_of(subject)
            if kind in ("", "claim", "doc"):
                continue
            if predicate == TYPE and kind != "authorship":
                self.typed.add(subject)
                self.documents[subject].add(document)
            elif kind == "authorship":
                places[subject][predicate].append(object_)
            elif predicate in _LABELS:
                self.labels[subject].add(text(object_))
            elif kind == "person" and predicate == IDENTIFIER:
                self.identifiers[subject].setdefault(text(object_), set()).add(document)
            elif kind == "paper":
                self._paper(document, subject, predicate, object_, authorships)
        for paper, nodes in authorships.items():
            self.lists[paper][document] = tuple(sorted(place for node in nodes for place in _places(node, places[node])))

    def _paper(self, document: str, paper: str, predicate: str, object_: str, authorships: defaultdict[str, set[str]]) -> None:
        if predicate == AUTHORSHIP:
            authorships[paper].add(object_)
        elif predicate == IDENTIFIER:
            self.identifiers[paper].setdefault(_canonical(text(object_)), set()).add(document)
        elif predicate in (SAME_AS, URL):
            self.links[paper].setdefault(_address(object_), set()).add(document)
        elif predicate == YEAR:
            self.years[paper].setdefault(text(object_), set()).add(document)
        elif predicate == COMPLETE:
            self.complete.add((paper, document))


def _places(node: str, facts: Mapping[str, Sequence[str]]) -> Iterable[Place]:
    """Where one document gives two names for one place, each name goes to the person whose address begins like it."""
    written = [text(name) for name in facts.get(WRITTEN, ())]
    for person in facts.get(AUTHOR, ()):
        for position in facts.get(POSITION, ()):
            yield Place(int(text(position)), person, _fitting(person, written), node)


def _fitting(person: str, written: Sequence[str]) -> str:
    if len(written) == 1:
        return written[0]
    scope = person.rstrip(">").rsplit("--", 1)[-1]
    return min((name for name in written if f"<{identity.iri(identity.person(name, scope))}>" == person), default=min(written, default=""))


def _canonical(identifier: str) -> str:
    """ArXiv's own DOIs are arXiv numbers (https://info.arxiv.org/help/doi.html)."""
    prefix = "doi:10.48550/arxiv."
    return f"arxiv:{identifier[len(prefix) :]}" if identifier.startswith(prefix) else identifier


def _address(term: str) -> str:
    """An address without what does not matter: scheme, `www.`, fragment, tracking, the last slash."""
    bare = term.strip("<>").split("#", 1)[0].split("?utm_", 1)[0].rstrip("/")
    return bare.removeprefix("https://").removeprefix("http://").removeprefix("www.")
