"""Precision of extractors, truth of confidences, agreement of annotators, and the figures of the command against both scorers."""

from __future__ import annotations

import importlib.util
import json
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from kg import ontology
from kg.cli import main
from kg.errors import InputError
from kg.evaluation.agreement import agreement, kappa
from kg.evaluation.calibration import fitted
from kg.evaluation.judging import Judged
from kg.evaluation.measuring import measure_all
from kg.evaluation.reliability import by_confidence, by_extractor, by_reason, error
from kg.evaluation.scoring import CORE, SEMANTIC
from kg.extractors.calibration import as_given, calibrated
from kg.trust.opened import MEASURED, precisions

TESTS = Path(__file__).parents[1]
RIGHT, WRONG = (True, True, False, True), (False,)
GOLD, EXAMPLES = TESTS / "gold", TESTS.parent / "examples"


def judged(*rights: bool, extractor: str = "x/1", confidence: float = 0.9) -> list[Judged]:
    return [Judged(extractor, "titles", confidence, right) for right in rights]


def test_an_extractor_is_as_precise_as_its_facts() -> None:
    groups = by_extractor([*judged(*RIGHT), *judged(*WRONG, extractor="y/1")])
    assert [(group.name, group.facts, group.precision) for group in groups] == [("x/1", 4, 0.75), ("y/1", 1, 0.0)]


def test_a_true_confidence_has_no_error() -> None:
    assert error(by_confidence(judged(*[True] * 9, *WRONG))) == pytest.approx(0.0)
    assert error(by_confidence(judged(*[True] * 5, *[False] * 5))) == pytest.approx(0.4)
    assert error([]) == 0.0


def test_kappa_is_that_of_the_textbook() -> None:
    """Cohen's own kind of table: 20 and 15 agreed of 50, with 5 and 10 apart, give 0.4."""
    answers = [("yes", "yes")] * 20 + [("no", "no")] * 15 + [("yes", "no")] * 5 + [("no", "yes")] * 10
    assert kappa(answers) == pytest.approx(0.4)
    assert kappa([("yes", "yes")] * 3) == 1.0
    assert kappa([("yes", "no"), ("no", "yes")]) == -1.0


def test_who_agrees_with_himself_agrees_wholly(tmp_path: Path) -> None:
    assert {one.value for one in agreement(EXAMPLES, GOLD, GOLD)} == {1.0}
    with pytest.raises(InputError, match="no gold file of a document"):
        agreement(EXAMPLES, GOLD, tmp_path)


def test_another_opinion_lowers_only_its_own_field(tmp_path: Path) -> None:
    for path in GOLD.glob("*.*.json"):
        rows = json.loads(path.read_text("utf-8"))
        rows["papers"][0]["opinion"] = "mixed" if rows["papers"][0]["opinion"] != "mixed" else "none"
        (tmp_path / path.name).write_text(json.dumps(rows), encoding="utf-8")
    assert [one.field for one in agreement(EXAMPLES, GOLD, tmp_path) if one.value < 1.0] == ["opinion"]


def test_the_facts_of_a_field_are_right_as_often_as_the_field() -> None:
    """Where one fact is one answer, single facts and the score of the field are the same count."""
    for name, one in measure_all(EXAMPLES, GOLD).items():
        for field in ("awards", "organizations", "sections"):
            facts = [each for each in one.judged if each.field == field]
            assert (len(facts), sum(each.right for each in facts)) == (one.scores[field].given, one.scores[field].right), (name, field)


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, dict[str, dict[str, float]]], Path]:
    folder = tmp_path_factory.mktemp("evaluation")
    arguments = [
        "evaluate",
        str(GOLD),
        "--documents",
        str(EXAMPLES),
        "--format",
        "json",
        "--into",
        str(folder),
        "--html",
        str(folder / "report.html"),
    ]
    found = CliRunner().invoke(main, [*arguments, "--second", str(GOLD)])
    assert found.exit_code == 0, found.output
    return json.loads(found.output), folder


