"""The leaderboard: ranked by what is better in the metric, with sources, and with doubt where the reading is unsure."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from kg import pipeline
from kg.cli import main
from kg.errors import QueryError
from kg.graph import Graph, open_graph
from kg.leaderboard import leaderboard, less_is_better

REVIEW = """# Notes on transcribing barn recordings

## Barnwell: A Network for Speech in Barns

*Ada Plough, Ben Harrow. ICASSP 2021*

Barnwell reaches a word error rate of 4.1% on LibriSpeech. It also gets 12.5% on Common Voice.

## Haystack: Transcription among Sheep

*Cora Sickle, Dan Scythe. ICASSP 2022*

Haystack achieves a WER of 3.2% on LibriSpeech, beating Barnwell.

## Silo: Very Quiet Speech Recognition

*Eve Tractor, Finn Baler. ICASSP 2023*

We propose Silo. The word error rate on LibriSpeech drops by 2 to 5%.
"""
OTHER = """# A second look

## Haystack: Transcription among Sheep

*Cora Sickle, Dan Scythe. ICASSP 2022*

I read it again: Haystack achieves a WER of 3.7% on LibriSpeech, my neighbour says.
"""


@pytest.fixture(scope="module")
def barns(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("barns")
    (folder / "review.md").write_text(REVIEW, encoding="utf-8")
    (folder / "other.md").write_text(OTHER, encoding="utf-8")
    pipeline.build([folder / "review.md", folder / "other.md"], folder / "graph")
    return open_graph(folder / "graph")


def test_less_is_better_of_an_error_rate(barns: Graph) -> None:
    scores = [(row.system, row.value) for row in leaderboard(barns, "librispeech") if row.kind == "score"]
    assert scores == [("Haystack", "3.2 %"), ("Haystack", "3.7 %"), ("Barnwell", "4.1 %")]


def test_every_row_shows_its_sentence(barns: Graph) -> None:
    for row in leaderboard(barns, "LibriSpeech"):
        assert row.sources
        assert all(source.document and row.value.split()[0].split("–")[0] in source.sentence for source in row.sources)


def test_values_that_differ_between_documents_are_doubted(barns: Graph) -> None:
    rows = {(row.system, row.value): row.doubts for row in leaderboard(barns, "LibriSpeech", "WER")}
    assert "several values for it" in rows["Haystack", "3.2 %"]
    assert rows["Barnwell", "4.1 %"] == ()


def test_gains_and_ranges_do_not_stand_among_scores(barns: Graph) -> None:
    last = leaderboard(barns, "LibriSpeech")[-1]
    assert (last.kind, "a range" in last.doubts) == ("gain", True)


def test_an_unknown_dataset_lists_the_known_ones(barns: Graph) -> None:
    with pytest.raises(QueryError, match="LibriSpeech"):
        leaderboard(barns, "Cowbell")


@pytest.mark.parametrize(
    ("metric", "less"), [("word error rate", True), ("FID", True), ("accuracy", False), ("click-through rate", False), ("BLEU", False)]
)
def test_the_name_of_a_metric_tells_its_direction(metric: str, less: bool) -> None:
    assert less_is_better(metric) is less


def test_the_command_prints_table_csv_and_json(barns: Graph) -> None:
    def printed(*options: str) -> str:
        done = CliRunner().invoke(main, ["leaderboard", "LibriSpeech", "--graph", str(barns.directory), *options])
        assert done.exit_code == 0, done.output
        return done.stdout

    assert "Barnwell" in printed()
    assert "Haystack" not in printed("--sure")
    rows = list(csv.DictReader(io.StringIO(printed("--format", "csv"))))
    assert rows[0]["system"] == "Haystack"
    assert json.loads(printed("--format", "json"))[0]["sources"]
