"""A graph opened from Python: finding it, its papers, networkx, rdflib."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.errors import GraphError
from kg.graph import Graph, find, open_graph
from kg.pipeline import MADE
from kg.staging import staged
from kg.stores.oxigraph import OnDisk, OxigraphStore

WIDGETS = "Neural Widgets: Learning to Count"


@pytest.fixture(autouse=True)
def no_graph_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_GRAPH", raising=False)


def test_a_named_directory_is_opened(small_directory: Path) -> None:
    graph = kg.open(small_directory)
    assert isinstance(graph, kg.Graph)
    assert graph.directory == small_directory
    assert len(graph.store) > 400


def test_the_environment_names_a_graph(small_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_GRAPH", str(small_directory))
    assert find() == small_directory


@pytest.mark.parametrize("below", [".", "deep/er"])
def test_a_graph_is_found_above(small_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, below: str) -> None:
    (tmp_path / "graph").symlink_to(small_directory)
    (tmp_path / below).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(tmp_path / below)
    assert find() == tmp_path / "graph"


def test_a_graph_is_found_from_within(small_directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small_directory / "store")
    assert find() == small_directory


def test_no_graph_says_how_to_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(GraphError, match="kg build"):
        open_graph()
    with pytest.raises(GraphError, match="kg build"):
        open_graph(tmp_path)


@pytest.mark.parametrize("manifest", ["not json", "[]", '{"name": "a web app"}'])
def test_somebody_elses_manifest_is_no_graph(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(GraphError, match="is not a graph"):
        find(tmp_path)


@pytest.mark.parametrize("fails", [True, False], ids=["files that do not fit", "files of two graphs"])
def test_a_graph_can_be_opened_while_it_is_replaced(small_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, fails: bool) -> None:
    """The first time that the store is opened, another graph takes the place of the one that was there."""
    target, opened, inner = shutil.copytree(small_directory, tmp_path / "graph"), [], OnDisk.open

    def meanwhile(self: OnDisk, place: Path) -> OxigraphStore:
        opened.append(inner(self, place))
        if len(opened) == 1:
            with staged(target, MADE) as stage:
                shutil.copytree(small_directory, stage.folder, dirs_exist_ok=True)
                stage.swap(MADE)
            if fails:
                raise GraphError("it is damaged")
        return opened[-1]

    monkeypatch.setattr(OnDisk, "open", meanwhile)
    assert open_graph(target).store is opened[1]


def test_a_graph_that_is_replaced_all_the_time_is_told(small_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, inner = shutil.copytree(small_directory, tmp_path / "graph"), OnDisk.open

    def meanwhile(self: OnDisk, place: Path) -> OxigraphStore:
        shutil.copy(small_directory / "manifest.json", target / "new")
        (target / "new").rename(target / "manifest.json")
        return inner(self, place)

    monkeypatch.setattr(OnDisk, "open", meanwhile)
    with pytest.raises(GraphError, match="wait for the builds to end"):
        open_graph(target)


def test_another_format_is_told(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(GraphError, match="format 99"):
        find(tmp_path)


def test_papers_have_their_authors_in_order(small_graph: Graph) -> None:
    row = next(row for row in small_graph.papers() if row.title == WIDGETS)
    assert row.authors == ("Wanda Widget", "Carl Count")
    assert (row.authors_complete, row.year, row.venue, row.identifiers) == (True, 2021, "COUNTCON 2021", ("doi:10.1234/widgets",))


def test_all_papers_are_there_once(small_graph: Graph) -> None:
    rows = small_graph.papers()
    assert len(rows) == len({row.iri for row in rows}) == 3
    assert [row.title for row in rows] == sorted(row.title for row in rows)


def test_the_network_has_sentences_and_no_claims(small_graph: Graph) -> None:
    graph = small_graph.to_networkx()
    kinds = {data["kind"] for _, data in graph.nodes(data=True)}
    assert {"Paper", "Person", "Method", "Task", "Review", "Event", "Award"} <= kinds
    assert not {"Claim", "Passage", "Authorship"} & kinds
    labels = {data["label"]: node for node, data in graph.nodes(data=True)}
    edge = graph.edges[labels["Counting Sheep in Parallel"], labels["CountNet-W"], "kg:usesMethod"]
    assert edge["sentences"] == ("It uses CountNet-W and tallying by hand on farms.",)


def test_a_claim_on_a_place_in_the_list_covers_the_author(small_graph: Graph) -> None:
    graph = small_graph.to_networkx()
    labels = {data["label"]: node for node, data in graph.nodes(data=True)}
    assert graph.edges[labels[WIDGETS], labels["Wanda Widget"], "schema:author"]["sentences"] == (f"{WIDGETS}, by Wanda Widget and Carl Count",)


def test_a_denied_fact_is_no_edge(small_graph: Graph) -> None:
    assert not [edge for *_, edge in small_graph.to_networkx().edges(keys=True) if edge == "kg:outperforms"]


def test_rdflib_sees_the_same_store(small_directory: Path) -> None:
    graph = open_graph(small_directory)
    seen = graph.rdflib()
    assert len(seen) == len(graph.store)
    titles = {str(row[0]) for row in seen.query("SELECT ?t { ?p a <https://schema.org/ScholarlyArticle> ; <https://schema.org/name> ?t }")}  # type: ignore[index]
    assert titles == {row.title for row in graph.papers()}


def test_rdflib_needs_an_oxigraph_store() -> None:
    class Elsewhere:
        pass

    with pytest.raises(GraphError, match="export Turtle"):
        Graph(Elsewhere()).rdflib()  # type: ignore[arg-type]


def test_describe_gives_all_triples_about_a_thing(small_graph: Graph) -> None:
    row = small_graph.papers()[-1]
    triples = small_graph.describe(row.iri)
    assert triples == tuple(sorted(triples, key=str))
    assert all(row.iri in (triple.subject.value, getattr(triple.object, "value", "")) for triple in triples)
    assert len(triples) > 10


def test_importing_kg_is_light() -> None:
    code = "import sys, kg; print(sorted(name for name in ('pyoxigraph', 'networkx', 'rdflib', 'pyvis') if name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_an_unknown_name_of_the_package_is_told() -> None:
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        kg.opne  # noqa: B018
