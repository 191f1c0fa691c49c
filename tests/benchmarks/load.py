"""Load on a running service: `python tests/benchmarks/load.py URL [--clients 64] [--seconds 30] [--hostile 0] [--process PID]`.

Honest clients mix look-ups, searches, pages and stock queries and keep their connections; hostile ones send what is meant to hurt.
With its process, the memory that the service and its workers hold in each quarter of the time is told too (Linux).
"""

from __future__ import annotations

import argparse
import http.client
import os
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote, urlsplit

HONEST = (
    "/sparql?query=" + quote("SELECT ?t { ?p a schema:ScholarlyArticle ; schema:name ?t } LIMIT 10"),
    "/api/search?q=sparse",
    "/api/queries/papers-by-method?method=T5&format=json",
    "/api/queries/counts?format=csv",
    "/api/neighbours?iri=" + quote("https://w3id.org/paperkg/id/paper/6", safe="") + "&limit=20",
    "/id/paper/6?format=html",
    "/sparql?query="
    + quote("SELECT ?year (COUNT(*) AS ?n) { ?p kg:presentedAt <https://w3id.org/paperkg/id/event/3> ; kg:year ?year } GROUP BY ?year"),
)
HOSTILE = (
    "/sparql?query=" + quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"),
    "/sparql?query=" + quote("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?f"),
    "/sparql?query=" + quote("SELECT (COUNT(*) AS ?n) { ?a (!kg:x)* ?b }"),
    "/sparql?query=" + quote("SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '(.*a){12}')) ?x ?y ?z } ORDER BY ?z"),
)


def client(address: str, targets: tuple[str, ...], end: float, seen: list[tuple[int, float]], first: int) -> None:
    connection = http.client.HTTPConnection(address, timeout=60)
    number = first
    while time.monotonic() < end:
        began = time.monotonic()
        try:
            connection.request("GET", targets[number % len(targets)])
            found = connection.getresponse()
            found.read()
            seen.append((found.status, time.monotonic() - began))
        except (OSError, http.client.HTTPException):
            seen.append((0, time.monotonic() - began))
            connection.close()
        number += 1


def resident(process: int) -> int:
    """Bytes in memory of a process and its children, pages that they share counted once for each."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if process in (int(folder.name), parent):
                total += int((folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except OSError:
            continue
    return total


def watch(process: int, end: float, seen: list[int]) -> None:
    while time.monotonic() < end:
        seen.append(resident(process))
        time.sleep(1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--hostile", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--process", type=int)
    asked = parser.parse_args()
    address, end = urlsplit(asked.url).netloc, time.monotonic() + asked.seconds
    honest: list[tuple[int, float]] = []
    hostile: list[tuple[int, float]] = []
    threads = [threading.Thread(target=client, args=(address, HONEST, end, honest, n)) for n in range(asked.clients)]
    threads += [threading.Thread(target=client, args=(address, HOSTILE, end, hostile, n)) for n in range(asked.hostile)]
    memory: list[int] = []
    if asked.process:
        threads.append(threading.Thread(target=watch, args=(asked.process, end, memory)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name, seen in (("honest", honest), ("hostile", hostile)):
        times = sorted(seconds for _, seconds in seen)
        if times:
            p50, p99 = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.99))
            print(
                f"{name}: {len(seen)} requests, {len(seen) / asked.seconds:.0f}/s, {dict(Counter(s for s, _ in seen))}, p50 {p50:.0f} ms, p99 {p99:.0f} ms"
            )
    if len(memory) >= 4:
        quarters = [max(memory[len(memory) * part // 4 : len(memory) * (part + 1) // 4]) >> 20 for part in range(4)]
        print(f"memory, the most in each quarter: {', '.join(map(str, quarters))} MiB")


if __name__ == "__main__":
    main()
