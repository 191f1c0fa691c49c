"""Papers get what catalogues know of them: the right record, none in doubt, kept over builds, and never louder than a review."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import links
from kg.cli import main
from kg.corroboration import corroboration
from kg.errors import GraphError
from kg.graph import open_graph
from kg.identity import BASE
from kg.linking import Wanted, judge, link
from kg.merge.titles import Title
from kg.records import formats
from kg.records.record import Author, Head, Record

REVIEW = """# Moss meeting 2020

## Weighing Apples in the Dark with Cheap Sensors - Pino et al.

I liked it. It uses contrastive learning on AudioSet.

## Kites for Weather Stations on Remote Islands

*Ana Pino, Ola Berg*, 2019

Solid work.
"""
LIBRARY = """@inproceedings{weighing,
 title={Weighing {A}pples in the Dark with Cheap Sensors}, author={Pino, Ana and M{\\"u}ller, Yuki and Berg, Ola}, year=2020, doi={10.1234/moss.5},
 booktitle={Proceedings of the 58th Annual Meeting of the Association for Computational Linguistics},
}
@article{kites, title={Kites for Weather Stations on Remote Islands}, author={Ana Pino and Ola Berg}, year=2021, journal={Journal of Kites}}
"""
PAPER = "paper/weighing-apples-in-the-dark-with-cheap-sensors-66e62a522c"
DARK = "Weighing Apples in the Dark with Cheap Sensors"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_CONTACT", raising=False)
    (tmp_path / "one.md").write_text(REVIEW)
    (tmp_path / "library.bib").write_text(LIBRARY)
    assert run("build", "one.md", "--jobs", 1).exit_code == 0
    return tmp_path


def ask(query: str, **parameters: str) -> set[str]:
    return {row["x"].value for row in open_graph("graph").query(query, **parameters)}  # type: ignore[union-attr]


def authors() -> set[str]:
    return ask(f"SELECT ?x {{ <{BASE}{PAPER}> kg:authorship/kg:nameAsWritten ?x }}")


def paper(title: str = DARK, *names: str, years: tuple[int, ...] = (), identifiers: tuple[str, ...] = ()) -> Wanted:
    return Wanted("x", (Title(title),), tuple(enumerate(names, 1)), frozenset(years), frozenset(identifiers))


def record(title: str = DARK, *names: str, year: int | None = None, identifiers: tuple[str, ...] = (), key: str = "k") -> Record:
    return Record("made", key, title, tuple(map(Author, names)), year, "", identifiers)


def test_a_record_completes_a_paper(place: Path) -> None:
    told = run("link", "library.bib")
    assert "2 records, 2 of 2 papers found, 0 doubtful" in told.stdout
    assert authors() == {"Pino", "Ana Pino", "Yuki Müller", "Ola Berg"}
    assert ask(f"SELECT ?x {{ <{BASE}{PAPER}> schema:identifier ?x }}") == {"doi:10.1234/moss.5"}
    assert ask(f"SELECT ?x {{ <{BASE}{PAPER}> kg:presentedAt/schema:name ?x }}") == {"ACL 2020"}
    assert run("validate", "--checks-only").exit_code == 0


def test_every_fact_of_a_record_has_a_line_of_it(place: Path) -> None:
    run("link", "library.bib")
    texts = {f"{BASE}doc/{one.document}": links.text(one) for one in links.load(place / "graph")}
    answer = open_graph("graph").query(
        "SELECT ?d ?s ?e ?q { ?p oa:hasSource ?d ; oa:start ?s ; oa:end ?e ; oa:exact ?q . ?d dcterms:type kg:record }"
    )
    rows = [(row["d"].value, int(row["s"].value), int(row["e"].value), row["q"].value) for row in answer]  # type: ignore[union-attr]
    assert len(rows) >= 14
    assert all(texts[document][start:end] == quote for document, start, end, quote in rows)


def test_what_a_review_said_stays_and_the_difference_is_told(place: Path) -> None:
    run("link", "library.bib")
    kites = f"{BASE}paper/kites-for-weather-stations-on-remote-islands-6ae2aafde0"
    assert ask(f"SELECT ?x {{ <{kites}> kg:year ?x }}") == {"2019"}
    told = run("query", "--name", "record-disagreements", "--format", "json").stdout
    assert [(row["fact"], row["said"], row["recorded"]) for row in bindings(told)] == [("year", "2019", "2021")]


def bindings(told: str) -> list[dict[str, str]]:
    return [{name: cell["value"] for name, cell in row.items()} for row in json.loads(told)["results"]["bindings"]]


def test_links_survive_a_build_and_a_changed_review(place: Path) -> None:
    run("link", "library.bib")
    before = (place / "graph" / "graph.nt").read_text()
    assert run("build", "one.md", "--jobs", 1).exit_code == 0
    assert (place / "graph" / "graph.nt").read_text() == before
    (place / "one.md").write_text(REVIEW.replace("Solid work.", "Fine work."))
    run("build", "one.md", "--jobs", 1)
    assert "Yuki Müller" in authors()
    assert "nothing changed" in run("build", "one.md", "--jobs", 1).stdout


def test_the_order_of_sources_does_not_matter(place: Path) -> None:
    (place / "again.bib").write_text(LIBRARY.replace("Yuki", "Yukiko"))
    run("link", "library.bib", "again.bib")
    before = (place / "graph" / "graph.nt").read_text()
    (place / "graph" / "links" / "records.jsonl").unlink()
    run("link", "again.bib", "library.bib")
    assert (place / "graph" / "graph.nt").read_text() == before


def test_a_link_to_a_paper_that_is_gone_is_reported(place: Path) -> None:
    run("link", "library.bib")
    (place / "one.md").write_text(REVIEW.split("## Kites", maxsplit=1)[0])
    told = run("build", "one.md", "--jobs", 1)
    assert "a link names" in told.stderr
    assert not ask("SELECT ?x { ?x a schema:ScholarlyArticle ; kg:year 2021 }")


def test_a_link_can_be_undone(place: Path) -> None:
    run("link", "library.bib")
    (entry,) = (one for one in links.load(place / "graph") if one.address.endswith(PAPER))
    assert run("different", PAPER, f"doc/{entry.document}", "--reason", "another paper").exit_code == 0
    told = run("build", "one.md", "--jobs", 1)
    assert "decisions:" not in told.stderr
    assert authors() == {"Pino"}


def test_records_are_no_writers(place: Path) -> None:
    (place / "two.md").write_text(REVIEW.replace("# Moss meeting 2020", "# Another gardener's notes"))
    run("build", "one.md", "two.md", "--jobs", 1)
    run("link", "library.bib")
    told = corroboration(open_graph("graph").store)
    support = told[f"{BASE}{PAPER}", "https://schema.org/name", DARK]
    assert (support.writers, support.documents, support.records) == (2, 2, ("library.bib",))
    rows = {(row["fact"], row["object"]): row for row in bindings(run("query", "--name", "corroboration", "--format", "json").stdout)}
    assert (rows["name", DARK]["writers"], rows["name", DARK]["records"]) == ("2", "1")
    assert "2, library.bib" in run("show", PAPER).stdout


REMARKS = """## Steady Tides of the Northern Harbours - Holm et al.

They measure the northern tides with AudioSet and more patience than anybody had before them.

## Kites for Weather Stations on Remote Islands - Pino et al.

I liked how the kites are built from nothing but paper, and that their plans are open to all.

## Learning to Count Sheep without Falling Asleep - Berg et al.

The experiments are thin and the sheep were few, but contrastive learning does help here.

## Reading the Weather from Old Ship Logs - Mori et al.

A wonderful idea: captains wrote down the wind for centuries, and nobody had looked at it.
"""


def test_a_repost_counts_once(place: Path) -> None:
    (place / "one.md").write_text(f"# Tides of 2020\n\n{REMARKS}\n")
    (place / "mirror.md").write_text(f"# A mirror of the tides\n\n{REMARKS}\n\nTaken over with thanks.\n")
    run("build", "one.md", "mirror.md", "--jobs", 1)
    assert len(ask("SELECT ?x { ?x kg:repostOf ?y }")) == 1
    assert {support.writers for support in corroboration(open_graph("graph").store).values()} == {1}
    assert bindings(run("query", "--name", "corroboration", "--format", "json").stdout) == []


def test_a_service_must_be_allowed_and_told_who_asks(place: Path) -> None:
    assert "add --allow-net" in run("link", "openalex").stderr
    assert "--contact" in run("link", "openalex", "--allow-net").stderr
    assert "no web service of that name" in run("link", "nowhere").stderr


@pytest.fixture
def openalex() -> Iterator[str]:
    class Works(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            work = {"id": "https://openalex.org/W5", "title": DARK, "publication_year": 2020, "doi": "https://doi.org/10.1234/moss.5"}
            people = [
                {"author": {"display_name": name, "orcid": None}, "institutions": [{"display_name": "Moss University"}]}
                for name in ("Ana Pino", "Ola Berg")
            ]
            body = json.dumps({"results": [work | {"authorships": people}] if "weighing" in self.path else []}).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = HTTPServer(("127.0.0.1", 0), Works)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"openalex=http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_service_completes_papers_and_is_asked_once(place: Path, openalex: str) -> None:
    told = run("link", openalex, "--allow-net", "--contact", "me@example.org")
    assert "1 records, 1 of 2 papers found" in told.stdout
    assert ask("SELECT ?x { ?p schema:affiliation/schema:name ?x }") == {"Moss University"}
    kept = sorted((place / "graph" / "links" / "answers").iterdir())
    assert len(kept) == 2
    run("build", "one.md", "--jobs", 1)
    assert sorted((place / "graph" / "links" / "answers").iterdir()) == kept


def test_a_broken_file_of_links_names_the_line(place: Path) -> None:
    run("link", "library.bib")
    path = place / "graph" / "links" / "records.jsonl"
    path.write_text(path.read_text() + "{}\n")
    with pytest.raises(GraphError, match="line 3"):
        links.load(place / "graph")


def test_what_is_written_is_what_is_read(place: Path) -> None:
    full = Record(
        "OpenAlex",
        "W1",
        "A\u2028title",
        (Author("Ann Ex", "0000-0002-1825-0097", ("X University",)),),
        2020,
        "ACL",
        ("doi:10.1/x",),
        "https://x.org/1",
        whole=False,
    )
    links.save(place / "graph", [links.Link("x-1", "made up", 0.5, full)])
    assert links.load(place / "graph") == (links.Link("x-1", "made up", 0.5, full),)


@pytest.mark.parametrize(
    ("ours", "theirs", "reason"),
    [
        (paper(DARK, "Ana Pino"), record(DARK, "Lars Holm"), "authors differ"),
        (paper(DARK, "Pino"), record(DARK, "Lars Holm", "Ola Berg"), "authors differ"),
        (paper(f"{DARK}: Part 1", "Ana Pino"), record(f"{DARK}: Part 2", "Ana Pino"), "numbers differ"),
        (paper(identifiers=("arxiv:2001.00001",)), record(identifiers=("arxiv:2001.00002",)), "other identifiers"),
        (paper("Deep Learning"), record("Deep Learning", "Ann Ex"), "too short"),
        (paper(years=(2010,)), record(year=2020), "years are far apart"),
        (
            paper("Something Else Entirely", "Ana Pino", identifiers=("doi:10.1/x",)),
            record(DARK, "Lars Holm", identifiers=("doi:10.1/x",)),
            "title and authors differ",
        ),
    ],
)
def test_what_speaks_against_a_record(ours: Wanted, theirs: Record, reason: str) -> None:
    judgement = judge(ours, theirs)
    assert judgement
    assert reason in judgement.against


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (paper(DARK, "Pino"), record(DARK, "Ana Pino", "Ola Berg")),
        (paper(DARK.upper(), "A. Pino"), record(DARK, "Pino, Ana")),
        (paper("Weighing Aples in the Dark with Cheap Sensor"), record()),
        (paper("Weighing Apples in the Dark", "Ana Pino"), record("Weighing Apples in the Dark: A Study", "Ana Pino")),
        (paper("Deep Learning", "Ann Ex"), record("Deep learning", "Ann Ex", "Bo Why")),
        (paper("", identifiers=("arxiv:2001.00001",)), record(DARK, identifiers=("arxiv:2001.00001",))),
        (paper(DARK, "Ana Pino", years=(2010,)), record(DARK, "Ana Pino", year=2020)),
    ],
)
def test_what_speaks_for_a_record(ours: Wanted, theirs: Record) -> None:
    judgement = judge(ours, theirs)
    assert judgement
    assert judgement.against == ""


def test_of_two_papers_of_one_title_none_is_guessed() -> None:
    made = [record(DARK, "Ana Pino", key="a"), record(DARK, "Lars Holm", key="b")]
    found = link([paper()], (Head(one.title, (), one) for one in made), lambda head: head.raw)
    assert found.links == []
    assert "2 records by different people" in found.doubts[0].reason


def test_the_better_record_is_taken() -> None:
    made = [record(DARK, "Ana Pino", year=2015, key="a"), record(DARK, "Ana Pino", year=2020, key="b"), record(DARK, "Lars Holm", key="c")]
    found = link([paper(DARK, "Ana Pino", years=(2020,))], (Head(one.title, (), one) for one in made), lambda head: head.raw)
    assert [one.record.key for one in found.links] == ["b"]


def test_a_snapshot_is_linked_without_mistake(tmp_path: Path, snapshot: Callable[[Path], list[tuple[Wanted, str]]]) -> None:
    named = snapshot(tmp_path / "snapshot.jsonl")
    form = formats.recognised(tmp_path / "snapshot.jsonl")
    found = link([one for one, _ in named], formats.heads(tmp_path / "snapshot.jsonl", form), lambda head: form.record(head.raw, ""))
    due = {one.paper: key for one, key in named if key}
    assert {one.paper: one.record.key for one in found.links} == due
    assert len(due) > 100
    assert found.records > 2900


@pytest.fixture
def snapshot() -> Callable[[Path], list[tuple[Wanted, str]]]:
    from tests.benchmarks.snapshot import write

    def made(path: Path) -> list[tuple[Wanted, str]]:
        named = write(3000, path, 200)
        return [(Wanted(str(n), (Title(one.title),), tuple(enumerate(one.authors, 1))), one.record) for n, one in enumerate(named)]

    return made
