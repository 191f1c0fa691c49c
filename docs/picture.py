"""Takes the README's picture of the page that `python3 tasks.py demo` makes: `.venv/bin/python docs/picture.py` (needs Chromium)."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

DOCS = Path(__file__).resolve().parent
PAGE = DOCS.parent / "exports" / "graph.html"
SHOWN = "CREPE: A"
HIDDEN = ("Review", "Result", "Topic", "Person")
# Puts the paper in the middle and gives where on the screen it stands.
FOCUS = """(name) => {
  const node = data.nodes.find((each) => each.name.startsWith(name));
  network.moveTo({ position: network.getPosition(node.id), scale: 0.75, offset: { x: -170, y: 0 } });
  const place = network.canvasToDOM(network.getPosition(node.id));
  const box = document.querySelector("#network").getBoundingClientRect();
  return [box.x + place.x, box.y + place.y];
}"""

if __name__ == "__main__":
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1040, "height": 580})
        page.goto(PAGE.as_uri())
        page.wait_for_timeout(4000)
        for kind in HIDDEN:
            page.get_by_role("checkbox", name=kind).uncheck()
        page.mouse.click(*page.evaluate(FOCUS, SHOWN))
        page.wait_for_timeout(1500)
        page.evaluate("document.querySelectorAll('.vis-tooltip').forEach((box) => box.remove())")
        page.screenshot(path=DOCS / "images" / "graph.png")
        browser.close()
