"""Whether a graph holds together: SHACL Core shapes, and queries over the whole graph that must find nothing.

What SHACL would ask of one node at a time, and with SPARQL takes minutes, stands in `ontology/checks/*.rq` as a question on the
whole graph: each answer is a violation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import ontology
from kg.errors import KgError, OntologyError
from kg.protocols import Store

_HEADER = re.compile(r"# (title|severity): *(.+?) *$", re.MULTILINE)
_SHACL = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """`rule` is a shape or the name of a check, `focus` the node that breaks it; `severity` is violation or warning."""

    severity: str
    rule: str
    focus: str
    message: str


def violations(store: Store, shapes: bool = True) -> Iterator[Violation]:
    """All that is wrong with a graph; with `shapes` also what SHACL says, which is slow on a large one."""
    for path in sorted((ontology.folder() / "checks").glob("*.rq")):
        yield from _check(store, path)
    if shapes:
        yield from _shacl(store)


def _check(store: Store, path: Path) -> Iterator[Violation]:
    text = path.read_text(encoding="utf-8")
    said = dict(_HEADER.findall(text))
    if "title" not in said:
        raise OntologyError(f"{path.name} needs a line '# title: …'")
    answer = store.query(text)
    assert isinstance(answer, ox.QuerySolutions)
    for solution in answer:
        focus, *others = [getattr(term, "value", "") for term in solution]
        yield Violation(said.get("severity", "violation"), path.stem, focus, " ".join([said["title"], *others]))


def _shacl(store: Store) -> Iterator[Violation]:
    try:
        import pyshacl
    except ImportError as error:
        raise KgError("SHACL needs another package: pip install 'paperkg[validate]' (or give --checks-only)") from error
    import rdflib

    data = rdflib.Graph().parse(data=ox.serialize(store, format=ox.RdfFormat.N_TRIPLES), format="nt")
    rules = rdflib.Graph()
    for name in ("shapes.ttl", "kg.ttl"):
        rules.parse(ontology.folder() / name, format="turtle")
    vocabulary = rdflib.Graph().parse(ontology.folder() / "kg.ttl", format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=rules, ont_graph=vocabulary, inference="none")
    assert isinstance(report, rdflib.Graph)
    yield from sorted(_reported(report))


def _reported(report: object) -> Iterator[Violation]:
    import rdflib

    assert isinstance(report, rdflib.Graph)
    shacl = rdflib.Namespace(_SHACL)
    for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult):
        path, severity = report.value(result, shacl.resultPath), str(report.value(result, shacl.resultSeverity))
        rule = str(path if isinstance(path, rdflib.URIRef) else report.value(result, shacl.sourceConstraintComponent))
        yield Violation(
            "warning" if severity.endswith("Warning") else "violation",
            re.split("[#/]", rule)[-1],
            str(report.value(result, shacl.focusNode)),
            str(report.value(result, shacl.resultMessage)),
        )
