"""The map is there soon and follows the hand, at ten thousand things as at a thousand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.exporters.explorer_page import INK, LARGE, Opened

pytestmark = pytest.mark.parametrize("store", [1_000, 10_000, pytest.param(100_000, marks=LARGE)], indirect=True)
PICTURE = "() => performance.getEntriesByName('picture').length > 0"
FRAMES = """() => new Promise((done) => {
  const start = performance.now();
  let frames = 0;
  const next = () => (performance.now() - start > 1500 ? done((frames / (performance.now() - start)) * 1000) : (frames++, requestAnimationFrame(next)));
  next();
})"""
# Read from a copy, because a canvas that is read often complains.
PIXELS = """() => {
  const canvas = document.querySelector("canvas");
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  return new Uint32Array(copy.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
}"""
# How many pixels of the middle are not what was there before at some distance, in the first frame that is another.
WATCH = f"""([dx, dy]) => {{
  const before = ({PIXELS})();
  const {{ width, height }} = document.querySelector("canvas");
  const strange = (now) => {{
    let wrong = 0;
    for (let y = 100; y < height - 100; y += 1) for (let x = 100; x < width - 100; x += 1) wrong += now[y * width + x] !== before[(y - dy) * width + x - dx];
    return wrong;
  }};
  window.strange = new Promise((done) => {{
    const look = () => {{
      const now = ({PIXELS})();
      if (now.some((pixel, at) => pixel !== before[at])) done(strange(now));
      else requestAnimationFrame(look);
    }};
    requestAnimationFrame(look);
  }});
}}"""


def test_the_map_is_drawn_before_the_rest_is_read(page: Opened, tmp_path: Path) -> None:
    whole = page.file.read_text("utf-8")
    page.file = tmp_path / "cut.html"
    page.file.write_text(whole[: whole.index('id="data"') + 2_000], "utf-8")
    page.page.goto(page.file.as_uri())
    page.page.wait_for_function(PICTURE)
    assert page.page.evaluate(INK) > 8
    page.page.get_by_role("alert").wait_for()
    assert "ask for it again" in page.page.get_by_role("alert").inner_text()


def test_the_picture_follows_the_hand(page: Opened) -> None:
    page.open("at=0+0+1")
    x, y = empty_place(page)
    page.page.evaluate(WATCH, [40, 24])
    page.page.mouse.down()
    page.page.mouse.move(x + 40, y + 24)
    assert page.page.evaluate("window.strange") == 0
    page.page.mouse.up()
    page.settled()
    at = re.search(r"at=(\S+)\+(\S+)\+1$", page.page.url)
    assert at is not None
    assert [float(place) for place in at.groups()] == [-40, -24]


def empty_place(page: Opened) -> tuple[float, float]:
    """Puts the pointer where no thing lies, in the upper part of the map."""
    box = page.page.locator("canvas").bounding_box()
    for step in range(200):
        x, y = box["x"] + 60 + step % 20 * 25, box["y"] + 60 + step // 20 * 20
        page.page.mouse.move(x, y)
        if page.page.locator("canvas").evaluate("canvas => canvas.style.cursor") == "grab":
            page.settled()
            return float(x), float(y)
    raise AssertionError("the whole map is covered")


def test_the_first_picture_is_there_soon(page: Opened) -> None:
    page.open()
    page.page.wait_for_function(PICTURE)
    assert page.page.evaluate("performance.getEntriesByName('picture')[0].startTime") < 3_000


def test_dragging_is_smooth(page: Opened) -> None:
    page.open()
    page.page.mouse.move(300, 170)
    page.page.mouse.down()
    page.page.evaluate(f"() => {{ window.counted = ({FRAMES})(); }}")
    for step in range(40):
        page.page.mouse.move(300 + step * 4, 170 + step * 2)
    page.page.mouse.up()
    assert page.page.evaluate("window.counted") > 10


def test_zooming_is_smooth(page: Opened) -> None:
    page.open()
    page.page.mouse.move(500, 400)
    page.page.evaluate(f"() => {{ window.counted = ({FRAMES})(); }}")
    for step in range(40):
        page.page.mouse.wheel(0, -60 if step % 20 < 10 else 60)
    assert page.page.evaluate("window.counted") > 10
