"""Makes any number of small documents, one to two kilobytes, out of the examples: other titles, names, results and layouts.

    python tests/benchmarks/documents.py NUMBER FOLDER [--rows 1000]

Documents come as JSON-lines tables of `--rows` documents, or as single files with `--rows 0`; the same number gives the same bytes.
Words, names and remarks are those of `examples/`; a paper stands in two documents on average, a name on some four papers.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SEED, ENTRIES, SHARED = 7, 2, 2  # entries of a document, documents of a paper
METRICS = ("WER", "accuracy", "F1", "BLEU", "mAP")


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper as a document tells it."""

    title: str
    authors: tuple[str, ...]
    link: str
    remark: str


@dataclass(frozen=True, slots=True)
class Stock:
    """What the examples are made of."""

    words: tuple[str, ...]
    given: tuple[str, ...]
    family: tuple[str, ...]
    remarks: tuple[str, ...]
    datasets: tuple[str, ...]


@cache
def stock() -> Stock:
    papers, remarks = [], set[str]()
    for path in sorted((ROOT / "examples").iterdir()):
        papers += json.loads((ROOT / "tests" / "gold" / f"{path.name}.json").read_text("utf-8"))["papers"]
        text = html.unescape(re.sub(r"<[^>]*>|[*`|]|\[([^]]*)\]\([^)]*\)", r"\1", path.read_text("utf-8")))
        remarks |= {found.group() for found in re.finditer(r"(?<=[.!?]\s)[A-Z][^.!?\n|]{50,180}[.!?](?=\s)", text)}
    titles = [paper["title"] for paper in papers if paper["title"]]
    names = sorted({name for paper in papers for name in paper["authors"] if len(name.split()) > 1})
    return Stock(
        tuple(sorted({word for title in titles for word in re.findall(r"[A-Za-z]{4,}", title)})),
        tuple(sorted({name.split()[0] for name in names if len(name.split()[0]) > 2})),
        tuple(sorted({name.split()[-1] for name in names})),
        tuple(sorted(remarks)),
        tuple(sorted({written for paper in papers for group in paper["datasets"] for written in group[:1]})),
    )


def paper(number: int) -> tuple[str, tuple[str, ...], str]:
    """Title, authors and link of one made-up paper."""
    rng, held = random.Random(f"{SEED} paper {number}"), stock()
    title = " ".join(word.title() for word in rng.sample(held.words, rng.randint(5, 8)))
    authors = tuple(_person(rng.randrange(number // 4 * 4, number // 4 * 4 + 12)) for _ in range(3))
    return title, tuple(dict.fromkeys(authors)), f"https://arxiv.org/abs/{1001 + number // 99_999 % 9000:04}.{number % 99_999:05}"


def _person(number: int) -> str:
    rng, held = random.Random(f"{SEED} person {number}"), stock()
    return f"{rng.choice(held.given)} {rng.choice(held.family)}-{rng.choice(held.family)}"


def documents(number: int) -> Iterator[tuple[str, str]]:
    """File names and texts."""
    papers = max(ENTRIES, number * ENTRIES // SHARED)
    for index in range(number):
        rng = random.Random(f"{SEED} document {index}")
        # A document's papers are near each other, so that a paper's documents are the same however many there are.
        around = index * ENTRIES // SHARED
        chosen = sorted({rng.randrange(around, around + 2 * ENTRIES) % papers for _ in range(ENTRIES)})
        suffix, layout = LAYOUTS[index % len(LAYOUTS)]
        yield f"{index:07}{suffix}", layout(f"Reading notes, part {index}", [_entry(rng, one) for one in chosen])


def _entry(rng: random.Random, number: int) -> Entry:
    title, authors, link = paper(number)
    held = stock()
    result = f"It reaches {rng.randint(100, 989) / 10} {rng.choice(METRICS)} on {rng.choice(held.datasets)}."
    return Entry(title, authors, link, " ".join((*rng.sample(held.remarks, 2), result)))


def _headings(name: str, entries: list[Entry]) -> str:
    told = (f"## [{e.title}]({e.link})\n\n*{', '.join(e.authors)}*\n\n{e.remark}\n" for e in entries)
    return f"# {name}\n\n" + "\n".join(told)


def _bullets(name: str, entries: list[Entry]) -> str:
    told = (f"- **{e.title}**  \n*{' and '.join(e.authors)}*  \n{e.remark} [Paper]({e.link}).\n" for e in entries)
    return f"# {name}\n\n" + "\n".join(told)


def _plain(name: str, entries: list[Entry]) -> str:
    told = (f"{e.title}\n\n{e.remark}\n\nAuthors: {', '.join(e.authors)}\n\nLink to paper: {e.link}\n" for e in entries)
    return f"{name}\n\n" + "\n".join(told)


def _page(name: str, entries: list[Entry]) -> str:
    told = (
        f'<h3><a href="{e.link}">{html.escape(e.title)}</a></h3>\n<p class="authors">{", ".join(e.authors)}</p>\n<p>{html.escape(e.remark)}</p>'
        for e in entries
    )
    return f"<!DOCTYPE html>\n<html><head><title>{name}</title></head><body><h1>{name}</h1>\n" + "\n".join(told) + "\n</body></html>\n"


def _table(name: str, entries: list[Entry]) -> str:
    told = (f"| [{e.title}]({e.link}) | {', '.join(e.authors)} | {e.remark} |\n" for e in entries)
    return f"# {name}\n\n| Paper | Authors | Notes |\n|---|---|---|\n" + "".join(told)


LAYOUTS: tuple[tuple[str, Callable[[str, list[Entry]], str]], ...] = (
    (".md", _headings),
    (".md", _bullets),
    (".txt", _plain),
    (".html", _page),
    (".md", _table),
)


def write(number: int, folder: Path, rows: int) -> None:
    """Documents as tables of `rows` rows, or as files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = documents(number)
    if not rows:
        for name, text in made:
            (folder / name).write_text(text, "utf-8")
        return
    for table in range((number + rows - 1) // rows):
        with (folder / f"table-{table:05}.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(f"{json.dumps({'locator': name, 'text': text}, ensure_ascii=False)}\n" for name, text in islice(made, rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1000)
    asked = parser.parse_args()
    write(asked.number, asked.folder, asked.rows)


if __name__ == "__main__":
    main()
