import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.identity import BASE
from kg.ontology import terms

EXAMPLE = Path(__file__).parent.parent / "examples" / "learned-databases.md"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def test_build_tells_what_it_made(tmp_path: Path) -> None:
    result = run("build", EXAMPLE, "--out", tmp_path / "graph", "--jobs", 1)
    assert result.exit_code == 0
    assert result.stdout.startswith("1 documents (all read): ")
    assert result.stdout.endswith("graph: built\n")
    assert result.stderr == ""
    assert "nothing changed" in run("build", EXAMPLE, "--out", tmp_path / "graph").stdout


def test_the_exit_status_tells_what_was_left_out(tmp_path: Path) -> None:
    (tmp_path / "broken.md").write_bytes(b"\x00" * 100)
    some = run("build", EXAMPLE, tmp_path / "broken.md", "--out", tmp_path / "graph")
    none = run("build", tmp_path / "broken.md", "--out", tmp_path / "other")
    usage = run("build")
    assert (some.exit_code, none.exit_code, usage.exit_code) == (3, 1, 2)
    assert "broken.md" in some.stderr
    assert "broken.md" in none.stderr
    assert not (tmp_path / "other").exists()


def test_a_folder_without_documents_is_told(tmp_path: Path) -> None:
    result = run("build", tmp_path, "--out", tmp_path / "graph")
    assert result.exit_code == 1
    assert "holds no document" in result.stderr


def test_extract_writes_facts_and_nothing_else() -> None:
    result = subprocess.run([sys.executable, "-m", "kg", "extract", str(EXAMPLE)], capture_output=True, check=True)
    quads = list(ox.parse(result.stdout, format=ox.RdfFormat.N_QUADS))
    assert len(quads) > 50
    assert result.stderr == b""
    assert {quad.predicate.value for quad in quads} <= terms()
    assert result.stdout.decode().splitlines() == sorted(result.stdout.decode().splitlines())


def test_turtle_says_the_same_as_nquads() -> None:
    nquads = {quad.triple for quad in ox.parse(run("extract", EXAMPLE).stdout, format=ox.RdfFormat.N_QUADS)}
    turtle = {quad.triple for quad in ox.parse(run("extract", EXAMPLE, "--format", "turtle").stdout, format=ox.RdfFormat.TURTLE)}
    assert turtle == nquads


def test_json_lines_show_the_words_of_every_fact() -> None:
    text = EXAMPLE.read_text("utf-8")
    rows = [json.loads(line) for line in run("extract", EXAMPLE, "--format", "jsonl").stdout.splitlines()]
    assert rows
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in rows)
    assert all(row["subject"].startswith(BASE) for row in rows)


def test_least_confidence_leaves_facts_out() -> None:
    everything, sure = (run("extract", EXAMPLE, "--format", "jsonl", "--min-confidence", least).stdout.splitlines() for least in (0, 0.93))
    assert 0 < len(sure) < len(everything)


@pytest.mark.parametrize("arguments", [("extract", "nowhere.md"), ("build", "nowhere.md")])
def test_a_file_that_is_not_there_is_one_line(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code in (1, 2)
    assert "nowhere.md" in result.stderr
    assert "Traceback" not in result.stderr
