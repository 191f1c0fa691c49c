"""Every stock query on a made graph, by several engines: `python tests/benchmarks/stock.py TRIPLES [ENGINE…]`, best of three, in ms.

Engines: kg (with the tables of the build), bare (pyoxigraph on disk), rdflib, maplib, server (oxigraph, over loopback).  Each query with
its parameters bound, as people ask them.  What takes more than 20 s is asked once.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
from kg import filling, queries, sparql
from kg.graph import Graph, open_graph
from tests.benchmarks.scholarly import lines

GIVEN: dict[str, str | int] = {
    "paper": "neural sparse", "dataset": "T6", "task": "T4", "author": "Family12", "method": "T5", "topic": "T4", "event": "CONF1",
    "reviewer": "Family12", "text": "sparse", "kind": "code", "year": 2012, "relation": "usesMethod", "least": 3, "percent": 60,
}  # fmt: skip
Ask = Callable[[queries.StockQuery, dict[str, sparql.Parameter]], int]


def with_values(stock: queries.StockQuery, terms: dict[str, sparql.Parameter]) -> str:
    return sparql.with_values(stock.text, {name: (sparql.term(value),) for name, value in terms.items()}) if terms else stock.text


def rows(answer: Any) -> int:
    return len(answer.serialize(format=ox.QueryResultsFormat.TSV).splitlines()) - 1


@contextmanager
def engine(name: str, folder: Path) -> Iterator[Ask]:
    triples = folder / filling.TRIPLES
    if name in ("kg", "bare"):
        graph = open_graph(folder)
        asked = graph if name == "kg" else Graph(graph.store)
        yield lambda stock, terms: rows(asked.query(stock.text, **terms))
    elif name == "rdflib":
        import rdflib

        held = rdflib.Graph().parse(triples, format="nt")
        yield lambda stock, terms: len(list(held.query(with_values(stock, terms))))
    elif name == "maplib":
        import maplib

        model = maplib.Model()
        model.read(str(triples), format="ntriples")
        yield lambda stock, terms: len(model.query(with_values(stock, terms)))
    else:
        from kg.stores.server import Server
        from tests.stores import servers

        with servers.oxigraph(folder) as address:
            store = Server().open(address)
            store.replace(triples)
            yield lambda stock, terms: rows(store.query(stock.text, terms))


def best(ask: Ask, stock: queries.StockQuery) -> str:
    terms = stock.bind({p.name: GIVEN[p.name] for p in stock.parameters if p.name in GIVEN})
    times: list[float] = []
    found = 0
    while len(times) < 3 and sum(times) < 20:
        began = time.perf_counter()
        try:
            found = ask(stock, terms)
        except Exception as error:
            return f"fails: {str(error).splitlines()[0][:50]}"
        times.append(time.perf_counter() - began)
    return f"{min(times) * 1000:9.1f} ms {found:6} rows"


def main() -> None:
    triples, engines = int(sys.argv[1]), sys.argv[2:] or ["kg", "bare"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / filling.TRIPLES).open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in sorted(set(lines(triples))))
        began = time.perf_counter()
        filling.fill(folder)
        print(f"store and tables made in {time.perf_counter() - began:.1f} s")
        (folder / "manifest.json").write_text(json.dumps({"format": 1}), encoding="utf-8")
        for each in engines:
            with engine(each, folder) as ask:
                for stock in queries.stock().values():
                    print(f"{each:7} {stock.name:30} {best(ask, stock)}", flush=True)


if __name__ == "__main__":
    main()
