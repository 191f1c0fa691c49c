"""The store in a directory: many readers, no writing over what is there, damage named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import GraphError
from kg.stores.oxigraph import InMemory, OnDisk

TRIPLE = ox.Triple(ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/p"), ox.Literal("x"))
READ = "import sys; from pathlib import Path; from kg.stores.oxigraph import OnDisk; print(len(OnDisk().open(Path(sys.argv[1]))))"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    OnDisk().create(tmp_path / "store").load([TRIPLE])
    return tmp_path / "store"


def test_several_processes_read_at_once(place: Path) -> None:
    here = OnDisk().open(place)
    other = subprocess.run([sys.executable, "-c", READ, str(place)], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == "1"
    assert len(here) == 1


def test_a_store_that_is_read_cannot_be_written(place: Path) -> None:
    with pytest.raises((GraphError, RuntimeError)):
        OnDisk().open(place).load([TRIPLE])


def test_a_store_is_only_made_in_a_new_place(place: Path) -> None:
    with pytest.raises(GraphError, match="not empty"):
        OnDisk().create(place)


@pytest.mark.parametrize("name", ["CURRENT", "MANIFEST"])
def test_damage_is_told_with_what_to_do(place: Path, name: str) -> None:
    for file in place.glob(f"{name}*"):
        file.write_bytes(b"\x00broken")
    with pytest.raises(GraphError, match="kg build"):
        OnDisk().open(place)


def test_a_file_of_rdf_opens_as_a_store(tmp_path: Path) -> None:
    file = tmp_path / "small.ttl"
    file.write_text("<https://example.org/a> <https://example.org/p> 'x' .", encoding="utf-8")
    assert list(InMemory().open(file)) == [TRIPLE]


def test_a_file_that_is_not_rdf_is_told(tmp_path: Path) -> None:
    file = tmp_path / "small.ttl"
    file.write_text("no RDF at all", encoding="utf-8")
    with pytest.raises(GraphError, match="cannot be read as RDF"):
        InMemory().open(file)
