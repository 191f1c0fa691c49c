"""What must hold of things that have no claims of their own: places in author lists, results, awards, reviews, and names of things.

They are covered by the claim that links them to a paper, so its passage must have their words; and an address is made from a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import product

from kg import identity, ontology
from kg.merge.triples import integer, kind_of, local, node, word
from kg.model import Entity
from kg.trust import wording
from kg.trust.checks import Problem, Subject
from kg.trust.ledger import ALTERNATE, ALTERNATIVE, NAME, PREFERRED, SAME_AS, TYPE, WRITTEN, YEAR, plain
from kg.trust.words import short

_AUTHOR, _AUTHORSHIP, _POSITION = word("schema:author"), word("kg:authorship"), word("schema:position")
_NUMBERS = tuple(map(word, ("schema:value", "schema:minValue", "schema:maxValue", "kg:baselineValue")))
_PARTS = {
    word(f"kg:{part}"): word(f"kg:{kind}")
    for part, kind in (("metric", "Metric"), ("onDataset", "Dataset"), ("onTask", "Task"), ("ofMethod", "Method"))
}
_NEEDED = {word(f"kg:{name}"): word(f"kg:{kind}") for name, kind in (("addressesTask", "Task"), ("usesMethod", "Method"), ("evaluatesOn", "Dataset"))}
_RELATIONS = frozenset(map(word, ("kg:outperforms", "kg:extends", "kg:comparesWith")))
_KIND = word("dcterms:type")
_NO_PARTS = frozenset({TYPE, NAME, SAME_AS})
_RESOURCES = frozenset(word(f"kg:{kind}") for kind in ("code", "demo", "data", "video", "slides", "poster", "projectPage", "otherResource"))
_INTRODUCES, _RESOURCE = word("kg:introduces"), word("kg:hasResource")
_KINDS = frozenset(word(f"kg:{kind}") for kind in ontology.KINDS)
_CLASS_NAMES = {
    "paper": {"schema:ScholarlyArticle"}, "person": {"schema:Person"}, "org": {"schema:Organization"}, "review": {"schema:Review"},
    "event": {"schema:Event"}, "venue": {"schema:EventSeries", "schema:Periodical"}, "list": {"schema:ItemList"}, "topic": {"skos:Concept"},
    "doc": {"kg:Document"}, "authorship": {"kg:Authorship"}, "result": {"kg:Result"}, "award": {"kg:Award"},
    "claim": {"kg:Claim"}, "passage": {"kg:Passage"}, "extractor": {"prov:SoftwareAgent"},
}  # fmt: skip
_CLASSES = {kind: frozenset(map(word, names)) for kind, names in _CLASS_NAMES.items()}
_PART_OF, _SUPER, _BROADER = word("schema:isPartOf"), word("schema:superEvent"), word("skos:broader")
_VERSION = word("schema:softwareVersion")
_NAMES = (NAME, ALTERNATE, PREFERRED, ALTERNATIVE)


def nodes(subject: Subject) -> Iterator[Problem]:
    """Everything about such things that does not hold."""
    for kind, checks in _CHECKS.items():
        for thing in subject.ledger.of_kind(kind):
            for check in checks:
                yield from check(subject, thing)


def _place(subject: Subject, thing: str) -> Iterator[Problem]:
    people, positions, written = (subject.ledger.values(thing, name) for name in (_AUTHOR, _POSITION, WRITTEN))
    if len(people) != 1 or len(positions) != 1 or not written:
        yield Problem("author list", thing, "is no place of one person")
        return
    if plain(positions[0]) != local(thing).rsplit("-", 1)[-1]:
        yield Problem("author list", thing, f"has position {plain(positions[0])}, and another by its name")
    known = {_unscoped(old) for old in subject.origins.of(people[0])}
    for name in map(plain, written):
        if _unscoped(_address(identity.person(name, "x"))) not in known:
            yield Problem("author list", thing, f"{name!r} is not a name of {local(people[0])}")
        yield from _worded(subject, thing, name)


def _author_list(subject: Subject, thing: str) -> Iterator[Problem]:
    """The short way to the authors leads to those of the list, and the list has no gap."""
    ledger = subject.ledger
    places = ledger.values(thing, _AUTHORSHIP)
    if {person for place in places for person in ledger.values(place, _AUTHOR)} != set(ledger.values(thing, _AUTHOR)):
        yield Problem("author list", thing, "has other authors than its list")
    positions = sorted(position for place in places for position in ledger.values(place, _POSITION))
    if positions != sorted(map(integer, range(1, len(places) + 1))):
        yield Problem("author list", thing, "has a gap in its list, or two people in one place")


def _resources(subject: Subject, thing: str) -> Iterator[Problem]:
    for address in subject.ledger.values(thing, _RESOURCE):
        if subject.ledger.values(address, TYPE) != [word("kg:Resource")]:
            yield Problem("kind", address, "is linked as a resource and is none")
        for kind in set(subject.ledger.values(address, _KIND)) - _RESOURCES:
            yield Problem("kind", address, f"is a {short(kind)}, which is no kind of resource")


def _result(subject: Subject, thing: str) -> Iterator[Problem]:
    quotes = _quotes(subject, thing)
    for value in map(plain, subject.ledger.values(thing, *_NUMBERS)):
        if quotes and not any(wording.number(quote, value) for quote in quotes):
            yield Problem("number", thing, f"{value} does not stand in {quotes[0][:80]!r}")
    whole = _whole(subject, thing)
    for concept in subject.ledger.values(thing, *_PARTS):
        if whole and not any(wording.names(words, subject.labels(concept)) for words in (*quotes, *whole)):
            yield Problem("wording", thing, f"the document does not name {local(concept)}")


def _result_name(subject: Subject, thing: str) -> Iterator[Problem]:
    """A result is named by its paper and its parts."""
    described = subject.ledger.of(thing)
    parts = [_written(subject, predicate, value) for predicate, values in described.items() if predicate not in _NO_PARTS for value in values]
    yield from _by_parts(subject, thing, (tuple(sorted(way)) for way in product(*parts)))


def _by_parts(subject: Subject, thing: str, ways: Iterable[tuple[str, ...]]) -> Iterator[Problem]:
    """That a node is named by its paper and its parts, in one of the ways in which they may have been written."""
    wanted = {local(old).rsplit("-", 1)[-1] for old in subject.origins.merged(thing)}
    papers = dict.fromkeys(local(old) for claim in subject.on.get(thing, ()) for old in subject.origins.of(claim.subject))
    if papers and not any(identity.digest(chr(31).join((paper, *way)), 12) in wanted for way in ways for paper in papers):
        yield Problem("name", thing, "has other parts than those that it is named by")


def _written(subject: Subject, predicate: str, value: str) -> list[str]:
    """The ways in which a part may have been written into the name."""
    olds = [local(old) for old in subject.origins.of(value)] if kind_of(value) else [plain(value)]
    return [f"{short(predicate)} {old}" for old in olds]


def _award(subject: Subject, thing: str) -> Iterator[Problem]:
    for name in map(plain, subject.ledger.values(thing, NAME)):
        if not local(thing).startswith(f"{identity.slug(identity.key(name)) or 'x'}-"):
            yield Problem("name", thing, f"{name!r} does not give its address")
        yield from _worded(subject, thing, name)
        yield from _by_parts(subject, thing, [(short(kind), identity.key(name)) for kind in subject.ledger.values(thing, _KIND)])


def _part(subject: Subject, thing: str) -> Iterator[Problem]:
    """A review or a list is part of the document that has its words, by that document's author or somebody who is claimed."""
    ledger = subject.ledger
    documents = ledger.values(thing, _PART_OF)
    sources = {claim.document for claim in subject.by(thing)}
    if sources and set(documents) != sources:
        yield Problem("review", thing, "is said to be part of another document than the one that has its words")
    writers = {writer for document in documents for writer in ledger.values(document, _AUTHOR)}
    for writer in ledger.values(thing, _AUTHOR):
        if writer not in writers and (thing, _AUTHOR, writer) not in subject.claimed and not _signs(subject, writer, writers, documents):
            yield Problem("review", thing, f"{local(writer)} is not its document's author, and nobody claims it")


