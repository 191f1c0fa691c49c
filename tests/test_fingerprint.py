"""Everything that a reading or a graph depends on is in its fingerprint."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import kg
from kg import fingerprint

HOUSE = Path(kg.__file__).parent
LOADED = "; print(*sorted(m.__file__ for n, m in sys.modules.items() if n.partition('.')[0] == 'kg' and m.__file__), sep='\\n')"
READ = "import sys; from kg import registry; [list(registry.plugins(door)) for door in ('reader', 'annotator', 'extractor')]"
BUILT = "import sys; from pathlib import Path; from kg import pipeline, spread; pipeline.build([sys.argv[1]], sys.argv[2], jobs=1)"


def loaded(code: str, *words: str) -> set[Path]:
    """The files of this package that a fresh process has loaded after the code."""
    ended = subprocess.run([sys.executable, "-c", code + LOADED, *words], capture_output=True, text=True, check=True)
    return {Path(line) for line in ended.stdout.splitlines()}


def test_readings_depend_on_all_that_readers_annotators_and_extractors_load() -> None:
    files = loaded(READ)
    assert HOUSE / "annotators" / "entries.py" in files
    assert files <= set(fingerprint.files_of_reading())


def test_word_lists_count() -> None:
    assert {path.name for path in fingerprint.files_of_reading()} >= {path.name for path in (HOUSE / "annotators").glob("*.txt")} > set()


def test_graphs_depend_on_all_that_a_build_loads(tmp_path: Path) -> None:
    source = tmp_path / "notes.md"
    source.write_text("# Notes\n\n## A Title of Some Paper About Trees (ICML 2020)\n\nJane Doe and Max Roe\n\nWe liked it.\n", "utf-8")
    files = loaded(BUILT, str(source), str(tmp_path / "graph"))
    assert HOUSE / "merge" / "merging.py" in files
    assert files <= set(fingerprint.files_of_building())