def test_the_command_says_what_the_corpus_scorer_says(figures: tuple[dict[str, dict[str, dict[str, float]]], Path]) -> None:
    gate = _gate()
    if not gate.CORPUS.is_dir():
        pytest.skip("the corpus and its scorer are not on this machine")
    ours = {field: row["f1"] for field, row in figures[0]["fields"].items() if field != gate.VARIES} | {
        name: figures[0][name] for name in ("core", "semantic")
    }
    theirs = gate.theirs(EXAMPLES, GOLD)
    assert len(ours.keys() & theirs.keys()) >= len(CORE) + len(SEMANTIC)
    assert ours == pytest.approx({field: theirs[field] for field in ours}, abs=1e-9)


def test_the_report_shows_misses_in_their_text(figures: tuple[dict[str, object], Path]) -> None:
    page = (figures[1] / "report.html").read_text("utf-8")
    assert page.count("<details>") > 3
    assert "<ins>" in page
    assert '<div class="text faint">' in page
    assert "Two annotators" in page


def test_what_was_measured_stays_with_the_graph(figures: tuple[dict[str, dict[str, dict[str, float]]], Path]) -> None:
    assert (figures[1] / MEASURED).is_file()
    assert precisions(figures[1]) == {name: row["precision"] for name, row in figures[0]["extractors"].items()}


def _gate() -> ModuleType:
    import sys

    spec = importlib.util.spec_from_file_location("pin_floors_for_measures", TESTS / "pin_floors.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


def test_a_confidence_becomes_the_share_that_proved_right() -> None:
    """Ninety of a hundred surely, thirty of a hundred unsurely: both move towards that, and stay in order."""
    sure = judged(*[True] * 90, *[False] * 10, confidence=0.7)
    unsure = judged(*[True] * 30, *[False] * 70, confidence=0.5)
    ((low, few), (high, many)) = fitted([*sure, *unsure])["x"]
    assert (low, high) == (0.5, 0.7)
    assert few == pytest.approx(0.3, abs=0.05)
    assert many == pytest.approx(0.9, abs=0.05)


def test_a_surer_reason_is_never_worth_less() -> None:
    steps = fitted([*judged(*[True] * 30, confidence=0.5), *judged(*[False] * 30, confidence=0.9)])["x"]
    assert steps[0][1] == steps[1][1]


def test_extractors_that_tell_the_truth_or_little_are_left_alone() -> None:
    assert fitted([*judged(*[True] * 90, *[False] * 10, confidence=0.9), *judged(*WRONG, extractor="y/1")]) == {}


def test_what_was_measured_is_what_the_evidence_says() -> None:
    worth = tomllib.loads((ontology.folder() / "calibration.toml").read_text("utf-8"))
    for name, table in worth.items():
        for given, share in table["steps"]:
            assert calibrated(name, given) == share
            with as_given():
                assert calibrated(name, given) == given
    assert calibrated("somebody else's", 0.4) == 0.4


def test_the_command_measures_several_folders(tmp_path: Path) -> None:
    out = tmp_path / "calibration.toml"
    found = CliRunner().invoke(main, ["calibrate", f"{GOLD}={EXAMPLES}", "-o", str(out)])
    assert found.exit_code == 0, found.output
    assert tomllib.loads(out.read_text("utf-8"))
    assert CliRunner().invoke(main, ["calibrate", str(tmp_path / "nowhere")]).exit_code == 1


def test_the_reliability_of_each_extractor_is_told_apart() -> None:
    groups = by_reason([*judged(*RIGHT), *judged(*WRONG, extractor="y/1"), *judged(*RIGHT[:1], confidence=0.6)])
    assert [(group.name, group.facts) for group in groups] == [("x/1 0.60 to 0.70", 1), ("x/1 0.90 to 0.95", 4), ("y/1 0.90 to 0.95", 1)]


def test_the_figures_are_a_page_of_markdown_too() -> None:
    found = CliRunner().invoke(main, ["evaluate", str(GOLD), "--documents", str(EXAMPLES), "--format", "markdown"])
    assert found.exit_code == 0, found.output
    assert "| opinions" in found.output
    assert "Facts of each extractor by how sure they are" in found.output
