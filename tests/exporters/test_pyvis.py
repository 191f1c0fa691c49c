"""The page of pyvis, read as text: whole in itself, no markup out of a document, capped and told."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import pyoxigraph as ox
import pytest

from kg.exporters.pyvis import MAX_NODES, STYLES, Pyvis, most_connected, page
from kg.exporters.pyvis.layout import positions
from kg.network import KINDS, Edge, Network, Node
from kg.stores.oxigraph import OxigraphStore

TYPE, NAME, ABOUT = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "https://schema.org/name", "https://schema.org/about"


class Page(HTMLParser):
    """The tags of a page, and the text of its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inner: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in ("script", "style"):
            self.inner.append((*self.tags[-1], data))

    @property
    def data(self) -> Any:
        (text,) = [data for tag, attributes, data in self.inner if attributes.get("id") == "data" and data.strip()]
        return json.loads(text)


@pytest.fixture
def text(small_triples: list[ox.Triple]) -> str:
    store = OxigraphStore()
    store.load(small_triples)
    return b"".join(Pyvis().export(store)).decode()


def test_nothing_is_asked_of_another_server(text: str) -> None:
    for tag, attributes in Page(text).tags:
        assert tag not in ("link", "iframe", "img", "object", "embed", "base")
        assert not {"src", "href", "srcset", "action"} & attributes.keys()
    assert "sourceMappingURL" not in text
    assert "@import" not in text


def test_only_our_scripts_may_run(text: str) -> None:
    found = Page(text)
    (policy,) = [
        attributes["content"] for tag, attributes in found.tags if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "connect-src 'none'" in policy
    for tag, attributes, inner in found.inner:
        if attributes.get("type") != "application/json" and inner.strip():
            digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy, tag


def test_a_hostile_title_is_data(text: str) -> None:
    found = Page(text)
    assert len([tag for tag, _ in found.tags if tag == "script"]) == 3
    assert any("</script><script>" in node["name"] for node in found.data["nodes"])
    (raw,) = re.findall(r'id="data">(.*?)</script>', text, re.DOTALL)
    assert not set("<>&\u2028\u2029") & set(raw)


def test_line_separators_are_escaped() -> None:
    text = page({"nodes": [{"name": "a\u2028b\u2029</script>"}]})
    assert not set("\u2028\u2029") & set(text)
    assert Page(text).data == {"nodes": [{"name": "a\u2028b\u2029</script>"}]}


def test_the_licence_of_the_library_is_in_the_page(text: str) -> None:
    assert "visjs contributors" in text
    assert "The above copyright notice and this permission notice shall be included" in text


def test_an_edge_has_its_sentences(text: str) -> None:
    data = Page(text).data
    names = {node["id"]: node["name"] for node in data["nodes"]}
    (edge,) = [edge for edge in data["edges"] if (names[edge["from"]], names[edge["to"]]) == ("Counting Sheep in Parallel", "CountNet-W")]
    assert edge["facts"] == [["kg:usesMethod", ["It uses CountNet-W and tallying by hand on farms."]]]


def test_every_kind_has_its_own_look() -> None:
    assert set(STYLES) == set(KINDS.values())
    assert len(set(STYLES.values())) == len(STYLES)


def test_a_small_graph_is_shown_whole_and_moves(text: str) -> None:
    data = Page(text).data
    assert data["moving"] is True
    assert "most connected" not in data["note"]
    assert set(data["kinds"]) == {node["kind"] for node in data["nodes"]}


def test_a_large_graph_is_capped_with_a_note_and_stands_still() -> None:
    store = OxigraphStore()
    hub = ox.NamedNode("https://example.org/hub")
    papers = [ox.NamedNode(f"https://example.org/paper/{number}") for number in range(MAX_NODES + 50)]
    store.load(
        [
            ox.Triple(hub, ox.NamedNode(TYPE), ox.NamedNode("http://www.w3.org/2004/02/skos/core#Concept")),
            *(ox.Triple(paper, ox.NamedNode(TYPE), ox.NamedNode("https://schema.org/ScholarlyArticle")) for paper in papers),
            *(ox.Triple(paper, ox.NamedNode(ABOUT), hub) for paper in papers),
        ]
    )
    data = Page(b"".join(Pyvis().export(store)).decode()).data
    assert len(data["nodes"]) == MAX_NODES
    assert data["moving"] is False
    assert "most connected of 1,051 nodes" in data["note"]


def test_the_most_connected_nodes_stay() -> None:
    nodes = tuple(Node(name, "Paper", name) for name in "abcd")
    edges = (Edge("a", "p", "b"), Edge("a", "p", "c"), Edge("b", "p", "c"), Edge("d", "p", "a"))
    kept = most_connected(Network(nodes, edges), 2)
    assert [node.iri for node in kept.nodes] == ["a", "b"]
    assert kept.edges == (Edge("a", "p", "b"),)


def test_places_are_the_same_every_time_and_apart() -> None:
    edges = [(number, (number * 7 + 1) % 60) for number in range(60)]
    places = positions(60, edges)
    assert places == positions(60, edges)
    assert len(set(places)) == 60
    assert positions(0, []) == []
    assert positions(1, []) == [(0.0, 0.0)]
