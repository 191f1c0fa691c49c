"""Reads the sources of a graph anew and merges them: whatever differs was changed by hand, or is read otherwise by this version.

It takes as long as a build from nothing, and finds every difference; `kg.trust.verify` looks at the graph alone and is fast.
"""

from __future__ import annotations

from pathlib import Path

from kg import links, vocabularies
from kg.errors import GraphError
from kg.merge import decisions
from kg.merge.merging import merge
from kg.merge.triples import node
from kg.pipeline import reading
from kg.trust import sources
from kg.trust.checks import Problem
from kg.trust.ledger import Ledger, lines


def again(folder: Path, texts: Path | None = None) -> list[Problem]:
    """What a graph's directory says and its sources do not, and the other way round.  `GraphError` if a source is not there."""
    graph = lines(folder)
    with sources.found(sources.wanted(Ledger(graph), folder), texts) as found:
        records = {node(f"doc/{link.document}") for link in links.load(folder)}
        read = [source for source in found if source.wanted.document not in records]
        if lost := [source.wanted.locator or source.wanted.title for source in read if source.file is None]:
            raise GraphError(f"these sources are not there as they were: {', '.join(lost)}; give their folder with --sources")
        readings = [reading(source.file) for source in read if source.file]
    attached = [*map(links.attached, links.load(folder)), *vocabularies.attached(vocabularies.load(folder))]
    merged = merge({each.name: each.lines for each in readings}, decisions.load(folder / decisions.NAME), attached)
    ours, theirs = set(graph), set(merged.lines)
    return [
        Problem("again", line.split(" ", 1)[0], f"{'the sources do not give' if line in ours else 'the graph lacks'}: {line}")
        for line in sorted(ours ^ theirs)
    ]
