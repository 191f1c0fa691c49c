"""The explorer as `kg serve` serves it: the page of the graph that is served, and nothing that it may not do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.exporters.explorer import Explorer
from kg.exporters.explorer.data import page_value
from kg.graph import open_graph
from kg.identity import BASE
from kg.service import part
from kg.stores.oxigraph import OnDisk, OxigraphStore
from tests.exporters.explorer_page import CHROMIUM, SETTLED, edges, value
from tests.exporters.made_field import AREAS, made_field

pytest.importorskip("uvicorn", reason="the service's packages are not installed: pip install 'paperkg[serve]'")
from tests.service.conftest import Answer, Service, until

WIDE = 600  # things; 240 papers, of which the first part holds 150
BROWSER = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")


@pytest.fixture(scope="module")
def service(small_directory: Path) -> Iterator[Service]:
    running = Service(small_directory, "--workers", "1")
    yield running
    running.stop()


def made(service: Service, target: str) -> Answer:
    """A page, once it is made."""
    answers: list[Answer] = []

    def there() -> bool:
        answers.append(service.get(target))
        return answers[-1].status != 202

    assert until(there, 120)
    return answers[-1]


@pytest.fixture(scope="module")
def answer(service: Service) -> Answer:
    return made(service, "/explore")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    local = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", local])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that has complained of nothing."""
    said: list[str] = []
    opened = browser.new_page()
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    assert said == []


def test_the_page_is_that_of_the_graph(answer: Answer, small_directory: Path) -> None:
    assert answer.status == 200
    assert answer.body == b"".join(Explorer().export(open_graph(small_directory).store))


def test_a_browser_that_has_the_page_is_not_sent_it_again(service: Service, answer: Answer) -> None:
    again = service.get("/explore", If_None_Match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")


@BROWSER
def test_it_runs_as_served(service: Service, answer: Answer, page: Any) -> None:
    assert answer.status == 200
    page.goto(f"http://127.0.0.1:{service.port}/explore#page=query")
    page.wait_for_function(SETTLED)
    page.locator("textarea").fill("ASK { ?s ?p ?o }")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_selector(".truth", timeout=60_000)
    assert page.locator(".truth").inner_text() == "Yes"


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service of a graph that has more papers than a first part."""
    directory = tmp_path_factory.mktemp("wide") / "graph"
    directory.mkdir()
    OnDisk().create(directory / "store").load(made_field(WIDE))
    (directory / "graph.nt").write_text("", "utf-8")
    (directory / "manifest.json").write_text(json.dumps({"format": 1}), "utf-8")
    running = Service(directory, "--workers", "1")
    yield running
    running.stop()


def values(store: OxigraphStore, thing: str) -> dict[tuple[str, str, str], list[str]]:
    """The facts of a thing with their sentences, as a page's value has them."""
    told = page_value(store)
    number = next(number for number, node in enumerate(told["nodes"]) if node[0] == thing)
    names = [node[0] for node in told["nodes"]]
    return {
        (names[edge.source], edge.predicate, names[edge.target]): [told["sentences"][told["claims"][claim][0]] for claim in edge.claims]
        for edge in edges(told)
        if number in edge[:2]
    }


@pytest.mark.parametrize("thing", ["paper/study-0", "event/meet-2010", "topic/coral-mapping-method-0"])
def test_a_part_tells_all_of_its_middle(thing: str) -> None:
    store = OxigraphStore()
    store.load(made_field(300))
    assert values(part.part(store, [BASE + thing]), thing) == values(store, thing)


def test_what_nobody_knows_is_not_found(service: Service) -> None:
    assert service.get(f"/explore/around?iri={BASE}paper/none").status == 404
    assert service.get("/explore/around?iri=https://example.org/").status == 400


@BROWSER
def test_a_page_of_a_part_asks_for_what_it_does_not_hold(wide: Service, page: Any) -> None:
    first = made(wide, "/explore?part=yes")
    assert first.status == 200
    held = page_things(first.body)
    absent = next(number for number in range(240) if f"paper/study-{number}" not in held)
    page.goto(f"http://127.0.0.1:{wide.port}/explore?part=yes")
    page.wait_for_function(SETTLED)
    title = f"{AREAS[absent % len(AREAS)].capitalize()} study {absent}"
    page.get_by_role("combobox").first.fill(title)
    page.locator("header [role=option] .name").get_by_text(title, exact=True).click()
    page.wait_for_selector("#panel-title", timeout=30_000)
    assert page.locator("#panel-title").inner_text() == title
    event = page.locator("aside section", has=page.locator("h3", has_text="Presented at"))
    assert "says so" in event.locator("blockquote").first.inner_text()
    event.get_by_role("link").first.click()
    page.wait_for_function("() => document.querySelector('#panel-title')?.textContent.startsWith('MEET')", timeout=30_000)
    page.go_back()
    page.wait_for_function("(name) => document.querySelector('#panel-title')?.textContent === name", arg=title)


def page_things(body: bytes) -> set[str]:
    return {node[0] for node in value(body.decode())["nodes"]}
