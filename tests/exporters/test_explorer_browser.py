"""The explorer in a browser without a network: every feature used as a person would, at several sizes."""

from __future__ import annotations

import csv
import io
import os
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bibtexparser
import pyoxigraph as ox
import pytest

from kg.exporters.explorer import Explorer
from kg.graph import Graph
from kg.identity import BASE
from kg.stores.oxigraph import OxigraphStore
from tests.exporters.explorer_page import ARGUMENTS, CHROMIUM, Held, Opened
from tests.exporters.made_field import HOSTILE, made_field

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")]
LARGE = pytest.mark.skipif(not os.environ.get("KG_LARGE"), reason="all sizes take many minutes; set KG_LARGE=1")
INK = """() => {
  const canvas = document.querySelector("canvas");
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  const colours = new Set();
  for (let i = 0; i < pixels.length; i += 4) colours.add(`${pixels[i] >> 5},${pixels[i + 1] >> 5},${pixels[i + 2] >> 5}`);
  return colours.size;
}"""
FRAMES = """() => new Promise((done) => {
  const start = performance.now();
  let frames = 0;
  const next = () => (performance.now() - start > 1500 ? done((frames / (performance.now() - start)) * 1000) : (frames++, requestAnimationFrame(next)));
  next();
})"""
WIDTHS = """(texts) => {
  const pen = document.createElement("canvas").getContext("2d");
  return texts.map(([text, font]) => { pen.font = font; return pen.measureText(text).width; });
}"""
SVG = "{http://www.w3.org/2000/svg}"
SMALL = pytest.mark.parametrize("store", [100], indirect=True)
VIEWS = ("graph", "papers", "timeline", "boards", "reviewers", "trends", "compare", "query")
PAPER = "paper/study-0"


@pytest.fixture(scope="module", params=[1_000, *(pytest.param(size, marks=LARGE) for size in (100, 10_000, 100_000))])
def store(request: pytest.FixtureRequest) -> OxigraphStore:
    made = OxigraphStore()
    made.load(made_field(request.param))
    return made


@pytest.fixture(scope="module")
def file(store: OxigraphStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    path.write_bytes(b"".join(Explorer().export(store)))
    return path


@pytest.fixture(scope="module")
def held(file: Path) -> Held:
    return Held(file)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any, file: Path, held: Held) -> Iterator[Opened]:
    """A page; after the test it has asked for nothing and complained of nothing."""
    context = browser.new_context(offline=True, reduced_motion="reduce", viewport={"width": 1300, "height": 850}, accept_downloads=True)
    opened = Opened(context.new_page(), file, held)
    yield opened
    assert opened.said == []
    assert opened.asked_for_nothing()
    assert opened.page.evaluate("window.pwned") is None
    context.close()


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


def test_a_click_on_the_map_opens_what_lies_there(page: Opened) -> None:
    node = page.held.nodes[page.held.number(page.held.busiest("Event"))]
    page.open(f"at={node[4]}+{node[5]}+4")
    box = page.page.locator("canvas").bounding_box()
    page.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.page.wait_for_selector("#panel-title")
    assert page.heading() == node[2]


def test_dragging_and_turning_the_wheel_move_the_map(page: Opened) -> None:
    page.open("at=0+0+1")
    page.page.mouse.move(400, 200)
    page.page.mouse.wheel(0, -300)
    page.page.wait_for_function("() => !location.hash.endsWith('at=0+0+1')")
    zoomed = float(re.search(r"at=[^+&]+\+[^+&]+\+([\d.]+)", page.page.url)[1])  # type: ignore[index]
    assert zoomed > 1.2
    page.page.get_by_role("button", name="Zoom out").click()
    page.page.get_by_role("button", name="Whole map in view").click()
    assert page.page.evaluate(INK) > 8


