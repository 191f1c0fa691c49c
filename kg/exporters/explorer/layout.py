"""Places the nodes of a network so that what belongs together stands together, the same for the same network on every run.

It begins with the places of DrL (Martin et al. 2011, https://doi.org/10.1117/12.871402), which finds the communities but leaves them
as small heaps far apart; of a few thousand small groups rather than of all nodes, for it takes much longer than the rest.  The forces of ForceAtlas2 (Jacomy et al. 2014, https://doi.org/10.1371/journal.pone.0098679), with the
logarithmic attraction of LinLog (Noack 2009, https://doi.org/10.1103/PhysRevE.79.026102), then give each node its room.  Their
repulsion is a convolution of the masses with 1/distance on a grid, by Fourier transform, so that a step takes time in proportion to
the nodes and the cells.
"""

from __future__ import annotations

import math
import random
from functools import cache
from typing import TypeAlias

import igraph
import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]

SEED = 20_000
FINENESS = 200.0  # the resolution of Leiden's algorithm at which a group is a handful of nodes
NEAR_GROUP = 0.6  # how far the first members of a group begin from its place, where one is the radius of a node's share of the picture
STEPS = 160
MOST_CELLS = 256  # on each side of the grid
FEWEST_CELLS = 32
REPULSION = 0.5
GRAVITY = 0.3
SPACING = 30.0  # pixels between neighbours, on average
WIDE = 1.25  # screens are wider than high
GAP = 3.0  # pixels between the rims of two nodes
LARGEST = 14.0  # pixels; a hub may cover others rather than push hundreds away
SPREADING_STEPS = 60
FAR = 0.9  # the share of nodes whose distance from the middle is kept; those further out are drawn nearer
NEARER = 0.15
_GOLDEN_ANGLE = np.pi * (3 - 5**0.5)


def positions(count: int, edges: Ints, weights: Floats, sizes: Floats) -> Floats:
    """Places in pixels around (0, 0), of shape (count, 2).

    `edges` has shape (m, 2), `weights` (m,) says how strongly each pulls, `sizes` (count,) are the radii that may not overlap.
    """
    if count < 2 or not len(edges):
        return np.round(_spiral(count) * SPACING, 1)
    settled = _drawn_in(_settle(_scaled(_communities_apart(count, edges, weights), np.sqrt(count)), edges, weights))
    return np.round(_spread(_scaled(settled, SPACING * np.sqrt(count) / 2) * np.array([WIDE, 1.0]), sizes), 1)


def _communities_apart(count: int, edges: Ints, weights: Floats) -> Floats:
    """Each node beside its group, the groups where DrL puts them."""
    group = _groups(count, edges, weights)
    sizes = np.bincount(group)
    pairs, pulls = _between(group[edges], weights)
    middles = _drl(len(sizes), pairs, pulls / np.sqrt(sizes[pairs].prod(axis=1)))
    place = np.empty(count, dtype=np.int64)
    place[np.argsort(group, kind="stable")] = np.arange(count) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return _scaled(middles, np.sqrt(count))[group] + NEAR_GROUP * _spiral(int(sizes.max()))[place]


def _groups(count: int, edges: Ints, weights: Floats) -> Ints:
    """The number of each node's group, by Leiden's algorithm."""
    _seed()
    found = igraph.Graph(n=count, edges=edges).community_leiden(
        objective_function="modularity", weights=weights.tolist(), resolution=FINENESS, n_iterations=4
    )
    return np.array(found.membership, dtype=np.int64)


def _between(edges: Ints, weights: Floats) -> tuple[Ints, Floats]:
    """Edges between different groups, each pair once, with the sum of their weights."""
    apart = edges[:, 0] != edges[:, 1]
    pairs, number = np.unique(np.sort(edges[apart], axis=1), axis=0, return_inverse=True)
    sums = np.bincount(number.ravel(), weights[apart], len(pairs)).astype(np.float64)
    return pairs, sums


def _drl(count: int, edges: Ints, weights: Floats) -> Floats:
    if not len(edges):
        return _spiral(count)
    _seed()
    return np.array(igraph.Graph(n=count, edges=edges).layout_drl(weights=weights.tolist()).coords, dtype=np.float64)


def _seed() -> None:
    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311 - for a picture


def _spiral(count: int) -> Floats:
    """Evenly spread starting places, as the seeds of a sunflower."""
    number = np.arange(count)
    radius, angle = np.sqrt(number + 0.5), number * _GOLDEN_ANGLE
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _settle(places: Floats, edges: Ints, weights: Floats) -> Floats:
    """Moves along the forces, with steps that shrink."""
    count = len(places)
    mass: Floats = np.bincount(edges.ravel(), np.repeat(weights, 2), count) + np.ones(count)
    radius = np.sqrt(count)
    strength = REPULSION * radius * np.log1p(radius) / mass.sum()  # so that the picture keeps its size
    for step in range(STEPS):
        force = strength * _repulsion(places, mass) + _attraction(places, edges, weights, count) - GRAVITY * mass[:, None] * _unit(places)
        move = force / mass[:, None]
        length = np.hypot(*move.T)[:, None] + 1e-12
        places = places + move / length * np.minimum(length, 0.1 * radius * (1 - step / STEPS))
        places = places - places.mean(axis=0)
    return places


