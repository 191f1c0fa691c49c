"""The stock queries: SPARQL files of `ontology/queries/` that say in comments what they ask and which parameters they take.

A file begins with `# title: …`, `# question: …` and a line `# parameter: name | kind | default | help` for each parameter.  A
parameter is a variable that the query projects: bound to a term it narrows the answer, unbound it does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg import ontology, sparql
from kg.errors import OntologyError, QueryError
from kg.model import Iri

KINDS = ("text", "iri", "integer")
_NAMED = re.compile(r"\?(\w+) of \?(\w+) (is|has part)")
_KEPT = re.compile(r"\?(\w+)(?: \* (\d+))? (contains|says|=|<|>=)")
_HEADER = re.compile(r"# (title|question|parameter): *(.+?) *$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class QueryParameter:
    """What may be filled in.  `kind` is text, iri or integer; an empty `default` leaves the variable unbound.

    What the build prepares for it (ontology/README.md, "Parameters that are answered quickly"): `names` are the variables of the things
    that a text names and of their names, with the whole name or, unless `whole`, a part of it; `keeps` is the column and relation to the value, after
    the column is multiplied by `scale`, of the rows that stay of the answer without it.
    """

    name: str
    kind: str
    default: str
    help: str
    names: tuple[str, str] | None = None
    whole: bool = False
    keeps: tuple[str, str] | None = None
    scale: int = 1

    def term(self, value: str | int) -> sparql.Term:
        """The value as a term; `QueryError` if it is not of the kind."""
        if self.kind == "iri":
            return sparql.iri(str(value))
        if self.kind == "text":
            return sparql.term(str(value))
        try:
            return sparql.term(int(value))
        except ValueError as error:
            raise QueryError(f"{self.name} is a whole number, not {value!r}") from error


@dataclass(frozen=True, slots=True)
class StockQuery:
    """A question that every graph of this ontology can answer."""

    name: str
    title: str
    question: str
    parameters: tuple[QueryParameter, ...]
    text: str

    def bind(self, values: Mapping[str, str | int | Iri]) -> dict[str, sparql.Parameter]:
        """Terms for the parameters, defaults filled in.  `QueryError` names the parameters that there are."""
        names = [parameter.name for parameter in self.parameters]
        for name in values:
            if name not in names:
                raise QueryError(f"{self.name} has no parameter {name!r}; it has: {', '.join(names) or 'none'}")
        given = {parameter: values.get(parameter.name, parameter.default) for parameter in self.parameters}
        return {parameter.name: parameter.term(value) for parameter, value in given.items() if value != ""}


@cache
def stock() -> Mapping[str, StockQuery]:
    """All stock queries by name, in the order of their names."""
    paths = sorted((ontology.folder() / "queries").glob("*.rq"))
    return {path.stem: _read(path) for path in paths}


def find(name: str) -> StockQuery:
    """One stock query; `QueryError` lists those that there are."""
    if name not in stock():
        raise QueryError(f"no stock query is called {name!r}; there are: {', '.join(stock())}")
    return stock()[name]


def _read(path: Path) -> StockQuery:
    text = path.read_text(encoding="utf-8")
    headers = _HEADER.findall(text)
    said = dict(headers)
    if not {"title", "question"} <= said.keys():
        raise OntologyError(f"{path.name} needs the lines '# title: …' and '# question: …'")
    parameters = tuple(_parameter(path, value) for name, value in headers if name == "parameter")
    return StockQuery(path.stem, said["title"], said["question"], parameters, text)


def by_text(text: str) -> StockQuery | None:
    """The stock query of exactly that text, if there is one."""
    return _texts().get(text.strip())


@cache
def _texts() -> Mapping[str, StockQuery]:
    return {found.text.strip(): found for found in stock().values()}


def _parameter(path: Path, line: str) -> QueryParameter:
    parts = [part.strip() for part in line.split("|")]
    named, kept = (pattern.fullmatch(parts[4]) if len(parts) == 5 else None for pattern in (_NAMED, _KEPT))
    if len(parts) not in (4, 5) or parts[1] not in KINDS or (len(parts) == 5 and not (named or kept)):
        raise OntologyError(
            f"{path.name}: write '# parameter: name | {'/'.join(KINDS)} | default | help [| ?name of ?thing is, has part; ?column contains, says, = < >=]', not {line!r}"
        )
    name, kind, default, help_ = parts[:4]
    if named:
        return QueryParameter(name, kind, default, help_, names=(named[2], named[1]), whole=named[3] == "is")
    if kept:
        return QueryParameter(name, kind, default, help_, keeps=(kept[1], kept[3]), scale=int(kept[2] or 1))
    return QueryParameter(name, kind, default, help_)
