"""Groups what is closely joined, and names each group by the topics that tell it apart from the others."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import igraph

SEED = 20_000
LEAST = 8  # nodes; smaller groups get no name
NAMES = 2


@dataclass(frozen=True, slots=True)
class Community:
    """A group of nodes: its members' numbers, and a name; the name is empty where no topic stands for it."""

    name: str
    members: tuple[int, ...]


def communities(count: int, edges: Sequence[tuple[int, int]], weights: Sequence[float], topics: Mapping[int, str]) -> tuple[Community, ...]:
    """Communities of Leiden's algorithm (https://doi.org/10.1038/s41598-019-41695-z), the largest first; `topics` gives labels to name them by."""
    if not edges:
        return ()
    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311 - for a picture
    graph = igraph.Graph(n=count, edges=edges)
    found = graph.community_leiden(objective_function="modularity", weights=list(weights), n_iterations=8)
    groups = sorted((tuple(sorted(group)) for group in found if len(group) >= LEAST), key=lambda group: (-len(group), group))
    names = _names(groups, edges, topics)
    return tuple(Community(names[number], group) for number, group in enumerate(groups))


def _names(groups: Sequence[tuple[int, ...]], edges: Sequence[tuple[int, int]], topics: Mapping[int, str]) -> list[str]:
    """For each group the topics with most edges within it; an edge counts by the part of the topic's edges that stay in the group."""
    home = {node: number for number, group in enumerate(groups) for node in group}
    inside: defaultdict[int, Counter[int]] = defaultdict(Counter)
    degree: Counter[int] = Counter()
    for edge in edges:
        for topic, other in (edge, edge[::-1]):
            if topic in topics:
                degree[topic] += 1
                inside[home.get(other, -1)][topic] += 1
    named = []
    for number in range(len(groups)):
        score = {topic: many * many / degree[topic] for topic, many in inside[number].items() if home.get(topic) == number}
        best = sorted(score, key=lambda topic: (-score[topic], topics[topic], topic))[:NAMES]
        named.append(" · ".join(topics[topic] for topic in best))
    return named
