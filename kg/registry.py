"""Finds readers, annotators, extractors, stores and exporters by door and name, ours and other people's alike.

A plug-in is an entry point of group `kg.<door>`s (https://packaging.python.org/specifications/entry-points/) that names a class
or a callable without arguments.  Built-ins come in through the same entry points.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from kg.errors import UnknownPlugin

DOORS = ("reader", "annotator", "extractor", "store", "exporter")


@cache
def _points(door: str) -> dict[str, EntryPoint]:
    return {point.name: point for point in sorted(entry_points(group=f"kg.{door}s"), key=lambda point: point.name)}


def names(door: str) -> tuple[str, ...]:
    """What stands behind a door, sorted."""
    return tuple(_points(door))


@cache
def plugin(door: str, name: str) -> Any:
    """One plug-in, made once.  `UnknownPlugin` lists those that there are."""
    points = _points(door)
    if name not in points:
        raise UnknownPlugin(door, name, tuple(points))
    return points[name].load()()


def plugins(door: str) -> tuple[Any, ...]:
    """All plug-ins of a door, in the order of their names."""
    return tuple(plugin(door, name) for name in names(door))
