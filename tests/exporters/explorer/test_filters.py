"""The filters count and show what the graph has."""

from __future__ import annotations

from tests.exporters.explorer_page import Opened


def test_filters_of_papers(page: Opened) -> None:
    held = page.held
    page.open("page=papers")
    assert page.papers_shown() == len(held.papers)
    page.page.get_by_label("Only papers with an award").check()
    awarded = {award["paper"] for award in held.data["awards"]}
    assert page.papers_shown() == len(awarded)
    page.page.get_by_role("button", name="Show everything again").click()
    page.page.get_by_label("Only papers with code or data").check()
    assert page.papers_shown() == len({resource["paper"] for resource in held.data["resources"]})
    page.page.get_by_role("button", name="Show everything again").click()
    page.choose("Opinion", "criticised")
    criticised = {review["paper"] for review in held.data["reviews"] if review.get("opinion") == "negative"}
    assert page.papers_shown() == len(criticised)
    page.choose("Opinion", "divided")
    assert 0 < page.papers_shown() < len(criticised)
    page.page.get_by_role("button", name="Show everything again").click()
    page.choose("Reviewer", "Reader A")
    reader = held.number("person/reader-0")
    assert page.papers_shown() == len({review["paper"] for review in held.data["reviews"] if reader in review["by"]})


def test_filters_of_year_event_and_topic(page: Opened) -> None:
    held = page.held
    page.open("page=papers")
    page.page.locator(".years .bar").nth(2).click()
    assert page.papers_shown() == held.years()[2012]
    page.page.get_by_role("button", name="Show everything again").click()
    page.choose("Event", "MEET 2014")
    assert page.papers_shown() == held.years()[2014]
    page.page.get_by_role("button", name="Show everything again").click()
    topic = held.number(held.busiest("Method"))
    page.choose("Topic", held.nodes[topic][2])
    joined = [paper for paper in held.papers if topic in held.targets(paper, "kg:usesMethod", "kg:addressesTask", "kg:evaluatesOn")]
    assert page.papers_shown() == len(joined)


def test_filters_of_kind_confidence_and_voices(page: Opened) -> None:
    page.open()
    things, facts = page.counts()
    assert (things, facts) == (len(page.held.nodes), len(page.held.edges))
    people = sum(node[1] == "Person" for node in page.held.nodes)
    page.page.get_by_role("checkbox", name="people").uncheck()
    assert page.counts()[0] == things - people
    page.page.get_by_role("button", name="Show everything again").click()
    page.page.locator("input[type=range]").fill("80")
    confident = page.counts()
    best = {number: claim[2] for number, claim in enumerate(page.held.data["claims"])}
    assert confident[1] == sum(not claims or max(best[claim] for claim in claims) >= 80 for claims in page.held.data["stated"])
    page.page.get_by_role("button", name="Show everything again").click()
    page.choose("Independent voices", "2")
    assert 0 <= page.counts()[1] < facts
