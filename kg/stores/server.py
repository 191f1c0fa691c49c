"""Any server that speaks SPARQL 1.1, as a store: queries and updates by its protocol, uploads by the Graph Store Protocol.

`http://host/path` stands for the server's default graph, `http://host/path#IRI` for a graph of that name.  A whole graph is uploaded
beside the old one and then moved into its place in one update, so that nobody sees a half; only an empty graph is filled where it is.
An upload that was cut short goes on where the server's count says that it ended.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from urllib.parse import quote, urldefrag, urlencode

import pyoxigraph as ox

from kg import sparql
from kg.errors import GraphError, QueryError
from kg.identity import BASE
from kg.ontology import PREFIXES
from kg.protocols import Answer
from kg.stores.http import Client, Response

BATCH = 10_000
AT_ONCE = 4  # batches on their way
SMALL_BATCH = 500  # for servers that take updates only: some have a limit on the size of one
STAGE = "urn:paperkg:upload:"
_INTO, _DEFAULT = "<urn:paperkg:into>", "<urn:paperkg:default>"
_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_PROLOGUE = f"BASE <{BASE}>\n" + "".join(f"PREFIX {name}: <{address}>\n" for name, address in PREFIXES.items())


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a kind of server answers queries, takes updates and holds graphs, below the address that was given."""

    query: str
    update: str
    graphs: str


LAYOUTS = (
    Layout("", "", ""),  # the address is an endpoint for all, as QLever's
    Layout("/query", "/update", "/store"),  # Oxigraph
    Layout("/sparql", "/update", "/data"),  # Fuseki
    Layout("/sparql", "/sparql", "/sparql-graph-crud"),  # Virtuoso
    Layout("", "/statements", "/rdf-graphs/service"),  # RDF4J, GraphDB
)


class ServerStore:
    """Triples in one graph of a server."""

    def __init__(self, client: Client, layout: Layout, graph: str) -> None:
        self.client, self.layout = client, layout
        self.graph = sparql.iri(graph) if graph else None

    def load(self, triples: Iterable[ox.Triple]) -> None:
        """Adds triples in batches.  `GraphError` if the server does not take them."""
        self._send_lines((f"{triple} ." for triple in triples), self.graph)

    def replace(self, path: Path) -> int:
        """Puts the triples of an N-Triples file, one a line and each once, in the place of what is there; how many there are.

        `GraphError` if the server does not take them, or counts another number.
        """
        digest, total, cuts = _looked_at(path)
        stage = ox.NamedNode(f"{STAGE}{digest}")
        if self._fills(stage):
            self._send_file(path, cuts, self.graph)
        else:
            self._send_file(path, cuts, stage)
            self._expect(total, stage)
            self._update(f"DROP SILENT {_target(self.graph)} ; MOVE SILENT GRAPH {stage} TO {_target(self.graph)}")
        self._clear_stages()  # first, for servers whose default graph holds all others
        self._expect(total, self.graph)
        return total

    def query(self, query: str, parameters: Mapping[str, sparql.Parameter] | None = None) -> Answer:
        """Answers as the server does.  `QueryError` if it refuses the query, or a parameter is not projected."""
        sparql.check(query)
        if not sparql.form(query):
            raise QueryError("this is no query: SELECT, ASK, CONSTRUCT or DESCRIBE something")  # some servers obey updates here
        terms = {name: (sparql.term(value),) for name, value in (parameters or {}).items()}
        answer = self._ask(sparql.with_values(query, terms) if terms else query, self.graph)
        if terms and isinstance(answer, ox.QuerySolutions):
            projected = {variable.value for variable in answer.variables}
            if missing := sorted(set(terms) - projected):
                raise QueryError(f"the query does not project ?{missing[0]}; parameters must be in the SELECT list")
        return answer

    def triples(
        self, subject: ox.NamedNode | None = None, predicate: ox.NamedNode | None = None, object_: sparql.Node | None = None
    ) -> Iterator[ox.Triple]:
        """Triples that match; `None` matches all."""
        if isinstance(object_, ox.BlankNode):
            return
        bound = {name: term for name, term in (("s", subject), ("p", predicate), ("o", object_)) if term is not None}
        narrowed = "".join(f" VALUES ?{name} {{ {term} }}" for name, term in bound.items())
        answer = self._ask(_ALL.replace("WHERE {", f"WHERE {{{narrowed}"), self.graph)
        assert isinstance(answer, ox.QueryTriples)
        yield from answer

    def __iter__(self) -> Iterator[ox.Triple]:
        return self.triples()

    def __len__(self) -> int:
        return self._count(self.graph)

    def _ask(self, query: str, graph: ox.NamedNode | None) -> Answer:
        fields = [("query", _PROLOGUE + query), *([("default-graph-uri", graph.value)] if graph else [])]
        accept = _TRIPLES if sparql.form(query) in ("CONSTRUCT", "DESCRIBE") else _RESULTS
        found = self.client.send(self._url(self.layout.query), urlencode(fields).encode(), {"Accept": accept, **_FORM})
        if found.status != 200:
            raise QueryError(f"the server refuses the query ({found.status}): {_words(found)}")
        return _answer(found)

    def _count(self, graph: ox.NamedNode | None) -> int:
        answer = self._ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", graph)
        assert isinstance(answer, ox.QuerySolutions)
        return int(next(iter(answer))[0].value)

    def _expect(self, total: int, graph: ox.NamedNode | None) -> None:
        if (counted := self._count(graph)) != total:
            raise GraphError(f"{self.client.address} holds {counted} of {total} triples; run the same command again to go on")

    def _fills(self, stage: ox.NamedNode) -> bool:
        """Whether the graph is filled where it is, being empty or begun so: moving is what costs a server most when a graph is large."""
        mark = f"{stage} {_INTO} {self.graph or _DEFAULT}"
        answer = self._ask(f"ASK {{ GRAPH {stage} {{ {mark} }} }}", None)
        if isinstance(answer, ox.QueryBoolean) and bool(answer):
            return True
        if len(self) or self._count(stage):
            return False
        self._update(f"INSERT DATA {{ GRAPH {stage} {{ {mark} }} }}")
        return True

    def _send_file(self, path: Path, cuts: list[int], graph: ox.NamedNode | None) -> None:
        """Sends a file in batches, several at a time and none far ahead of another, so that a count tells where to go on."""
        first = max(0, self._count(graph) // BATCH - AT_ONCE)
        sent: deque[Future[None]] = deque()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for begin, end in pairwise(cuts[first:]):
                if len(sent) == AT_ONCE:
                    sent.popleft().result()
                sent.append(pool.submit(self._send_part, path, begin, end, graph))
            for future in sent:
                future.result()

    def _send_part(self, path: Path, begin: int, end: int, graph: ox.NamedNode | None) -> None:
        with path.open("rb") as file:
            file.seek(begin)
            self._send_lines(file.read(end - begin).decode().removesuffix("\n").split("\n"), graph)

    def _update(self, update: str) -> None:
        found = self.client.send(self._url(self.layout.update), urlencode({"update": update}).encode(), {"Accept": "*/*", **_FORM})
        if found.status >= 300:
            raise GraphError(f"{self.client.address} refuses an update ({found.status}): {_words(found)}; may it be written to?")

    def _send_lines(self, lines: Iterable[str], graph: ox.NamedNode | None) -> None:
        for batch in _batched(lines, BATCH):
            if not self._posted(batch, graph):
                for part in _batched(batch, SMALL_BATCH):
                    data = "\n".join(part)
                    self._update(f"INSERT DATA {{ GRAPH {graph} {{ {data} }} }}" if graph else f"INSERT DATA {{ {data} }}")

    def _posted(self, lines: Iterable[str], graph: ox.NamedNode | None) -> bool:
        """Whether the server took the lines by the Graph Store Protocol; all servers take updates, not all take this."""
        place = f"graph={quote(graph.value, safe='')}" if graph else "default"
        data = "".join(f"{line}\n" for line in lines).encode()
        found = self.client.send(f"{self._url(self.layout.graphs)}?{place}", data, {"Content-Type": _TRIPLES})
        return found.status < 300

    def _clear_stages(self) -> None:
        """Drops what uploads of other states left behind."""
        answer = self._ask(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), '{STAGE}')) }}", None)
        assert isinstance(answer, ox.QuerySolutions)
        for row in answer:
            self._update(f"DROP SILENT GRAPH {row[0]}")

    def _url(self, path: str) -> str:
        return self.client.address + path


