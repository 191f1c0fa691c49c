"""What a graph says of one thing: its names, every fact with the sentence and how many say so, and what was merged into it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg import neighbours, sparql
from kg.corroboration import Voices
from kg.errors import QueryError
from kg.graph import Graph
from kg.identity import BASE, key
from kg.model import Iri
from kg.ontology import PREFIXES

_NAMED = """SELECT ?thing ?type ?label {
  VALUES ?type {
    schema:ScholarlyArticle schema:Person schema:Organization schema:Event schema:EventSeries schema:Periodical kg:Document
    skos:Concept kg:Task kg:Method kg:Dataset kg:Metric
  }
  ?thing a ?type ; schema:name|schema:alternateName|skos:prefLabel|skos:altLabel ?label
} ORDER BY ?thing ?label"""
_OLD = "SELECT ?thing ?old { ?thing schema:sameAs ?old } ORDER BY ?thing ?old"
_AUTHOR, _REVIEWED = (ox.NamedNode(f"{PREFIXES['schema']}{word}") for word in ("author", "itemReviewed"))
_SUBJECT, _OBJECT = (ox.NamedNode(f"{PREFIXES['rdf']}{word}") for word in ("subject", "object"))
_NAMES = tuple(ox.NamedNode(f"{PREFIXES[prefix]}{word}") for prefix, word in (("schema", "name"), ("schema", "alternateName"), ("skos", "prefLabel"), ("skos", "altLabel")))  # fmt: skip
_TYPE, _POSITION = ox.NamedNode(f"{PREFIXES['rdf']}type"), ox.NamedNode(f"{PREFIXES['schema']}position")
_TOGETHER = {
    "Person": (ox.NamedNode(f"{PREFIXES['schema']}author"),),
    "Topic": tuple(ox.NamedNode(f"{PREFIXES['kg']}{word}") for word in ("addressesTask", "usesMethod", "evaluatesOn", "introduces")),
}
_HIDDEN = frozenset({f"{PREFIXES['schema']}abstract", f"{PREFIXES['schema']}reviewBody"})
_SHORT = {address: prefix for prefix, address in PREFIXES.items()}


@dataclass(frozen=True, slots=True)
class Thing:
    """A node that people may ask for; `kind` is the last word of its class."""

    iri: str
    kind: str
    labels: tuple[str, ...]

    @property
    def short(self) -> str:
        """Its address as it may be typed."""
        return self.iri.removeprefix(BASE)


@dataclass(slots=True)
class Statement:
    """A fact in words: `relation` and `other` (subject or object); `documents` that state it, one `sentence` of them.

    `address` is that of the other, empty where it is a value; `position` orders the people of an author list; `fact` is what is claimed:
    addresses of subject and predicate, and the object's address or value.
    """

    relation: str
    other: str
    sentence: str
    address: str = ""
    position: int = 0
    documents: set[str] = field(default_factory=set)
    records: tuple[str, ...] = ()
    fact: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True, slots=True)
class Profile:
    """All of one thing: statements, each with the number of independent writers who say it; neighbours with shared papers."""

    thing: Thing
    statements: tuple[tuple[Statement, int], ...]
    neighbours: tuple[tuple[str, int], ...]
    merges: tuple[str, ...]


def things(graph: Graph) -> dict[str, Thing]:
    """Everything that has a name, by address."""
    labels: defaultdict[str, list[str]] = defaultdict(list)
    kinds: dict[str, str] = {}
    for iri, kind, label in _rows(graph, _NAMED):
        labels[iri].append(label)
        word = kind.rsplit("#")[-1].rsplit("/")[-1]
        kinds[iri] = min(kinds.get(iri, word), word, key=lambda word: (word == "Concept", word))
    return {iri: Thing(iri, kinds[iri], tuple(dict.fromkeys(found))) for iri, found in labels.items()}


def thing_at(graph: Graph, iri: str) -> Thing | None:
    """The thing of an address, with what names it has; none if the graph says nothing of it."""
    node = sparql.iri(iri)
    kinds = {str(getattr(triple.object, "value", "")).rsplit("#")[-1].rsplit("/")[-1] for triple in graph.store.triples(node, _TYPE)}
    if not kinds:
        return None
    named = (sorted(t.object.value for t in graph.store.triples(node, name) if isinstance(t.object, ox.Literal)) for name in _NAMES)
    labels = tuple(dict.fromkeys(label for some in named for label in some)) or (neighbours.label(graph.store, node) or iri.removeprefix(BASE),)
    return Thing(iri, min(kinds, key=lambda word: (word == "Concept", word)), labels)


def find(graph: Graph, name: str) -> list[Thing]:
    """Things of that address (whole, or `paper/…`), else of exactly that name, else with the name in theirs; none if there is none."""
    known = things(graph)
    address = name.strip("<>") if "://" in name else f"{BASE}{name}"
    if address in known:
        return [known[address]]
    if merged := [known[new] for new, old in _rows(graph, _OLD) if old == address and new in known]:
        return merged
    wanted = key(name)
    exact = [thing for thing in known.values() if any(key(label) == wanted for label in thing.labels)]
    return exact or [thing for thing in known.values() if wanted and any(wanted in key(label) for label in thing.labels)]


def one(graph: Graph, name: str) -> Thing:
    """The one thing of a name.  `QueryError` lists the choices if there are several, or says that there is none."""
    found = find(graph, name)
    if len(found) == 1:
        return found[0]
    if not found:
        raise QueryError(f"nothing is called {name!r}; try a part of the name, or `kg query --name find`")
    choices = "; ".join(f"{thing.short} ({thing.kind}: {thing.labels[0]})" for thing in found[:10])
    more = f"; and {len(found) - 10} more" if len(found) > 10 else ""
    raise QueryError(f"{name!r} may be one of {len(found)}, say which: {choices}{more}")


def profile(graph: Graph, thing: Thing) -> Profile:
    """All that the graph says of a thing, most often said first within each relation."""
    names = _Names(graph)
    voices = Voices(graph.store)
    found: dict[tuple[str, str], Statement] = {}
    # Where a review and a record say the same, the words are the review's.
    for subject, predicate, object_, document, quote, stance in sorted(_said(graph, thing), key=lambda row: voices.is_record(row[3])):
        if predicate in _HIDDEN:
            continue
        relation, other, address = _told(thing, subject, predicate, object_, names)
        relation = f"{relation} ({stance.rsplit('#')[-1]})" if stance else relation
        statement = Statement(relation, other, " ".join(quote.split()), address, _position(graph, object_), fact=(subject, predicate, object_))
        found.setdefault((relation, other), statement).documents.add(document)
    counted = []
    for statement in found.values():
        support = voices.support(statement.documents)
        statement.records = support.records
        counted.append((statement, support.writers))
    counted.sort(key=lambda pair: (pair[0].relation, pair[0].position, -pair[1], pair[0].other))
    beside = tuple((names[other] or other, papers) for other, papers in _beside(graph, thing))
    return Profile(thing, tuple(counted), beside, tuple(_merges(graph, thing)))


def rows_of_merges(graph: Graph) -> list[dict[str, object]]:
    """What the merge did and did not do, as its file tells; empty for a graph without a directory."""
    if graph.directory is None:
        return []
    path = graph.directory / "merges.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line] if path.exists() else []


def _said(graph: Graph, thing: Thing) -> Iterator[tuple[str, ...]]:
    """Subject, predicate, object, document, words and stance of each claim about a thing, in a fixed order."""
    rows = []
    for claim in _claims(graph, ox.NamedNode(thing.iri)):
        told = _told_of(graph, claim)
        passage = _told_of(graph, told.get("kg:evidence", ""))
        if "rdf:predicate" in told and "oa:hasSource" in passage:
            place = (passage["oa:hasSource"], passage.get("oa:exact", ""))
            rows.append((told["rdf:predicate"], told["rdf:subject"], told.get("rdf:object", ""), *place, told.get("kg:stance", "")))
    return ((subject, predicate, *rest) for predicate, subject, *rest in sorted(rows))


def _claims(graph: Graph, thing: ox.NamedNode) -> set[str]:
    """The claims that speak of a thing: of it, of its places in author lists, of reviews of it or by it."""
    places = _subjects(graph, _AUTHOR, thing, "authorship/")
    reviews = _subjects(graph, _REVIEWED, thing, "review/") | _subjects(graph, _AUTHOR, thing, "review/")
    named = [(_OBJECT, thing), (_SUBJECT, thing), *((_OBJECT, place) for place in places), *((_SUBJECT, review) for review in reviews)]
    return {claim.value for predicate, node in named for claim in _subjects(graph, predicate, node, "")}


def _subjects(graph: Graph, predicate: ox.NamedNode, node: ox.NamedNode, kind: str) -> set[ox.NamedNode]:
    found = (triple.subject for triple in graph.store.triples(None, predicate, node))
    return {subject for subject in found if isinstance(subject, ox.NamedNode) and subject.value.startswith(f"{BASE}{kind}" if kind else "")}


def _told_of(graph: Graph, address: str) -> dict[str, str]:
    """The values of a claim or passage, which has one of each, by property."""
    if not address:
        return {}
    return {_word(triple.predicate.value): str(getattr(triple.object, "value", "")) for triple in graph.store.triples(ox.NamedNode(address))}


def _beside(graph: Graph, thing: Thing) -> list[tuple[str, int]]:
    """People on the same papers as a person, or topics on the same papers as a topic, with the number of papers, most first."""
    joined = _TOGETHER.get("Person" if thing.kind == "Person" else "Topic" if thing.iri.startswith(f"{BASE}topic/") else "", ())
    node, others = ox.NamedNode(thing.iri), defaultdict(set)
    for paper in {triple.subject for name in joined for triple in graph.store.triples(None, name, node)}:
        if isinstance(paper, ox.NamedNode) and paper.value.startswith(f"{BASE}paper/"):
            for other in (triple.object for name in joined for triple in graph.store.triples(paper, name)):
                others[str(getattr(other, "value", ""))].add(paper.value)
    others.pop(thing.iri, None)
    return sorted(((other, len(papers)) for other, papers in others.items()), key=lambda pair: (-pair[1], pair[0]))


class _Names(dict[str, str]):
    """The name of each address that is asked for, looked up once; empty for what has none."""

    def __init__(self, graph: Graph) -> None:
        super().__init__()
        self.graph = graph

    def __missing__(self, address: str) -> str:
        self[address] = neighbours.label(self.graph.store, ox.NamedNode(address)) if _is_address(address) else ""
        return self[address]


def _is_address(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _position(graph: Graph, place: str) -> int:
    if not place.startswith(f"{BASE}authorship/"):
        return 0
    return next(
        (int(triple.object.value) for triple in graph.store.triples(ox.NamedNode(place), _POSITION) if isinstance(triple.object, ox.Literal)), 0
    )


def _told(thing: Thing, subject: str, predicate: str, object_: str, names: Mapping[str, str]) -> tuple[str, str, str]:
    """A claim as seen from a thing, with the address of the other: `←` before a relation means that the other is its subject."""
    relation = _word(predicate)
    value = object_ if names[object_] or object_.startswith(BASE) else ""
    if subject == thing.iri:
        return relation, names[object_] or _word(object_), value
    if subject.startswith(f"{BASE}review/"):
        return f"review: {relation}", names[object_] or _word(object_), value
    return f"← {relation}", names[subject] or _word(subject), subject


def _word(address: str) -> str:
    cut = max(address.rfind("#"), address.rfind("/")) + 1
    prefix = _SHORT.get(address[:cut])
    return f"{prefix}:{address[cut:]}" if prefix else address.removeprefix(BASE)


def _merges(graph: Graph, thing: Thing) -> Iterable[str]:
    for row in rows_of_merges(graph):
        if row["merged"] and row["canonical"] == thing.iri:
            yield f"{str(row['other']).removeprefix(BASE)}: {row['rule']}, {row['detail']}"


def _rows(graph: Graph, query: str, **parameters: Iri) -> list[tuple[str, ...]]:
    answer = graph.query(query, **parameters)
    assert isinstance(answer, ox.QuerySolutions)
    return [tuple(value.value if isinstance(value, ox.NamedNode | ox.Literal) else "" for value in row) for row in answer]
