"""The explorer beside other viewers of the same graphs: `python tests/benchmarks/explorer.py [SIZE ...] [--cap SECONDS]`.

Needs Node with npm, Chromium, and a network for the npm packages.  All but pyvis are given the explorer's places, so that what is
compared is drawing and moving.  Prints a table in Markdown: seconds to the first picture, frames a second while the map is dragged
and while the wheel turns, the size of the file, and the heap of the page's program.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page, sync_playwright
from pyvis.network import Network

from kg.exporters.explorer import Explorer
from kg.stores.oxigraph import OxigraphStore
from tests.exporters.explorer_page import ARGUMENTS, CHROMIUM
from tests.exporters.made_field import made_field

EXPLORER = Path(__file__).parents[2] / "explorer"
PACKAGES = ("vis-network@9.1.9", "vis-data@7.1.9", "sigma@3.0.3", "graphology@0.26.0", "force-graph@1.51.4")
COLOURS = {"Paper": "#2b7fc4", "Person": "#d55e00", "Task": "#b87d00", "Method": "#009270", "Dataset": "#c065a0"}
GREY = "#7b8694"
SECONDS = 2.0  # of dragging, and of turning the wheel
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
        let first = true;
        new ForceGraph(map).cooldownTicks(0).nodeRelSize(2).nodeLabel("label").linkColor(() => "#d5dce3")
          .onRenderFramePost(() => { if (first) { first = false; drawn(); } })
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
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        tools = Path(folder)
        programs = {name: bundled(program, tools) for name, program in PROGRAMS.items()} if installed(tools) else {}
        print(
            "| things | facts | viewer | first picture, s | pan, fps | zoom, fps | file, MB | heap, MB |\n|---|---|---|---|---|---|---|---|",
            flush=True,
        )
        for size in asked.sizes:
            for name, file, counts in pages(size, programs, tools):
                browser = driver.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, "--enable-precise-memory-info"])
                row = measured(browser.new_page(viewport={"width": 1300, "height": 850}), file, asked.cap)
                browser.close()
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


def pages(size: int, programs: dict[str, str], folder: Path) -> Iterator[tuple[str, Path, tuple[int, int]]]:
    """The same graph as a page of each viewer."""
    store = OxigraphStore()
    store.load(made_field(size))
    ours = folder / "explorer.html"
    began = time.monotonic()
    ours.write_bytes(b"".join(Explorer().export(store)))
    print(f"<!-- the explorer's file of {size:,} things was made in {time.monotonic() - began:.0f} s -->", flush=True)
    (raw,) = re.findall(r'id="data">(.*?)</script>', ours.read_text("utf-8"), re.DOTALL)
    data = json.loads(raw)
    counts = (len(data["nodes"]), len(data["edges"]))
    nodes = [
        {"id": number, "label": node[2], "x": node[4], "y": node[5], "size": 3 + 1.6 * node[7] ** 0.5, "color": COLOURS.get(node[1], GREY)}
        for number, node in enumerate(data["nodes"])
    ]
    edges = [edge[:2] for edge in data["edges"]]
    yield "explorer", ours, counts
    for name, program in programs.items():
        text = json.dumps({"nodes": nodes, "edges": edges}).replace("<", "\\u003c")
        file = folder / "other.html"
        file.write_text(SHELL.replace("DATA", text).replace("PROGRAM", program), "utf-8")
        yield name, file, counts
    yield "pyvis as it comes", of_pyvis(nodes, edges, folder / "pyvis.html"), counts


def of_pyvis(nodes: list[dict[str, Any]], edges: list[list[int]], file: Path) -> Path:
    """Pyvis's own page: its physics, its places."""
    network = Network(height="850px", width="100%", cdn_resources="in_line")
    for node in nodes:
        network.add_node(node["id"], label=node["label"].replace("<", ""), color=node["color"], size=node["size"])
    network.add_edges(edges)
    file.write_text(network.generate_html(notebook=False).replace("</body>", PYVIS), "utf-8")
    return file


def measured(page: Page, file: Path, cap: float) -> str:
    """The figures of a page, as cells."""
    size = file.stat().st_size / 1e6
    page.set_default_timeout(cap * 1000)
    try:
        page.goto(file.as_uri(), wait_until="commit")
        page.wait_for_function(SEEN)
        first = page.evaluate("performance.getEntriesByName('picture')[0].startTime") / 1000
        pan, zoom = frames(page, dragging), frames(page, turning)
        heap = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    except Error:
        return f"over {cap:.0f} | | | {size:.1f} | "
    return f"{first:.1f} | {pan:.1f} | {zoom:.1f} | {size:.1f} | {heap:.0f}"


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
