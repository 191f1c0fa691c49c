"""The explorer's page, read as text: whole in itself, no markup out of a document, the same for the same graph."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pyoxigraph as ox
import pytest

from kg.exporters import explorer
from kg.exporters.explorer import Explorer, sketch
from kg.exporters.explorer.communities import communities
from kg.exporters.explorer.layout import GAP, positions
from kg.exporters.explorer.page import as_json, page
from kg.network import KINDS
from kg.stores.oxigraph import OxigraphStore
from tests.exporters.explorer_page import edges
from tests.exporters.made_field import HOSTILE, made_field

BUILT = files("kg.exporters.explorer") / "built"


class Page(HTMLParser):
    """The tags of a page, and the text of its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inner: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}", {}))

    def handle_data(self, data: str) -> None:
        tag, attributes = self.tags[-1] if self.tags else ("", {})
        name = attributes.get("id") or tag
        if tag in ("script", "style"):
            self.inner[name] = self.inner.get(name, "") + data

    @property
    def data(self) -> Any:
        return json.loads(gzip.decompress(base64.b64decode(self.inner["data"])))

    @property
    def sketch(self) -> Any:
        return json.loads(self.inner["sketch"])


def store(triples: list[ox.Triple]) -> OxigraphStore:
    made = OxigraphStore()
    made.load(triples)
    return made


def exported(triples: list[ox.Triple]) -> str:
    return b"".join(Explorer().export(store(triples))).decode()


@pytest.fixture(scope="module")
def field() -> list[ox.Triple]:
    return made_field(100)


@pytest.fixture(scope="module")
def text(field: list[ox.Triple]) -> str:
    return exported(field)


@pytest.fixture(scope="module")
def data(text: str) -> Any:
    return Page(text).data


def test_nothing_is_asked_of_another_server(text: str) -> None:
    for tag, attributes in Page(text).tags:
        assert tag not in ("link", "iframe", "img", "object", "embed", "base")
        assert not {"src", "href", "srcset", "action", "style", "onclick"} & attributes.keys()
    assert "sourceMappingURL" not in text
    assert "@import" not in text


