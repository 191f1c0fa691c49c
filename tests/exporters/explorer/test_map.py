"""The map: what is drawn, moved, expanded, pinned and saved."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.identity import BASE
from tests.exporters.explorer_page import INK, Opened

WIDTHS = """(texts) => {
  const pen = document.createElement("canvas").getContext("2d");
  return texts.map(([text, font]) => { pen.font = font; return pen.measureText(text).width; });
}"""
SVG = "{http://www.w3.org/2000/svg}"
PAPER = "paper/study-0"


def test_a_click_on_the_map_opens_what_lies_there(page: Opened) -> None:
    node = page.held.nodes[page.held.number(page.held.busiest("Event"))]
    page.open(f"at={node[4]}+{node[5]}+4")
    box = page.page.locator("canvas").bounding_box()
    page.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.page.wait_for_selector("#panel-title")
    assert page.heading() == node[2]


def test_dragging_and_turning_the_wheel_move_the_map(page: Opened) -> None:
    page.open("at=0+0+1")
    page.page.mouse.move(400, 200)
    page.page.mouse.wheel(0, -300)
    page.page.wait_for_function("() => !location.hash.endsWith('at=0+0+1')")
    zoomed = float(re.search(r"at=[^+&]+\+[^+&]+\+([\d.]+)", page.page.url)[1])  # type: ignore[index]
    assert zoomed > 1.2
    page.page.get_by_role("button", name="Zoom out").click()
    page.page.get_by_role("button", name="Whole map in view").click()
    assert page.page.evaluate(INK) > 8


def shown(turtle: str) -> set[str]:
    """The addresses of what a saved map shows."""
    return {quad.subject.value.removeprefix(BASE) for quad in ox.parse(turtle, ox.RdfFormat.TURTLE) if quad.predicate.value.endswith("#type")}  # type: ignore[union-attr]


def test_alone_expand_hide_and_the_whole_again(page: Opened) -> None:
    address = "paper/study-1"
    names = {number: node[0] for number, node in enumerate(page.held.nodes)}
    page.thing(address)
    page.page.get_by_role("button", name="Show it alone with its neighbours").click()
    near = {names[number] for number in page.held.near(address)}
    assert shown(page.map_saved("Facts (Turtle)")) == near
    page.section("Presented at").get_by_role("link").first.click()
    page.page.get_by_role("button", name="Expand", exact=True).click()
    expanded = near | {names[number] for number in page.held.near("event/meet-2011")}
    assert shown(page.map_saved("Facts (Turtle)")) == expanded
    page.page.get_by_role("button", name="Hide", exact=True).click()
    assert "event/meet-2011" not in shown(page.map_saved("Facts (Turtle)"))
    assert "MEET 2011" in page.page.locator(".hidden").inner_text()
    page.page.get_by_role("button", name="Show the whole map").click()
    assert len(shown(page.map_saved("Facts (Turtle)"))) == len(page.held.nodes)


def test_a_double_click_expands(page: Opened) -> None:
    node = page.held.nodes[page.held.number("event/meet-2012")]
    page.open(f"at={node[4]}+{node[5]}+4")
    box = page.page.locator("canvas").bounding_box()
    page.page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.page.wait_for_function("() => location.hash.includes('alone=event/meet-2012')")


def test_pinned_things_stay_where_they_are_put(page: Opened) -> None:
    node = page.held.nodes[page.held.number("event/meet-2013")]
    page.open(f"at={node[4]}+{node[5]}+4")
    box = page.page.locator("canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    page.page.mouse.move(x + 40, y + 80, steps=4)
    page.page.mouse.up()
    page.page.wait_for_function("() => location.hash.includes('pinned=event/meet-2013@')")
    _, px, py = re.search(r"pinned=([^@]+)@(-?\d+)@(-?\d+)", page.page.url).groups()  # type: ignore[union-attr]
    assert float(px) == pytest.approx(node[4] + 10, abs=2)
    assert float(py) == pytest.approx(node[5] + 20, abs=2)
    page.settled()
    page.page.mouse.click(x + 40, y + 80)
    assert page.heading() == "MEET 2013"
    page.page.get_by_role("button", name="Unpin", exact=True).click()
    assert "pinned" not in page.page.url


def test_the_map_as_a_picture(page: Opened) -> None:
    page.open("alone=paper/study-0&thing=paper/study-0")
    drawing = ET.fromstring(page.map_saved("Picture (SVG)"))
    marks = len(drawing.findall(f"{SVG}circle")) + len(drawing.findall(f"{SVG}polygon"))
    assert marks == len(page.held.near(PAPER))
    assert any((text.text or "").startswith("Attention</script>") for text in drawing.findall(f"{SVG}text"))
    with page.page.expect_download() as waiting:
        page.page.get_by_role("button", name="Picture (PNG)").click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("view", ["", "thing=event/meet-2010", "at=0+0+2", "alone=event/meet-2010"])
def test_labels_never_lie_over_each_other(page: Opened, view: str) -> None:
    page.open(view)
    drawing = ET.fromstring(page.map_saved("Picture (SVG)"))
    texts = drawing.findall(f"{SVG}text")
    assert len(texts) > 2
    assert max(Counter(text.text for text in texts).values()) == 1
    fonts = [[text.text, f"{'600 ' if text.get('font-weight') else ''}{text.get('font-size')}px {text.get('font-family')}"] for text in texts]
    boxes = []
    for text, width in zip(texts, page.page.evaluate(WIDTHS, fonts), strict=True):
        x, y, half = float(text.get("x", 0)), float(text.get("y", 0)), float(text.get("font-size", 0)) / 2
        boxes.append((x, y - half, x + width, y + half))
    for number, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
