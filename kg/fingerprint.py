"""What a result depends on besides its document: the code, the vocabulary and other people's plug-ins, as one digest.

The code itself is taken, not a version that somebody must remember to raise.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

from kg import ontology

_DATA = (".py", ".txt")
_AFTER_BUILDING = frozenset({"cli", "evaluation", "exporters", "service", "trust"})  # rooms that only look at a graph
_AFTER_READING = _AFTER_BUILDING | {"merge"}
_DOORS = ("kg.readers", "kg.annotators", "kg.extractors")


@cache
def of_reading() -> str:
    """Changes whenever a document may be read otherwise."""
    return _digest(_AFTER_READING)


@cache
def of_building() -> str:
    """Changes whenever the same readings may give another graph."""
    return _digest(_AFTER_BUILDING)


def combined(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def files_of_reading() -> list[Path]:
    """The code and the word lists that a reading may depend on, in order."""
    return _files(_AFTER_READING)


def files_of_building() -> list[Path]:
    """The same of a graph."""
    return _files(_AFTER_BUILDING)


def _files(without: frozenset[str]) -> list[Path]:
    home = Path(str(files("kg")))
    return sorted(path for path in home.rglob("*") if path.suffix in _DATA and without.isdisjoint(path.relative_to(home).parts))


def _digest(without: frozenset[str]) -> str:
    home = Path(str(files("kg")))
    vocabulary = sorted(path for path in ontology.folder().iterdir() if path.suffix in (".ttl", ".toml"))
    named = [*((path.relative_to(home).as_posix(), path) for path in _files(without)), *((path.name, path) for path in vocabulary)]
    texts = [f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for name, path in named]
    return combined(*texts, *_plugins(), *_asked())


def _asked() -> list[str]:
    """The endpoint and the model that the extractor `asked` asks, if one is named."""
    return [os.environ[name] for name in ("KG_ASK_URL", "KG_ASK_MODEL") if name in os.environ]


def _plugins() -> list[str]:
    points = [point for door in _DOORS for point in entry_points(group=door)]
    return sorted(f"{point.group} {point.name} {point.value} {point.dist.version if point.dist else ''}" for point in points)
