"""Places the nodes of a network, the same for the same network on every run."""

from __future__ import annotations

import random
from collections.abc import Sequence

import igraph

SPACE = 90.0
WIDE = 1.5  # screens are wider than high, and labels need room at their sides
SEED = 20_000


def positions(count: int, edges: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
    """A place for each of `count` nodes, in pixels around (0, 0), by Fruchterman and Reingold's forces."""
    if not count:
        return []
    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311 - for a picture
    graph = igraph.Graph(n=count, edges=sorted({(min(edge), max(edge)) for edge in edges}))
    layout = graph.layout_fruchterman_reingold(niter=500)
    layout.center()
    x_spread, y_spread = (max(values) - min(values) or 1.0 for values in zip(*layout.coords, strict=True))
    scale = SPACE * count**0.5 / max(x_spread, y_spread)
    return [(round(x * scale * WIDE, 1), round(y * scale, 1)) for x, y in layout.coords]
