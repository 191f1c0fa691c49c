"""Measures the extraction on all gold sets and pins the figures as floors: `python tests/pin_floors.py [--allow-regression]`.

A floor is kept beside the SHA-256 of the gold that it was measured on.  Pinning refuses to lower a floor unless it is told to; say why
in the changelog then.  Sets whose documents are not on this machine keep the floors that they have.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import math
import sys
import warnings
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

from kg import rdf
from kg.evaluation.measuring import measure, pairs
from kg.evaluation.scoring import CORE, SEMANTIC, mean, total
from kg.model import Fact
from kg.pipeline import extract, read

TESTS = Path(__file__).resolve().parent
FLOORS = TESTS / "gold" / "floors.json"
CORPUS = TESTS.parent.parent / "shared" / "corpus"
VARIES = "concept kinds"  # the corpus' scorer takes the first of several concepts in no fixed order
ROUNDING = 1e-9  # two fifths are not exactly 0.4
Figures = dict[str, float]


@dataclass(frozen=True)
class GoldSet:
    """Documents, their gold, and who scores them."""

    name: str
    documents: Path
    gold: Path
    score: Callable[[Path, Path], Figures]

    @property
    def there(self) -> bool:
        return next(pairs(self.documents, self.gold), None) is not None

    @property
    def digest(self) -> str:
        parts = [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for _, path in pairs(self.documents, self.gold)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def ours(documents: Path, gold: Path) -> Figures:
    """F1 of each field, with the means, by the project's own scorer."""
    scores = total(measure(documents, gold).values())
    figures = {field: tally.f1 for field, tally in scores.items()}
    return figures | {"core": mean(scores, CORE), "semantic": mean(scores, SEMANTIC)}


def theirs(documents: Path, gold: Path) -> Figures:
    """The same by the scorer that came with the corpus, and what it says of the evidence."""
    scorer = corpus_scorer()
    tallies: defaultdict[str, object] = defaultdict(scorer.Tally)
    for document, path in pairs(documents, gold):
        text = read(document)
        lines = rdf.lines(text, [finding for finding in extract(text) if isinstance(finding, Fact)])
        with warnings.catch_warnings(action="ignore", category=ResourceWarning):  # it leaves the file to the garbage collector
            scorer.score_document(str(document), json.loads(path.read_text(encoding="utf-8")), "\n".join(lines).encode(), tallies)
    figures = {field: tally.f for field, tally in tallies.items() if field != VARIES}  # type: ignore[attr-defined]
    means = {name: sum(figures[field] for field in fields) / len(fields) for name, fields in (("core", scorer.CORE), ("semantic", scorer.SEMANTIC))}
    return figures | means


@cache
def corpus_scorer() -> ModuleType:
    """`score.py` of the corpus; it is not part of the project."""
    spec = importlib.util.spec_from_file_location("corpus_score", CORPUS / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SETS = (
    GoldSet("examples", TESTS.parent / "examples", TESTS / "gold", ours),
    GoldSet("blind", TESTS / "gold_blind", TESTS / "gold_blind", ours),
    GoldSet("practice", TESTS / "gold_practice", TESTS / "gold_practice", ours),
    GoldSet("seeds", CORPUS / "seeds", CORPUS / "gold", theirs),
    GoldSet("dev", CORPUS / "dev", CORPUS / "gold", theirs),
)


def pinned(old: Figures, measured: Figures, allow_regression: bool) -> Figures:
    """Measured figures as floors, three digits, rounded down; `ValueError` lists what would fall."""
    new = {field: math.floor(figure * 1000 + ROUNDING) / 1000 for field, figure in sorted(measured.items())}
    fallen = [f"{field} from {old[field]} to {new.get(field, 0.0)}" for field in sorted(old) if new.get(field, 0.0) < old[field]]
    if fallen and not allow_regression:
        raise ValueError("; ".join(fallen))
    return new


def below(floors: Figures, measured: Figures) -> list[str]:
    """What fell under its floor."""
    return [
        f"{field} {measured.get(field, 0.0):.3f} < {floor}" for field, floor in sorted(floors.items()) if measured.get(field, 0.0) < floor - ROUNDING
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--allow-regression", action="store_true", help="lower floors where the figures fell")
    allowed = parser.parse_args().allow_regression
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    for each in filter(lambda each: each.there, SETS):
        measured = each.score(each.documents, each.gold)
        try:
            figures = pinned(floors.get(each.name, {}).get("figures", {}), measured, allowed)
        except ValueError as error:
            sys.exit(f"{each.name} would fall: {error}; nothing was pinned")
        floors[each.name] = {"gold": each.digest, "figures": figures}
        print(f"{each.name}: papers {measured['papers']:.3f}, core {measured['core']:.3f}, semantic {measured['semantic']:.3f}")
    FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
