"""What a graph directory says of itself: which documents it was made from, what they gave, what was left out and why.

It holds no clock and no absolute path, so that the same corpus gives the same bytes anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

from kg.ontology import PREFIXES

FORMAT = 1
NAME = "manifest.json"
_COUNTED = {
    f"<{PREFIXES['schema']}ScholarlyArticle>": "papers",
    f"<{PREFIXES['schema']}Person>": "people",
    f"<{PREFIXES['skos']}Concept>": "topics",
    f"<{PREFIXES['schema']}Review>": "reviews",
}
_TYPE = f"<{PREFIXES['rdf']}type>"


@dataclass(frozen=True, slots=True)
class Built:
    """A document that is in the graph; `rejected` counts its refusals by reason."""

    name: str
    locator: str
    title: str
    digest: str
    papers: int
    facts: int
    rejected: dict[str, int]


@dataclass(frozen=True, slots=True, order=True)
class LeftOut:
    """A document that is not in the graph, and why."""

    locator: str
    reason: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`inputs` is a digest of all that the graph depends on; `doubles` are documents that the graph holds under another locator."""

    inputs: str
    documents: tuple[Built, ...]
    doubles: tuple[LeftOut, ...] = ()
    failures: tuple[LeftOut, ...] = ()
    decisions: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        about = {"format": FORMAT, "tool": f"paperkg {version('paperkg')}", **asdict(self)}
        (folder / NAME).write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")


def read(folder: Path) -> Manifest | None:
    """The manifest of a graph directory; none if there is none that we understand."""
    try:
        about = json.loads((folder / NAME).read_text("utf-8"))
        if about.pop("format") != FORMAT or about.pop("tool") != f"paperkg {version('paperkg')}":
            return None
        documents = tuple(Built(**row) for row in about.pop("documents"))
        doubles, failures = (tuple(LeftOut(**row) for row in about.pop(name)) for name in ("doubles", "failures"))
        return Manifest(documents=documents, doubles=doubles, failures=failures, decisions=tuple(about.pop("decisions")), **about)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def counts(lines: Iterable[str], facts: int, merges: int) -> dict[str, int]:
    """How much a graph holds, by kind, from its N-Triples lines."""
    found = dict.fromkeys(_COUNTED.values(), 0) | {"facts": facts, "merges": merges, "triples": 0}
    for line in lines:
        found["triples"] += 1
        _, predicate, rest = line.split(" ", 2)
        if predicate == _TYPE and (kind := _COUNTED.get(rest[:-2])):
            found[kind] += 1
    return found
