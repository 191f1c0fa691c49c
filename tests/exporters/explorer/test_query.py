"""SPARQL in the page answers as the store does, and can be stopped."""

from __future__ import annotations

import re

from kg.graph import Graph
from kg.stores.oxigraph import OxigraphStore
from tests.exporters.explorer_page import Opened


def rows(page: Opened) -> list[list[str]]:
    page.page.wait_for_selector(".query table, .query [role=alert], .truth", timeout=60_000)
    return [row.locator("td").all_inner_texts() for row in page.page.locator(".query tbody tr").all()]


def test_a_stock_query_answers_as_the_store_does(page: Opened, store: OxigraphStore) -> None:
    page.open("page=query")
    page.page.locator(".query select").select_option("papers-by-method")
    page.settled()
    method = page.held.label(page.held.busiest("Method"))
    page.page.get_by_label(re.compile("^method")).fill(method)
    page.page.get_by_role("button", name="Ask").click()
    found = rows(page)
    expected = [row["title"].value for row in Graph(store).ask("papers-by-method", method=method)]  # type: ignore[union-attr]
    assert [re.sub(r"^●", "", row[0]) for row in found] == expected[:200]
    assert f"{len(expected)} rows" in page.page.locator(".query [role=status]").inner_text()
    page.page.locator(".query tbody a", has_text="study").first.click()
    assert "study" in page.heading()


def test_a_parameter_is_never_part_of_the_query(page: Opened) -> None:
    page.open("page=query&stock=papers-by-method")
    page.page.get_by_label(re.compile("^method")).fill('"} } ASK { ?s ?p ?o } # \\')
    page.page.get_by_role("button", name="Ask").click()
    page.page.wait_for_function("() => document.querySelector('.query [role=status]').textContent === '0 rows'", timeout=60_000)


def test_queries_of_ones_own(page: Opened) -> None:
    page.open("page=query")
    asked = {
        "ASK { ?s a <https://schema.org/ScholarlyArticle> }": "Yes",
        "SELECT ?s { ": "error",
        "SELECT (COUNT(?s) AS ?n) { ?s a <https://schema.org/ScholarlyArticle> }": str(len(page.held.papers)),
        "CONSTRUCT { ?s a ?t } { ?s a ?t } LIMIT 3": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    }
    for query, answer in asked.items():
        page.page.locator("textarea").fill(query)
        page.page.get_by_role("button", name="Ask").click()
        page.page.wait_for_function(
            "(part) => document.querySelector('.query form').nextElementSibling?.textContent.includes(part)", arg=answer, timeout=60_000
        )


def test_a_query_that_takes_too_long_can_be_stopped(page: Opened) -> None:
    page.open("page=query")
    page.page.locator("textarea").fill("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.page.get_by_role("button", name="Ask").click()
    page.page.get_by_role("button", name="Stop").click()
    page.page.locator("textarea").fill("ASK { ?s ?p ?o }")
    page.page.get_by_role("button", name="Ask").click()
    page.page.wait_for_selector(".truth", timeout=60_000)
