"""What a query may be, and how a value of Python gets into one: as a term, never as text.

The limits answer what was measured on pyoxigraph 0.5: nesting or operators without end overflow the native stack and take the
process with them, and `SERVICE` sends requests, which nothing in its Python interface turns off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import pyoxigraph as ox

from kg.errors import QueryError
from kg.model import Iri

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Term = ox.NamedNode | ox.Literal
Parameter = Term | str | int | bool | Decimal | date
# The default graphs and the named ones that a query is asked of (SPARQL 1.1 Protocol, section 2.1.4).
Dataset = tuple[Sequence[ox.NamedNode], Sequence[ox.NamedNode]]
MAX_BYTES = 64 * 1024
MAX_DEPTH = 200
MAX_OPERATORS = {"!": 2_000, "|": 4_000, "&": 4_000, "^": 4_000, "*": 4_000, "+": 4_000, "-": 5_000, "/": 8_000}
MAX_CLAUSES = 1_000
_CLAUSE = re.compile(r"(?i)UNION|OPTIONAL|MINUS|BIND|FILTER")
# The parser asks for no space before a keyword (`1SERVICE<…>` is read), so the pattern has no left boundary.
_SERVICE = re.compile(r"(?i)SERVICE(?=(\s|#[^\n\r]*[\n\r])*(SILENT|[<?$]|[^\s{}]*:))")
# What may hold a brace or a word that is none: comments, addresses, strings; then what we look for.
_TOKEN = re.compile(
    r"""(?ix) \#[^\n\r]* | <[^<>"{}|^`\\\s]*> | \"{3}.*?\"{3} | '{3}.*?'{3} | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'
    | (?P<form>\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE)\b) | (?P<open>\{) | [?$:]\w+ | \w+:\w*""",
    re.S,
)
_XSD = "http://www.w3.org/2001/XMLSchema#"


class Own(str):
    """A query that this project wrote, whatever terms were put into it: it is flat, and asks nobody else."""

    __slots__ = ()


def check(query: str) -> None:
    """Raises `QueryError` if the query is too large, too deep, or would ask another server."""
    if isinstance(query, Own):
        return
    size = len(query.encode(errors="surrogatepass"))
    if size > MAX_BYTES:
        raise QueryError(f"the query has {size} bytes; the limit is {MAX_BYTES}: ask in parts")
    if _depth(query) > MAX_DEPTH:
        raise QueryError(f"the query is nested more than {MAX_DEPTH} brackets deep: write it flatter")
    for operator, limit in MAX_OPERATORS.items():
        if query.count(operator) > limit:
            raise QueryError(f"the query has more than {limit} {operator!r}: use VALUES or IN, or ask in parts")
    if len(_CLAUSE.findall(query)) > MAX_CLAUSES:
        raise QueryError(f"the query has more than {MAX_CLAUSES} clauses: ask in parts")
    if _SERVICE.search(query):
        raise QueryError("SERVICE is not allowed: a graph answers from its own facts; if it is only a name here, rename it or write the IRI in full")


def with_values(query: str, terms: Mapping[str, Sequence[Term]]) -> str:
    """A SELECT or ASK query whose outermost group says beforehand what variables may be.  `QueryError` for any other query."""
    return _begun(query, " ".join(f"VALUES ?{name} {{ {' '.join(map(str, values))} }}" for name, values in terms.items()))


def with_rows(query: str, variables: Sequence[str], rows: Iterable[Sequence[Term]]) -> str:
    """The same for several variables at once; each row has a term for each."""
    names, values = " ".join(f"?{name}" for name in variables), " ".join(f"({' '.join(map(str, row))})" for row in rows)
    return _begun(query, f"VALUES ({names}) {{ {values} }}")


def _begun(query: str, said: str) -> str:
    group = next((token.end() for token in _TOKEN.finditer(query) if token.lastgroup == "open"), 0)
    if form(query) not in ("SELECT", "ASK") or not group:
        raise QueryError("parameters are for SELECT and ASK queries")
    return f"{query[:group]} {said} {query[group:]}"


def form(query: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; empty for what is no query."""
    return next((token.group().upper() for token in _TOKEN.finditer(query) if token.lastgroup == "form"), "")


def _depth(query: str) -> int:
    depth = deepest = 0
    for bracket in re.findall(r"[][(){}]", query):
        depth = depth + 1 if bracket in "([{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def term(value: Parameter) -> Term:
    """The RDF term of a value; an `Iri` becomes a name, `QueryError` if it is not an absolute IRI."""
    if isinstance(value, ox.NamedNode | ox.Literal):
        return value
    if isinstance(value, Iri):
        return iri(value)
    if isinstance(value, bool | int | str):
        return ox.Literal(value)
    kind = "decimal" if isinstance(value, Decimal) else "date"
    return ox.Literal(f"{value:f}" if isinstance(value, Decimal) else value.isoformat(), datatype=ox.NamedNode(_XSD + kind))


def iri(text: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(text)
    except ValueError as error:
        raise QueryError(f"{text!r} is not an absolute IRI: {error}") from error


def substitutions(parameters: Mapping[str, Parameter]) -> dict[ox.Variable, Node]:
    """Variables with their terms, as pyoxigraph takes them."""
    return {ox.Variable(name): term(value) for name, value in parameters.items()}
