"""The first screen, search, and the address of a view: how a reader finds a place to begin, and comes back to it."""

from __future__ import annotations

from typing import Any

from tests.exporters.explorer_page import INK, Opened


def test_the_first_screen_draws_and_says_where_to_start(page: Opened) -> None:
    page.open()
    assert page.page.evaluate(INK) > 8
    assert page.heading() == "Where to start"
    assert f"{len(page.held.papers):,} papers" in page.panel.locator(".summary").inner_text()
    headings = page.panel.locator("h3").all_inner_texts()
    for wanted in ("Topics that most papers share", "Papers that most people speak of", "Reviewers", "Where reviewers disagree"):
        assert wanted in headings
    topic = page.section("Topics that most papers share").get_by_role("link").first
    name = topic.inner_text()[1:]
    topic.click()
    assert page.heading() == name


def test_a_request_would_be_seen(page: Opened) -> None:
    page.open()
    page.page.evaluate("fetch('https://example.org/').catch(() => 0)")
    assert any("Content Security Policy" in said for said in page.said)
    page.said.clear()
    page.requests.clear()


def test_search_as_one_types(page: Opened) -> None:
    page.open()
    page.page.keyboard.press("/")
    page.page.keyboard.type("study 1")
    options = page.page.locator("header [role=option]")
    options.first.wait_for()
    assert options.count() > 1
    assert options.first.locator(".name").inner_text().endswith("study 1")
    assert options.first.locator(".kind").inner_text() == "paper 2011"
    second = options.nth(1).locator(".name").inner_text()
    page.page.keyboard.press("ArrowDown")
    page.page.keyboard.press("Enter")
    assert page.heading() == second
    page.page.keyboard.press("/")
    page.page.keyboard.type("nothing is called so")
    assert options.inner_text() == "Nothing is called so"


def test_a_question_of_the_start_leads_to_its_answer(page: Opened) -> None:
    page.open()
    page.follow(page.section("Questions this graph answers").get_by_role("link", name="Where do reviewers disagree?"))
    assert page.papers_shown() > 0
    assert set(page.page.locator("tbody .opinion").all_inner_texts()) == {"≠ divided"}
    page.page.get_by_label("Filter this table").fill("no title has these words")
    assert "No paper passes these filters." in page.page.locator(".papers").inner_text()
    page.page.locator(".papers").get_by_role("button", name="Show everything again").click()
    assert page.papers_shown() == len(page.held.papers)


def test_back_and_forward(page: Opened) -> None:
    page.thing("paper/study-1")
    page.section("Presented at").get_by_role("link").first.click()
    assert page.heading() == page.held.label("event/meet-2011")
    page.page.get_by_role("button", name="Back").click()
    page.page.wait_for_function("() => document.querySelector('#panel-title')?.textContent.includes('study 1')")
    page.page.get_by_role("button", name="Forward").click()
    page.page.wait_for_function("() => document.querySelector('#panel-title')?.textContent === 'MEET 2011'")


def test_the_address_is_the_view(page: Opened, browser: Any) -> None:
    page.open()
    page.page.get_by_label("Only papers with an award").check()
    page.pick("Search titles, people, topics", "Reader B")
    page.choose("Colour", "by community")
    before = (page.page.url, page.heading(), page.counts())
    other = Opened(page.page.context.new_page(), page.file, page.held)
    other.open(before[0].split("#")[1])
    assert (other.page.url, other.heading(), other.counts()) == before
    assert other.page.get_by_label("Only papers with an award").is_checked()
    assert other.said == []


def test_nonsense_in_the_address_shows_the_start(page: Opened) -> None:
    page.open("page=<script>&thing=nobody&alone=x+y&at=a+b&from=abc&path=%00&pinned=a@b@c&compare=q")
    assert page.heading() == "Where to start"
