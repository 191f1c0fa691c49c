"""How much one request, and all together, may take."""

from __future__ import annotations

import os
from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and numbers; the figures behind the defaults stand in docs/decisions/service.md.

    A query that has run for `patience` seconds makes room for the others: it goes on beside them at a low priority, `long` of them at a
    time, until its `deadline`; while there are so many, it has `grace` seconds more to end in its place.
    """

    workers: int = max(4, 2 * (os.cpu_count() or 1))
    long: int = 3
    patience: float = 0.25
    grace: float = 1.0
    deadline: float = 10.0
    wait: float = 10.0
    memory: int = 1024 * MEBIBYTE
    rows: int = 1_000_000
    answer: int = 32 * MEBIBYTE
    body: int = MEBIBYTE
    target: int = 64 * 1024
    silence: float = 10.0
    connections: int = 512
