"""N-Triples lines as text: cut, read and written without building terms, which is what makes merging fast.

The lines are those of `kg.rdf.lines`: canonical, without blank nodes, so that two spaces part subject, predicate and object.
"""

from __future__ import annotations

import pyoxigraph as ox

from kg.identity import BASE
from kg.ontology import PREFIXES, expand
from kg.rdf import parse

XSD = PREFIXES["xsd"]
RECORDS = "record/1"  # the agent that claims what bibliographic records say; their claims never outvote a review's


def word(name: str) -> str:
    """A word of the ontology as it stands in a line."""
    return f"<{expand(name)}>"


def node(path: str) -> str:
    """`paper/x` as it stands in a line."""
    return f"<{BASE}{path}>"


def kind_of(term: str) -> str:
    """The segment of one of our own addresses: `paper`, `person`, …; empty for others."""
    return term[len(BASE) + 1 :].split("/", 1)[0] if term.startswith(f"<{BASE}") else ""


def local(term: str) -> str:
    """The name of one of our own addresses, after its segment."""
    return term[len(BASE) + 1 : -1].split("/", 1)[-1]


def cut(line: str) -> tuple[str, str, str]:
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest[:-2]


def joined(subject: str, predicate: str, object_: str) -> str:
    return f"{subject} {predicate} {object_} ."


def literal(value: str) -> str:
    return str(ox.Literal(value))


def text(written: str) -> str:
    """The characters of a literal."""
    if "\\" not in written:
        return written[1 : written.rindex('"')]
    triple = next(iter(parse(f"<x:s> <x:p> {written} .")))
    return triple.object.value if isinstance(triple.object, ox.Literal) else ""


def integer(value: int) -> str:
    return f'"{value}"^^<{XSD}integer>'
