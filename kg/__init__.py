"""paperkg: a knowledge graph of papers, read from the reviews that people write about them.

import kg
kg.build("reviews/", out="graph")
graph = kg.open("graph")
for row in graph.ask("papers-by-method", method="CLAP"):
    print(row["title"].value)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.graph import open_graph as open  # noqa: A004 - `kg.open` is how it is said
    from kg.pipeline import build

__all__ = ["Graph", "build", "open"]
_HOMES = {"Graph": ("kg.graph", "Graph"), "open": ("kg.graph", "open_graph"), "build": ("kg.pipeline", "build")}


def __getattr__(name: str) -> object:
    """Imports what is asked for, so that `import kg` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
