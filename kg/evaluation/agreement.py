"""How far two people who annotated the same documents agree.

Where one of a few answers is given, as a role or an opinion, it is Cohen's kappa (Cohen 1960, "A Coefficient of Agreement for Nominal
Scales").  Where names are listed nobody can count what both rightly left out; kappa then tends to F1, which is given instead (Hripcsak,
Rothschild 2005, "Agreement, the F-Measure, and Reliability in Information Retrieval").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.evaluation import gold, names
from kg.evaluation.gold import Gold, GoldPaper
from kg.evaluation.tally import Tally, compared

_TITLE = 0.9
_CHOICES = ("role", "opinion", "et_al")
_LISTS = ("authors", "awards", "reviewers", "sections", "organizations")


@dataclass(frozen=True, slots=True)
class Agreement:
    """One field: `measure` is kappa or F1, `value` from -1 or 0 to 1, over so many answers."""

    field: str
    measure: str
    value: float
    answers: int


def agreement(documents: Path, one: Path, other: Path) -> list[Agreement]:
    """The agreement of two folders of gold files on some documents; `InputError` if they have none in common."""
    both = sorted({path.name for _, path in gold.pairs(documents, one)} & {path.name for _, path in gold.pairs(documents, other)})
    if not both:
        raise InputError(str(other), f"has no gold file of a document that {one} has one of too")
    choices: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    lists: defaultdict[str, Tally] = defaultdict(Tally)
    for name in both:
        first, second = gold.load(one / name), gold.load(other / name)
        pairs = list(_same(first, second))
        lists["papers"].add(Tally(len(second.papers), len(pairs), len(first.papers), len(pairs)))
        for ours, theirs in pairs:
            _compare(ours, theirs, choices, lists)
    kappas = [Agreement(field, "kappa", kappa(answers), len(answers)) for field, answers in sorted(choices.items())]
    return kappas + [Agreement(field, "F1", tally.f1, tally.given + tally.due) for field, tally in lists.items()]


def kappa(answers: Sequence[tuple[str, str]]) -> float:
    """Agreement beyond chance of pairs of answers; 1 if both always gave the one same answer."""
    total = len(answers)
    seen = sum(one == other for one, other in answers) / total
    ours, theirs = Counter(one for one, _ in answers), Counter(other for _, other in answers)
    chance = sum(ours[answer] * theirs[answer] for answer in ours) / total**2
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def _compare(ours: GoldPaper, theirs: GoldPaper, choices: defaultdict[str, list[tuple[str, str]]], lists: defaultdict[str, Tally]) -> None:
    for field in _CHOICES:
        choices[field].append((str(getattr(ours, field)), str(getattr(theirs, field))))
    for field in _LISTS:
        fold = names.person if field in ("authors", "reviewers") else names.folded
        due, given = ([{fold(name)} for name in getattr(paper, field)] for paper in (ours, theirs))
        lists[field].add(compared("", given, due, same=names.alike))
    optional = [names.all_folded(concept) for concept in (*ours.optional, *ours.introduces)]
    lists["concepts"].add(compared("", _concepts(theirs), _concepts(ours), optional, names.alike))
    lists["introduces"].add(compared("", map(names.all_folded, theirs.introduces), map(names.all_folded, ours.introduces), same=names.alike))


def _concepts(paper: GoldPaper) -> list[frozenset[str]]:
    return [names.all_folded(concept) for _, concept in paper.concepts]


def _same(first: Gold, second: Gold) -> Iterator[tuple[GoldPaper, GoldPaper]]:
    """Papers that both annotated, each taken once."""
    left = list(second.papers)
    for ours in first.papers:
        theirs = next((paper for paper in left if _is(ours, paper)), None)
        if theirs is not None:
            left.remove(theirs)
            yield ours, theirs


def _is(one: GoldPaper, other: GoldPaper) -> bool:
    if one.title and other.title:
        return names.similar(names.folded(one.title), names.folded(other.title), _TITLE) > 0
    return bool(set(map(names.address, one.addresses)) & set(map(names.address, other.addresses)))
