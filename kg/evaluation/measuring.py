"""Extracts every document that has a gold file, and scores it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kg import rdf
from kg.errors import InputError
from kg.evaluation import gold
from kg.evaluation.gold import Gold, pairs
from kg.evaluation.judging import Judged, judge
from kg.evaluation.scoring import Scores, score
from kg.model import Document, Fact
from kg.pipeline import extract, read

__all__ = ["Measured", "measure", "measure_all", "pairs"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Measured:
    """One document with its gold, the scores of its fields, and its facts that the gold decides on."""

    document: Document
    gold: Gold
    scores: Scores
    judged: tuple[Judged, ...]


def measure(documents: Path, golds: Path) -> dict[str, Scores]:
    """The scores of each document by its name, in the order of the names; `InputError` if there is no gold file."""
    found = {document.name: score(_read(document)[2], gold.load(path)) for document, path in pairs(documents, golds)}
    return _some(found, documents, golds)


def measure_all(documents: Path, golds: Path) -> dict[str, Measured]:
    """As `measure`, with the documents and the verdict on each of their facts."""
    found = {document.name: _measured(document, gold.load(path)) for document, path in pairs(documents, golds)}
    return _some(found, documents, golds)


def _measured(path: Path, due: Gold) -> Measured:
    document, facts, lines = _read(path)
    return Measured(document, due, score(lines, due), tuple(judge(facts, lines, due)))


def _read(path: Path) -> tuple[Document, list[Fact], list[str]]:
    document = read(path)
    facts = [finding for finding in extract(document) if isinstance(finding, Fact)]
    return document, facts, rdf.lines(document, facts)


def _some(found: dict[str, T], documents: Path, golds: Path) -> dict[str, T]:
    if not found:
        raise InputError(str(golds), f"holds no gold file NAME.json for a document NAME in {documents}")
    return found
