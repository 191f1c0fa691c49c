"""The page of pyvis in a browser without a network: it draws, asks for nothing, complains of nothing, and runs no text."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.exporters.pyvis import Pyvis
from kg.stores.oxigraph import OxigraphStore

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]
INK = """() => {
  const canvas = document.querySelector("#network canvas");
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  const colours = new Set();
  for (let i = 0; i < pixels.length; i += 4) if (pixels[i + 3] > 200) colours.add(`${pixels[i] >> 5},${pixels[i + 1] >> 5},${pixels[i + 2] >> 5}`);
  return colours.size;
}"""
# Where on the screen the thing stands that is called so.
PLACE = """(wanted) => {
  const node = data.nodes.find((each) => each.name.startsWith(wanted));
  const place = network.canvasToDOM(network.getPosition(node.id));
  const box = document.querySelector("#network").getBoundingClientRect();
  return [box.x + place.x, box.y + place.y];
}"""
HALFWAY = """([from, to]) => {
  const [a, b] = [from, to].map((wanted) => network.getPosition(data.nodes.find((each) => each.name.startsWith(wanted)).id));
  const place = network.canvasToDOM({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const box = document.querySelector("#network").getBoundingClientRect();
  return [box.x + place.x, box.y + place.y];
}"""


class Opened:
    """A page with all that it asked for and said while it was open."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: self.said.append(dialog.message))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"])
        yield opened
        opened.close()


@pytest.fixture
def opened(browser: Any, small_triples: list[ox.Triple], tmp_path: Path) -> Iterator[Opened]:
    store = OxigraphStore()
    store.load(small_triples)
    file = tmp_path / "graph.html"
    file.write_bytes(b"".join(Pyvis().export(store)))
    context = browser.new_context(offline=True, viewport={"width": 1200, "height": 900})
    found = Opened(context.new_page())
    found.page.goto(file.as_uri())
    found.page.wait_for_selector("#network canvas")
    found.page.wait_for_timeout(500)
    found.page.evaluate("network.setOptions({ physics: false })")
    yield found
    context.close()


def test_it_draws(opened: Opened) -> None:
    assert opened.page.evaluate(INK) > 8
    assert opened.page.locator("#legend label").count() >= 8


def test_it_asks_for_nothing_and_complains_of_nothing(opened: Opened) -> None:
    assert [url for url in opened.requests if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in opened.requests if url.startswith("file:")]) == 1
    assert opened.said == []


def test_a_request_would_be_seen(opened: Opened) -> None:
    opened.page.evaluate("fetch('https://example.org/').catch(() => 0)")
    assert any("Content Security Policy" in said or "example.org" in said for said in opened.said)


def test_a_title_with_markup_is_shown_as_text(opened: Opened) -> None:
    x, y = opened.page.evaluate(PLACE, "=HYPERLINK")
    opened.page.mouse.move(x, y)
    opened.page.wait_for_timeout(500)
    tooltip = opened.page.locator(".vis-tooltip")
    assert tooltip.is_visible()
    assert "</script><script>window.pwned=1</script> <a href=" in tooltip.inner_text()
    assert tooltip.locator("script, a").count() == 0
    opened.page.mouse.click(x, y)
    assert "</script><script>" in opened.page.locator("#details").inner_text()
    assert opened.page.evaluate("window.pwned") is None
    assert opened.said == []


def test_every_node_can_be_pointed_at_without_running_anything(opened: Opened) -> None:
    for name in opened.page.evaluate("data.nodes.map((node) => node.name)"):
        x, y = opened.page.evaluate(PLACE, name)
        opened.page.mouse.move(x, y)
        opened.page.wait_for_timeout(150)
    assert opened.page.evaluate("window.pwned") is None
    assert opened.said == []


def test_the_sentence_behind_an_edge_is_shown_on_hover(opened: Opened) -> None:
    x, y = opened.page.evaluate(HALFWAY, ["Counting Sheep", "farm life"])
    opened.page.mouse.move(x, y)
    opened.page.wait_for_timeout(500)
    shown = opened.page.locator(".vis-tooltip").inner_text()
    assert "schema:about" in shown
    assert "It uses CountNet-W and tallying by hand on farms." in shown


def test_a_kind_can_be_hidden(opened: Opened) -> None:
    before = opened.page.evaluate("shown.length")
    opened.page.locator("#legend label", has_text="Paper").locator("input").uncheck()
    assert opened.page.evaluate("shown.length") == before - 3


def test_a_name_can_be_found(opened: Opened) -> None:
    opened.page.fill("#search", "woolly")
    opened.page.press("#search", "Enter")
    assert opened.page.evaluate("byId.get(network.getSelectedNodes()[0]).name") == "Woolly Labs"
