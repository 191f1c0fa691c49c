"""The explorer beside other viewers of the same graphs: `python tests/benchmarks/explorer.py [SIZE ...] [--cap SECONDS] [--keep FOLDER]`.

Needs Node with npm, Chromium, and a network for the npm packages.  All but pyvis are given the explorer's places, so that what is
compared is drawing and moving.  Prints a table in Markdown: seconds to the first picture (the middle of some openings), frames a second
while the map is dragged and while the wheel turns, the size of the file, and what the page's program keeps in memory.  The explorer's
files are made once where they are kept.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page, Playwright, sync_playwright
from pyvis.edge import Edge
from pyvis.network import Network

from kg.exporters.explorer import Explorer
from kg.stores.oxigraph import OxigraphStore
from tests.exporters.explorer_page import ARGUMENTS, CHROMIUM, Held
from tests.exporters.made_field import made_field

EXPLORER = Path(__file__).parents[2] / "explorer"
PACKAGES = ("vis-network@9.1.9", "vis-data@7.1.9", "sigma@3.0.3", "graphology@0.26.0", "force-graph@1.51.4")
COLOURS = {"Paper": "#2b7fc4", "Person": "#d55e00", "Task": "#b87d00", "Method": "#009270", "Dataset": "#c065a0"}
GREY = "#7b8694"
SECONDS = 2.0  # of dragging, and of turning the wheel
OPENINGS = 3
MOST_OF_PYVIS = 50_000  # things; it looks through all of them for each
REST = 5.0  # seconds between the first picture and the first movement, in which the rest of a page is read
# Each is given `nodes` [{id, label, x, y, size, color}] and `edges` [[from, to]], draws into #map and marks its first picture.
PROGRAMS = {
    "vis-network, tuned": """
        import { Network } from "vis-network/standalone";
        const network = new Network(map, { nodes: nodes.map((n) => ({ ...n, shape: "dot" })), edges: edges.map(([from, to]) => ({ from, to })) },
          { physics: false, interaction: { hideEdgesOnDrag: true, hideEdgesOnZoom: true }, edges: { smooth: false }, layout: { improvedLayout: false } });
        network.once("afterDrawing", drawn);""",
    "sigma.js": """
        import { MultiGraph } from "graphology";
        import { Sigma } from "sigma";
        const graph = new MultiGraph();
        for (const { id, ...rest } of nodes) graph.addNode(id, rest);
        for (const [from, to] of edges) graph.addEdge(from, to, { color: "#d5dce3" });
        const sigma = new Sigma(graph, map, { hideEdgesOnMove: true });
        sigma.once("afterRender", drawn);
        drawn();""",
    "force-graph": """
        import ForceGraph from "force-graph";
        // It renders an empty canvas before it has taken its data in; the first picture is the first with a line.
        let [lines, first] = [false, true];
        new ForceGraph(map).cooldownTicks(0).nodeRelSize(2).nodeLabel("label").linkColor(() => { lines = true; return "#d5dce3"; })
          .onRenderFramePost(() => { if (lines && first) { first = false; drawn(); } })
          .graphData({ nodes: nodes.map((n) => ({ ...n, fx: n.x, fy: n.y })), links: edges.map(([source, target]) => ({ source, target })) });""",
}
SHELL = """<!doctype html><meta charset="utf-8"><style>html, body, #map { margin: 0; width: 100%; height: 100vh; }</style><div id="map"></div>
<script type="application/json" id="data">DATA</script><script>PROGRAM</script>"""
FRAME = "const drawn = () => requestAnimationFrame(() => performance.mark('picture'));\n"
READ = 'const map = document.getElementById("map");\nconst { nodes, edges } = JSON.parse(document.getElementById("data").textContent);\n'
PYVIS = "<script>network.once('stabilizationIterationsDone', () => requestAnimationFrame(() => performance.mark('picture')));</script></body>"
SEEN = "() => performance.getEntriesByName('picture').length > 0"
COUNT = """(seconds) => new Promise((done) => {
  const start = performance.now();
  let frames = 0;
  const next = () => (performance.now() - start > seconds * 1000 ? done(frames / (performance.now() - start) * 1000) : (frames++, requestAnimationFrame(next)));
  requestAnimationFrame(next);
})"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--cap", type=float, default=60, help="seconds after which a page is given up")
    parser.add_argument("--keep", type=Path, help="a folder for the explorer's files")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        tools = Path(folder)
        kept = asked.keep or tools
        programs = {name: bundled(program, tools) for name, program in PROGRAMS.items()} if installed(tools) else {}
        print(
            "| things | facts | viewer | first picture, s | pan, fps | zoom, fps | file, MB | memory, MB |\n|---|---|---|---|---|---|---|---|",
            flush=True,
        )
        for size in asked.sizes:
            for name, file, counts in pages(made(size, kept), programs, tools):
                row = measured(driver, file, asked.cap)
                print(f"| {counts[0]:,} | {counts[1]:,} | {name} | {row} |", flush=True)


def installed(folder: Path) -> bool:
    """Fetches the packages."""
    (folder / "package.json").write_text("{}")
    npm = shutil.which("npm")
    assert npm, "npm is not installed"
    subprocess.run([npm, "install", "--silent", "--no-audit", "--no-fund", *PACKAGES], cwd=folder, check=True)
    return True