def test_a_paper_is_told_in_words(page: Opened) -> None:
    page.thing(PAPER)
    assert page.heading() == HOSTILE
    assert page.panel.locator("script, img").count() == 0
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
    shown = {edge[0] for edge in held.data["edges"] if edge[1] == event and held.nodes[edge[0]][1] == "Paper"}
    liked = {review["paper"] for review in held.data["reviews"] if review.get("opinion") == "positive"} & shown
    page.thing("event/meet-2010")
    tally = page.section("What people think of its papers").get_by_role("link", name=re.compile("liked"))
    assert tally.inner_text().endswith(f" {len(liked)}")
    beside = page.section("On the same papers")
    assert "Methods" in beside.inner_text()
    page.follow(tally)
    assert page.papers_shown() == len(liked)


def test_a_question_of_the_start_leads_to_its_answer(page: Opened) -> None:
    page.open()
    page.follow(page.section("Questions this graph answers").get_by_role("link", name="Where do reviewers disagree?"))
    assert page.papers_shown() > 0
    assert set(page.page.locator("tbody .opinion").all_inner_texts()) == {"≠ divided"}
    page.page.get_by_label("Filter this table").fill("no title has these words")
    assert "No paper passes these filters." in page.page.locator(".papers").inner_text()
    page.page.locator(".papers").get_by_role("button", name="Show everything again").click()
    assert page.papers_shown() == len(page.held.papers)


def test_doubted_facts_are_told_apart(page: Opened) -> None:
    page.thing("topic/coral-mapping-method-0")
    assert "denied" in page.section("Doubted or denied").inner_text()


def test_neighbours_by_kind(page: Opened) -> None:
    address = page.held.busiest("Event")
    page.thing(address)
    kinds = Counter(page.held.nodes[number][1] for number in page.held.near(address) - {page.held.number(address)})
    assert f"{kinds['Paper']:,} paper" in page.panel.locator(".neighbours").inner_text()


def test_back_and_forward(page: Opened) -> None:
    page.thing("paper/study-1")
    page.section("Presented at").get_by_role("link").first.click()
    assert page.heading() == page.held.label("event/meet-2011")
    page.page.get_by_role("button", name="Back").click()
    page.page.wait_for_function("() => document.querySelector('#panel-title')?.textContent.includes('study 1')")
    page.page.get_by_role("button", name="Forward").click()
    page.page.wait_for_function("() => document.querySelector('#panel-title')?.textContent === 'MEET 2011'")


def shown(turtle: str) -> set[str]:
    """The addresses of what a saved map shows."""
    return {quad.subject.value.removeprefix(BASE) for quad in ox.parse(turtle, ox.RdfFormat.TURTLE) if quad.predicate.value.endswith("#type")}  # type: ignore[union-attr]


def test_alone_expand_hide_and_the_whole_again(page: Opened) -> None:
    address = "paper/study-1"
    names = {number: node[0] for number, node in enumerate(page.held.nodes)}
    page.thing(address)
    page.page.get_by_role("button", name="Show it alone with its neighbours").click()
    near = {names[number] for number in page.held.near(address)}
    assert shown(page.map_saved("Facts (Turtle)")) == near
    page.section("Presented at").get_by_role("link").first.click()
    page.page.get_by_role("button", name="Expand", exact=True).click()
    expanded = near | {names[number] for number in page.held.near("event/meet-2011")}
    assert shown(page.map_saved("Facts (Turtle)")) == expanded
    page.page.get_by_role("button", name="Hide", exact=True).click()
    assert "event/meet-2011" not in shown(page.map_saved("Facts (Turtle)"))
    assert "MEET 2011" in page.page.locator(".hidden").inner_text()
    page.page.get_by_role("button", name="Show the whole map").click()
    assert len(shown(page.map_saved("Facts (Turtle)"))) == len(page.held.nodes)


def test_a_double_click_expands(page: Opened) -> None:
    node = page.held.nodes[page.held.number("event/meet-2012")]
    page.open(f"at={node[4]}+{node[5]}+4")
    box = page.page.locator("canvas").bounding_box()
    page.page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.page.wait_for_function("() => location.hash.includes('alone=event/meet-2012')")


