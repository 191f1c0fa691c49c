"""The graph as JSON-LD with short names, whole in itself: the context of the ontology stands at the top of the file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kg import ontology
from kg.protocols import Store


class JsonLd:
    """Compacted JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/), one object for each thing, in the order of their names."""

    name = "jsonld"
    suffix = ".jsonld"
    media_type = "application/ld+json"
    summary = "RDF as JSON with short names"

    def export(self, store: Store) -> Iterator[bytes]:
        import rdflib

        context = json.loads((ontology.folder() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
        graph = rdflib.Graph().parse(data=ox.serialize(store, format=ox.RdfFormat.N_TRIPLES), format="nt")
        found = json.loads(graph.serialize(format="json-ld", context=context))
        things = sorted(found.get("@graph", ()), key=lambda thing: str(thing["id"]))
        whole = {"@context": context, "@graph": [_in_order(thing) for thing in things]}
        yield (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _in_order(thing: dict[str, Any]) -> dict[str, Any]:
    """Name and type first, then the properties by name, several values sorted."""
    properties = {name: thing[name] for name in sorted(thing, key=lambda name: (name != "id", name != "type", name))}
    return {name: sorted(value, key=json.dumps) if isinstance(value, list) else value for name, value in properties.items()}
