"""What is told of a thing, with the sentence behind each fact, and of the way from one thing to another."""

from __future__ import annotations

import re
from collections import Counter

from tests.exporters.explorer_page import Opened
from tests.exporters.made_field import HOSTILE

PAPER = "paper/study-0"


def test_a_paper_is_told_in_words(page: Opened) -> None:
    page.thing(PAPER)
    assert page.heading() == HOSTILE
    assert page.panel.locator("script, img").count() == 0
    assert re.search(r"Sentence \d+ of round-up 0 says so\.", page.section("What it does").inner_text())
    opinions = page.section("Opinions").inner_text()
    assert "liked" in opinions
    assert "criticised" in opinions
    assert re.search(r"Reader [A-I]", opinions)
    assert "2010-05-01" in opinions
    assert "It counts with care." in opinions
    assert "Best Paper" in page.section("Awards").inner_text()
    assert "60.5" in page.section("Results").inner_text()
    code = page.section("Code, data and more").get_by_role("link")
    assert code.get_attribute("href") == "https://example.org/code/0"
    assert code.get_attribute("rel") == "noopener noreferrer"
    quote = page.section("Presented at").locator("blockquote")
    assert re.fullmatch(r"Sentence \d+ of round-up 0 says so\.", quote.locator("p").inner_text())
    assert "Round-up 0" in quote.locator("footer").inner_text()
    assert "% sure" in quote.locator("footer").inner_text()


def test_a_fact_tells_what_read_it_and_what_speaks_against_it(page: Opened) -> None:
    page.thing(PAPER)
    assert "found by “made”" in page.section("Presented at").locator("blockquote footer").first.inner_text()
    page.thing("topic/coral-mapping-method-2")
    against = page.section("Is said to outperform").locator(".against").inner_text().replace("⬢", "")
    assert "coral mapping method 0 is said to outperform coral mapping method 2" in against
    assert "one sentence denies or doubts it" in against


def test_an_event_tells_what_people_think_of_its_papers(page: Opened) -> None:
    event, held = page.held.number("event/meet-2010"), page.held
    shown = {edge.source for edge in held.edges if edge.target == event and held.nodes[edge.source][1] == "Paper"}
    liked = {review["paper"] for review in held.data["reviews"] if review.get("opinion") == "positive"} & shown
    page.thing("event/meet-2010")
    tally = page.section("What people think of its papers").get_by_role("link", name=re.compile("liked"))
    assert tally.inner_text().endswith(f" {len(liked)}")
    beside = page.section("On the same papers")
    assert "Methods" in beside.inner_text()
    page.follow(tally)
    assert page.papers_shown() == len(liked)


def test_doubted_facts_are_told_apart(page: Opened) -> None:
    page.thing("topic/coral-mapping-method-0")
    assert "denied" in page.section("Doubted or denied").inner_text()


def test_neighbours_by_kind(page: Opened) -> None:
    address = page.held.busiest("Event")
    page.thing(address)
    kinds = Counter(page.held.nodes[number][1] for number in page.held.near(address) - {page.held.number(address)})
    assert f"{kinds['Paper']:,} paper" in page.panel.locator(".neighbours").inner_text()


def test_a_path_and_why_each_step_holds(page: Opened) -> None:
    page.thing("paper/study-1")
    page.pick("Path to …", "study 8")
    assert page.heading() == "Path"
    steps = page.panel.locator("ol.steps > li")
    assert steps.count() >= 2
    for number in range(steps.count()):
        facts = steps.nth(number).locator(".fact")
        assert facts.count() >= 1
        assert facts.first.locator("em").inner_text()
        assert facts.first.locator("blockquote, .quote.none").count() >= 1
    assert "study 1" in steps.first.inner_text()
    assert "study 8" in steps.last.inner_text()


def test_no_path_is_said(page: Opened) -> None:
    page.open("path=paper/study-1+paper/study-8&off=Task+Method+Dataset+Person+Event+Document+Metric")
    assert "Nothing in this graph joins the two" in page.panel.inner_text()
