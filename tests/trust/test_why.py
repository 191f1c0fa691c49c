"""Every fact can be questioned: by its words, its addresses, or a row of a query's answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import QueryError
from kg.identity import BASE
from kg.merge.triples import cut, joined, word
from kg.trust.asked import meant
from kg.trust.ledger import Ledger
from kg.trust.opened import reasons
from kg.trust.why import Reasons, as_json
from kg.trust.words import short


@pytest.fixture(scope="module")
def asked(built: Any) -> Iterator[Reasons]:
    with reasons(built.folder, built.texts) as opened:
        yield opened


def test_a_fact_is_found_by_its_words(asked: Reasons) -> None:
    (fact,) = meant(asked, "Counting Sheep in Parallel graph neural network", limit=1)
    reason = asked.of(fact)
    assert reason.asserted
    assert "Counting Sheep in Parallel" in reason.fact
    assert "raph neural network" in reason.fact


def test_every_fact_is_found_by_its_own_words_and_addresses(asked: Reasons) -> None:
    for fact in asked.facts:
        subject, predicate, object_ = map(short, fact)
        if object_.startswith('"'):
            continue
        assert fact in meant(asked, f"{subject} {predicate} {object_}", limit=100)


def test_a_row_of_an_answer_is_a_question(asked: Reasons) -> None:
    rows = asked.words.name(next(fact[0] for fact in asked.facts if fact[1] == word("kg:year"))) + "\t2019"
    assert any(fact[1] == word("kg:year") and '"2019"' in fact[2] for fact in meant(asked, "Tallying by Hand, Revisited\t2019")), rows


def test_the_sentence_stands_in_its_surroundings(asked: Reasons, built: Any) -> None:
    for fact in asked.facts:
        for stated in asked.of(fact).stated:
            whole = stated.before + stated.quote + stated.after
            assert any(whole in text for text in built.there.values())
            assert stated.quote
            assert stated.extractor.count("/") == 1
            assert 0 <= stated.confidence <= 1


def test_one_writer_is_one_voice(asked: Reasons) -> None:
    """Ada Reader and Bo Critic both name the first paper; Ada has two documents."""
    two = [asked.of(fact) for fact in asked.facts if len({claim.document for claim in asked.facts[fact]}) == 2]
    assert two
    assert {reason.voices for reason in two} == {2}
    everyone = Reasons(Ledger(line.replace("person/bo-critic", "person/ada-reader") for line in asked_lines(asked)))
    assert {everyone.of(fact).voices for fact in everyone.facts if len({claim.document for claim in everyone.facts[fact]}) == 2} == {1}


def asked_lines(asked: Reasons) -> Iterator[str]:
    for subject, described in asked.ledger.about.items():
        for predicate, objects in described.items():
            yield from (joined(subject, predicate, object_) for object_ in objects)


def test_a_record_is_no_voice(asked: Reasons) -> None:
    fact = next(fact for fact, claims in asked.facts.items() if len({claim.document for claim in claims}) == 2)
    document = asked.facts[fact][0].document
    kind = joined(document, word("dcterms:type"), word("kg:record"))
    assert Reasons(Ledger([*asked_lines(asked), kind])).of(fact).voices == asked.of(fact).voices - 1


def test_a_repost_is_no_voice_of_its_own(built: Any) -> None:
    ledger = Ledger(built.lines)
    one, two = sorted(document for document in built.there if "counting" in document or "countcon" in document)
    rows = [{"kind": "doc", "canonical": one[1:-1], "other": two[1:-1], "merged": False}]
    fact = next(fact for fact, claims in Reasons(ledger).facts.items() if {claim.document for claim in claims} == {one, two})
    assert Reasons(ledger).of(fact).voices == 2
    assert Reasons(ledger, rows).of(fact).voices == 1


def test_what_speaks_against_it_is_told(built: Any) -> None:
    old = next(line for line in built.lines if cut(line)[1] == word("rdf:predicate") and cut(line)[2] == word("kg:usesMethod"))
    claim = cut(old)[0]
    denied = Ledger([*built.lines, joined(claim, word("kg:stance"), word("kg:denied"))])
    found = next(one for one in denied.claims if one.address == claim)
    reason = Reasons(denied).of((found.subject, found.predicate, found.object or ""))
    assert any(line.startswith("denied in") for line in reason.against)
    assert reason.stated[-1].stance == "denied"


def test_two_opinions_speak_against_each_other(asked: Reasons) -> None:
    sentiments = [asked.of(fact) for fact in asked.facts if fact[1] == word("kg:sentiment")]
    assert any("Neural Widgets" in reason.fact and reason.against for reason in sentiments)


def test_an_author_is_found_though_the_claim_is_of_a_place_in_the_list(asked: Reasons) -> None:
    for question in ("Wanda Widget wrote Neural Widgets", "person/wanda-widget schema:author Neural Widgets"):
        (fact,) = meant(asked, question, limit=1)
        assert fact[1] == word("kg:authorship")
        assert "Wanda Widget" in asked.of(fact).fact


def test_what_is_said_of_others_is_no_answer(asked: Reasons) -> None:
    with pytest.raises(QueryError, match="nobody says"):
        meant(asked, "Beans & Bags uses contrastive learning")


def test_a_merged_author_is_told(built: Any) -> None:
    rows = [
        {"kind": "person", "canonical": f"{BASE}person/wanda-widget", "other": f"{BASE}person/w--1", "merged": True, "rule": "by hand", "detail": ""}
    ]
    reasons_ = Reasons(Ledger(built.lines), rows)
    (fact,) = meant(reasons_, "Wanda Widget Neural Widgets", limit=1)
    assert reasons_.of(fact).merged == ("person/w--1 is taken for person/wanda-widget: by hand ()",)
    assert json.loads(json.dumps(as_json(reasons_.of(fact))))["terms"]["predicate"].endswith("authorship")


def test_what_nobody_says_is_not_found(asked: Reasons) -> None:
    with pytest.raises(QueryError, match="nobody says"):
        meant(asked, "quantum chromodynamics lattice gauge")
    with pytest.raises(QueryError, match="no claim joins"):
        meant(asked, "topic/of-which-nobody-speaks")


def test_the_command_tells_it_as_text_and_json(built: Any) -> None:
    arguments = ["why", "Neural Widgets introduces CountNet", "--graph", str(built.folder), "--sources", str(built.texts)]
    text = CliRunner().invoke(main, arguments)
    assert text.exit_code == 0
    assert "independent voice" in text.output
    assert re.search(r"right in \d+% when measured", text.output)
    rows = json.loads(CliRunner().invoke(main, [*arguments, "--format", "json"]).output)
    assert rows[0]["stated"][0]["quote"]
