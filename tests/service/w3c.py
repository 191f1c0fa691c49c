"""The W3C's SPARQL 1.1 query suite: its tests, and what a right answer is.

The suite is not part of this project: $KG_W3C names a directory with `sparql/sparql11` of https://github.com/w3c/rdf-tests; without it,
`../shared/w3c` is looked at.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox

HOME = Path(os.environ.get("KG_W3C", Path(__file__).resolve().parents[3] / "shared" / "w3c")).absolute() / "sparql" / "sparql11"
MF, QT, RDF = (
    "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#",
    "http://www.w3.org/2001/sw/DataAccess/tests/test-query#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
)
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
RESULTS = {".srx": ox.QueryResultsFormat.XML, ".srj": ox.QueryResultsFormat.JSON, ".tsv": ox.QueryResultsFormat.TSV}
NUMBERS = ("integer", "decimal", "double", "float")
# A query with its default graphs and named graphs, to media type and body; an empty media type means that it was refused.
Ask = Callable[[str, tuple[str, ...], tuple[str, ...], str], tuple[str, bytes]]


@dataclass(frozen=True)
class Test:
    __test__ = False
    name: str
    kind: str
    query: Path
    data: tuple[Path, ...]
    named: tuple[Path, ...]
    result: Path | None


class Manifest:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = ox.Store()
        self.store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=path.as_uri())

    def values(self, subject: object, predicate: str) -> list[object]:
        return [quad.object for quad in self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None)]  # type: ignore[arg-type]

    def members(self, predicate: str) -> Iterator[object]:
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(predicate), None):
            node: object = quad.object
            while node != ox.NamedNode(f"{RDF}nil"):
                yield self.values(node, f"{RDF}first")[0]
                node = self.values(node, f"{RDF}rest")[0]

    def tests(self) -> Iterator[Test]:
        for included in self.members(f"{MF}include"):
            yield from Manifest(file(included)).tests()
        for entry in self.members(f"{MF}entries"):
            kind = str(self.values(entry, f"{RDF}type")[0].value).rsplit("#")[-1]  # type: ignore[attr-defined]
            action = self.values(entry, f"{MF}action")[0]
            query = self.values(action, f"{QT}query")
            data, named = (tuple(map(file, self.values(action, f"{QT}{word}"))) for word in ("data", "graphData"))
            result = [file(value) for value in self.values(entry, f"{MF}result") if isinstance(value, ox.NamedNode)]
            yield Test(str(entry.value), kind, file(query[0] if query else action), data, named, result[0] if result else None)  # type: ignore[attr-defined]


def file(node: object) -> Path:
    return Path(unquote(urlsplit(node.value).path))  # type: ignore[attr-defined]


def passes(test: Test, ask: Ask) -> bool:
    """Whether a test of syntax or evaluation is answered rightly."""
    text = test.query.read_text(encoding="utf-8")
    based = f"BASE <{test.query.as_uri()}>\n{text}"
    graphs = tuple(path.as_uri() for path in test.data), tuple(path.as_uri() for path in test.named)
    if re.search(r"(?m)^FROM\b", text):
        graphs = (), ()  # the query names them itself; those of a request would take their place
    if "Syntax" in test.kind:
        media_type, body = ask(based, (), (), "*/*")
        return (not media_type) == test.kind.startswith("Negative") or b"is not supported" in body
    assert test.result
    graph = test.result.suffix in (".ttl", ".rdf", ".nt") and re.search(r"(?i)\b(CONSTRUCT|DESCRIBE)\b", text)
    if test.result.suffix == ".csv":
        return _table(ask(based, *graphs, "text/csv")[1]) == _table(test.result.read_bytes())
    media_type, body = ask(based, *graphs, "application/n-triples" if graph else "application/sparql-results+xml")
    if not media_type:
        return False
    if graph:
        ours = ox.Dataset(ox.parse(body, format=ox.RdfFormat.N_TRIPLES))
        theirs = ox.Dataset(ox.parse(path=str(test.result), base_iri=test.result.as_uri()))
        return alike(ours, theirs)
    ours = ox.parse_query_results(body, format=ox.QueryResultsFormat.XML)
    if test.result.suffix in RESULTS:
        return _same(ours, ox.parse_query_results(path=str(test.result), format=RESULTS[test.result.suffix]))
    return alike(ox.Dataset(_rows(ours)), ox.Dataset(_rows(_from_graph(test.result))))


def _table(data: bytes) -> list[list[tuple[str, str]]]:
    """Rows of CSV, columns by name; blank nodes without theirs."""
    rows = csv.DictReader(io.StringIO(data.decode(), newline=""))
    return sorted(sorted((name, "_:" if value.startswith("_:") else value) for name, value in row.items()) for row in rows)


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, ox.QueryBoolean) or isinstance(theirs, ox.QueryBoolean):
        return type(ours) is type(theirs) and bool(ours) == bool(theirs)
    return alike(ox.Dataset(_rows(_listed(ours))), ox.Dataset(_rows(_listed(theirs))))


def _listed(answer: object) -> list[dict[str, object]]:
    names = [variable.value for variable in answer.variables]  # type: ignore[attr-defined]
    return [{name: row[name] for name in names if row[name] is not None} for row in answer]  # type: ignore[attr-defined]


def _rows(rows: object) -> Iterator[ox.Quad]:
    """Rows as RDF, so that blank nodes are compared up to their names; the number of equal rows counts."""
    listed = rows if isinstance(rows, list) else _listed(rows)
    for number, row in enumerate(listed):
        node = ox.BlankNode(f"row{number}")
        yield ox.Quad(node, ox.NamedNode(f"{RS}row"), ox.Literal("row"))
        for name, term in row.items():
            yield ox.Quad(node, ox.NamedNode(f"{RS}{name}"), _canonical(term))  # type: ignore[arg-type]


def _canonical(term: object) -> object:
    """Numbers and truths by value: an engine may write 2.0 for 2, and false for 0."""
    if isinstance(term, ox.Literal) and term.datatype.value.endswith("#boolean"):
        return ox.Literal({"0": "false", "1": "true"}.get(term.value, term.value), datatype=term.datatype)
    if isinstance(term, ox.Literal) and term.datatype.value.rsplit("#")[-1] in NUMBERS:
        try:
            return ox.Literal(str(float(Decimal(term.value))), datatype=term.datatype)
        except InvalidOperation:
            return ox.Literal(str(float(term.value)), datatype=term.datatype)
    return term


def _from_graph(path: Path) -> list[dict[str, object]]:
    """A result set that is written as a graph."""
    manifest = Manifest(path)
    rows = []
    for solution in manifest.store.quads_for_pattern(None, ox.NamedNode(f"{RS}solution"), None):
        bindings = manifest.values(solution.object, f"{RS}binding")
        rows.append({str(manifest.values(b, f"{RS}variable")[0].value): manifest.values(b, f"{RS}value")[0] for b in bindings})  # type: ignore[attr-defined]
    return rows


def alike(one: ox.Dataset, two: ox.Dataset) -> bool:
    for dataset in (one, two):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return one == two
