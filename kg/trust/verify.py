"""Whether a graph is true to its texts: every source, passage, claim and fact looked at again.

Nothing is read anew: the names that were made from what was said, and the words that stand in the sources, must still agree.
`kg.trust.again` reads the sources anew, which is slower and finds whatever else differs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg import links, manifest
from kg.links import Link
from kg.merge.triples import node
from kg.stores.oxigraph import OnDisk
from kg.trust import checks, sources
from kg.trust.checks import Problem, Subject
from kg.trust.ledger import EVIDENCE, Claim, Ledger, lines, plain
from kg.trust.nodes import nodes
from kg.trust.opened import merges
from kg.trust.origins import Origins
from kg.trust.sources import Found

VOCABULARY = "vocabulary"  # the rule of what another version of the vocabulary explains as well as a change by hand does
CHECKS = (checks.documents, checks.passages, checks.claims, checks.facts, nodes)


@dataclass(frozen=True, slots=True)
class Hanging:
    """A source that is not as it was: how many claims rest on it, and the facts that rest on such sources alone."""

    source: Found
    claims: int
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: problems in the order of the checks, how much was looked at, and the sources that could not be."""

    claims: int
    documents: int
    problems: tuple[Problem, ...]
    hanging: tuple[Hanging, ...]


def verify(place: Path, texts: Path | None = None) -> Verdict:
    """Checks a graph's directory or RDF file; `texts` is a folder with the sources, else they are looked for from here."""
    folder = place if place.is_dir() else None
    graph = lines(place)
    ledger = Ledger(graph)
    with sources.found(sources.wanted(ledger, folder), texts) as found:
        there = {source.wanted.document: source.text for source in found if source.text is not None}
        there |= {node(f"doc/{link.document}"): links.text(link) for link in (links.load(folder) if folder else ())}
        lost = [source for source in found if source.text is None and source.wanted.document not in there]
    problems = (*_stored(graph, place), *examine(ledger, there, _equal(folder), _counts(folder)))
    return Verdict(len(ledger.claims), len(found), problems, tuple(_hanging(ledger, lost)))


def examine(
    ledger: Ledger, texts: Mapping[str, str], equal: Mapping[str, tuple[str, ...]] | None = None, counts: Mapping[str, int] | None = None
) -> list[Problem]:
    """All that does not hold: `texts` by document, `equal` nodes by the one that stayed, `counts` of claims by document."""
    subject = Subject(ledger, Origins(ledger, equal), texts)
    found = [problem for check in CHECKS for problem in check(subject)]
    return [*found, *_miscounted(ledger, counts)] if counts else found


def rows(verdict: Verdict, problems: list[Problem]) -> dict[str, object]:
    """A verdict as JSON has it."""
    lost = [
        {
            "document": plain(each.source.wanted.document),
            "locator": each.source.wanted.locator,
            "state": each.source.state,
            "claims": each.claims,
            "facts": each.facts,
        }
        for each in verdict.hanging
    ]
    found = [{"rule": problem.rule, "thing": plain(problem.thing), "message": problem.message} for problem in problems]
    return {"claims": verdict.claims, "documents": verdict.documents, "problems": found, "sources": lost}


def _equal(folder: Path | None) -> dict[str, tuple[str, ...]]:
    """Nodes that were merged for having the same parts, as the graph's directory tells it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in merges(folder) if folder else ():
        if row["merged"] and row["rule"] == "same parts":
            found[f"<{row['canonical']}>"].append(f"<{row['other']}>")
    return {canonical: tuple(others) for canonical, others in found.items()}


def _counts(folder: Path | None) -> dict[str, int]:
    """How many claims each document had when the graph was built."""
    made = manifest.read(folder) if folder else None
    records = {node(f"doc/{link.document}"): _claims_of(link) for link in (links.load(folder) if folder else ())}
    return {node(f"doc/{built.name}"): built.facts for built in made.documents} | records if made else {}


def _claims_of(link: Link) -> int:
    """How many claims a record gives."""
    return sum(f" {EVIDENCE} " in line for line in links.attached(link).lines)


def _miscounted(ledger: Ledger, counts: Mapping[str, int]) -> Iterator[Problem]:
    """A claim that is gone leaves no other trace where a second one states the same."""
    there = Counter(claim.document for claim in ledger.claims)
    for document, number in sorted(counts.items()):
        if there[document] != number:
            yield Problem("count", document, f"has {there[document]:,} claims, and had {number:,} when the graph was built")


def _stored(graph: list[str], place: Path) -> Iterator[Problem]:
    """What queries are answered from holds as much as what was checked."""
    if (place / "store").is_dir() and (number := len(OnDisk().open(place / "store"))) != len(set(graph)):
        yield Problem("store", place.name, f"has {number:,} statements, and graph.nt has {len(set(graph)):,}; build again")


def _hanging(ledger: Ledger, lost: list[Found]) -> Iterator[Hanging]:
    """What rests on sources that are not there."""
    if not lost:
        return
    without = {source.wanted.document for source in lost}
    by_fact: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    by_document: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        by_fact[claim.subject, claim.predicate, claim.object or ""].add(claim.document)
        by_document[claim.document].append(claim)
    for source in lost:
        claims = by_document[source.wanted.document]
        alone = {checks.said(claim) for claim in claims if by_fact[claim.subject, claim.predicate, claim.object or ""] <= without}
        yield Hanging(source, len(claims), tuple(sorted(alone)))
