"""What an explorer asks, and the pages for people: complete, escaped, and as described in OpenAPI."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import threading
from dataclasses import asdict
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from kg import queries
from kg.graph import open_graph
from kg.identity import BASE
from kg.service import pages, replies
from kg.service.worker import answer, opened
from kg.trust.ledger import Ledger, plain
from kg.trust.why import Reasons
from tests.conftest import HOSTILE
from tests.service.conftest import Service, quoted

pytestmark = pytest.mark.server


def first(service: Service, name: str) -> str:
    return str(service.get(f"/api/search?q={quoted(name)}").json[0]["iri"])  # type: ignore[index]


class Seen(HTMLParser):
    """Tags, the attributes that can run or fetch, and the text of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_thing_is_found_by_a_part_of_its_name(service: Service) -> None:
    hits = service.get("/api/search?q=sheep").json
    assert "Counting Sheep in Parallel" in [hit["label"] for hit in hits]  # type: ignore[union-attr]
    kinds = {hit["kind"] for hit in service.get("/api/search?q=count&kind=Method").json}  # type: ignore[union-attr]
    assert kinds == {"Method"}
    assert len(service.get("/api/search?q=count&limit=1").json) == 1  # type: ignore[arg-type]


def test_all_that_is_said_of_a_thing_with_its_sentence(service: Service) -> None:
    told = service.get(f"/api/entity?iri={quoted(first(service, 'Neural Widgets'))}").json
    said = {(s["relation"], s["other"]): s for s in told["statements"]}  # type: ignore[index]
    assert said["kg:introduces", "CountNet-W"]["sentence"] == "It introduces CountNet-W for widget counting."
    assert said["kg:introduces", "CountNet-W"]["iri"].startswith(f"{BASE}topic/")
    assert all(s["documents"] for s in told["statements"])  # type: ignore[index]


def test_what_stands_around_a_thing(service: Service) -> None:
    iri = first(service, "Neural Widgets")
    told = service.get(f"/api/neighbours?iri={quoted(iri)}").json
    nodes = {node["iri"] for node in told["nodes"]}  # type: ignore[index]
    edges = told["edges"]  # type: ignore[index]
    assert all({edge["source"], edge["target"]} <= nodes for edge in edges)
    assert any(edge["predicate"] == "kg:introduces" and edge["sentences"] == ["It introduces CountNet-W for widget counting."] for edge in edges)
    some = service.get(f"/api/neighbours?iri={quoted(iri)}&limit=2").json
    assert (len(some["edges"]), some["more"]) == (2, True)  # type: ignore[index]


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is of Linux")
def test_what_stands_around_a_thing_in_the_explorer_is_told_by_a_worker(small_directory: Path) -> None:
    """While it is stopped nobody tells it; so its time and its memory have an end, like a query's."""
    running = Service(small_directory, "--workers", "1", "--timeout", "30")
    target, answers = f"/explore/around?iri={quoted(first(running, 'Neural Widgets'))}", list[int]()
    asking = threading.Thread(target=lambda: answers.append(running.get(target).status))
    (worker,) = running.workers()
    try:
        os.kill(worker, signal.SIGSTOP)
        asking.start()
        asking.join(1)
        assert answers == []
        os.kill(worker, signal.SIGCONT)
        asking.join(30)
        assert answers == [200]
    finally:
        running.stop()


def test_no_answer_is_larger_than_it_may_be(small_directory: Path) -> None:
    room = opened(small_directory, 500, 1_000)
    iri = next(iter(room.graph.papers())).iri
    asked = {"entity": {"iri": iri}, "neighbours": {"iri": iri, "limit": 100}, "part": {"iri": iri}}
    for operation, arguments in asked.items():
        assert answer(room, replies.job(operation, arguments)).status == 413, operation


