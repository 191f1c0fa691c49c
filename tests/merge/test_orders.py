"""Ten shuffled orders, on one, two and four processes: one graph, to the byte."""

from __future__ import annotations

import random
from itertools import cycle
from pathlib import Path

import pytest

from kg.pipeline import FEW, build

EXAMPLES = Path(__file__).parents[2] / "examples"
ORDERS = 10


@pytest.fixture
def corpus(tmp_path: Path) -> list[Path]:
    """Our own examples, and short notes that name the same papers and people otherwise."""
    notes = tmp_path / "notes"
    notes.mkdir()
    for number in range(6):
        title = "Weighing Apples in the Dark with Cheap Sensors"
        written = (title, title.upper(), title.replace("Apples", "Apple"), f"{title} (extended version)", title.replace("Sensors", "Sensor"), title)[
            number
        ]
        people = ("Ana Pino and Ola Berg", "A. Pino, O. Berg", "Pino", "Ana M. Pino, Ola Berg", "Pino, A.", "Wei Zhang")[number]
        (notes / f"group-{number}.md").write_text(
            f"# Group {number}\n\n- **{written}**, {people}. COUNTCON 2020. They use U-Net{'s' * (number % 2)}.\n"
        )
    found = sorted([*notes.iterdir(), *(path for path in EXAMPLES.iterdir() if path.suffix in (".md", ".txt", ".html"))])
    assert len(found) > FEW
    return found


def test_ten_orders_give_one_graph(corpus: list[Path], tmp_path: Path) -> None:
    def made(files: list[Path], name: str, jobs: int) -> dict[str, bytes]:
        folder = build(files, tmp_path / name, jobs=jobs).folder
        return {name: (folder / name).read_bytes() for name in ("graph.nt", "manifest.json", "rejected.jsonl", "merges.jsonl")}

    expected = made(corpus, "sorted", 1)
    assert b'"merged": true' in expected["merges.jsonl"]
    for number, jobs in zip(range(ORDERS), cycle((1, 2, 4)), strict=False):
        random.Random(number).shuffle(corpus)
        assert made(corpus, f"order-{number}", jobs) == expected, (number, jobs)
