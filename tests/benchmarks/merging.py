"""Measures the time and memory of merging over the number of papers, each size in a process of its own.

    python tests/benchmarks/merging.py [1000 10000 100000]

Documents of twenty papers each, with authors, events, topics and opinions; a sixth of the papers stands in a second document too,
under a title with a misprint or by initials only.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from kg import identity, rdf
from kg.cache import Cache, Kept, Reading
from kg.merge.decisions import Decisions
from kg.merge.merging import merge_into
from kg.model import Document, Entity, Evidence, Fact, Object, Source, Span

SEED, PAPERS = 11, 20  # papers of a document
_SYLLABLES = "ba ke li mo nu ra se ti vo zy cha den fir gal hox jin kel lum mar nor pil quo ran sol tur ven wex yar zan bri".split()


class World:
    """Papers that several documents may speak of."""

    def __init__(self, number: int) -> None:
        self.rng = random.Random(SEED)
        self.words = ["".join(self.rng.choices(_SYLLABLES, k=3)) for _ in range(20_000)]
        self.people = [f"{self.rng.choice(self.words).title()} {self.rng.choice(self.words).title()}" for _ in range(number)]
        self.papers = [(" ".join(self.rng.choices(self.words, k=self.rng.randint(5, 10))), self.rng.sample(self.people, 3)) for _ in range(number)]

    def documents(self) -> Iterator[tuple[Document, list[Fact]]]:
        again = self.rng.sample(self.papers, len(self.papers) // 6)
        told = [*self.papers, *((_misspelt(title), [f"{name[0]}. {name.split()[1]}" for name in names]) for title, names in again)]
        for number in range(0, len(told), PAPERS):
            yield self._document(f"Round-up {number}", told[number : number + PAPERS])

    def _document(self, title: str, papers: list[tuple[str, list[str]]]) -> tuple[Document, list[Fact]]:
        text, said = f"{title}\n", list[tuple[Span, Entity, str, Object]]()
        name = identity.document_name(title, title)
        for paper_title, names in papers:
            paper = identity.paper(paper_title)
            head = f"{paper_title}, by {', '.join(names)}, 2021."
            span = Span(len(text), len(text) + len(head))
            text += head + "\n"
            said += [
                (span, paper, "schema:name", paper_title),
                (span, Entity("Document", name), "schema:mentions", paper),
                (span, paper, "kg:year", 2021),
            ]
            said += [(span, paper, "kg:authorship", _place(paper, position, author)) for position, author in enumerate(names, 1)]
            remark = f"I liked {self.rng.choice(self.words)} and what it does for {self.rng.choice(self.words)}, more than {self.rng.random():.9f}."
            span = Span(len(text), len(text) + len(remark))
            text += remark + "\n"
            said += [(span, paper, "kg:usesMethod", identity.topic(self.rng.choice(self.words[:3000]), "Method")) for _ in range(3)]
            said.append((span, paper, "kg:presentedAt", identity.named("Event", f"{self.rng.choice(self.words[:50])} 2021")))
        document = Document(name, text, Source(title, "text/plain"))
        return document, [
            Fact(subject, predicate, value, Evidence(name, span, document.quote(span), "made/1", "asserted", 0.9))
            for span, subject, predicate, value in said
        ]


def _place(paper: Entity, position: int, name: str) -> Entity:
    parts: tuple[tuple[str, Object], ...] = (
        ("schema:author", identity.person(name, paper.key)),
        ("schema:position", position),
        ("kg:nameAsWritten", name),
    )
    return Entity("Authorship", f"{paper.key}-{position}", "", parts)


def _misspelt(title: str) -> str:
    first, rest = title.split(" ", 1)
    return f"{first[:3]}{first[2]}{first[3:]} {rest}"


def _laid_down(number: int, folder: str) -> None:
    """Readings as a build keeps them."""
    cache = Cache(Path(folder))
    for place, (document, facts) in enumerate(World(number).documents()):
        cache.put(f"{place:08d}", Reading(document.name, document.digest, "", PAPERS, len(facts), tuple(rdf.lines(document, facts)), ()))


def _measured(number: int, folder: str) -> None:
    cache, path = Cache(Path(folder)), Path(folder, "graph.nt")
    keys = {_name(file): file.stem for file in sorted(Path(folder).glob("*.facts"))}
    begun, worked = time.perf_counter(), time.process_time()
    rows, _ = merge_into(path, Kept(cache, keys), Decisions())
    took, cpu = time.perf_counter() - begun, time.process_time() - worked
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    joined = sum(row.merged for row in rows)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:12]
    print(
        f"{number:>8,} papers {path.stat().st_size / 1e6:>8,.0f} MB of lines {joined:>8,} merged  "
        f"{took:7.1f} s, {cpu:7.1f} s of a processor {memory:7.0f} MB  {digest}",
        flush=True,
    )


def _name(file: Path) -> str:
    with file.open(encoding="utf-8") as lines:
        return str(json.loads(lines.readline())["name"])


def measured(number: int) -> None:
    with TemporaryDirectory() as folder:
        for work in (_laid_down, _measured):
            process = multiprocessing.get_context("spawn").Process(target=work, args=(number, folder))
            process.start()
            process.join()


if __name__ == "__main__":
    for size in map(int, sys.argv[1:] or ("1000", "10000", "100000")):
        measured(size)
