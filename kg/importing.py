"""Makes a graph of RDF files: what `kg export` wrote, or what others wrote in the words of the ontology.

Named graphs become one; blank nodes get addresses, because a line of `graph.nt` must mean the same in every store (RDF 1.1, section 3.5).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg import filling, manifest, ontology
from kg.errors import InputError, TooLarge, UnknownFormat
from kg.identity import BASE
from kg.manifest import Built, Manifest
from kg.ontology import PREFIXES
from kg.staging import staged

MADE = frozenset({"store", "tables", "graph.nt", "manifest.json", "rejected.jsonl", "merges.jsonl", "cache"})
SUFFIXES = {
    ".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML, ".xml": ox.RdfFormat.RDF_XML, ".jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip
LARGEST = 2 << 30
DEEPEST = 200  # nested triple terms, of which the ontology has none: the parser calls itself for each
_NESTED = "has triples about triples, which the ontology does not use; write claims instead"
_CLAIM = f"<{PREFIXES['kg']}evidence>"


def import_files(paths: Iterable[Path], out: Path) -> Manifest:
    """Makes the graph of all triples of the files in the directory `out`, which is replaced whole; what it holds.

    `InputError` if a file cannot be read, or says nothing in the words of the ontology.
    """
    lines = sorted({f"{triple} ." for path in paths for triple in triples(path)})
    with staged(out, MADE) as stage:
        made = _manifest(lines)
        made.write(stage.folder)
        (stage.folder / filling.TRIPLES).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
        filling.fill(stage.folder)
        stage.swap(MADE)
    return made


def triples(path: Path) -> Iterator[ox.Triple]:
    """The triples of a file, in its order."""
    form, data = SUFFIXES.get(path.suffix.lower()), _data(path)
    if form is None:
        raise UnknownFormat(str(path), f"is no RDF file; RDF files end with {', '.join(SUFFIXES)}, as those of `kg export` do")
    _check(path, form, data)
    scope = hashlib.sha256(data).hexdigest()[:10]
    known = ontology.terms()
    said, numbers = False, dict[str, int]()
    try:
        for quad in ox.parse(data, format=form):
            said = said or quad.predicate.value in known
            subject = _named(quad.subject, scope, numbers) if isinstance(quad.subject, ox.BlankNode) else quad.subject
            value = _named(quad.object, scope, numbers) if isinstance(quad.object, ox.BlankNode) else quad.object
            if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
                raise InputError(str(path), _NESTED)
            yield ox.Triple(subject, quad.predicate, value)
    except (SyntaxError, ValueError) as error:
        raise InputError(str(path), f"is not the RDF that its name says: {error}") from error
    if not said:
        raise InputError(str(path), "says nothing in the words of the ontology; docs/reference/ontology.md lists them")


def _data(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise TooLarge(str(path), f"is larger than {LARGEST >> 30} GiB; import it in parts")
        return path.read_bytes()
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from error


def _check(path: Path, form: ox.RdfFormat, data: bytes) -> None:
    """Refuses what brings the parser down: entities that grow without end, terms that nest without end."""
    if form == ox.RdfFormat.RDF_XML and (b"<!DOCTYPE" in data or b"<!ENTITY" in data):
        raise InputError(str(path), "has a document type or entities, which may grow without end; write it without them")
    if data.count(b"<<(") > DEEPEST or data.count(b"<< ") > DEEPEST:
        raise InputError(str(path), _NESTED)


def _named(term: ox.BlankNode, scope: str, numbers: dict[str, int]) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}genid/{scope}-{numbers.setdefault(term.value, len(numbers))}")


def _manifest(lines: list[str]) -> Manifest:
    """What the triples say of their documents."""
    state = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    facts = Counter(line.split(" ", 2)[2].split("#char=")[0].lstrip("<") for line in lines if line.split(" ", 2)[1] == _CLAIM)
    documents = tuple(Built(address.removeprefix(f"{BASE}doc/"), address, "", "", 0, number, {}) for address, number in sorted(facts.items()))
    return Manifest(state, documents, counts=manifest.counts(lines, sum(facts.values()), 0))
