"""What every exporter must do: the same bytes for the same graph, whatever the order it was loaded in."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import registry
from kg.protocols import Exporter, Store
from kg.stores.oxigraph import OxigraphStore

NAMES = registry.names("exporter")


def exported(name: str, store: Store) -> bytes:
    exporter: Exporter = registry.plugin("exporter", name)
    return b"".join(exporter.export(store))


@pytest.fixture
def store(small_triples: list[ox.Triple]) -> OxigraphStore:
    made = OxigraphStore()
    made.load(small_triples)
    return made


def test_all_doors_are_there() -> None:
    assert set(NAMES) >= {
        "turtle",
        "ntriples",
        "nquads",
        "trig",
        "rdfxml",
        "jsonld",
        "graphml",
        "gexf",
        "csv",
        "csv-safe",
        "bibtex",
        "pyvis",
        "description",
    }


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_it_is(name: str) -> None:
    exporter: Exporter = registry.plugin("exporter", name)
    assert exporter.name == name
    assert re.fullmatch(r"\.[a-z]+", exporter.suffix)
    assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", exporter.media_type)
    assert exporter.summary


@pytest.mark.parametrize("name", NAMES)
def test_the_same_graph_gives_the_same_bytes(name: str, store: OxigraphStore, small_triples: list[ox.Triple]) -> None:
    other = OxigraphStore()
    other.load(reversed(small_triples))
    assert exported(name, store) == exported(name, other)


@pytest.mark.parametrize("name", NAMES)
def test_another_graph_gives_other_bytes(name: str, store: OxigraphStore, small_triples: list[ox.Triple]) -> None:
    other = OxigraphStore()
    other.load(triple for triple in small_triples if "paper/counting-sheep" not in str(triple))
    assert exported(name, store) != exported(name, other)


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_graph_is_written_too(name: str) -> None:
    assert isinstance(exported(name, OxigraphStore()), bytes)


@pytest.mark.parametrize("name", NAMES)
def test_no_product_names_this_machine(name: str, store: OxigraphStore) -> None:
    assert str(Path.home()).encode() not in exported(name, store)
    assert str(Path.cwd()).encode() not in exported(name, store)
