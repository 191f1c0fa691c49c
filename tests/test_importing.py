"""What was exported comes back; RDF of others is taken in; what harms is refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import importing, registry
from kg.errors import InputError, TooLarge, UnknownFormat
from kg.graph import open_graph
from kg.importing import import_files

OTHERS = """@prefix schema: <https://schema.org/> .
[] a schema:ScholarlyArticle ; schema:name "A paper of others" ; schema:author [ a schema:Person ; schema:name "Pat Other" ] .
"""


@pytest.mark.parametrize("form", ["turtle", "ntriples", "nquads", "trig", "rdfxml", "jsonld"])
def test_what_was_exported_comes_back(small_directory: Path, tmp_path: Path, form: str) -> None:
    exporter = registry.plugin("exporter", form)
    store = open_graph(small_directory).store
    file = tmp_path / f"graph{exporter.suffix}"
    file.write_bytes(b"".join(exporter.export(store)))
    made = import_files([file], tmp_path / "graph")
    again = open_graph(tmp_path / "graph").store
    assert set(again) == set(store)
    assert b"".join(exporter.export(again)) == file.read_bytes()
    assert made.counts["triples"] == len(store)


def test_rdf_of_others_gets_addresses_for_what_has_none(tmp_path: Path) -> None:
    (tmp_path / "others.ttl").write_text(OTHERS, encoding="utf-8")
    import_files([tmp_path / "others.ttl"], tmp_path / "one")
    import_files([tmp_path / "others.ttl"], tmp_path / "two")
    assert (tmp_path / "one" / "graph.nt").read_bytes() == (tmp_path / "two" / "graph.nt").read_bytes()
    graph = open_graph(tmp_path / "one")
    assert [row["title"].value for row in graph.ask("papers")] == ["A paper of others"]  # type: ignore[union-attr]
    assert b"_:" not in (tmp_path / "one" / "graph.nt").read_bytes()


def test_several_files_are_one_graph(small_lines: list[str], tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / f"{number}.nt").write_text("\n".join(small_lines[number::2]) + "\n", encoding="utf-8")
    import_files([tmp_path / "0.nt", tmp_path / "1.nt"], tmp_path / "graph")
    assert (tmp_path / "graph" / "graph.nt").read_text(encoding="utf-8").splitlines() == sorted(small_lines)


BOMB = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'


@pytest.mark.parametrize(
    ("name", "text", "error", "words"),
    [
        ("a.csv", "a,b", UnknownFormat, "no RDF file"),
        ("a.ttl", "no RDF", InputError, "not the RDF"),
        ("a.ttl", "<https://example.org/a> <https://example.org/b> 1 .", InputError, "words of the ontology"),
        ("a.rdf", BOMB, InputError, "entities"),
        ("a.ttl", "<a:a> <a:b> " + "<<( <a:a> <a:b> " * 20_000, InputError, "triples about triples"),
        ("a.jsonld", '{"@context": "http://127.0.0.1:9/", "@id": "a:a"}', InputError, "not the RDF"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_in_is_told(tmp_path: Path, name: str, text: str, error: type[InputError], words: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(error, match=words):
        import_files([tmp_path / name], tmp_path / "graph")
    assert not (tmp_path / "graph").exists()


def test_a_file_that_is_too_large_is_told(small_lines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "LARGEST", 10)
    (tmp_path / "small.nt").write_text("\n".join(small_lines) + "\n", encoding="utf-8")
    with pytest.raises(TooLarge, match="import it in parts"):
        import_files([tmp_path / "small.nt"], tmp_path / "graph")
