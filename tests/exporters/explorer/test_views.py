"""The views besides the map: table, timeline, leaderboards, reviewers, topics over years, two papers side by side."""

from __future__ import annotations

import csv
import io

import bibtexparser

from kg.identity import BASE
from tests.exporters.explorer_page import Opened
from tests.exporters.made_field import HOSTILE

PAPER = "paper/study-0"


def test_the_table_sorts_filters_and_gives_away(page: Opened) -> None:
    page.open("page=papers")
    years = page.page.locator("tbody tr td:nth-child(3)")
    page.page.get_by_role("button", name="Year").click()
    newest = [int(year) for year in years.all_inner_texts()]
    assert newest == sorted(newest, reverse=True)
    assert newest[0] == max(page.held.years())
    page.page.get_by_role("button", name="Year").click()
    assert int(years.first.inner_text()) == min(page.held.years())
    page.page.get_by_label("Filter this table").fill("attention script")
    assert page.page.locator("tbody tr").count() == 1
    assert page.page.locator("tbody tr th").inner_text().endswith(HOSTILE)
    page.page.get_by_label("Select all shown").check()
    (row,) = list(csv.DictReader(io.StringIO(page.saved("CSV"))))
    assert row["Title"] == HOSTILE
    assert row["IRI"] == f"{BASE}{PAPER}"
    (entry,) = bibtexparser.parse_string(page.saved("BibTeX")).entries
    assert entry.entry_type == "inproceedings"
    assert entry["year"] == "2010"
    assert entry["author"] == "Author 0 and others"
    assert "{" not in entry["title"]


def test_the_timeline_counts_and_narrows(page: Opened) -> None:
    page.open("page=timeline")
    bars = page.page.locator(".chart .column")
    many = [int(text) for text in page.page.locator(".chart .many").all_inner_texts()]
    assert many == [count for _, count in sorted(page.held.years().items())]
    page.follow(bars.nth(1))
    assert page.page.locator(".year h2").all_inner_texts() == [f"2011 {page.held.years()[2011]:,} papers"]
    assert "MEET 2011" in page.page.locator(".event h3").first.inner_text()


def test_leaderboards_with_the_sentence(page: Opened) -> None:
    page.open("page=boards")
    boards = page.page.locator(".boards section")
    assert boards.count() >= 2
    values = [float(text) for text in boards.first.locator("td.figure").all_inner_texts()]
    assert values == sorted(values, reverse=True)
    total = sum(page.page.locator(".boards table").nth(number).locator("tbody tr").count() for number in range(boards.count()))
    assert total == len(page.held.data["results"])
    assert "says so" in boards.first.locator("blockquote").first.inner_text()


def test_who_agrees_with_whom(page: Opened) -> None:
    page.open("page=reviewers")
    assert page.page.locator("tbody tr").count() == len({by for review in page.held.data["reviews"] for by in review["by"]})
    disputed = page.page.locator("details.pair", has_text=HOSTILE)
    assert disputed.count() == 1
    assert not disputed.locator("summary").inner_text().endswith(" 0 disagree")
    page.page.locator("tbody tr td a").first.click()
    page.page.wait_for_selector(".papers table")
    assert "reviewer=person/reader" in page.page.url


def test_topics_over_the_years(page: Opened) -> None:
    page.open("page=trends")
    assert page.page.locator("thead th").count() == 1 + len(page.held.years())
    cell = page.page.locator("td.heat a").first
    many = int(cell.inner_text())
    cell.click()
    page.page.wait_for_selector(".papers table")
    assert page.papers_shown() == many


def test_two_papers_side_by_side(page: Opened) -> None:
    page.thing(PAPER)
    page.page.get_by_role("button", name="Compare", exact=True).click()
    page.pick("Paper 2", "study 14")
    table = page.page.locator(".compare table")
    assert HOSTILE in table.inner_text()
    row = table.locator("tr", has=page.page.get_by_role("rowheader", name="Event"))
    assert row.inner_text().count("MEET 2010") == 2
    assert row.locator(".chip").count() == 2
    assert table.locator("tr", has=page.page.get_by_role("rowheader", name="Awards")).inner_text().count("Best Paper") == 2