@pytest.mark.parametrize("target", ["/api/search", "/api/search?q=", "/api/search?q=" + "a" * 501, "/api/search?q=a&limit=0", "/api/search?q=a&limit=x", "/api/search?q=a&z=1", "/api/entity", "/api/entity?iri=no%20iri", "/api/queries/papers?year=soon", "/api/queries/papers?what=1"])  # fmt: skip
def test_a_wrong_parameter_is_told(service: Service, target: str) -> None:
    assert service.get(target).status == 400


@pytest.mark.parametrize("target", ["/api/entity?iri=https%3A%2F%2Fexample.org%2F", "/api/neighbours?iri=https%3A%2F%2Fexample.org%2F", "/api/queries/none", "/id/paper/none"])  # fmt: skip
def test_what_is_not_there_is_told(service: Service, target: str) -> None:
    assert service.get(target).status == 404


def test_every_stock_query_answers_as_the_graph_does(service: Service, small_directory: Path) -> None:
    listed = {query["name"] for query in service.get("/api/queries").json}  # type: ignore[union-attr]
    assert listed == set(queries.stock())
    graph = open_graph(small_directory)
    for name in queries.stock():
        found = ox.parse_query_results(service.get(f"/api/queries/{name}?format=json").body, format=ox.QueryResultsFormat.JSON)
        assert [list(row) for row in found] == [list(row) for row in graph.ask(name)], name


