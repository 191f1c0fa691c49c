"""A graph's directory opened for questions about its facts: its lines, its merges, its sources and what was measured of its extractors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg import ontology
from kg.errors import GraphError
from kg.trust import sources
from kg.trust.ledger import Ledger, lines
from kg.trust.why import Reasons

MEASURED = "evaluation.json"  # written by `kg evaluate --into`


@contextmanager
def reasons(folder: Path, texts: Path | None = None) -> Iterator[Reasons]:
    """Questions to a graph's directory; `texts` is a folder with the sources, else they are looked for from here."""
    ledger = Ledger(lines(folder))
    with sources.found(sources.wanted(ledger, folder), texts) as found:
        there = {source.wanted.document: source.text for source in found if source.text is not None}
        yield Reasons(ledger, merges(folder), there, precisions(folder))


def merges(folder: Path) -> list[dict[str, Any]]:
    """The rows of what was merged and what was not."""
    path = folder / "merges.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def precisions(folder: Path) -> dict[str, float]:
    """How often each extractor was right: as an evaluation left it in the directory, else as it was measured before release.

    What ships (`ontology/evaluation.json`) is measured on documents that no rule was made for, `tests/gold_blind`.
    """
    try:
        own = folder / MEASURED
        measured = json.loads((own if own.exists() else ontology.folder() / MEASURED).read_text("utf-8"))
        return {extractor: float(row["precision"]) for extractor, row in measured["extractors"].items()}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GraphError(f"{folder / MEASURED} is damaged; write it again with `kg evaluate GOLD_DIR --into {folder}`") from error
