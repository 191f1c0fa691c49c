"""Measures the reader of references on tagged ones (the AnyStyle core set): field F1 and whole references, on development or held-out.

    python tests/benchmarks/citations.py path/to/anystyle-core.xml [--held-out] [--worst 20]

The references are split by a fixed seed, a fifth held out; rules are made by looking at the other four fifths only.  The strings are
not in this repository: they are AnyStyle's, and stay where the user has them.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from kg.annotators.citations import Citation, read_citation
from kg.identity import key

SEED = 20240607
FIELDS = ("authors", "title", "container", "year")
_CONTAINERS = ("journal", "container-title")
_ANNOUNCED = re.compile(r"^\s*(?:(?:(?:paper|poster)?\s*presented at|in|dans|en|im)\b\s*:?\s*)?(?:the\s+)?", re.I)

Values = dict[str, list[str]]


@dataclass(frozen=True)
class Tagged:
    """A reference as one string, and its fields as they are tagged."""

    text: str
    gold: Values


def located() -> Path:
    """Where the tagged references are: `KG_CITATIONS`, or beside the checkout."""
    return Path(os.environ.get("KG_CITATIONS", Path(__file__).resolve().parents[3] / "shared" / "citations" / "anystyle-core.xml"))


def load(path: Path, *, held_out: bool) -> list[Tagged]:
    sequences = list(ET.parse(path).getroot().iter("sequence"))
    order = list(range(len(sequences)))
    random.Random(SEED).shuffle(order)
    aside = set(order[: len(sequences) // 5])
    return [_tagged(sequence) for index, sequence in enumerate(sequences) if (index in aside) == held_out]


def _tagged(sequence: ET.Element) -> Tagged:
    parts = [(part.tag, " ".join("".join(part.itertext()).split())) for part in sequence]
    by_tag: dict[str, list[str]] = {}
    for tag, value in parts:
        by_tag.setdefault(tag, []).append(value)
    containers = [value for tag, value in parts if tag in _CONTAINERS]
    years = [found.group() for value in by_tag.get("date", []) if (found := re.search(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", value))]
    gold = {
        "authors": split_names(" ; ".join(by_tag.get("author", []))),
        "title": by_tag.get("title", [])[:1],
        "container": containers[:1],
        "year": years[:1],
    }
    return Tagged(" ".join(value for _, value in parts), gold)


_INITIALS = re.compile(r"(?:[^\W\d_a-zà-ÿ](?:[a-z]?\.|(?![^\W\d_]))[\s-]*){1,5}(?:,?\s*(?:Jr|Sr|II|III)\.?)?\.?")
_PARTICLES = {"da", "de", "di", "del", "van", "von", "der", "la", "le"}
_NO_NAMES = re.compile(r"\bet\.?\s?al\b\.?|\bu\.\s?a\.|\bothers\b|…|[—–_-]{2,}|\((?![A-ZÀ-Þ][\w.]{0,2}[.)])[^)]*\)|\[[^\]]*\]|[*†]")


def split_names(written: str) -> list[str]:
    """Tagged author strings as single names, by other means than the program that is measured: only commas, "and" and initials count."""
    names: list[str] = []
    for group in re.split(r";|\s&\s|\s(?:and|und|et|y|a)\s|\se\s(?=[A-Z]\.)|,\s*(?:and|und|et|y|&)\s|\s*/\s*", _NO_NAMES.sub(" ", written)):
        names += _split_group(group)
    return [name for name in names if key(name)]


def _split_group(group: str) -> list[str]:
    parts = [part.strip(" .:") + "." * part.rstrip(" :").endswith(".") for part in group.split(",") if re.search(r"\w", part)]
    initials = any(_INITIALS.fullmatch(part) for part in parts)
    single = len(parts) % 2 == 0 and all(len(part.split()) == 1 for part in parts)
    names: list[str] = []
    for index, part in enumerate(parts):
        family = index == 1 and not initials and (len(parts[0].split()) == 1 or bool({word.lower() for word in parts[0].split()} & _PARTICLES))
        turned = (family and len(part.split()) <= 4) or (single and not initials and index % 2 == 1)
        if names and (_INITIALS.fullmatch(part) or turned or re.fullmatch(r"(?:Jr|Sr|II|III)\.?", part)):
            names[-1] += ", " + part
        else:
            names.append(part)
    return names


def read(text: str) -> Values:
    """The program's fields of one reference."""
    citation = read_citation(text) or Citation()
    values: Values = {"authors": [name.written for name in citation.authors.names]}
    for field in FIELDS[1:]:
        place = getattr(citation, field)
        values[field] = [text[slice(*place)]] if place else []
    return values


def same(field: str, found: list[str], gold: list[str], *, strict: bool) -> bool:
    """Whether two values are one: strictly, but for the punctuation around them; normalised, by their matching keys."""
    if field == "authors":
        arranged = [[re.sub(r"[^\w]+$", "", name) if strict else sorted(key(name).split()) for name in names] for names in (found, gold)]
        return arranged[0] == arranged[1]
    return [_plain(field, value, strict=strict) for value in found] == [_plain(field, value, strict=strict) for value in gold]


def _plain(field: str, value: str, *, strict: bool) -> str:
    if field == "container":
        value = _ANNOUNCED.sub("", value)
    return re.sub(r"^[^\w]+|[^\w]+$", "", value) if strict else key(value)


@dataclass(frozen=True)
class Scores:
    """`fields` holds precision, recall and F1 of each field; `micro` is the F1 over all; `whole` the share with all four right."""

    fields: dict[str, tuple[float, float, float]]
    micro: float
    whole: float


def score(references: list[Tagged], *, strict: bool) -> Scores:
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    there: Counter[str] = Counter()
    whole = 0
    for reference in references:
        values = read(reference.text)
        agreed = {field: same(field, values[field], reference.gold[field], strict=strict) for field in FIELDS}
        whole += all(agreed.values())
        for field in FIELDS:
            found[field] += bool(values[field])
            there[field] += bool(reference.gold[field])
            right[field] += agreed[field] and bool(values[field])
    fields = {field: _rates(right[field], found[field], there[field]) for field in FIELDS}
    return Scores(fields, _rates(right.total(), found.total(), there.total())[2], whole / len(references))


def _rates(right: int, found: int, there: int) -> tuple[float, float, float]:
    return right / max(1, found), right / max(1, there), 2 * right / max(1, found + there)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", nargs="?", type=Path, default=located())
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--worst", type=int, default=0, help="show so many references that are read wrongly (development only)")
    options = parser.parse_args(arguments)
    references = load(options.path, held_out=options.held_out)
    read_citation(references[0].text)  # reads the ontology
    begun = time.process_time()
    for reference in references:
        read_citation(reference.text)
    print(f"{len(references)} references, {(time.process_time() - begun) / len(references) * 1000:.3f} ms each")
    for strict in (True, False):
        scores = score(references, strict=strict)
        print(f"{'strict' if strict else 'normalised'}: field F1 {scores.micro:.3f}, whole references {scores.whole:.3f}")
        for field, (precision, recall, f1) in scores.fields.items():
            print(f"    {field:10} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
    if options.worst and not options.held_out:
        show_wrong(references, options.worst)


def show_wrong(references: list[Tagged], count: int) -> None:
    for reference in references:
        values = read(reference.text)
        wrong = [field for field in FIELDS if not same(field, values[field], reference.gold[field], strict=False)]
        if wrong and count > 0:
            count -= 1
            print(f"\n{reference.text}")
            for field in wrong:
                print(f"    {field}: {values[field]}  instead of {reference.gold[field]}")


if __name__ == "__main__":
    main(sys.argv[1:])
