"""The little that the first picture of the map is drawn from: places, kinds and sizes of all things, some names, some lines."""

from __future__ import annotations

from typing import Any

MOST_NAMES = 500
MOST_LINES = 5_000


def sketch(data: dict[str, Any]) -> dict[str, Any]:
    """A part of the page's value, in columns; `kind` counts in `kinds`."""
    nodes = data["nodes"]
    kinds = sorted({node[1] for node in nodes})
    number = {kind: place for place, kind in enumerate(kinds)}
    step = 3 * max(1, -(-len(data["edges"]) // (3 * MOST_LINES)))
    foremost = sorted(range(len(nodes)), key=lambda node: (-nodes[node][7], node))[:MOST_NAMES]
    return {
        "kinds": kinds,
        "kind": [number[node[1]] for node in nodes],
        "x": [round(node[4]) for node in nodes],
        "y": [round(node[5]) for node in nodes],
        "community": [node[6] for node in nodes],
        "attention": [node[7] for node in nodes],
        "labels": {str(node): nodes[node][2] for node in sorted(foremost)},
        "communities": data["communities"],
        "edges": [part for edge in range(0, len(data["edges"]), step) for part in data["edges"][edge : edge + 3]],
    }
