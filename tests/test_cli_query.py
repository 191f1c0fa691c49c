"""The commands that read a graph, as a person types them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg import queries, registry
from kg.cli import main
from kg.cli.table import table

TITLES = "SELECT ?title { ?paper a schema:ScholarlyArticle ; schema:name ?title } ORDER BY ?title LIMIT 1"


@pytest.fixture
def run(small_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The command line in an empty directory, with the small graph named in the environment."""
    monkeypatch.chdir(tmp_path)
    return CliRunner(env={"KG_GRAPH": str(small_directory), "COLUMNS": "100"})


def kg(run: CliRunner, *arguments: str, stdin: str | None = None) -> Result:
    return run.invoke(main, arguments, input=stdin)


def test_a_query_gives_a_table(run: CliRunner) -> None:
    result = kg(run, "query", TITLES)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].strip() == "title"
    assert "1 row" in result.stderr


def test_csv_tsv_and_json_hold_the_same(run: CliRunner) -> None:
    tables = {form: kg(run, "query", TITLES, "--format", form).stdout for form in ("csv", "tsv", "json")}
    (row,) = csv.DictReader(io.StringIO(tables["csv"]))
    assert json.loads(tables["json"])["results"]["bindings"][0]["title"]["value"] == row["title"]
    assert tables["tsv"].splitlines()[0] == "?title"


def test_ask_says_yes_or_no(run: CliRunner) -> None:
    assert kg(run, "query", "ASK { ?paper a schema:ScholarlyArticle }").stdout == "yes\n"
    assert kg(run, "query", "ASK { ?paper a kg:Nothing }").stdout == "no\n"
    assert json.loads(kg(run, "query", "ASK { ?s ?p ?o }", "--format", "json").stdout)["boolean"] is True


def test_construct_gives_turtle(run: CliRunner) -> None:
    result = kg(run, "query", "CONSTRUCT WHERE { ?paper kg:year ?year }")
    assert len(list(ox.parse(result.stdout, format=ox.RdfFormat.TURTLE))) == 2
    assert kg(run, "query", "CONSTRUCT WHERE { ?paper kg:year ?year }", "--format", "csv").exit_code == 1
    assert kg(run, "query", TITLES, "--format", "turtle").exit_code == 1


def test_a_query_is_read_from_a_file_or_standard_input(run: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "titles.rq").write_text(TITLES, encoding="utf-8")
    assert kg(run, "query", "-f", "titles.rq").stdout == kg(run, "query", "-f", "-", stdin=TITLES).stdout == kg(run, "query", TITLES).stdout


def test_a_stock_query_takes_parameters(run: CliRunner) -> None:
    result = kg(run, "query", "--name", "papers-by-method", "method=countnet-w")
    assert "Counting Sheep in Parallel" in result.stdout
    assert "method" not in result.stdout.splitlines()[0]


@pytest.mark.parametrize("arguments", [(), ("a", "b"), ("--name", "papers-by-method", "CLAP"), ("--name", "papers", "-f", "-"), (TITLES, "-f", "-")])
def test_what_cannot_be_meant_is_told(run: CliRunner, arguments: tuple[str, ...]) -> None:
    assert kg(run, "query", *arguments).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("SELECT",), "not SPARQL"),
        (("ASK { SERVICE <http://127.0.0.1:9/> {} }",), "SERVICE is not allowed"),
        (("--name", "papers-by-magic"), "there are: authors-of-paper"),
        (("--name", "papers-by-method", "colour=red"), "it has: method"),
        (("--graph", "nowhere", TITLES), "kg build"),
    ],
)
def test_a_failure_is_one_line_and_status_1(run: CliRunner, arguments: tuple[str, ...], message: str) -> None:
    result = kg(run, "query", *arguments)
    assert result.exit_code == 1
    assert message in result.stderr
    assert result.stderr.startswith("kg: ")
    assert result.stdout == ""


def test_a_slow_query_is_stopped(run: CliRunner, small_directory: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?a) < STR(?d) && STR(?g) < STR(?c)) }"
    start = time.monotonic()
    arguments = [sys.executable, "-m", "kg", "query", "--graph", str(small_directory), "--timeout", "1", slow]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "stopped after 1 s" in done.stderr
    assert time.monotonic() - start < 10


def test_a_quick_query_ends_before_its_timeout(small_directory: Path) -> None:
    arguments = [
        sys.executable,
        "-m",
        "kg",
        "query",
        "--graph",
        str(small_directory),
        "--timeout",
        "60",
        "--name",
        "papers-by-method",
        "method=CountNet-W",
    ]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert "Counting Sheep in Parallel" in done.stdout


def test_stock_queries_are_listed_and_shown(run: CliRunner) -> None:
    listed = kg(run, "queries").stdout
    assert all(name in listed for name in queries.stock())
    shown = kg(run, "queries", "weak-facts").stdout
    assert "percent=<integer>" in shown
    assert "[default: 70]" in shown
    assert "SELECT" in shown


def test_formats_are_listed(run: CliRunner) -> None:
    listed = kg(run, "formats").stdout
    assert all(name in listed for name in registry.names("exporter"))


@pytest.mark.parametrize("name", registry.names("exporter"))
def test_an_export_is_a_file_named_after_its_format(run: CliRunner, tmp_path: Path, name: str) -> None:
    result = kg(run, "export", name)
    assert result.exit_code == 0, result.stderr
    (file,) = tmp_path.glob(f"{name}.*")
    assert result.stdout.strip() == file.name
    assert kg(run, "export", name, "-o", "-").stdout_bytes == file.read_bytes()


def test_rdf_gets_a_description_beside_it(run: CliRunner, tmp_path: Path) -> None:
    kg(run, "export", "turtle", "-o", "out.ttl")
    assert {path.name for path in tmp_path.iterdir()} == {"out.ttl", "dataset.ttl"}


def test_a_place_that_cannot_be_written_is_told(run: CliRunner, tmp_path: Path) -> None:
    result = kg(run, "export", "turtle", "-o", "no/such/place.ttl")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_failed_export_leaves_the_old_file(run: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "out.ttl").write_text("old", encoding="utf-8")
    (tmp_path / "out.ttl.d").mkdir()
    assert kg(run, "export", "turtle", "-o", "out.ttl.d").exit_code == 1
    assert (tmp_path / "out.ttl").read_text(encoding="utf-8") == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"out.ttl", "out.ttl.d"}


def test_an_unknown_format_lists_those_that_there_are(run: CliRunner) -> None:
    result = kg(run, "export", "papyrus")
    assert result.exit_code == 1
    assert "turtle" in result.stderr


def test_a_good_graph_validates(run: CliRunner) -> None:
    assert kg(run, "validate").stdout == "all shapes and checks hold\n"


def test_a_bad_file_is_told_with_status_1(run: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("<https://example.org/p> a <https://schema.org/ScholarlyArticle> .", encoding="utf-8")
    result = kg(run, "validate", "bad.ttl")
    assert result.exit_code == 1
    assert "https://example.org/p" in result.stdout.replace("\n", "").replace(" ", "")


def test_a_table_holds_no_control_characters_and_fits() -> None:
    text = table(("a", "b"), [("\x1b[31mred\x07", "word " * 60), ("\u202ereversed", "x")])
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert max(map(len, text.splitlines())) <= 120


def test_an_empty_table_has_its_head() -> None:
    assert table(("a", "b"), []) == "a  b"
