"""Gold files: what careful readers say that a document states, one JSON file for each document.

The format is described in `docs/reference/gold.md`.  A concept is a list of names that are all acceptable for one thing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError

ROLES = frozenset({"reviewed", "cited"})
OPINIONS = frozenset({"positive", "negative", "mixed", "none"})
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldResult:
    """A value as printed; `metric` and `dataset` are those that the document ties it to."""

    value: str
    metric: str | None
    dataset: str | None


@dataclass(frozen=True, slots=True)
class GoldPaper:
    """What a document states about one paper; `concepts` holds kind and names of each, `anchor` is where its entry begins."""

    title: str | None
    role: str
    anchor: str
    authors: Names
    et_al: bool
    year: int | None
    venue: str | None
    addresses: Names
    links: Mapping[str, str]
    awards: Names
    reviewers: Names
    sections: Names
    organizations: Names
    opinion: str
    introduces: tuple[Names, ...]
    concepts: tuple[tuple[str, Names], ...]
    optional: tuple[Names, ...]
    results: tuple[GoldResult, ...]
    relations: tuple[tuple[str, str], ...]

    @property
    def named(self) -> tuple[Names, ...]:
        """All concepts that may rightly be given for the paper, of whatever kind."""
        return (*(names for _, names in self.concepts), *self.introduces, *self.optional)


@dataclass(frozen=True, slots=True)
class Gold:
    """All papers of one document."""

    papers: tuple[GoldPaper, ...]

    def problems(self, text: str) -> Iterator[str]:
        """What cannot be right about it, held against the document's text."""
        for paper in self.papers:
            who = paper.title or ", ".join(paper.addresses) or "a paper"
            if paper.role not in ROLES:
                yield f"{who}: the role is {' or '.join(sorted(ROLES))}, not {paper.role!r}"
            if paper.opinion not in OPINIONS:
                yield f"{who}: the opinion is one of {', '.join(sorted(OPINIONS))}, not {paper.opinion!r}"
            if paper.anchor not in text:
                yield f"{who}: the anchor {paper.anchor!r} does not stand in the document"
            if not paper.title and not paper.addresses:
                yield f"{who}: neither title nor address"


def load(path: Path) -> Gold:
    """A gold file; `InputError` names what is missing."""
    try:
        return Gold(tuple(_paper(row) for row in json.loads(path.read_text(encoding="utf-8"))["papers"]))
    except (ValueError, TypeError, AttributeError) as error:
        raise InputError(str(path), f"is no gold file: {error}") from error
    except KeyError as error:
        raise InputError(str(path), f"has no {error.args[0]!r}; docs/reference/gold.md lists the fields") from error


def pairs(documents: Path, golds: Path) -> Iterator[tuple[Path, Path]]:
    """Documents with their gold: `notes.md` and `notes.md.json`."""
    for path in sorted(golds.glob("*.json")):
        document = documents / path.stem
        if document.is_file():
            yield document, path


def _paper(row: dict[str, Any]) -> GoldPaper:
    kinds = {"Task": "tasks", "Method": "methods", "Dataset": "datasets", "Metric": "metrics"}
    addresses = (row["url"], row["arxiv"] and f"arxiv:{row['arxiv']}", row["doi"] and f"doi:{row['doi']}")
    return GoldPaper(
        title=row["title"],
        role=row["role"],
        anchor=row["anchor"],
        authors=tuple(row["authors"]),
        et_al=row["et_al"],
        year=row["year"],
        venue=row["venue"],
        addresses=tuple(address for address in addresses if address),
        links={link["url"]: link["kind"] for link in row["links"]},
        awards=tuple(row["awards"]),
        reviewers=tuple(row["reviewers"]),
        sections=tuple(row["sections"]),
        organizations=tuple(row["organizations"]),
        opinion=row["opinion"],
        introduces=tuple(map(tuple, row["introduces"])),
        concepts=tuple((kind, tuple(names)) for kind, field in kinds.items() for names in row[field]),
        optional=tuple(map(tuple, row["optional"])),
        results=tuple(GoldResult(result["value"], result["metric"], result["dataset"]) for result in row["results"]),
        relations=tuple((relation["type"], relation["target"]) for relation in row["relations"]),
    )