def test_the_policy_lets_only_our_program_run(text: str) -> None:
    found = Page(text)
    (policy,) = [attributes["content"] for tag, attributes in found.tags if attributes.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in (policy or "").split(";"))
    digest = {name: base64.b64encode(hashlib.sha256(found.inner[name].encode()).digest()).decode() for name in ("script", "style")}
    assert rules["default-src"] == rules["connect-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["script-src"] == f"'sha256-{digest['script']}' 'wasm-unsafe-eval'"
    assert rules["style-src"] == f"'sha256-{digest['style']}'"
    assert rules["worker-src"] == "blob:"
    assert rules["img-src"] == "data: blob:"


def test_a_hostile_title_is_data(text: str, data: Any) -> None:
    assert len([tag for tag, _ in Page(text).tags if tag == "script"]) == 6
    assert HOSTILE in [node[2] for node in data["nodes"]]
    (raw,) = re.findall(r'id="sketch">(.*?)</script>', text, re.DOTALL)
    assert HOSTILE in json.loads(raw)["labels"].values()
    assert not set("<>&\u2028\u2029") & set(raw)
    assert "window.pwned" not in text.replace(raw, "")


@pytest.mark.parametrize("hostile", ["</script>", "<!--<script>", "\u2028\u2029", "$data ${engine} {{x}}", "\ud7ff\u0000\x1b", "a\\u003c/script"])
def test_any_text_comes_back_as_it_was(hostile: str) -> None:
    assert json.loads(as_json({"title": hostile})) == {"title": hostile}
    data = {"nodes": [["paper/a", "Paper", hostile, 0, 1.5, 2.5, 0, 3]], "edges": [], "communities": [hostile]}
    found = Page(page(data, b""))
    assert found.data == data
    assert found.sketch["labels"] == {"0": hostile}
    assert found.sketch["communities"] == [hostile]


def test_the_program_cannot_end_its_own_script() -> None:
    program = (BUILT / "explorer.js").read_text("utf-8")
    assert "</script" not in program.lower()
    assert "<!--" not in program
    assert "eval(" not in program.replace("-eval(", "")


def test_the_bundle_is_made_from_these_sources() -> None:
    sources = Path(__file__).parents[2] / "explorer"
    names = ["build.mjs", "package-lock.json", *(path.relative_to(sources).as_posix() for path in (sources / "src").rglob("*.*"))]
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update(f"{name}\n".encode() + (sources / name).read_bytes())
    assert (BUILT / "sources.sha256").read_text("utf-8").strip() == digest.hexdigest(), "run `python3 tasks.py page`"


def test_the_same_graph_gives_the_same_page(field: list[ox.Triple], text: str) -> None:
    assert exported(list(reversed(field))) == text


def test_the_licences_of_what_is_bundled_are_in_the_page(text: str) -> None:
    licences = Page(text).inner["licences"]
    for name in ("preact", "d3-zoom", "d3-force", "d3-selection", "d3-quadtree", "oxigraph"):
        assert re.search(rf"^{name} \d", licences, re.MULTILINE), name
    assert licences.count("Permission is hereby granted") >= 2


def test_the_query_engine_gets_all_triples(field: list[ox.Triple], text: str) -> None:
    packed = gzip.decompress(base64.b64decode(Page(text).inner["triples"]))
    assert {quad.triple for quad in ox.parse(packed, ox.RdfFormat.TURTLE)} == set(store(field))


def test_a_large_graph_goes_without_its_evidence_and_says_so(field: list[ox.Triple], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explorer, "MOST_TRIPLES", 1_000)
    found = Page(exported(field))
    packed = gzip.decompress(base64.b64decode(found.inner["triples"])).decode()
    assert found.data["evidenceInQueries"] is False
    assert "kg:Claim" not in packed
    assert "oa:exact" not in packed
    assert packed.count("a schema:ScholarlyArticle") == 40


def test_every_fact_has_its_sentence(data: Any) -> None:
    nodes = [node[0] for node in data["nodes"]]
    facts = [(nodes[edge.source], edge.predicate, edge.claims) for edge in edges(data)]
    (found,) = [claims for source, predicate, claims in facts if (source, predicate) == ("paper/study-3", "kg:presentedAt")]
    (claim,) = [data["claims"][number] for number in found]
    assert re.fullmatch(r"Sentence \d+ of round-up 0 says so\.", data["sentences"][claim[0]])
    assert nodes[claim[1]] == "doc/round-up-0"
    stated = [
        claims for source, predicate, claims in facts if predicate in ("kg:usesMethod", "kg:addressesTask", "schema:author") and "paper/" in source
    ]
    assert len(stated) > 100
    assert all(stated)


def test_the_sketch_stands_before_the_program_and_all_else_behind_it(text: str) -> None:
    places = [text.index(part) for part in ('id="sketch"', "<script>", 'id="data"', 'id="triples"', 'id="engine"')]
    assert places == sorted(places)


def test_the_sketch_has_the_places_of_all_things_and_some_names_and_lines(text: str, data: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    found, nodes = Page(text).sketch, data["nodes"]
    assert [found["kinds"][kind] for kind in found["kind"]] == [node[1] for node in nodes]
    assert [(x, y) for x, y in zip(found["x"], found["y"], strict=True)] == [(round(node[4]), round(node[5])) for node in nodes]
    assert found["edges"] == data["edges"]
    monkeypatch.setattr(sketch, "MOST_LINES", 50)
    monkeypatch.setattr(sketch, "MOST_NAMES", 5)
    few = sketch.sketch(data)
    assert 25 < len(few["edges"]) // 3 <= 50
    assert {tuple(few["edges"][at : at + 3]) for at in range(0, len(few["edges"]), 3)} <= {
        tuple(data["edges"][at : at + 3]) for at in range(0, len(data["edges"]), 3)
    }
    assert min(nodes[int(node)][7] for node in few["labels"]) == sorted(node[7] for node in nodes)[-5]


def test_opinions_results_awards_and_code_belong_to_their_paper(data: Any) -> None:
    number = next(number for number, node in enumerate(data["nodes"]) if node[2] == HOSTILE)
    of = {kind: [record for record in data[kind] if record["paper"] == number] for kind in ("reviews", "results", "awards", "resources")}
    assert sorted(review["opinion"] for review in of["reviews"]) == ["negative", "positive"]
    assert {data["nodes"][by][1] for review in of["reviews"] for by in review["by"]} == {"Person"}
    assert of["results"][0]["value"] == "60.5"
    assert of["awards"][0]["name"] == "Best Paper"
    assert of["resources"][0]["url"] == "https://example.org/code/0"


def test_a_denied_fact_is_no_edge(data: Any) -> None:
    ((source, target, predicate, claims),) = data["doubted"]
    assert data["predicates"][predicate] == "kg:outperforms"
    assert (source, target, "kg:outperforms") not in [edge[:3] for edge in edges(data)]
    assert [data["claims"][number][3] for number in claims] == [1]


def test_attention_counts_voices_of_papers(data: Any) -> None:
    by_name = {node[0]: node for node in data["nodes"]}
    assert by_name["paper/study-0"][7] == 2
    assert by_name["paper/study-1"][7] == 1
    assert by_name["event/meet-2010"][7] == sum(node[1] == "Paper" and node[3] == 2010 for node in data["nodes"])


def test_every_kind_has_a_name_and_a_look() -> None:
    program = (BUILT / "explorer.js").read_text("utf-8")
    shown = set(KINDS.values()) - {"Result", "Review", "Award", "Resource"}
    assert [kind for kind in shown if program.count(f"{kind}:") < 2] == []


def test_the_small_graph_with_one_of_each_is_shown(small_triples: list[ox.Triple]) -> None:
    data = Page(exported(small_triples)).data
    assert {"Paper", "Person", "Task", "Method", "Event", "List", "Document"} <= {node[1] for node in data["nodes"]}
    assert len(data["queries"]) > 30


def test_an_empty_graph_is_a_page_too() -> None:
    assert Page(exported([])).data["nodes"] == []


def test_places_are_the_same_every_time_and_apart() -> None:
    joins = np.array([(number, (number * 7 + 1) % 60) for number in range(60)])
    sizes = np.full(60, 5.0)
    places = positions(60, joins, np.ones(60), sizes)
    assert (places == positions(60, joins, np.ones(60), sizes)).all()
    distance = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)) + np.eye(60) * 99
    assert distance.min() > 2 * 5.0 + GAP - 1.0
    assert positions(0, np.zeros((0, 2), dtype=np.int64), np.zeros(0), np.zeros(0)).shape == (0, 2)


def test_what_belongs_together_stands_together() -> None:
    joins = [(a + 20 * group, b + 20 * group) for group in range(3) for a in range(20) for b in range(a) if (a * b) % 3 == 0] + [(0, 20), (20, 40)]
    places = positions(60, np.array(joins), np.ones(len(joins)), np.full(60, 3.0))
    nearest = np.argsort(np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)), axis=1)[:, 1:8]
    assert (nearest // 20 == (np.arange(60) // 20)[:, None]).mean() > 0.85


def test_a_community_is_called_by_its_own_topics() -> None:
    joins = [(a + 12 * group, 12 * group) for group in range(2) for a in range(1, 12)] + [(1, 24), (13, 24)]
    found = communities(25, joins, [1.0] * len(joins), {0: "birds", 12: "ice", 24: "everything"})
    assert {group.name.split(" · ")[0] for group in found} == {"birds", "ice"}
    assert found == communities(25, joins, [1.0] * len(joins), {0: "birds", 12: "ice", 24: "everything"})
    assert communities(3, [], [], {}) == ()