def test_pinned_things_stay_where_they_are_put(page: Opened) -> None:
    node = page.held.nodes[page.held.number("event/meet-2013")]
    page.open(f"at={node[4]}+{node[5]}+4")
    box = page.page.locator("canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    page.page.mouse.move(x + 40, y + 80, steps=4)
    page.page.mouse.up()
    page.page.wait_for_function("() => location.hash.includes('pinned=event/meet-2013@')")
    _, px, py = re.search(r"pinned=([^@]+)@(-?\d+)@(-?\d+)", page.page.url).groups()  # type: ignore[union-attr]
    assert float(px) == pytest.approx(node[4] + 10, abs=2)
    assert float(py) == pytest.approx(node[5] + 20, abs=2)
    page.settled()
    page.page.mouse.click(x + 40, y + 80)
    assert page.heading() == "MEET 2013"
    page.page.get_by_role("button", name="Unpin", exact=True).click()
    assert "pinned" not in page.page.url


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


def choose(page: Opened, label: str, option: str) -> None:
    page.page.locator(".filters label", has_text=label).locator("select").first.select_option(label=option)


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
    choose(page, "Opinion", "criticised")
    criticised = {review["paper"] for review in held.data["reviews"] if review.get("opinion") == "negative"}
    assert page.papers_shown() == len(criticised)
    choose(page, "Opinion", "divided")
    assert 0 < page.papers_shown() < len(criticised)
    page.page.get_by_role("button", name="Show everything again").click()
    choose(page, "Reviewer", "Reader A")
    reader = held.number("person/reader-0")
    assert page.papers_shown() == len({review["paper"] for review in held.data["reviews"] if reader in review["by"]})


def test_filters_of_year_event_and_topic(page: Opened) -> None:
    held = page.held
    page.open("page=papers")
    page.page.locator(".years .bar").nth(2).click()
    assert page.papers_shown() == held.years()[2012]
    page.page.get_by_role("button", name="Show everything again").click()
    choose(page, "Event", "MEET 2014")
    assert page.papers_shown() == held.years()[2014]
    page.page.get_by_role("button", name="Show everything again").click()
    topic = held.number(held.busiest("Method"))
    choose(page, "Topic", held.nodes[topic][2])
    joined = [paper for paper in held.papers if topic in held.targets(paper, "kg:usesMethod", "kg:addressesTask", "kg:evaluatesOn")]
    assert page.papers_shown() == len(joined)


def counts(page: Opened) -> tuple[int, int]:
    page.settled()
    things, facts = re.findall(r"\d[\d,]*", page.page.locator(".counts").inner_text())
    return int(things.replace(",", "")), int(facts.replace(",", ""))


def test_filters_of_kind_confidence_and_voices(page: Opened) -> None:
    page.open()
    things, facts = counts(page)
    assert (things, facts) == (len(page.held.nodes), len(page.held.data["edges"]))
    people = sum(node[1] == "Person" for node in page.held.nodes)
    page.page.get_by_role("checkbox", name="people").uncheck()
    assert counts(page)[0] == things - people
    page.page.get_by_role("button", name="Show everything again").click()
    page.page.locator("input[type=range]").fill("80")
    confident = counts(page)
    best = {number: claim[2] for number, claim in enumerate(page.held.data["claims"])}
    assert confident[1] == sum(not edge[3] or max(best[claim] for claim in edge[3]) >= 80 for edge in page.held.data["edges"])
    page.page.get_by_role("button", name="Show everything again").click()
    choose(page, "Independent voices", "2")
    assert 0 <= counts(page)[1] < facts


def test_the_address_is_the_view(page: Opened, browser: Any) -> None:
    page.open()
    page.page.get_by_label("Only papers with an award").check()
    page.pick("Search titles, people, topics", "Reader B")
    choose(page, "Colour", "by community")
    before = (page.page.url, page.heading(), counts(page))
    other = Opened(page.page.context.new_page(), page.file, page.held)
    other.open(before[0].split("#")[1])
    assert (other.page.url, other.heading(), counts(other)) == before
    assert other.page.get_by_label("Only papers with an award").is_checked()
    assert other.said == []


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
    assert page.page.locator(".year h2").all_inner_texts() == [f"2011 {page.held.years()[2011]} papers"]
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


def test_the_map_as_a_picture(page: Opened) -> None:
    page.open("alone=paper/study-0&thing=paper/study-0")
    drawing = ET.fromstring(page.map_saved("Picture (SVG)"))
    marks = len(drawing.findall(f"{SVG}circle")) + len(drawing.findall(f"{SVG}polygon"))
    assert marks == len(page.held.near(PAPER))
    assert any((text.text or "").startswith("Attention</script>") for text in drawing.findall(f"{SVG}text"))
    with page.page.expect_download() as waiting:
        page.page.get_by_role("button", name="Picture (PNG)").click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("view", ["", "thing=event/meet-2010", "at=0+0+2", "alone=event/meet-2010"])
def test_labels_never_lie_over_each_other(page: Opened, view: str) -> None:
    page.open(view)
    drawing = ET.fromstring(page.map_saved("Picture (SVG)"))
    texts = drawing.findall(f"{SVG}text")
    assert len(texts) > 2
    fonts = [[text.text, f"{'600 ' if text.get('font-weight') else ''}{text.get('font-size')}px {text.get('font-family')}"] for text in texts]
    boxes = []
    for text, width in zip(texts, page.page.evaluate(WIDTHS, fonts), strict=True):
        x, y, half = float(text.get("x", 0)), float(text.get("y", 0)), float(text.get("font-size", 0)) / 2
        boxes.append((x, y - half, x + width, y + half))
    for number, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


def test_the_keyboard_alone_is_enough(page: Opened) -> None:
    page.open("alone=event/meet-2010")
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.textContent") == "Skip to the table of papers"
    page.page.locator("canvas").focus()
    page.page.keyboard.press("Enter")
    page.page.wait_for_selector("#panel-title")
    first = page.heading()
    page.page.locator("canvas").focus()
    for arrow in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        page.page.keyboard.press(arrow)
        page.settled()
        page.page.locator("canvas").focus()
        if page.heading() != first:
            break
    assert page.heading() != first
    page.page.keyboard.press("+")
    page.page.keyboard.press("Escape")
    page.page.wait_for_selector("#start-title")
    assert page.page.evaluate("document.activeElement.tagName") == "CANVAS"


@SMALL
@pytest.mark.parametrize(
    "view",
    [*(f"page={view}" for view in VIEWS), f"thing={PAPER}", "path=paper/study-1+paper/study-8", f"page=compare&compare={PAPER}+paper/study-14"],
)
def test_axe_finds_nothing_serious(page: Opened, view: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed").Axe()
    page.open(view)
    found = axe.run(page.page).response["violations"]
    page.page.emulate_media(color_scheme="dark")
    found += axe.run(page.page, options={"runOnly": ["color-contrast"]}).response["violations"]
    assert [(each["id"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found if each["impact"] in ("serious", "critical")] == []


def test_dark_and_light(page: Opened) -> None:
    page.open()
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.page.evaluate(background)
    page.page.get_by_role("button", name="Dark or light").click()
    assert page.page.evaluate(background) != light
    page.settled()
    assert page.page.evaluate("[...document.querySelector('canvas').getContext('2d').getImageData(2, 2, 1, 1).data.slice(0, 3)]") == [17, 22, 28]


@SMALL
@pytest.mark.parametrize("view", VIEWS)
def test_narrow_screens(page: Opened, view: str) -> None:
    page.page.set_viewport_size({"width": 380, "height": 720})
    page.open(f"page={view}")
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 380
    assert page.page.locator("main").is_visible()


def test_nonsense_in_the_address_shows_the_start(page: Opened) -> None:
    page.open("page=<script>&thing=nobody&alone=x+y&at=a+b&from=abc&path=%00&pinned=a@b@c&compare=q")
    assert page.heading() == "Where to start"


def test_it_is_quick(page: Opened) -> None:
    page.open()
    page.page.wait_for_function("() => performance.getEntriesByName('picture').length > 0")
    assert page.page.evaluate("performance.getEntriesByName('picture')[0].startTime") < 6_000
    page.page.mouse.move(300, 170)
    page.page.mouse.down()
    page.page.evaluate(f"() => {{ window.counted = ({FRAMES})(); }}")
    for step in range(40):
        page.page.mouse.move(300 + step * 4, 170 + step * 2)
    page.page.mouse.up()
    assert page.page.evaluate("window.counted") > 2
