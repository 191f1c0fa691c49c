"""Takes a document out of a graph: what only it said goes with it, and nothing else.

The graph is merged again from what was read from the other documents, so the result has the bytes of a graph built without it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from kg import fingerprint, manifest
from kg.cache import Cache, Reading
from kg.errors import GraphError
from kg.identity import BASE
from kg.inputs import Input
from kg.manifest import Built, LeftOut, Manifest
from kg.merge import decisions
from kg.pipeline import MADE, _Build
from kg.staging import Stage, staged


def remove(folder: Path, documents: Iterable[str]) -> Manifest:
    """Removes documents that are named by locator, title, name or address.

    `GraphError` if one is not in the graph, if several fit, if none would be left, or if the graph's cache is not of this version.
    """
    with staged(folder, MADE) as stage:
        made = manifest.read(stage.target)
        if made is None:
            raise GraphError(f"{folder} was made by another version; build it again with `kg build`, without the document")
        gone = {_one(made, words).name for words in documents}
        rest = [built for built in made.documents if built.name not in gone]
        if not rest:
            raise GraphError("nothing would be left; remove the graph's directory instead")
        return _merged_again(stage, made, rest)


def _merged_again(stage: Stage, made: Manifest, rest: list[Built]) -> Manifest:
    decided = decisions.load(stage.target / decisions.NAME)
    work = _Build(stage, decided, 0.0)
    work.cache.adopt(stage.target / "cache")
    kept = {built.name: _cached(work.cache, built) for built in rest}
    work.cache.keep({key for key, _ in kept.values()})
    locators = {built.locator for built in rest}
    doubles = tuple(row for row in made.doubles if _other(row) in locators)
    state = fingerprint.combined(
        fingerprint.of_building(), str(0.0), repr(decided), *(f"{key} {built.locator}" for built in sorted(rest, key=_locator) for key in (kept[built.name][0],)), *map(repr, doubles)
    )
    left = Manifest(state, (), doubles, made.failures)
    new = work._write([(Input(built.locator, Path(built.locator)), kept[built.name][1]) for built in rest], left)
    work._fill_store()
    stage.swap(MADE)
    return new


def _one(made: Manifest, words: str) -> Built:
    name = words.strip("<>").removeprefix(BASE).removeprefix("doc/")
    fits = [built for built in made.documents if name in (built.name, built.locator, built.title, built.locator.rsplit("/", 1)[-1])]
    if len(fits) == 1:
        return fits[0]
    known = ", ".join(built.locator for built in fits or made.documents)
    raise GraphError(f"{words!r} is {'one of several documents' if fits else 'no document of this graph'}; there are: {known}")


def _cached(cache: Cache, built: Built) -> tuple[str, Reading]:
    for path in sorted(cache.folder.glob("*.facts")):
        with path.open(encoding="utf-8") as file:
            about = json.loads(file.readline())
        if about["name"] == built.name and about["digest"] == built.digest and (reading := cache.get(path.stem)):
            return path.stem, reading
    raise GraphError(f"what was read from {built.locator} is not in the graph's cache; build again without the document")


def _locator(built: Built) -> str:
    return built.locator


def _other(row: LeftOut) -> str:
    """The locator of the document that a double is the same as."""
    return row.reason.rsplit(" as ", 1)[-1]
