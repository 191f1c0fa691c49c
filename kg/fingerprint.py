"""What a result depends on besides its document: the code, the vocabulary and other people's plug-ins, as one digest.

The code itself is taken, not a version that somebody must remember to raise.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

from kg import ontology

_READING = (
    "readers/**/*.py",
    "annotators/**/*.py",
    "extractors/**/*.py",
    "language/**/*.py",
    "model.py",
    "identity.py",
    "ontology.py",
    "rdf.py",
    "pipeline.py",
    "cache.py",
)
_DOORS = ("kg.readers", "kg.annotators", "kg.extractors")


@cache
def of_reading() -> str:
    """Changes whenever a document may be read otherwise."""
    return _digest(_READING)


@cache
def of_building() -> str:
    """Changes whenever the same readings may give another graph."""
    return _digest((*_READING, "merge/*.py", "manifest.py", "links.py", "records/record.py"))


def combined(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _digest(patterns: Iterable[str]) -> str:
    home = Path(str(files("kg")))
    paths = sorted({path for pattern in patterns for path in home.glob(pattern)})
    vocabulary = sorted(path for path in ontology.folder().iterdir() if path.suffix in (".ttl", ".toml"))
    texts = [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in (*paths, *vocabulary)]
    return combined(*texts, *_plugins(), *_asked())


def _asked() -> list[str]:
    """The endpoint and the model that the extractor `asked` asks, if one is named."""
    return [os.environ[name] for name in ("KG_ASK_URL", "KG_ASK_MODEL") if name in os.environ]


def _plugins() -> list[str]:
    points = [point for door in _DOORS for point in entry_points(group=door)]
    return sorted(f"{point.group} {point.name} {point.value} {point.dist.version if point.dist else ''}" for point in points)