@pytest.mark.parametrize("media_type", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"])
def test_every_thing_answers_programs_in_rdf(service: Service, small_directory: Path, media_type: str) -> None:
    iri = first(service, "CountNet")
    found = service.get(f"/id/{iri.removeprefix(BASE)}", media_type)
    assert found.headers["content-type"].startswith(media_type)
    form = ox.RdfFormat.from_media_type(media_type)
    assert {quad.triple for quad in ox.parse(found.body, format=form)} == set(open_graph(small_directory).describe(iri))


def test_every_address_of_the_graph_answers_people_and_programs(service: Service, small_triples: list[ox.Triple]) -> None:
    subjects = {t.subject.value for t in small_triples if isinstance(t.subject, ox.NamedNode) and t.subject.value.startswith(BASE)}
    addresses = sorted({subject.split("#")[0] for subject in subjects})
    assert len(addresses) > 50
    for accept in ("text/html", "text/turtle"):
        assert {service.get(f"/id/{iri.removeprefix(BASE)}", accept).status for iri in addresses} == {200}


def test_a_thing_that_was_merged_away_leads_on(small_lines: list[str], tmp_path: Path) -> None:
    from kg.importing import import_files

    heir = re.search(rf"<({BASE}paper/[^>]+)> <[^>]+#type>", "\n".join(small_lines))
    assert heir
    file = tmp_path / "small.nt"
    file.write_text("\n".join([*small_lines, f"<{heir[1]}> <https://schema.org/sameAs> <{BASE}paper/old> ."]) + "\n", encoding="utf-8")
    import_files([file], tmp_path / "graph")
    running = Service(tmp_path / "graph")
    try:
        found = running.get("/id/paper/old", "text/turtle")
        assert (found.status, found.headers["location"]) == (301, f"/id/{heir[1].removeprefix(BASE)}")
        assert running.get(f"/api/entity?iri={quoted(BASE + 'paper/old')}").headers["location"].endswith(quoted(heir[1]))
    finally:
        running.stop()


def test_a_page_shows_every_fact_with_its_sentence(service: Service) -> None:
    iri = first(service, "Neural Widgets")
    seen = Seen(service.get(f"/id/{iri.removeprefix(BASE)}", "text/html,application/xhtml+xml,*/*;q=0.8").body)
    for words in ("It introduces CountNet-W for widget counting.", "introduces", "CountNet-W", "Wanda Widget"):
        assert words in seen.text


@pytest.mark.parametrize("target", ["/?q=pwned", "/?q=" + quoted('"><script>alert(1)</script>'), "hostile"])
def test_words_of_a_document_never_become_markup(service: Service, target: str) -> None:
    if target == "hostile":
        target = f"/id/{first(service, 'pwned').removeprefix(BASE)}"
    found = service.get(target, "text/html")
    seen = Seen(found.body)
    assert "script" not in seen.tags
    assert not [name for name, value in seen.attributes if name.startswith("on") or "javascript:" in value.lower()]
    assert "script" not in found.headers["content-security-policy"]
    assert (HOSTILE if "pwned" in target or target.startswith("/id/") else "<script>alert(1)") in seen.text


@pytest.mark.parametrize(
    "address", ["javascript:pwned()", "JAVASCRIPT:pwned()", "data:text/html,x", "file:///etc/passwd", "//evil.example", " https://x"]
)
def test_only_addresses_of_the_web_become_links(address: str) -> None:
    assert pages.link(address, "words & more") == "words &amp; more"


def test_the_query_page_runs_our_files_only(service: Service) -> None:
    found = service.get("/sparql", "text/html")
    seen = Seen(found.body)
    sources = [value for name, value in seen.attributes if name == "src"]
    assert sources == ["/static/yasqe.min.js", "/static/query.js"]
    assert "script-src 'self';" in found.headers["content-security-policy"]
    assert all(service.get(source).status == 200 for source in (*sources, "/static/yasqe.min.css", "/static/page.css", "/static/yasqe.LICENSES.txt"))
    assert service.get("/static/../app.py").status == 404
    assert service.get("/static/%2e%2e/app.py").status == 404


def why(service: Service, relation: str, other: str) -> list[dict[str, object]]:
    told = service.get(f"/api/entity?iri={quoted(first(service, 'Neural Widgets'))}").json
    fact = next(s["fact"] for s in told["statements"] if (s["relation"], s["other"]) == (relation, other))  # type: ignore[index]
    return service.get(f"/api/why?{urlencode(fact)}").json  # type: ignore[return-value]


def test_why_tells_what_the_command_tells(service: Service, small_directory: Path) -> None:
    """Every fact of the graph: the same words, voices and doubts, though the service does not read the whole graph."""
    reasons = Reasons(Ledger(sorted(f"{triple} ." for triple in open_graph(small_directory).store)))
    expected = {reason.terms: reason for reason in map(reasons.of, reasons.facts)}
    assert len(expected) >= 40
    for (subject, predicate), same in groupby(sorted(expected), key=lambda terms: terms[:2]):
        found = service.get(f"/api/why?{urlencode({'subject': plain(subject), 'predicate': plain(predicate)})}").json
        for terms, reason in zip(same, found, strict=True):  # type: ignore[arg-type]
            theirs = json.loads(json.dumps(asdict(expected[terms])))
            assert reason | {"terms": ""} == theirs | {"terms": ""}


def test_why_names_one_of_several(service: Service) -> None:
    (reason,) = why(service, "kg:introduces", "CountNet-W")
    assert reason["voices"] == 1
    assert reason["stated"][0]["quote"] == "It introduces CountNet-W for widget counting."  # type: ignore[index]
    (doubted,) = why(service, "kg:year", "2021")
    assert any("1999" in line for line in doubted["against"])  # type: ignore[attr-defined]


@pytest.mark.parametrize(("query", "status"), [("", 400), ("subject=a:a", 400), ("subject=a&predicate=kg:year", 400), ("subject=a:a&predicate=b", 400), ("subject=a:a&predicate=kg:nothing", 404), ("subject=a:a&predicate=kg:year&other=1", 400)])  # fmt: skip
def test_why_of_nothing_is_told(service: Service, query: str, status: int) -> None:
    assert service.get(f"/api/why?{query}").status == status


def test_a_page_leads_to_who_says_so(service: Service) -> None:
    seen = Seen(service.get(f"/id/{first(service, 'Neural Widgets').removeprefix(BASE)}", "text/html").body)
    links = [value for name, value in seen.attributes if name == "href" and value.startswith("/why?")]
    assert len(links) >= 10
    found = [service.get(link, "text/html") for link in links]
    assert {page.status for page in found} == {200}
    assert "It introduces CountNet-W for widget counting." in "".join(Seen(page.body).text for page in found)