_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _looked_at(path: Path) -> tuple[str, int, list[int]]:
    """The digest of a file, the number of its lines, and the bytes at which batches begin and the last ends."""
    digest, total, place, cuts = hashlib.sha256(), 0, 0, [0]
    with path.open("rb") as file:
        for line in file:
            digest.update(line)
            total += 1
            place += len(line)
            if total % BATCH == 0:
                cuts.append(place)
    return digest.hexdigest()[:20], total, cuts if cuts[-1] == place else [*cuts, place]


def _batched(lines: Iterable[str], size: int) -> Iterator[list[str]]:
    rest = iter(lines)
    while batch := list(islice(rest, size)):
        yield batch


class Server:
    """Opens a graph on a server that speaks SPARQL 1.1."""

    name = "server"

    def open(self, place: str | Path) -> ServerStore:
        """The graph of an address, empty or not.  `GraphError` if nobody answers SPARQL there."""
        address, graph = urldefrag(str(place))
        client = Client(address)
        for layout in LAYOUTS:
            if _answers(client, layout):
                return ServerStore(client, layout, graph)
        raise GraphError(f"{client.address} does not answer SPARQL; give the address of its endpoint, such as http://localhost:7878")

    def create(self, place: str | Path) -> ServerStore:
        """A graph to fill.  `GraphError` if it holds something."""
        store = self.open(place)
        if len(store):
            raise GraphError(f"{place} is not empty; a store is only made in a new place")
        return store


def _answers(client: Client, layout: Layout) -> bool:
    """Whether queries are answered there and what stands beside it is there too: a missing address is 404."""
    found = client.send(client.address + layout.query, urlencode({"query": "ASK { }"}).encode(), {"Accept": _RESULTS, **_FORM})
    if found.status != 200 or "json" not in found.media_type:
        return False
    return client.send(client.address + layout.update, b"update=", _FORM).status not in (404, 405)


def _answer(found: Response) -> Answer:
    try:
        return _parsed(found)
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"the server's answer cannot be read: {error}") from error


def _parsed(found: Response) -> Answer:
    if "json" in found.media_type:
        return ox.parse_query_results(found.body, format=ox.QueryResultsFormat.JSON)
    held = ox.Store()
    form = ox.RdfFormat.from_media_type(found.media_type) or ox.RdfFormat.TURTLE
    held.extend(ox.Quad(*quad.triple) for quad in ox.parse(found.body, format=form))
    return held.query(_ALL)


def _words(found: Response) -> str:
    return " ".join(found.body[:500].decode(errors="replace").split())


def _target(graph: ox.NamedNode | None) -> str:
    return f"GRAPH {graph}" if graph else "DEFAULT"
