"""Writes a file in the format of arXiv's metadata snapshot, any number of records, with papers among them that reviews name otherwise.

    python tests/benchmarks/snapshot.py 2500000 snapshot.jsonl --papers 1000

Beside the records it writes `<file>.truth.json`: for each paper as a review would name it its title, its authors and the id of its
record, or none.  A fifth of the papers has no record, but near ones: another part, one word changed, the same title by others.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path

SEED = 20250301
_SYLLABLES = "ba ke li mo nu ra se ti vo zy cha den fir gal hox jin kel lum mar nor pil quo ran sol tur ven wex yar zan bri cro dra fle glo pra sta tri".split()
_FRAMES = (
    "{a} {b} for {c} {d}", "On the {a} of {b} {c}", "{a}: {b} {c} with {d}", "Towards {a} {b} in {c} {d}", "{a} {b} and {c} {d} of {e}", "A study of {a} {b} under {c}",
    "{a} {b} via {c} {d} {e}", "{a} {b} of the {c} {d}: {e} {f}", "Learning {a} {b} from {c} {d}", "{a}-{b} {c} in {d} {e} systems",
)  # fmt: skip
_FAMILIES = "Andersen Bergström Castillo Dubois Eriksen Fernández García Hofmann Ivanova Jansen Kowalski Lindqvist Müller Novák Olsen Petrov Quintana Rossi Schäfer Tanaka Ueda Varga Weber Xu Yılmaz Zhang".split()
_GIVEN = (
    "Anna Boris Clara Daniel Elif Frank Grace Hugo Ines Jonas Katja Lars Marta Niels Olga Paul Rosa Simon Tara Uwe Vera Wei Ximena Yusuf Zoe".split()
)


@dataclass(frozen=True)
class Named:
    """A paper as a review names it; `record` is the id of its record, empty if the file has none."""

    title: str
    authors: tuple[str, ...]
    record: str
    case: str


class Words:
    """Words of made-up syllables, frequent ones often, as words of titles are."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.words = sorted({"".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))) for _ in range(40_000)})
        rng.shuffle(self.words)
        self.weights = list(accumulate(1 / (rank + 10) ** 0.95 for rank in range(len(self.words))))  # the first stands for 1.5 % of all words

    def word(self) -> str:
        return self.rng.choices(self.words, cum_weights=self.weights)[0]

    def title(self) -> str:
        frame = self.rng.choice(_FRAMES)
        title = frame.format(**{letter: self.word() for letter in "abcdef"})
        return title[0].upper() + title[1:]

    def family(self) -> str:
        return self.rng.choice(_FAMILIES) if self.rng.random() < 0.6 else self.word().title()

    def people(self) -> list[tuple[str, str]]:
        return [(self.family(), self.rng.choice(_GIVEN)) for _ in range(min(1 + int(self.rng.expovariate(0.4)), 12))]


def write(number: int, path: Path, papers: int) -> list[Named]:
    """The snapshot and, beside it, the truth."""
    words = Words(random.Random(SEED))
    rng = words.rng
    chosen = dict.fromkeys(sorted(rng.sample(range(number), papers)))
    prose = " ".join(words.word() for _ in range(200_000))
    named: list[Named] = []
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for place in range(number):
            title, people, name = words.title(), words.people(), f"{place // 90_000 % 100:02d}{place // 7_500 % 12 + 1:02d}.{place % 100_000:05d}"
            begin = rng.randrange(len(prose) - 1200)
            if place in chosen:
                said, others = _said(title, people, name, words)
                named.append(said)
                for other_title, other_people in others:
                    if other_title:
                        file.write(_record(f"{name[:5]}x{name[6:]}", other_title, other_people, prose[begin : begin + 900], rng))
                if not said.record:
                    continue
            file.write(_record(name, title, people, prose[begin : begin + 900], rng))
    named.sort(key=lambda one: one.title)
    path.with_name(f"{path.name}.truth.json").write_text(json.dumps([asdict(one) for one in named], ensure_ascii=False, indent=0), "utf-8")
    return named


def _record(name: str, title: str, people: list[tuple[str, str]], abstract: str, rng: random.Random) -> str:
    year = 2007 + int(name[:2]) % 18
    broken = (
        title if len(title) < 70 else f"{title[:60].rsplit(' ', 1)[0]}\n  {title[len(title[:60].rsplit(' ', 1)[0]) + 1 :]}"
    )  # as arXiv breaks lines
    about = {
        "id": name, "submitter": f"{people[0][1]} {people[0][0]}", "authors": ", ".join(f"{given} {family}" for family, given in people), "title": broken,
        "comments": "12 pages, 5 figures", "journal-ref": None, "doi": f"10.9999/{name}" if rng.random() < 0.3 else None, "report-no": None, "categories": "cs.XX",
        "license": None, "abstract": f"  {abstract}\n", "versions": [{"version": "v1", "created": f"Mon, 2 Apr {year} 19:18:42 GMT"}],
        "update_date": f"{year}-11-26", "authors_parsed": [[family, given, ""] for family, given in people],
    }  # fmt: skip
    return json.dumps(about) + "\n"


def _said(title: str, people: list[tuple[str, str]], name: str, words: Words) -> tuple[Named, list[tuple[str, list[tuple[str, str]]]]]:
    """How a review names the paper, and records beside it that are easily taken for it."""
    rng = words.rng
    case = rng.choices(("exact", "case", "misprint", "cut", "absent", "part", "word", "others"), (25, 15, 20, 20, 5, 5, 5, 5))[0]
    authors = rng.choice(
        (tuple(f"{given} {family}" for family, given in people), (people[0][0],), tuple(f"{given[0]}. {family}" for family, given in people[:2]), ())
    )
    if case == "case":
        return Named(title.lower().replace("ö", "o"), authors, name, case), [(title, words.people())] if authors and rng.random() < 0.3 else []
    if case == "misprint":
        return Named(_misspelt(title, rng), authors, name, case), []
    if case == "cut" and ": " in title:
        return Named(title.split(": ")[0 if len(title.split(": ", maxsplit=1)[0]) > 25 else 1], authors or (people[0][0],), name, case), []
    if case == "absent":
        return Named(title, authors, "", case), []
    if case == "part":
        return Named(f"{title}, Part 1", authors, "", case), [(f"{title}, Part 2", people)]
    if case == "word":
        old = max((word for word in title.split() if word.isalpha()), key=len)
        return Named(title, authors, "", case), [(title.replace(old, words.word()), words.people())]
    if case == "others":
        return Named(title, authors or (people[0][0],), "", case), [(title, [(f"Q{family}", given) for family, given in words.people()])]
    return Named(title, authors, name, "exact"), []


def _misspelt(title: str, rng: random.Random) -> str:
    """One letter doubled in one long word, or the plural for the singular."""
    old = max((word for word in title.split() if word.isalpha()), key=len)
    place = rng.randrange(1, len(old) - 1)
    new = f"{old}s" if rng.random() < 0.4 else f"{old[:place]}{old[place]}{old[place:]}"
    return title.replace(old, new, 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--papers", type=int, default=1000)
    return parser.parse_args()


def lines(named: list[Named]) -> Iterator[str]:
    """How many papers there are of each case."""
    for case in sorted({one.case for one in named}):
        yield f"{case}: {sum(one.case == case for one in named)}"


if __name__ == "__main__":
    given = _arguments()
    print("\n".join(lines(write(given.number, given.path, given.papers))))