def bundled(program: str, folder: Path) -> str:
    """A program with its packages, as the explorer's is bundled."""
    *imports, rest = re.split(r"(?<=;)\n(?!\s*import)", program.strip(), maxsplit=1)
    (folder / "page.mjs").write_text(f"{imports[0]}\n{FRAME}{READ}{rest}")
    command = [
        str(EXPLORER / "node_modules/.bin/esbuild"),
        "page.mjs",
        "--bundle",
        "--minify",
        "--format=iife",
        "--outfile=page.js",
        "--log-level=error",
    ]
    subprocess.run(command, cwd=folder, check=True)
    return (folder / "page.js").read_text().replace("</script", "<\\/script")


def made(size: int, folder: Path) -> Path:
    """The explorer's file of a made field."""
    file = folder / f"explorer-{size}.html"
    if file.exists():
        return file
    store = OxigraphStore()
    store.load(made_field(size))
    began = time.process_time()
    file.write_bytes(b"".join(Explorer().export(store)))
    print(f"<!-- the explorer's file of {size:,} things took {time.process_time() - began:.0f} s of processor time -->", flush=True)
    return file


def pages(ours: Path, programs: dict[str, str], folder: Path) -> Iterator[tuple[str, Path, tuple[int, int]]]:
    """The same graph as a page of each viewer."""
    held = Held(ours)
    counts = (len(held.nodes), len(held.edges))
    nodes = [
        {"id": number, "label": node[2], "x": node[4], "y": node[5], "size": 3 + 1.6 * node[7] ** 0.5, "color": COLOURS.get(node[1], GREY)}
        for number, node in enumerate(held.nodes)
    ]
    edges = [list(edge[:2]) for edge in held.edges]
    yield "explorer", ours, counts
    for name, program in programs.items():
        text = json.dumps({"nodes": nodes, "edges": edges}).replace("<", "\\u003c")
        file = folder / "other.html"
        file.write_text(SHELL.replace("DATA", text).replace("PROGRAM", program), "utf-8")
        yield name, file, counts
    if len(nodes) < MOST_OF_PYVIS:
        yield "pyvis as it comes", of_pyvis(nodes, edges, folder / "pyvis.html"), counts


def of_pyvis(nodes: list[dict[str, Any]], edges: list[list[int]], file: Path) -> Path:
    """Pyvis's own page: its physics, its places."""
    network = Network(height="850px", width="100%", cdn_resources="in_line")
    for node in nodes:
        network.add_node(node["id"], label=node["label"].replace("<", ""), color=node["color"], size=node["size"])
    # As `add_edges` does, which for each edge looks through all others.
    network.edges.extend(Edge(source, target).options for source, target in edges)
    file.write_text(network.generate_html(notebook=False).replace("</body>", PYVIS), "utf-8")
    return file


def measured(driver: Playwright, file: Path, cap: float) -> str:
    """The figures of a page, as cells; it is given up where one of them takes longer than `cap` seconds."""
    size = f"{file.stat().st_size / 1e6:.1f}"
    seen = []
    try:
        for _ in range(OPENINGS - 1):
            with opened(driver, file, cap) as page:
                seen.append(first(page))
        with opened(driver, file, cap) as page:
            seen.append(first(page))
            page.wait_for_timeout(REST * 1000)
            pan, zoom = frames(page, dragging), frames(page, turning)
            return f"{statistics.median(seen):.2f} | {pan:.1f} | {zoom:.1f} | {size} | {memory(page):.0f}"
    except Error:
        return f"{statistics.median(seen):.2f} | over {cap:.0f} s | | {size} | " if seen else f"over {cap:.0f} | | | {size} | "


@contextmanager
def opened(driver: Playwright, file: Path, cap: float) -> Iterator[Page]:
    """A file in a browser of its own."""
    browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    page = browser.new_page(viewport={"width": 1300, "height": 850})
    page.set_default_timeout(cap * 1000)
    page.goto(file.as_uri(), wait_until="commit")
    yield page
    browser.close()


def first(page: Page) -> float:
    """Seconds from the opening of the page to its first picture."""
    page.wait_for_function(SEEN)
    return float(page.evaluate("performance.getEntriesByName('picture')[0].startTime")) / 1000


def memory(page: Page) -> float:
    """Megabytes that the page's program keeps: objects, and buffers of numbers."""
    tools = page.context.new_cdp_session(page)
    tools.send("HeapProfiler.collectGarbage")
    kept = tools.send("Runtime.getHeapUsage")
    return float(kept["usedSize"] + kept.get("backingStorageSize", 0)) / 1e6


def frames(page: Page, move: Any) -> float:
    """Frames a second while the pointer moves."""
    page.evaluate(f"() => {{ window.counted = ({COUNT})({SECONDS}); }}")
    end = time.monotonic() + SECONDS
    move(page, end)
    return float(page.evaluate("window.counted"))


def dragging(page: Page, end: float) -> None:
    page.mouse.move(420, 130)
    page.mouse.down()
    step = 0
    while time.monotonic() < end:
        step += 1
        page.mouse.move(420 + step % 40 * 4, 130 + step % 40 * 2)
    page.mouse.up()


def turning(page: Page, end: float) -> None:
    page.mouse.move(600, 400)
    step = 0
    while time.monotonic() < end:
        step += 1
        page.mouse.wheel(0, -60 if step % 20 < 10 else 60)


if __name__ == "__main__":
    main()
