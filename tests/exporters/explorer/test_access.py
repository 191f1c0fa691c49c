"""The page by keyboard alone, for screen readers, in the dark and on narrow screens."""

from __future__ import annotations

import pytest

from tests.exporters.explorer_page import Opened

SMALL = pytest.mark.parametrize("store", [100], indirect=True)
VIEWS = ("graph", "papers", "timeline", "boards", "reviewers", "trends", "compare", "query")
PAPER = "paper/study-0"


def test_the_keyboard_alone_is_enough(page: Opened) -> None:
    page.open("alone=event/meet-2010")
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.textContent") == "Skip to the table of papers"
    page.page.locator("canvas").focus()
    page.page.keyboard.press("Enter")
    page.page.wait_for_selector("#panel-title")
    first = page.heading()
    page.page.locator("canvas").focus()
    for arrow in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        page.page.keyboard.press(arrow)
        page.settled()
        page.page.locator("canvas").focus()
        if page.heading() != first:
            break
    assert page.heading() != first
    page.page.keyboard.press("+")
    page.page.keyboard.press("Escape")
    page.page.wait_for_selector("#start-title")
    assert page.page.evaluate("document.activeElement.tagName") == "CANVAS"


@SMALL
@pytest.mark.parametrize(
    "view",
    [*(f"page={view}" for view in VIEWS), f"thing={PAPER}", "path=paper/study-1+paper/study-8", f"page=compare&compare={PAPER}+paper/study-14"],
)
def test_axe_finds_nothing_serious(page: Opened, view: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed").Axe()
    page.open(view)
    found = axe.run(page.page).response["violations"]
    page.page.emulate_media(color_scheme="dark")
    found += axe.run(page.page, options={"runOnly": ["color-contrast"]}).response["violations"]
    assert [(each["id"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found if each["impact"] in ("serious", "critical")] == []


def test_dark_and_light(page: Opened) -> None:
    page.open()
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.page.evaluate(background)
    page.page.get_by_role("button", name="Dark or light").click()
    assert page.page.evaluate(background) != light
    page.settled()
    assert page.page.evaluate("[...document.querySelector('canvas').getContext('2d').getImageData(2, 2, 1, 1).data.slice(0, 3)]") == [17, 22, 28]


@SMALL
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [360, 800, 1240, 1920])
def test_narrow_and_wide_screens(page: Opened, view: str, width: int) -> None:
    page.page.set_viewport_size({"width": width, "height": 720})
    page.open(f"page={view}")
    assert page.page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.page.locator("main").is_visible()
    for tab in page.page.locator("nav a").all():
        box = tab.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= page.page.evaluate("document.querySelector('nav').getBoundingClientRect().right")