def _signs(subject: Subject, writer: str, writers: set[str], documents: list[str]) -> bool:
    """Whether somebody is a document's author under a longer or shorter name, or where no author is claimed, is named in its text."""
    names = [set(identity.key(name).split()) for name in subject.labels(writer)]
    others = [set(identity.key(name).split()) for other in writers for name in subject.labels(other)]
    if others:
        return any(name <= other or other <= name for name in names for other in others)
    texts = [subject.texts[document] for document in documents if document in subject.texts]
    return not texts or any(wording.names(words, subject.labels(writer)) for words in texts)


def _event(subject: Subject, thing: str) -> Iterator[Problem]:
    names = [plain(name) for name in subject.ledger.values(thing, NAME, ALTERNATE)]
    for year in map(plain, subject.ledger.values(thing, YEAR)):
        if not any(wording.number(name, year) for name in names):
            yield Problem("name", thing, f"the year {year} is not in its name")
    for series in subject.ledger.values(thing, _SUPER):
        labels = map(wording.folded, subject.labels(series))
        if not any(label in wording.folded(name) for label in labels for name in names):
            yield Problem("name", thing, f"is not named after {local(series)}")


def _named(subject: Subject, thing: str) -> Iterator[Problem]:
    """Each name gives the address or an older one, or is one of the vocabulary's, or stands in a passage about the thing."""
    known = {_unscoped(old) for old in subject.origins.merged(thing)}
    curated = frozenset().union(*(_vocabulary().get(old, frozenset()) for old in subject.origins.merged(thing)))
    written = subject.ledger.values(thing, *_NAMES)
    names = [plain(name) for name in written]
    for label in sorted(_vocabulary().get(thing, frozenset()) - set(names)):
        yield Problem("vocabulary", thing, f"lacks the name {label!r} of this version's vocabulary")
    if names and not any(_gives(name, thing, known) for name in names):
        yield Problem("name", thing, f"none of its names gives its address: {', '.join(names)}")
    for name, term in zip(names, written, strict=True):
        if name in curated or _gives(name, thing, known):
            continue
        about = (*_quotes(subject, thing), *_whole(subject, thing))
        if term.endswith("@en"):  # only names of the vocabulary tell their language
            yield Problem("vocabulary", thing, f"has the name {name!r}, which is not in this version's vocabulary")
        elif about and not any(wording.phrase(words, name) for words in about):
            yield Problem("name", thing, f"{name!r} does not give its address, and no document about it has it")


