"""Which topics of a graph are concepts of somebody else's vocabulary: found by their names, kept beside the graph, and merged into it.

Nobody's address is replaced: a topic gets `skos:exactMatch` where both call it so first of all, `skos:closeMatch` where one of them calls
it so among other names.  A name of several concepts, or an acronym alone, says too little and matches nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.annotators import vocabulary
from kg.errors import GraphError
from kg.identity import BASE
from kg.merge.merging import Attached
from kg.ontology import PREFIXES
from kg.protocols import Store
from kg.thesauri import Instead, Name, Said

FOLDER, NAME = "vocabularies", "matches.jsonl"
EXACT, CLOSE = "exactMatch", "closeMatch"
_SHORTEST = 4  # characters of a name without its spaces
_LABELS = ((ox.NamedNode(f"{PREFIXES['skos']}prefLabel"), True), (ox.NamedNode(f"{PREFIXES['skos']}altLabel"), False))
_Named = dict[str, dict[str, bool]]  # by key, who is called so, and whether first of all


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """That a topic, by the last part of its address, is a concept of a vocabulary; `relation` is exactMatch or closeMatch."""

    vocabulary: str
    topic: str
    relation: str
    concept: str


def matches(store: Store, name: str, told: Iterable[Said]) -> tuple[list[Match], int]:
    """The matches of a graph's topics with the vocabulary of that name, and how many names were ambiguous."""
    ours = _topics(store)
    theirs = _concepts(told, ours)
    best: dict[tuple[str, str], str] = {}
    ambiguous = 0
    for key, concepts in theirs.items():
        topic, concept = _one(ours[key]), _one(concepts)
        if topic is None or concept is None:
            ambiguous += 1
        else:
            relation = EXACT if ours[key][topic] and concepts[concept] else CLOSE
            best[topic, concept] = min(best.get((topic, concept), CLOSE), relation, key=(EXACT, CLOSE).index)
    kept = _certain(best)
    return sorted(Match(name, topic, relation, concept) for (topic, concept), relation in kept.items()), ambiguous


def load(graph: Path) -> tuple[Match, ...]:
    """The matches of a graph directory, sorted; `GraphError` names the line that is none."""
    path = graph / FOLDER / NAME
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise GraphError(f"{path} cannot be read as text in UTF-8; take it away, and add the vocabularies again") from error
    return tuple(sorted(_match(line, path, number) for number, line in enumerate(lines, 1) if line))


def save(graph: Path, found: Iterable[Match]) -> None:
    """Written whole or not at all, sorted, one match a line."""
    path = graph / FOLDER / NAME
    path.parent.mkdir(exist_ok=True)
    part = path.with_name(f".{NAME}.part")
    rows = (json.dumps(asdict(match), ensure_ascii=False, sort_keys=True) for match in sorted(found))
    part.write_text("".join(f"{row}\n" for row in rows), "utf-8", newline="\n")
    part.replace(path)


def attached(found: Iterable[Match]) -> Iterator[Attached]:
    """What the vocabularies say of each topic."""
    together: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for match in found:
        node = ox.NamedNode(f"{BASE}topic/{match.topic}")
        triple = ox.Triple(node, ox.NamedNode(f"{PREFIXES['skos']}{match.relation}"), ox.NamedNode(match.concept))
        together[match.vocabulary, match.topic].append(f"{triple} .")
    for (name, topic), lines in sorted(together.items()):
        yield Attached(f"vocabulary-{name}", f"{BASE}topic/{topic}", sorted(lines))


def _topics(store: Store) -> _Named:
    """The topics of a graph by their names."""
    found: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for predicate, preferred in _LABELS:
        for triple in store.triples(None, predicate):
            address = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else ""
            if address.startswith(f"{BASE}topic/") and isinstance(triple.object, ox.Literal) and (key := _key(triple.object.value)):
                names = found[key]
                topic = address.removeprefix(f"{BASE}topic/")
                names[topic] = names.get(topic, False) or preferred
    return dict(found)


def _concepts(told: Iterable[Said], ours: Mapping[str, object]) -> _Named:
    """The concepts of a vocabulary that have a name of ours, by that name; those that stand for others are these."""
    found: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    instead: dict[str, str] = {}
    for item in told:
        if isinstance(item, Instead):
            instead[item.concept] = item.other
        elif (key := _key(item.label)) in ours and _is_address(item):
            found[key][item.concept] = found[key].get(item.concept, False) or item.preferred
    resolved: _Named = {}
    for key, concepts in found.items():
        names = resolved.setdefault(key, {})
        for concept, preferred in concepts.items():
            other = instead.get(concept, concept)
            names[other] = names.get(other, False) or (preferred and other == concept)
    return resolved


def _key(label: str) -> str:
    """What two names share that mean the same; empty for those that are too short or an acronym."""
    key = vocabulary.key(label)
    return "" if len(key) < _SHORTEST or (label.isupper() and " " not in label) else key


def _is_address(name: Name) -> bool:
    try:
        ox.NamedNode(name.concept)
    except ValueError:
        return False
    return not name.concept.startswith(BASE)


def _one(named: Mapping[str, bool]) -> str | None:
    """Who is meant by a name: the only one, or the only one who is called so first of all."""
    first = [one for one, preferred in named.items() if preferred] or list(named)
    return first[0] if len(first) == 1 else None


def _certain(best: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """Without a close match where either side has an exact one, or several close ones."""
    kept = {pair: relation for pair, relation in best.items() if relation == EXACT}
    taken = {topic for topic, _ in kept}, {concept for _, concept in kept}
    close = [pair for pair in best if pair not in kept and pair[0] not in taken[0] and pair[1] not in taken[1]]
    for topic, concept in close:
        if sum(topic == other for other, _ in close) == 1 and sum(concept == other for _, other in close) == 1:
            kept[topic, concept] = CLOSE
    return kept


def _match(line: str, path: Path, number: int) -> Match:
    try:
        row = json.loads(line)
        found = Match(*(str(row[name]) for name in ("vocabulary", "topic", "relation", "concept")))
        ox.NamedNode(found.concept)
    except (ValueError, KeyError, TypeError) as error:
        raise GraphError(f"{path}, line {number}, is no match; take the line away, or add the vocabulary again") from error
    if found.relation not in (EXACT, CLOSE):
        raise GraphError(f"{path}, line {number}, has the relation {found.relation!r}; there are {EXACT} and {CLOSE}")
    return found
