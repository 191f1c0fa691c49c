"""Other people's vocabularies: read as they are published, matched by names, never put in the place of our own topics."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import pipeline, thesauri, vocabularies
from kg.cli import main
from kg.errors import GraphError, InputError, UnknownFormat
from kg.graph import open_graph
from kg.thesauri import Instead, Name
from kg.vocabularies import CLOSE, EXACT, Match

REVIEW = """# Reading notes

## Ears of Corn: Speech Recognition in the Field

*Ada Plough, Ben Harrow. ICASSP 2021*

They train a convolutional neural network for automatic speech recognition, with data augmentation and transfer learning.
"""
SKOS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <https://example.org/> .
ex:asr a skos:Concept ; skos:prefLabel "Automatic Speech Recognition"@en , "Spracherkennung"@de .
ex:cnn a skos:Concept ; skos:prefLabel "deep image filter"@en ; skos:altLabel "convolutional neural networks"@en .
ex:tl1 a skos:Concept ; skos:prefLabel "transfer learning"@en .
ex:tl2 a skos:Concept ; skos:prefLabel "transfer learning"@en .
"""
CSO = """"<https://cso.kmi.open.ac.uk/topics/asr>","<http://www.w3.org/2000/01/rdf-schema#label>","asr systems"@en .
"<https://cso.kmi.open.ac.uk/topics/transfer>","<http://www.w3.org/2000/01/rdf-schema#label>","transfer learning"@en .
"<https://cso.kmi.open.ac.uk/topics/variant>","<http://www.w3.org/2000/01/rdf-schema#label>","data augmentation"@en .
"<https://cso.kmi.open.ac.uk/topics/variant>","<http://cso.kmi.open.ac.uk/schema/cso#preferentialEquivalent>","<https://cso.kmi.open.ac.uk/topics/main>" .
"<https://cso.kmi.open.ac.uk/topics/main>","<http://cso.kmi.open.ac.uk/schema/cso#superTopicOf>","<https://cso.kmi.open.ac.uk/topics/asr>" .
"""
OPENALEX = '{"id": "https://openalex.org/T1", "display_name": "Transfer Learning", "keywords": ["Farming"]}\n'
TABLE = "topic_id,topic_name,subfield_id\n10036,Transfer Learning,1707\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fields")
    (folder / "review.md").write_text(REVIEW, encoding="utf-8")
    pipeline.build([folder / "review.md"], folder / "graph")
    return folder / "graph"


@pytest.fixture
def graph(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "graph"))


def written(path: Path, text: str) -> Path:
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def matched(graph: Path, file: Path) -> tuple[list[Match], int]:
    return vocabularies.matches(open_graph(graph).store, "other", thesauri.said(file))


@pytest.mark.parametrize("name", ["thesaurus.ttl", "thesaurus.ttl.gz"])
def test_skos_is_matched_by_first_and_other_names(graph: Path, tmp_path: Path, name: str) -> None:
    found, ambiguous = matched(graph, written(tmp_path / name, SKOS))
    assert {(match.topic, match.relation, match.concept.rsplit("/", 1)[-1]) for match in found} == {
        ("automatic-speech-recognition", EXACT, "asr"),
        ("convolutional-neural-network", CLOSE, "cnn"),
    }
    assert ambiguous == 1, "two concepts are called transfer learning"


def test_the_computer_science_ontology_in_csv(graph: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "CSO.3.5.csv", CSO)
    assert Instead("https://cso.kmi.open.ac.uk/topics/variant", "https://cso.kmi.open.ac.uk/topics/main") in list(thesauri.said(file))
    found = {match.topic: (match.relation, match.concept.rsplit("/", 1)[-1]) for match in matched(graph, file)[0]}
    assert found["transfer-learning"] == (EXACT, "transfer")
    assert found["data-augmentation"] == (CLOSE, "main"), "what stands for another is that other"


@pytest.mark.parametrize(("name", "text", "concept"), [("topics.jsonl.gz", OPENALEX, "T1"), ("topics.csv", TABLE, "T10036")])
def test_openalex_topics(tmp_path: Path, name: str, text: str, concept: str) -> None:
    assert list(thesauri.said(written(tmp_path / name, text))) == [Name(f"https://openalex.org/{concept}", "Transfer Learning", preferred=True)]


def test_the_graph_keeps_its_own_addresses_and_rebuilds_alike(graph: Path, tmp_path: Path) -> None:
    before = (graph / "graph.nt").read_text("utf-8").splitlines()
    done = CliRunner().invoke(main, ["vocabulary", "add", str(written(tmp_path / "other.ttl", SKOS)), "--graph", str(graph)])
    assert done.exit_code == 0, done.output
    after = (graph / "graph.nt").read_text("utf-8").splitlines()
    assert set(before) < set(after)
    assert {line.split()[1].rsplit("#")[-1] for line in set(after) - set(before)} == {f"{EXACT}>", f"{CLOSE}>"}
    assert "other" in CliRunner().invoke(main, ["vocabulary", "list", "--graph", str(graph)]).stdout
    assert pipeline.merge_again(graph).complete
    assert (graph / "graph.nt").read_text("utf-8").splitlines() == after


def test_what_is_no_vocabulary_is_refused(graph: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match="SKOS"):
        matched(graph, written(tmp_path / "notes.csv", "a,b\n1,2\n"))
    with pytest.raises(InputError, match="damaged"):
        matched(graph, written(tmp_path / "broken.ttl", "@prefix skos: <http"))
    with pytest.raises(InputError, match="without end"):
        matched(graph, written(tmp_path / "bomb.rdf", '<!DOCTYPE x [<!ENTITY a "b">]><x/>'))


def test_a_damaged_file_of_matches_names_its_line(tmp_path: Path) -> None:
    vocabularies.save(tmp_path, [Match("other", "a", EXACT, "https://example.org/a")])
    assert vocabularies.load(tmp_path) == (Match("other", "a", EXACT, "https://example.org/a"),)
    file = tmp_path / vocabularies.FOLDER / vocabularies.NAME
    file.write_text(file.read_text("utf-8") + '{"topic": 1}\n', "utf-8")
    with pytest.raises(GraphError, match="line 2"):
        vocabularies.load(tmp_path)
