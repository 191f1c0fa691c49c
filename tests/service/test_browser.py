"""The pages of a running service in Chromium: the query page works, nothing is asked of others, no text of the graph runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg import queries
from kg.graph import open_graph
from tests.conftest import HOSTILE
from tests.service.conftest import Service, quoted

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]


class Opened:
    """A page with all that it asked for and said while it was open."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        self.requests: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: self.said.append(dialog.message))

    def go(self, target: str) -> None:
        self.page.goto(self.address + target)

    def ask(self, query: str) -> str:
        """Types a query, asks it, and waits for what is said of the answer."""
        self.page.evaluate("(text) => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", query)
        return self.press()

    def press(self) -> str:
        self.page.click("main button")
        self.page.wait_for_function("() => !['', '…'].includes(document.querySelector('#said').textContent)")
        return str(self.page.inner_text("#said"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
        )
        yield opened
        opened.close()


@pytest.fixture
def opened(browser: Any, service: Service) -> Iterator[Opened]:
    page = browser.new_page()
    shown = Opened(page, f"http://127.0.0.1:{service.port}")
    yield shown
    page.close()
    assert shown.said == []
    assert {request.split("/")[2] for request in shown.requests if request.startswith("http")} == {f"127.0.0.1:{service.port}"}


def test_a_stock_query_is_chosen_and_asked(opened: Opened, small_directory: Path) -> None:
    opened.go("/sparql")
    opened.page.wait_for_selector("#stock option:nth-child(2)", state="attached")
    assert opened.page.locator("#stock option").count() == len(queries.stock()) + 1
    opened.page.select_option("#stock", "papers")
    assert queries.find("papers").question in opened.page.inner_text("#question")
    assert "schema:ScholarlyArticle" in opened.page.inner_text(".CodeMirror")
    said = opened.press()
    expected = [row["title"].value for row in open_graph(small_directory).ask("papers")]  # type: ignore[union-attr]
    assert said.startswith(f"{len(expected)} row")
    cells = opened.page.locator("#answer tbody tr").all_inner_texts()
    assert all(title in cell for title, cell in zip(expected, cells, strict=True))
    assert opened.page.locator("#links a").count() == 4


def test_a_wrong_query_is_told_beside_it(opened: Opened) -> None:
    opened.go("/sparql")
    assert "not SPARQL" in opened.ask("SELECT ?x { ?x")
    opened.said = [line for line in opened.said if "400" not in line]  # the browser's own note that it was refused


def test_a_graph_and_a_truth_are_shown(opened: Opened) -> None:
    opened.go("/sparql")
    assert opened.ask("ASK { ?s kg:year ?y }").startswith("yes")
    opened.ask("CONSTRUCT WHERE { ?s kg:year ?y }")
    assert "kg:year" in opened.page.inner_text("#answer pre")


def test_text_of_the_graph_stays_text(opened: Opened) -> None:
    opened.go("/sparql")
    opened.ask("SELECT ?name { ?p schema:name ?name FILTER(CONTAINS(?name, 'pwned')) }")
    assert HOSTILE in opened.page.inner_text("#answer")
    opened.ask("SELECT ?x { VALUES ?x { <javascript:pwned()> <https://example.org/> <paper/one> } }")
    assert [link.get_attribute("href") for link in opened.page.locator("#answer a").all()] == ["https://example.org/", "/id/paper/one"]
    opened.go(f"/?q={quoted('pwned')}")
    opened.page.click("main a")
    assert HOSTILE in opened.page.inner_text("h1")
    assert opened.page.evaluate("() => window.pwned") is None


def test_from_a_name_to_who_says_so(opened: Opened) -> None:
    opened.go("/")
    opened.page.fill("input[type=search]", "widgets")
    opened.page.click("header button")
    opened.page.click("main a >> text=Neural Widgets")
    opened.page.locator("tr", has_text="CountNet-W").locator("a >> text=why").first.click()
    assert "It introduces CountNet-W for widget counting." in opened.page.inner_text("blockquote")
    opened.page.click("p.quiet a")
    assert "Neural Widgets" in opened.page.inner_text("h1")
