"""Measures `kg verify`: `python tests/benchmarks/trust.py GRAPH [SOURCES]` prints claims a second, reading files included."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from kg.trust.verify import verify


def main() -> None:
    graph, *texts = map(Path, sys.argv[1:])
    for _ in range(3):  # the first reads the vocabulary
        begun, used = time.perf_counter(), time.process_time()
        verdict = verify(graph, texts[0] if texts else None)
        wall, cpu = time.perf_counter() - begun, time.process_time() - used
        print(
            f"{verdict.claims:,} claims, {len(verdict.problems)} problems: {wall:.2f} s, {verdict.claims / wall:,.0f} a second ({verdict.claims / cpu:,.0f} of one core)"
        )


if __name__ == "__main__":
    main()
