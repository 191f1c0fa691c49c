"""All names of all things in one file of lines, so that a name is found without a look at the whole graph.

A line has the name's matching key, the name in lower case as SPARQL's LCASE gives it, the thing's address, its kind, the name and what
its literal has beside it (`@en`), apart by tabs.  To look for a part of a name is to look for bytes in a file that the system keeps in memory: 2 ms for 100,000 names.
"""

from __future__ import annotations

import mmap
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.identity import key
from kg.ontology import PREFIXES
from kg.protocols import Store

FILE = "named.tsv"
_PREDICATES = tuple(
    ox.NamedNode(f"{PREFIXES[prefix]}{word}")
    for prefix, word in (("schema", "name"), ("schema", "alternateName"), ("skos", "prefLabel"), ("skos", "altLabel"))
)
_TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_MEANING = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}
_ESCAPED = re.compile(r"\\[\\tnr]")
_FIELDS = 6
_TEXT = ox.NamedNode(f"{PREFIXES['xsd']}string")


@dataclass(frozen=True, slots=True)
class Named:
    """One name of a thing; `kind` is the last word of its class, `tag` the language of the name (`@en`) or its datatype if it is no mere text."""

    key: str
    lower: str
    iri: str
    kind: str
    label: str
    tag: str

    @property
    def term(self) -> ox.Literal:
        if self.tag.startswith("@"):
            return ox.Literal(self.label, language=self.tag[1:])
        return ox.Literal(self.label, datatype=ox.NamedNode(self.tag) if self.tag else None)


def lines(store: Store) -> Iterator[str]:
    """The lines of the file, sorted."""
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for triple in store.triples(None, _TYPE):
        kinds[str(triple.subject)].add(str(getattr(triple.object, "value", "")).rsplit("#")[-1].rsplit("/")[-1])
    found = set()
    for predicate in _PREDICATES:
        for triple in store.triples(None, predicate):
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.Literal):
                label = triple.object.value
                kind = min(kinds[str(triple.subject)], key=lambda word: (word == "Concept", word), default="")
                fields = (key(label), label.lower(), triple.subject.value, kind, label, _tag(triple.object))
                found.add("\t".join(field.translate(_ESCAPES) for field in fields))
    return iter(sorted(found))


class Names:
    """The file, opened to look names up in."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        self._data = data

    @classmethod
    def read(cls, path: Path) -> Names:
        """`OSError` if the file is not there."""
        with path.open("rb") as file:
            empty = path.stat().st_size == 0
            return cls(b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

    @classmethod
    def of(cls, store: Store) -> Names:
        """Without a file: from the whole graph."""
        return cls("".join(f"{line}\n" for line in lines(store)).encode())

    def containing(self, part: str) -> Iterator[Named]:
        """Names with the part in them, case, accents and punctuation aside, in the order of the file."""
        wanted = key(part)
        if wanted:
            yield from (found for found in self._hits(wanted.encode()) if wanted in found.key)

    def addresses(self, text: str, *, whole: bool) -> list[str]:
        """The things that have a name with `text` in it, case aside, or, if `whole`, one that is nothing else; each once."""
        return list(dict.fromkeys(found.iri for found in self.having(text, whole=whole)))

    def having(self, text: str, *, whole: bool) -> Iterator[Named]:
        """Names with `text` in them, case aside, or, if `whole`, those that are nothing else."""
        lower = text.lower()
        written = lower.translate(_ESCAPES)
        for found in self._hits((f"\t{written}\t" if whole else written).encode()):
            if lower == found.lower if whole else lower in found.lower:
                yield found

    def _hits(self, needle: bytes) -> Iterator[Named]:
        """Each line that has the bytes anywhere in it."""
        place = self._data.find(needle)
        while 0 <= place < len(self._data):
            begin = self._data.rfind(b"\n", 0, place) + 1
            end = self._data.find(b"\n", place)
            yield _named(self._data[begin:end].decode())
            place = self._data.find(needle, end + 1)


def best(found: Iterable[Named], text: str) -> list[Named]:
    """One name of each thing: those that are the text first, then those that begin with it, then short ones."""
    wanted = key(text)
    ranked = sorted(found, key=lambda name: (name.key != wanted, not name.key.startswith(wanted), len(name.key), name.key, name.iri))
    first: dict[str, Named] = {}
    for name in ranked:
        first.setdefault(name.iri, name)
    return list(first.values())


def _tag(name: ox.Literal) -> str:
    if name.language:
        return f"@{name.language}"
    return "" if name.datatype == _TEXT else name.datatype.value


def _named(line: str) -> Named:
    fields = [_ESCAPED.sub(lambda match: _MEANING[match.group()], field) for field in line.split("\t")]
    assert len(fields) == _FIELDS
    return Named(*fields)
