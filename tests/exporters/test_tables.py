"""GraphML, GEXF, CSV and BibTeX, read back by the libraries that others use."""

from __future__ import annotations

import csv
import io
import zipfile

import bibtexparser
import networkx as nx
import pyoxigraph as ox
import pytest

from kg import registry
from kg.network import network
from kg.stores.oxigraph import OxigraphStore

HOSTILE = "=HYPERLINK(1)"


@pytest.fixture
def store(small_triples: list[ox.Triple]) -> OxigraphStore:
    made = OxigraphStore()
    made.load(small_triples)
    return made


def exported(name: str, store: OxigraphStore) -> bytes:
    return b"".join(registry.plugin("exporter", name).export(store))


def tables(data: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline=""))) for name in archive.namelist()}


@pytest.mark.parametrize(("name", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networkx_reads_back_nodes_edges_and_sentences(name: str, read: object, store: OxigraphStore) -> None:
    graph = read(io.BytesIO(exported(name, store)))  # type: ignore[operator]
    found = network(store)
    assert set(graph) == {node.iri for node in found.nodes}
    assert graph.number_of_edges() == len(found.edges)
    labels = {data["label"] for _, data in graph.nodes(data=True)}
    assert any(label.startswith(HOSTILE) for label in labels)
    assert any("on farms." in data["sentences"] for *_, data in graph.edges(data=True))


def test_gexf_holds_no_date(store: OxigraphStore) -> None:
    assert b"lastmodified" not in exported("gexf", store)


def test_csv_holds_the_values_exactly(store: OxigraphStore) -> None:
    found = tables(exported("csv", store))
    assert list(found) == ["nodes.csv", "edges.csv"]
    assert {(row["iri"], row["kind"], row["label"]) for row in found["nodes.csv"]} == {
        (node.iri, node.kind, node.label) for node in network(store).nodes
    }
    assert any(row["label"].startswith(HOSTILE) for row in found["nodes.csv"])


def test_no_cell_of_the_safe_tables_is_a_formula(store: OxigraphStore) -> None:
    found = tables(exported("csv-safe", store))
    cells = [cell for rows in found.values() for row in rows for cell in row.values()]
    assert any(cell.startswith(f"'{HOSTILE}") for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_bibtex_reads_back(store: OxigraphStore) -> None:
    library = bibtexparser.parse_string(exported("bibtex", store).decode())
    assert not library.failed_blocks
    entries = {entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries}
    assert len(entries) == 3
    widgets = entries["widget2021neural"]
    assert widgets["author"] == "Wanda Widget and Carl Count"
    assert (widgets["doi"], widgets["year"], widgets["booktitle"]) == ("10.1234/widgets", "2021", "COUNTCON 2021")
    assert entries["sheepcounting"]["author"] == "S. Sheep and others"


@pytest.mark.parametrize("title", ["50% of C# & {braces} $x_1^2$ ~ \\input{/etc/passwd}", "} @article{evil, title={x", "Ünïcode – 日本 “quotes”"])
def test_a_title_never_breaks_out_of_its_field(title: str) -> None:
    store = OxigraphStore()
    paper = ox.NamedNode("https://example.org/p")
    store.load(
        [
            ox.Triple(paper, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), ox.NamedNode("https://schema.org/ScholarlyArticle")),
            ox.Triple(paper, ox.NamedNode("https://schema.org/name"), ox.Literal(title)),
        ]
    )
    text = exported("bibtex", store).decode()
    (entry,) = bibtexparser.parse_string(text).entries
    assert [field.key for field in entry.fields] == ["title"]
    assert "\\input" not in text


def test_equal_keys_are_told_apart() -> None:
    store = OxigraphStore()
    for number in range(3):
        paper = ox.NamedNode(f"https://example.org/{number}")
        store.load(
            [
                ox.Triple(
                    paper, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), ox.NamedNode("https://schema.org/ScholarlyArticle")
                ),
                ox.Triple(paper, ox.NamedNode("https://schema.org/name"), ox.Literal("The Same Title")),
            ]
        )
    assert [entry.key for entry in bibtexparser.parse_string(exported("bibtex", store).decode()).entries] == ["same", "same-2", "same-3"]