def _gives(name: str, thing: str, known: set[str]) -> bool:
    """Whether a name gives an address that the thing has or had."""
    return _unscoped(_address(_MAKERS[kind_of(thing)](name))) in known or _same_words(name, thing)


def _broader(subject: Subject, thing: str) -> Iterator[Problem]:
    """Only the vocabulary says what is broader."""
    allowed = {parent for old in subject.origins.merged(thing) for parent in _parents().get(local(old), ())}
    for parent in subject.ledger.values(thing, _BROADER):
        if not {local(old) for old in subject.origins.merged(parent)} & allowed:
            yield Problem("vocabulary", thing, f"{local(parent)} is not broader in this version's vocabulary")


def _extractor(subject: Subject, thing: str) -> Iterator[Problem]:
    parts = [plain(value) for name in (NAME, _VERSION) for value in subject.ledger.values(thing, name)]
    if "-".join(parts) != local(thing):
        yield Problem("name", thing, "has another name or version than its address")


def _typed(subject: Subject, thing: str) -> Iterator[Problem]:
    """Each thing is of the class that its address tells; a topic may have kinds besides, a venue may be a series and a journal."""
    kind = "passage" if "#" in thing and kind_of(thing) == "doc" else kind_of(thing)
    classes = set(subject.ledger.of(thing).get(TYPE, ()))
    if kind == "topic":
        classes -= _KINDS
    if not classes or (len(classes) > 1 and kind != "venue") or not classes <= _CLASSES[kind]:
        yield Problem("kind", thing, f"is of another kind than its address: {', '.join(sorted(map(short, classes))) or 'none'}")


