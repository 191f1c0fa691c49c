"""Measures how fast each format is read, in MB/s, beside its parser alone where there is one that could be used.

    python tests/benchmarks/reading_speed.py [format …]

A text of about 300 kB is made of the tests' sample by repeating it; each figure is the best of three.  The ratio is our time by the parser's:
a parser alone gives a tree without offsets, blocks or marks, ours does all of it.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import yaml

from kg import registry

SAMPLES = Path(__file__).parent.parent / "readers" / "samples"
SIZE = 300_000
Parse = Callable[[str], object]


def markdown(text: str) -> object:
    return list(import_module("pyromark").Markdown().events_with_range(text))


def html(text: str) -> None:
    HTMLParser().feed(text)


def latex(text: str) -> object:
    return import_module("pylatexenc.latexwalker").LatexWalker(text, tolerant_parsing=True).get_latex_nodes()


def bibtex(text: str) -> object:
    return import_module("bibtexparser").parse_string(text)


def rst(text: str) -> object:
    settings = {"report_level": 5, "file_insertion_enabled": False, "raw_enabled": False, "_disable_config": True}
    return import_module("docutils.core").publish_doctree(text, settings_overrides=settings)


def mediawiki(text: str) -> object:
    return import_module("mwparserfromhell").parse(text)


def yaml_(text: str) -> object:
    return yaml.load(text, Loader=yaml.CBaseLoader)


def csv_(text: str) -> object:
    return list(csv.reader(io.StringIO(text)))


# What stands beside each sample: its reader, its parser, and where the sample repeats (its first line would be lost in the middle).
FORMATS: dict[str, tuple[str, Parse | None]] = {
    "notes.md": ("markdown", markdown), "notes.html": ("html", html), "notes.txt": ("plain", None), "notes.org": ("org", None), "notes.tex": ("latex", latex),
    "notes.bib": ("bibtex", bibtex), "notes.rst": ("rst", rst), "notes.wiki": ("mediawiki", mediawiki), "notes.adoc": ("asciidoc", None), "notes.yaml": ("yaml", yaml_),
    "notes.jsonl": ("json", lambda text: [json.loads(line) for line in text.splitlines()]), "notes.csv": ("csv", csv_), "notes.ini": ("keyvalue", None),
}  # fmt: skip


def repeated(name: str) -> str:
    text = (SAMPLES / name).read_text(encoding="utf-8")
    if name.endswith(".tex"):  # one body, many times
        head, rest = text.split("\\begin{document}")
        body = rest.split("\\end{document}")[0]
        return head + "\\begin{document}" + body * (SIZE // len(body)) + "\\end{document}\n"
    head, body = text.split("\n", 1) if name.endswith(".csv") else ("", text)
    return head + "\n" * bool(head) + body * (SIZE // len(body))


def best(work: Callable[[], object]) -> float:
    """Seconds of processor time, the best of three."""
    times = []
    for _ in range(3):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


def main(wanted: list[str]) -> None:
    print(f"{'reader':10} {'ours MB/s':>10} {'parser MB/s':>12} {'ratio':>6}")
    for name, (reader, parse) in FORMATS.items():
        if wanted and reader not in wanted:
            continue
        text = repeated(name)
        data = text.encode()
        ours = best(lambda data=data, reader=reader: registry.plugin("reader", reader).read(data, "sample"))  # type: ignore[misc]
        megabytes = len(data) / 1e6
        beside = f"{'-':>12} {'-':>6}"
        if parse is not None:
            alone = best(lambda text=text, parse=parse: parse(text))  # type: ignore[misc]
            beside = f"{megabytes / alone:12.2f} {ours / alone:6.1f}"
        print(f"{reader:10} {megabytes / ours:10.2f} {beside}")


if __name__ == "__main__":
    main(sys.argv[1:])
