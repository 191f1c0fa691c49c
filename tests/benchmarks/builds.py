"""Time and memory of builds: of the paths that are given, or of many documents made from the examples.

    python3 tasks.py bench [--documents 1000] [--jobs 1] [PATH...]

Each made document is an example under a title of its own; ten copies of it speak of the same papers, the next ten of others.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ALIKE = 10
ARXIV = re.compile(r"\b\d{4}\.(\d{4,5})\b")


def make(folder: Path, number: int) -> None:
    """Writes `number` documents."""
    sources = []
    for path in sorted((ROOT / "examples").iterdir()):
        gold = json.loads((ROOT / "tests" / "gold" / f"{path.name}.json").read_text(encoding="utf-8"))
        titles = sorted({paper["title"] for paper in gold["papers"] if paper["title"]}, key=len, reverse=True)
        sources.append((path, path.read_text(encoding="utf-8"), gold["document"]["title"], titles))
    for index in range(number):
        path, text, name, titles = sources[index % len(sources)]
        edition = index // (len(sources) * ALIKE)
        for title in titles if edition else ():
            text = text.replace(title, f"{title} Round {edition}")
        text = ARXIV.sub(rf"{1000 + edition}.\1", text) if edition else text
        text = text.replace(name, f"{name}, part {index}", 1) if name else f"Part {index}\n\n{text}"
        (folder / f"{index:05}-{path.name}").write_text(text, encoding="utf-8")


def measure(paths: list[str], out: Path, jobs: int) -> None:
    """Builds twice, the second time with nothing to do, and prints the figures."""
    for what in ("first build", "second build"):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "kg", "build", *paths, "--out", str(out), "--jobs", str(jobs)], check=True, stdout=subprocess.DEVNULL)
        took = time.perf_counter() - began
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        documents, counts = len(manifest["documents"]), manifest["counts"]
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
        print(f"{what}: {documents:,} documents, {counts['papers']:,} papers, {counts['triples']:,} triples in {took:.1f} s with {jobs} processes")
        print(f"  {documents / took / jobs:.1f} documents a second and process; largest process {memory:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("paths", nargs="*")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if not asked.paths:
            (folder / "made").mkdir()
            make(folder / "made", asked.documents)
        measure([str(Path(path).resolve()) for path in asked.paths] or [str(folder / "made")], folder / "graph", asked.jobs)


if __name__ == "__main__":
    main()