def _topic(subject: Subject, thing: str) -> Iterator[Problem]:
    """A topic's kinds are the vocabulary's and those that claims need it to have; only what is introduced may have any."""
    kinds = set(subject.ledger.values(thing, TYPE)) & _KINDS
    claims = [claim.predicate for claim in subject.on.get(thing, ())]
    needed = {_NEEDED[predicate] for predicate in claims if predicate in _NEEDED}
    allowed = needed | {_kinds().get(old, "") for old in subject.origins.merged(thing)} | _kinds_by_links(subject, thing)
    if _INTRODUCES in claims or subject.by(thing):
        allowed |= _KINDS
    for kind in sorted(kinds - allowed):
        yield Problem("kind", thing, f"is a {short(kind)}, and neither a claim nor the vocabulary says so")
    for kind in sorted(needed - kinds):
        yield Problem("kind", thing, f"is no {short(kind)}, which a claim says it is")
    if thing in _kinds() and _kinds()[thing] not in kinds:
        yield Problem("vocabulary", thing, f"is no {short(_kinds()[thing])}, which this version's vocabulary says it is")


def _kinds_by_links(subject: Subject, thing: str) -> set[str]:
    """The kinds that results, and relations between systems, give to their ends."""
    relations = {claim.predicate for claim in subject.on.get(thing, ())} & _RELATIONS
    return {kind for predicate, kind in _PARTS.items() if (predicate, thing) in subject.parts} | ({word("kg:Method")} if relations else set())


def _worded(subject: Subject, thing: str, name: str) -> Iterator[Problem]:
    quotes = _quotes(subject, thing)
    if quotes and not any(wording.names(quote, [name]) for quote in quotes):
        yield Problem("wording", thing, f"the passage does not name {name!r}")


def _quotes(subject: Subject, thing: str) -> list[str]:
    """The words on which the claims on a thing rest."""
    found = (subject.quote(claim.passage) for claim in subject.on.get(thing, ()))
    return [quote for quote in found if quote is not None]


def _whole(subject: Subject, thing: str) -> list[str]:
    """The texts of the documents that speak of a thing, as far as they are there."""
    documents = dict.fromkeys(claim.document for claim in (*subject.on.get(thing, ()), *subject.by(thing)))
    return [subject.texts[document] for document in documents if document in subject.texts]


def _same_words(name: str, thing: str) -> bool:
    """Parts of a person's name may stand in another order: "Gelatt, C. D., Jr."."""
    return kind_of(thing) == "person" and sorted(identity.key(name).split()) == sorted(local(_unscoped(thing) + ">").split("-"))


def _unscoped(address: str) -> str:
    """Somebody who is known by a part of the name has an address in which the paper follows after two hyphens."""
    return address.strip("<>").split("--", 1)[0]


def _address(entity: Entity) -> str:
    return f"<{identity.iri(entity)}>"


@cache
def _vocabulary() -> dict[str, frozenset[str]]:
    """All labels of the topics and venues that we know, by their addresses."""
    topics = {node(f"topic/{concept.key}"): frozenset({concept.label, *concept.alternatives}) for concept in ontology.concepts()}
    return topics | {node(f"venue/{venue.key}"): frozenset({venue.label, *venue.names}) for venue in ontology.venues()}


@cache
def _kinds() -> dict[str, str]:
    return {node(f"topic/{concept.key}"): word(f"kg:{concept.kind}") for concept in ontology.concepts() if concept.kind in ontology.KINDS}


@cache
def _parents() -> dict[str, tuple[str, ...]]:
    return {concept.key: concept.broader for concept in ontology.concepts()}


_MAKERS: dict[str, Callable[[str], Entity]] = {
    "topic": identity.topic,
    "person": lambda name: identity.person(name, "x"),
    "org": lambda name: identity.named("Organization", name),
    "event": lambda name: identity.named("Event", name),
    "venue": lambda name: identity.named("EventSeries", name),
}
_CHECKS: dict[str, tuple[Callable[[Subject, str], Iterator[Problem]], ...]] = dict.fromkeys(_CLASSES, (_typed,)) | {
    "authorship": (_typed, _place),
    "paper": (_typed, _author_list, _resources),
    "result": (_typed, _result, _result_name),
    "award": (_typed, _award),
    "review": (_typed, _part),
    "list": (_typed, _part),
    "event": (_typed, _event, _named),
    "venue": (_typed, _named),
    "org": (_typed, _named),
    "person": (_typed, _named),
    "topic": (_typed, _topic, _named, _broader),
    "extractor": (_typed, _extractor),
}
