"""Extracts every document that has a gold file, and scores it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg import rdf
from kg.errors import InputError
from kg.evaluation import gold
from kg.evaluation.scoring import Scores, score
from kg.model import Fact
from kg.pipeline import extract, read


def measure(documents: Path, golds: Path) -> dict[str, Scores]:
    """The scores of each document by its name, in the order of the names; `InputError` if there is no gold file."""
    found = {document.name: score(_lines(document), gold.load(path)) for document, path in pairs(documents, golds)}
    if not found:
        raise InputError(str(golds), f"holds no gold file NAME.json for a document NAME in {documents}")
    return found


def pairs(documents: Path, golds: Path) -> Iterator[tuple[Path, Path]]:
    """Documents with their gold: `notes.md` and `notes.md.json`."""
    for path in sorted(golds.glob("*.json")):
        document = documents / path.stem
        if document.is_file():
            yield document, path


def _lines(path: Path) -> list[str]:
    document = read(path)
    return rdf.lines(document, [finding for finding in extract(document) if isinstance(finding, Fact)])
