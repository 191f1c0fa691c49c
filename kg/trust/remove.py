"""Takes documents out of a graph: what only they said goes with them, and nothing else.

The graph is merged again from what was read of the other documents, so the result has the bytes of a graph built without them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kg import manifest
from kg.cache import Cache
from kg.errors import GraphError
from kg.identity import BASE
from kg.manifest import Built, LeftOut, Manifest
from kg.merge import decisions
from kg.pipeline import MADE, Building
from kg.staging import staged


def remove(folder: Path, documents: Iterable[str]) -> Manifest:
    """The manifest of the graph without documents that are named by locator, title, name or address.

    `GraphError` if one is not in the graph, if several fit, if none would be left, or if the graph's cache does not hold the others.
    """
    with staged(folder, MADE) as stage:
        made = manifest.read(stage.target)
        if made is None:
            raise GraphError(f"{folder} is not a graph that this version made; build it with `kg build`, without the document")
        gone = [_one(made, words) for words in documents]
        rest = tuple(built for built in made.documents if built not in gone)
        if not rest:
            raise GraphError("nothing would be left; remove the graph's directory instead")
        locators = {built.locator for built in gone}
        doubles = tuple(row for row in made.doubles if _other(row) not in locators)
        report = Building(stage, decisions.load(stage.target / decisions.NAME), 0.0).merge_again(replace(made, documents=rest, doubles=doubles))
        _forget(Cache(stage.target / "cache"), rest)
    return report.manifest


def _one(made: Manifest, words: str) -> Built:
    name = words.strip("<>").removeprefix(BASE).removeprefix("doc/")
    fits = [built for built in made.documents if name in (built.name, built.locator, built.title, built.locator.rsplit("/", 1)[-1])]
    if len(fits) == 1:
        return fits[0]
    known = ", ".join(built.locator for built in fits or made.documents)
    raise GraphError(f"{words!r} is {'one of several documents' if fits else 'no document of this graph'}; there are: {known}")


def _other(row: LeftOut) -> str:
    """The locator of the document that a double is the same as."""
    return row.reason.rsplit(" as ", 1)[-1]


def _forget(cache: Cache, rest: tuple[Built, ...]) -> None:
    """What was read of documents that are gone is not kept either."""
    kept = {(built.name, built.digest) for built in rest}
    cache.keep({key for key in cache.held() if (reading := cache.get(key)) and (reading.name, reading.digest) in kept})
