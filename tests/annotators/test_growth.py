"""Reading costs as much as a text is long: what would cost its square takes hours at the size that a document may have."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import pipeline

TEXTS: dict[str, Callable[[int], str]] = {
    "quoted titles in one line": lambda n: 'We like "Some Long Title Of A Paper" (Doe et al., ICML 2020). ' * n,
    "unmarked titles in one line": lambda n: "Some System: A Title (Doe et al., 2020) " * n,
    "italics in one line": lambda n: "*A Title Of Some Paper Here* by " * (2 * n),
    "names in one line": lambda n: "Anna Bob Carl " * (4 * n) + '"A Title Of Some Paper" (2020)',
    "marks in one line": lambda n: "He said " + " ,.;" * (4 * n) + '"A Title Of Some Paper"' + " , . ; " * (4 * n) + '"Another Title Of Some Paper"',
    "a long list": lambda n: "- *Some Title Of A Paper*, Doe and Roe, ICML 2020. We like it (Ana)\n" * n,
    "many headings": lambda n: "".join(
        f'{"#" * (1 + i % 6)} Heading number {i}\n\ntext "Some Title Of a Paper {i}" (Doe et al., 2020)\n\n' for i in range(n)
    ),
}


def seconds(text: str, folder: Path) -> float:
    """The processor time of all annotators."""
    file = folder / "notes.md"
    file.write_text(text, "utf-8")
    document = pipeline.read(file)
    gc.collect()
    gc.disable()  # what other tests left behind is not this text's cost
    begun = time.process_time()
    try:
        pipeline.annotate(document)
        return time.process_time() - begun
    finally:
        gc.enable()


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_four_times_the_text_is_not_sixteen_times_the_work(name: str, tmp_path: Path) -> None:
    short, long = seconds(TEXTS[name](200), tmp_path), seconds(TEXTS[name](800), tmp_path)
    assert long < 9 * short + 0.1
