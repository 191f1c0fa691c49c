"""A graph against its gold, one difference at a time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg import identity, rdf
from kg.errors import InputError
from kg.evaluation import gold, measuring
from kg.evaluation.gold import Gold
from kg.evaluation.scoring import CORE, FIELDS, SEMANTIC, mean, score, total
from kg.evaluation.tally import Tally, compared
from kg.model import Document, Entity, Evidence, Fact, Iri, Object, Source, Span
from kg.ontology import expand

TITLE = "Neural Widgets: Learning to Count"
TEXT = f"{TITLE} by Wanda Widget. Counting sheep scores 90 points on WidgetYard. Also see Sheep in Parallel."
PAPER = {
    "title": TITLE, "role": "reviewed", "anchor": TITLE, "authors": ["Wanda Widget"], "et_al": False, "year": 2021, "venue": "COUNTCON",
    "doi": "10.1234/widgets", "arxiv": None, "url": None, "links": [{"url": "https://example.org/code", "kind": "code"}], "awards": ["Best Paper"],
    "reviewers": [], "sections": ["Farm life"], "organizations": ["Woolly Labs"], "opinion": "positive", "introduces": [["CountNet-W"]],
    "tasks": [["widget counting"]], "methods": [], "datasets": [["WidgetYard"]], "metrics": [["points"]], "optional": [["sheep"]],
    "results": [{"value": "90", "unit": None, "metric": "points", "dataset": "WidgetYard", "system": None, "kind": "score"}],
    "relations": [{"type": "extends", "target": "TallyNet"}, {"type": "uses", "target": "fingers"}],
}  # fmt: skip
CITED = {**PAPER, "title": "Sheep in Parallel", "role": "cited", "anchor": "Sheep in Parallel", "doi": None}


def golden(folder: Path, *papers: dict[str, Any]) -> Gold:
    path = folder / "notes.md.json"
    path.write_text(json.dumps({"papers": papers}), encoding="utf-8")
    return gold.load(path)


def word(name: str) -> Iri:
    return Iri(expand(name))


def facts() -> list[tuple[Entity, str, Object]]:
    """All that the gold states, as an extractor should find it."""
    paper = identity.paper(TITLE)
    system, task, yard = identity.topic("CountNet-W", "Method"), identity.topic("widget counting", "Task"), identity.topic("WidgetYard", "Dataset")
    points = identity.topic("points", "Metric")
    event = identity.named("Event", "COUNTCON 2021", (("kg:year", 2021), ("schema:superEvent", identity.named("EventSeries", "COUNTCON"))))
    author = (("schema:author", identity.person("Wanda Widget", "x")), ("schema:position", 1), ("kg:nameAsWritten", "Wanda Widget"))
    result = identity.node("Result", "w", "90", properties=(("schema:value", 90), ("kg:metric", points), ("kg:onDataset", yard)))
    review = Entity("Review", "r-1", properties=(("kg:sentiment", word("kg:positive")), ("schema:isPartOf", Entity("Document", "notes"))))
    return [
        (paper, "schema:name", TITLE), (paper, "kg:authorship", Entity("Authorship", "w-1", properties=author)), (paper, "kg:authorsComplete", True),
        (paper, "kg:presentedAt", event), (paper, "schema:identifier", "doi:10.1234/widgets"),
        (paper, "kg:hasResource", Entity("Resource", "https://example.org/code", properties=(("dcterms:type", word("kg:code")),))),
        (paper, "kg:receivedAward", identity.node("Award", "a", "b", label="Best Paper award")), (paper, "schema:about", identity.topic("Farm life")),
        (paper, "schema:sourceOrganization", identity.named("Organization", "Woolly Labs")), (review, "schema:itemReviewed", paper),
        (paper, "kg:introduces", system), (paper, "kg:addressesTask", task), (paper, "kg:evaluatesOn", yard), (paper, "kg:reportsResult", result),
        (system, "kg:extends", identity.topic("TallyNet", "Method")),
    ]  # fmt: skip


def lines(said: list[tuple[Entity, str, Object]]) -> list[str]:
    document = Document("notes", TEXT, Source("notes.md", "text/markdown"))
    evidence = Evidence("notes", Span(0, len(TITLE)), TITLE, "pen/1.0")
    return rdf.lines(document, [Fact(subject, predicate, value, evidence) for subject, predicate, value in said])


def without(predicate: str) -> list[tuple[Entity, str, Object]]:
    return [fact for fact in facts() if fact[1] != predicate]


def test_a_perfect_graph_is_perfect(tmp_path: Path) -> None:
    scores = score(lines(facts()), golden(tmp_path, PAPER))
    assert {field: (tally.precision, tally.recall) for field, tally in scores.items()} == dict.fromkeys(FIELDS, (1.0, 1.0))
    assert all(tally.due for field, tally in scores.items() if field not in ("reviewers", "cited papers"))
    assert not [tally.misses for tally in scores.values() if tally.misses]
    assert mean(scores, CORE) == mean(scores, SEMANTIC) == 1.0


@pytest.mark.parametrize(
    ("predicate", "field"),
    [
        ("kg:authorship", "authors"), ("kg:authorsComplete", "et al."), ("kg:presentedAt", "venues"), ("kg:presentedAt", "years"),
        ("schema:identifier", "identifiers"), ("kg:hasResource", "links"), ("kg:receivedAward", "awards"), ("schema:about", "sections"),
        ("schema:sourceOrganization", "organizations"), ("schema:itemReviewed", "opinions"), ("kg:introduces", "introduces"),
        ("kg:addressesTask", "concepts"), ("kg:reportsResult", "results"), ("kg:extends", "relations"),
    ],
)  # fmt: skip
def test_what_is_left_out_costs_recall(predicate: str, field: str, tmp_path: Path) -> None:
    tally = score(lines(without(predicate)), golden(tmp_path, PAPER))[field]
    assert tally.recall < 1.0
    assert tally.right == tally.given or field == "et al."


@pytest.mark.parametrize(
    ("predicate", "value", "field"),
    [
        ("schema:identifier", "doi:10.9/other", "identifiers"), ("kg:year", 1999, "years"), ("schema:about", identity.topic("Weather"), "sections"),
        ("kg:addressesTask", identity.topic("fishing", "Task"), "concepts"), ("kg:introduces", identity.topic("Rival", "Method"), "introduces"),
        ("kg:outperforms", identity.topic("TallyNet", "Method"), "relations"), ("kg:hasResource", Entity("Resource", "https://example.org/x"), "links"),
        ("schema:sourceOrganization", identity.named("Organization", "Elsewhere"), "organizations"),
        ("kg:receivedAward", identity.node("Award", "x", "y", label="Test of Time"), "awards"),
        ("kg:reportsResult", identity.node("Result", "z", "91", properties=(("schema:value", 91),)), "results"),
    ],
)  # fmt: skip
def test_what_is_made_up_costs_precision(predicate: str, value: Object, field: str, tmp_path: Path) -> None:
    tally = score(lines([*facts(), (identity.paper(TITLE), predicate, value)]), golden(tmp_path, PAPER))[field]
    assert tally.precision < 1.0
    assert tally.recall == 1.0
    assert [miss.wrong for miss in tally.misses]


def test_an_optional_concept_is_neither_right_nor_wrong(tmp_path: Path) -> None:
    more = [*facts(), (identity.paper(TITLE), "kg:usesMethod", identity.topic("sheep", "Method"))]
    assert score(lines(more), golden(tmp_path, PAPER))["concepts"].given == score(lines(facts()), golden(tmp_path, PAPER))["concepts"].given


def test_a_wrong_kind_is_seen_and_does_not_cost_the_concept(tmp_path: Path) -> None:
    paper = {**PAPER, "tasks": [], "methods": [["widget counting"]]}
    scores = score(lines(facts()), golden(tmp_path, paper))
    assert scores["concepts"].f1 == 1.0
    assert scores["concept kinds"].f1 < 1.0


def test_a_result_needs_its_metric_or_dataset(tmp_path: Path) -> None:
    other = {**PAPER, "results": [{**PAPER["results"][0], "metric": "speed", "dataset": None}]}  # type: ignore[index,dict-item]
    assert score(lines(facts()), golden(tmp_path, other))["results"].found == 0


def test_a_paper_that_is_only_cited_need_not_be_found(tmp_path: Path) -> None:
    scores = score(lines(facts()), golden(tmp_path, PAPER, CITED))
    assert scores["papers"].f1 == scores["authors"].recall == 1.0
    assert scores["cited papers"].due == 1


def test_a_stray_paper_costs_precision(tmp_path: Path) -> None:
    other = identity.paper("A Workshop, Not a Paper")
    scores = score(lines([*facts(), (other, "schema:name", other.label)]), golden(tmp_path, PAPER))
    assert (scores["papers"].given, scores["papers"].right) == (2, 1)
    assert scores["papers"].misses[0].wrong == ("A Workshop, Not a Paper",)


def test_two_gold_papers_do_not_share_one(tmp_path: Path) -> None:
    assert score(lines(facts()), golden(tmp_path, PAPER, PAPER))["papers"].found == 1


def test_a_paper_without_title_is_found_by_its_address(tmp_path: Path) -> None:
    nameless = {**PAPER, "title": None, "doi": None, "arxiv": "2206.04769"}
    linked = identity.paper_by_link("https://arxiv.org/abs/2206.04769")
    assert score(lines([(linked, "schema:identifier", "arxiv:2206.04769")]), golden(tmp_path, nameless))["papers"].f1 == 1.0


def test_counts_of_documents_add_up(tmp_path: Path) -> None:
    good, bad = score(lines(facts()), golden(tmp_path, PAPER)), score([], golden(tmp_path, PAPER))
    both = total([good, bad])
    assert (both["papers"].due, both["papers"].found, both["papers"].recall) == (2, 1, 0.5)
    assert both["papers"].misses[0].missing == (TITLE,)


def test_nothing_given_and_nothing_due_is_right() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1) == (1.0, 1.0, 1.0)
    assert (Tally(due=1).precision, Tally(due=1).f1) == (0.0, 0.0)
    assert compared("p", [{"a"}], [{"b"}]).f1 == 0.0


def test_gold_is_held_against_the_text(tmp_path: Path) -> None:
    assert list(golden(tmp_path, PAPER, CITED).problems(TEXT)) == []
    wrong = {**PAPER, "role": "seen", "opinion": "warm", "anchor": "not there", "title": None, "doi": None}
    assert len(list(golden(tmp_path, wrong).problems(TEXT))) == 4


@pytest.mark.parametrize(("content", "reason"), [("{", "is no gold file"), ('{"papers": [{}]}', "has no 'url'"), ("[]", "is no gold file")])
def test_what_is_no_gold_is_told(content: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "notes.md.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        gold.load(path)


def test_documents_are_measured_by_name(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(f"# Notes\n\n- {TITLE}, Wanda Widget, COUNTCON 2021\n", encoding="utf-8")
    golden(tmp_path, PAPER)
    assert list(measuring.measure(tmp_path, tmp_path)) == ["notes.md"]
    with pytest.raises(InputError, match="no gold file"):
        measuring.measure(tmp_path / "nowhere", tmp_path)
