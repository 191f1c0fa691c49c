"""The explorer opened in Chromium without a network, with what the file holds read beside it, so that a test can tell what it should show."""

from __future__ import annotations

import base64
import gzip
import json
import os
import re
import shutil
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import pytest

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
LARGE = pytest.mark.skipif(not os.environ.get("KG_LARGE"), reason="all sizes take many minutes; set KG_LARGE=1")
SETTLED = """() => document.documentElement.dataset.view === location.hash && !document.querySelector("[aria-busy=true]")"""
# How many colours the map has.
INK = """() => {
  const canvas = document.querySelector("canvas");
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  const colours = new Set();
  for (let i = 0; i < pixels.length; i += 4) colours.add(`${pixels[i] >> 5},${pixels[i + 1] >> 5},${pixels[i + 2] >> 5}`);
  return colours.size;
}"""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]


def value(page: str) -> dict[str, Any]:
    """The value that a page holds."""
    (packed,) = re.findall(r'id="data">(.*?)</script>', page)
    told: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(packed)))
    return told


class Edge(NamedTuple):
    """A fact, with the numbers of the claims that state it."""

    source: int
    target: int
    predicate: str
    claims: list[int]


def edges(told: dict[str, Any]) -> list[Edge]:
    numbers, predicates = told["edges"], told["predicates"]
    return [Edge(*numbers[3 * at : 3 * at + 2], predicates[numbers[3 * at + 2]], claims) for at, claims in enumerate(told["stated"])]


class Held:
    """What a file of the explorer holds."""

    def __init__(self, file: Path) -> None:
        self.data = value(file.read_text("utf-8"))
        self.nodes: list[list[Any]] = self.data["nodes"]
        self.edges = edges(self.data)
        self.papers = {number: node for number, node in enumerate(self.nodes) if node[1] == "Paper"}
        self._outward: defaultdict[int, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            self._outward[edge.source].append(edge)

    def number(self, address: str) -> int:
        return next(number for number, node in enumerate(self.nodes) if node[0] == address)

    def label(self, address: str) -> str:
        return str(self.nodes[self.number(address)][2])

    def near(self, address: str) -> set[int]:
        """The numbers of a thing and of its neighbours."""
        number = self.number(address)
        return {number} | {end for edge in self.edges if number in edge[:2] for end in edge[:2]}

    def targets(self, paper: int, *predicates: str) -> set[int]:
        return {edge.target for edge in self._outward[paper] if edge.predicate in predicates}

    def busiest(self, kind: str) -> str:
        """The address of the thing of a kind with most papers."""
        return str(max((node for node in self.nodes if node[1] == kind), key=lambda node: (node[7], node[0]))[0])

    def years(self) -> Counter[int]:
        return Counter(node[3] for node in self.papers.values())


class Opened:
    """A page with all that it asked for and said while it was open."""

    def __init__(self, page: Any, file: Path, held: Held) -> None:
        self.page, self.file, self.held = page, file, held
        self.requests: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: self.said.append(dialog.message))

    def open(self, view: str = "") -> Opened:
        """Opens the file at a view; a second call of the same page changes the view only."""
        self.page.goto(f"{self.file.as_uri()}#{view}")
        return self.settled()

    def settled(self) -> Opened:
        """Waits until what the address says is shown, and drawn."""
        self.page.wait_for_function(SETTLED)
        return self

    def click(self, role: str, name: str) -> Opened:
        self.page.get_by_role(role, name=name, exact=True).click()
        return self.settled()

    def follow(self, link: Any) -> Opened:
        link.click()
        return self.settled()

    def thing(self, address: str) -> Opened:
        return self.open(f"thing={address}")

    @property
    def panel(self) -> Any:
        return self.page.locator("aside.panel")

    def heading(self) -> str:
        self.settled()
        return str(self.panel.locator("h2").inner_text())

    def section(self, heading: str) -> Any:
        """The part of the panel under a heading."""
        return self.panel.locator("section", has=self.page.locator("h3", has_text=heading))

    def papers_shown(self) -> int:
        """How many papers pass the filters, as the table says."""
        self.click("link", "Papers")
        return int(re.match(r"(\d+) of", self.page.locator("main [role=status]").inner_text())[1])  # type: ignore[index]

    def choose(self, label: str, option: str) -> None:
        """Takes an option of a filter."""
        self.page.locator(".filters label", has_text=label).locator("select").first.select_option(label=option)

    def counts(self) -> tuple[int, int]:
        """How many things and facts pass the filters, as the page says."""
        self.settled()
        things, facts = re.findall(r"\d[\d,]*", self.page.locator(".counts").inner_text())
        return int(things.replace(",", "")), int(facts.replace(",", ""))

    def saved(self, button: str) -> str:
        self.settled()
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name=button, exact=True).click()
        return Path(waiting.value.path()).read_text("utf-8")

    def map_saved(self, button: str) -> str:
        self.page.locator(".menu").evaluate("menu => { menu.open = true }")
        return self.saved(button)

    def pick(self, label: str, text: str) -> None:
        """Types into a field with suggestions and takes the first."""
        field = self.page.get_by_role("combobox", name=label, exact=True)
        field.fill(text)
        self.page.locator("[role=option]").first.wait_for()
        field.press("Enter")
        self.settled()

    def asked_for_nothing(self) -> bool:
        outside = [url for url in self.requests if not url.startswith(("file:", "data:", "blob:"))]
        return not outside and len({url.split("#")[0] for url in self.requests if url.startswith("file:")}) <= 1