def _attraction(places: Floats, edges: Ints, weights: Floats, count: int) -> Floats:
    source, target = edges.T
    apart = places[target] - places[source]
    distance = np.hypot(*apart.T) + 1e-9
    pull = apart * (weights * np.log1p(distance) / distance)[:, None]
    return np.stack([np.bincount(source, pull[:, axis], count) - np.bincount(target, pull[:, axis], count) for axis in (0, 1)], axis=1)


def _repulsion(places: Floats, mass: Floats) -> Floats:
    """Mass times mass over distance, summed over all pairs by convolution on a grid."""
    cells = _cells(len(places))
    low = places.min(axis=0)
    side = float((places.max(axis=0) - low).max()) / (cells - 2) + 1e-9
    corner, inside = np.divmod((places - low) / side, 1.0)
    corner = corner.astype(np.int64)
    shares = [(dx, dy, (inside[:, 0] if dx else 1 - inside[:, 0]) * (inside[:, 1] if dy else 1 - inside[:, 1])) for dx in (0, 1) for dy in (0, 1)]
    grid = np.zeros((cells, cells))
    for dx, dy, share in shares:
        np.add.at(grid, (corner[:, 0] + dx, corner[:, 1] + dy), mass * share)
    spectrum = np.fft.rfft2(grid, (2 * cells, 2 * cells))
    force = np.zeros_like(places)
    for axis, kernel in enumerate(_kernels(cells)):
        field = np.fft.irfft2(spectrum * kernel, (2 * cells, 2 * cells))[:cells, :cells] / side
        force[:, axis] = sum(field[corner[:, 0] + dx, corner[:, 1] + dy] * share for dx, dy, share in shares)
    return force * mass[:, None]


def _cells(count: int) -> int:
    """A side of the grid: four cells for each node along it, in powers of two, which the transform likes."""
    return min(MOST_CELLS, max(FEWEST_CELLS, 1 << math.ceil(math.log2(4 * count**0.5))))


@cache
def _kernels(cells: int) -> tuple[npt.NDArray[np.complex128], npt.NDArray[np.complex128]]:
    """Spectra of x/r² and y/r², softened within a cell."""
    line = np.fft.fftfreq(2 * cells, 1 / (2 * cells))
    x, y = np.meshgrid(line, line, indexing="ij")
    square = x**2 + y**2 + 0.25
    return np.fft.rfft2(x / square), np.fft.rfft2(y / square)


def _unit(places: Floats) -> Floats:
    length: Floats = np.hypot(*places.T)[:, None] + 1e-9
    return places / length


def _drawn_in(places: Floats) -> Floats:
    """What nothing joins to the rest drifts off: beyond the distance of most, distances grow as their logarithm."""
    places = places - np.median(places, axis=0)
    distance = np.hypot(*places.T)
    most = float(np.quantile(distance, FAR)) or 1.0
    ratio = np.maximum(distance / most, 1.0)
    nearer: Floats = places * ((1 + NEARER * np.log(ratio)) / ratio)[:, None]
    return nearer


def _scaled(places: Floats, extent: float) -> Floats:
    """Around the middle and of a size; a few that lie far out do not shrink the rest."""
    places = places - np.median(places, axis=0)
    return places * (extent / (float(np.quantile(np.abs(places), 0.95)) or 1.0))


def _spread(places: Floats, sizes: Floats) -> Floats:
    """Pushes apart circles that overlap, comparing each with those of its own and the neighbouring cells."""
    sizes = np.minimum(sizes, LARGEST)
    side = 2 * LARGEST + GAP
    for _ in range(SPREADING_STEPS):
        one, other = _near(places, side)
        apart = places[one] - places[other]
        distance = np.hypot(*apart.T)
        overlap = sizes[one] + sizes[other] + GAP - distance
        close = overlap > 0
        if not close.any():
            break
        one, other = one[close], other[close]
        push = apart[close] / (distance[close, None] + 1e-6) * overlap[close, None] * 0.25
        for axis in (0, 1):
            places[:, axis] += np.bincount(one, push[:, axis], len(places)) - np.bincount(other, push[:, axis], len(places))
    return places


def _near(places: Floats, side: float) -> tuple[Ints, Ints]:
    """Pairs of nodes in the same cell or in cells side by side, each pair once."""
    cell = np.floor((places - places.min(axis=0)) / side).astype(np.int64) + 1
    width = int(cell[:, 1].max()) + 2
    keys = cell[:, 0] * width + cell[:, 1]
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    pairs = []
    for shift in (0, 1, width - 1, width, width + 1):
        first = np.searchsorted(ranked, ranked + shift, "left") if shift else np.arange(1, len(ranked) + 1)
        last = np.searchsorted(ranked, ranked + shift, "right")
        many = np.maximum(last - first, 0)
        one = np.repeat(np.arange(len(ranked)), many)
        within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        pairs.append((order[one], order[np.repeat(first, many) + within]))
    return np.concatenate([one for one, _ in pairs]), np.concatenate([other for _, other in pairs])
