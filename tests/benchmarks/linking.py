"""Measures linking against files that `snapshot.py` wrote: time, memory, precision and recall.

python tests/benchmarks/linking.py snapshot.jsonl…
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import sys
import time
from pathlib import Path

from kg import linking
from kg.linking import Wanted
from kg.merge.titles import Title
from kg.records import formats


def measured(path: Path) -> None:
    named = json.loads(path.with_name(f"{path.name}.truth.json").read_text("utf-8"))
    papers = [Wanted(str(number), (Title(one["title"]),), tuple(enumerate(one["authors"], 1))) for number, one in enumerate(named)]
    begun, worked = time.perf_counter(), time.process_time()
    form = formats.recognised(path)
    found = linking.link(papers, formats.heads(path, form), lambda head: form.record(head.raw, path.name))
    took, cpu = time.perf_counter() - begun, time.process_time() - worked
    due = {str(number): one["record"] for number, one in enumerate(named) if one["record"]}
    right = sum(due.get(link.paper) == link.record.key for link in found.links)
    print(
        f"{found.records:>10,} records  {took:7.1f} s, {cpu:7.1f} s of a processor  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:5.0f} MB  "
        f"precision {right / len(found.links):.4f}  recall {right / len(due):.4f}  doubtful {len(found.doubts)}",
        flush=True,
    )


if __name__ == "__main__":
    for name in sys.argv[1:]:
        process = multiprocessing.get_context("spawn").Process(target=measured, args=(Path(name),))
        process.start()
        process.join()
