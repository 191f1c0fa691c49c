"""The graph as one HTML page that opens without a network: pyvis makes the data, vis-network (out of the pyvis package) draws it.

pyvis's own page is not used: it loads files from other servers, and runs script out of titles.  Here every text of a document is
JSON until the page puts it into an element as text, and a content security policy refuses all else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from string import Template
from typing import Any

from kg.exporters.pyvis.layout import positions
from kg.network import Edge, Network, Node, network
from kg.protocols import Store

MAX_NODES = 1_000
MAX_MOVING = 300
SENTENCES = 3
SENTENCE_LENGTH = 400
# Colours of Okabe and Ito's palette, https://jfly.uni-koeln.de/color/, told apart by shape as well.
STYLES = {
    "Paper": ("dot", "#0072b2"), "Person": ("square", "#d55e00"), "Topic": ("diamond", "#999999"), "Task": ("diamond", "#e69f00"),
    "Method": ("diamond", "#009e73"), "Dataset": ("diamond", "#cc79a7"), "Metric": ("diamond", "#8c6d31"), "Document": ("triangle", "#56b4e9"),
    "Review": ("triangleDown", "#6a3d9a"), "Event": ("star", "#b15928"), "EventSeries": ("star", "#e31a1c"), "Periodical": ("star", "#fb9a99"),
    "Organization": ("square", "#444444"), "List": ("triangle", "#33a02c"), "Award": ("star", "#f0c000"), "Result": ("hexagon", "#1b7837"),
    "Resource": ("hexagon", "#a6cee3"),
}  # fmt: skip
SIGNS = {"dot": "●", "square": "■", "diamond": "◆", "triangle": "▲", "triangleDown": "▼", "star": "★", "hexagon": "⬢"}
_VIS = "templates/lib/vis-9.1.2/vis-network.min.js"


class Pyvis:
    """One HTML file with the most connected nodes, their edges, and the sentences behind them."""

    name = "pyvis"
    suffix = ".html"
    media_type = "text/html"
    summary = "an interactive page, one file, no network needed"

    def export(self, store: Store) -> Iterator[bytes]:
        whole = network(store)
        shown = most_connected(whole, MAX_NODES)
        yield page(_data(whole, shown)).encode()


def most_connected(whole: Network, limit: int) -> Network:
    """The `limit` nodes with the most edges, ties by IRI, and the edges among them."""
    degree = _degrees(whole.edges)
    kept = sorted(whole.nodes, key=lambda node: (-degree[node.iri], node.iri))[:limit]
    names = {node.iri for node in kept}
    return Network(tuple(sorted(kept)), tuple(edge for edge in whole.edges if edge.source in names and edge.target in names))


def page(data: dict[str, Any]) -> str:
    """The page around its data; the policy names the digests of the scripts that may run."""
    here = files(__package__)
    # A source map would be fetched by a browser's developer tools.
    library = (files("pyvis") / _VIS).read_text(encoding="utf-8").split("//# sourceMappingURL")[0]
    script, style = ((here / name).read_text(encoding="utf-8") for name in ("page.js", "page.css"))
    return Template((here / "page.html").read_text(encoding="utf-8")).substitute(
        library=library, script=script, style=style, data=_json(data), scripts=f"{_digest(library)} {_digest(script)}", styles=_digest(style)
    )


def _data(whole: Network, shown: Network) -> dict[str, Any]:
    from pyvis.network import Network as PyvisNetwork

    drawing = PyvisNetwork(directed=True)
    numbers = {node.iri: number for number, node in enumerate(shown.nodes)}
    degree = _degrees(shown.edges)
    places = positions(len(numbers), [(numbers[edge.source], numbers[edge.target]) for edge in shown.edges])
    for node, (x, y) in zip(shown.nodes, places, strict=True):
        shape, colour = STYLES[node.kind]
        value = degree[node.iri]
        drawing.add_node(numbers[node.iri], _folded(node), shape, colour, x=x, y=y, value=value, kind=node.kind, name=node.label, iri=node.iri)
    for (source, target), facts in _facts(shown.edges).items():
        drawing.add_edge(numbers[source], numbers[target], facts=facts)
    nodes, edges, *_ = drawing.get_network_data()
    kinds = {node.kind for node in shown.nodes}
    legend = {kind: (SIGNS[shape], colour) for kind, (shape, colour) in STYLES.items() if kind in kinds}
    return {"nodes": nodes, "edges": edges, "kinds": legend, "note": _note(whole, shown), "moving": len(nodes) <= MAX_MOVING}


def _facts(edges: tuple[Edge, ...]) -> dict[tuple[str, str], list[list[Any]]]:
    """All facts between two nodes on one line: each its predicate and the first sentences that state it."""
    found: dict[tuple[str, str], list[list[Any]]] = defaultdict(list)
    for edge in edges:
        found[edge.source, edge.target].append([edge.predicate, [_cut(sentence) for sentence in edge.sentences[:SENTENCES]]])
    return found


def _note(whole: Network, shown: Network) -> str:
    counts = f"{len(shown.nodes):,} nodes, {len(shown.edges):,} facts"
    if len(shown.nodes) == len(whole.nodes):
        return counts
    return f"{counts}: the most connected of {len(whole.nodes):,} nodes and {len(whole.edges):,} facts. The other exports hold them all."


def _degrees(edges: tuple[Edge, ...]) -> dict[str, int]:
    degree: dict[str, int] = defaultdict(int)
    for edge in edges:
        degree[edge.source] += 1
        degree[edge.target] += 1
    return degree


def _folded(node: Node) -> str:
    """A label of at most two short lines."""
    lines, line = [], ""
    for word in node.label.split():
        if line and len(line) + len(word) > 24:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    lines.append(line)
    return "\n".join(lines[:2]) + ("…" if len(lines) > 2 else "")


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= SENTENCE_LENGTH else sentence[: SENTENCE_LENGTH - 1] + "…"


def _json(data: dict[str, Any]) -> str:
    """JSON that no parser of HTML or of old JavaScript mistakes for markup."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return "".join(f"\\u{ord(c):04x}" if c in "<>&\u2028\u2029" else c for c in text)


def _digest(text: str) -> str:
    """What a content security policy calls a script by, https://www.w3.org/TR/CSP3/#match-element-to-source-list."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
