from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import identity, rdf
from kg.identity import BASE, iri
from kg.merge.decisions import Decision, Decisions
from kg.merge.merging import Merged, merge
from kg.merge.names import likeness
from kg.merge.triples import cut, integer, literal, node, text, word
from kg.model import Entity, Evidence, Fact, Iri, Span
from kg.stores.oxigraph import OxigraphStore
from kg.validate import violations

NONE = Decisions()
LONG = "Weighing Apples in the Dark with Cheap Sensors"


def merged(*reviews: Any, decided: Decisions = NONE) -> Merged:
    return merge(dict(review.part for review in reviews), decided)


def objects(result: Merged, subject: str, predicate: str) -> set[str]:
    found = (cut(line) for line in result.lines)
    return {object_ for s, p, object_ in found if s == f"<{subject}>" and p == word(predicate)}


def papers(result: Merged) -> set[str]:
    return {
        line.split(" ")[0] for line in result.lines if line.startswith(f"<{BASE}paper/") and line.endswith(f"{word('schema:ScholarlyArticle')} .")
    }


def broken(result: Merged) -> list[str]:
    """What the shapes and checks say, the words of the document aside, which these tests make up."""
    store = OxigraphStore(ox.Store())
    store.load(rdf.parse("\n".join(result.lines)))
    return [f"{found.rule} {found.focus} {found.message}" for found in violations(store) if found.severity == "violation"]


def test_a_merge_keeps_the_old_address_and_says_why(review: Callable[[str], Any]) -> None:
    result = merged(review("A").paper(f"{LONG}."), review("B").paper("Weighing Apple in the Dark with Cheap Sensors"))
    (row,) = [row for row in result.rows if row.merged]
    assert (row.kind, row.rule) == ("paper", "near-equal titles")
    assert "apple" in row.detail
    assert objects(result, row.canonical, "schema:sameAs") == {f"<{row.other}>"}
    assert len(papers(result)) == 1


def test_one_title_is_chosen_by_claims_and_the_other_stays_as_alternative(review: Callable[[str], Any]) -> None:
    result = merged(review("A").paper(LONG), review("B").paper(LONG), review("C").paper(LONG.upper()))
    (paper,) = papers(result)
    assert objects(result, paper[1:-1], "schema:name") == {literal(LONG)}
    assert objects(result, paper[1:-1], "schema:alternateName") == {literal(LONG.upper())}
    assert sum(line.endswith(f'rdf-syntax-ns#object> "{LONG.upper()}" .') for line in result.lines) == 1


def test_of_two_years_one_is_asserted_and_both_claims_stay(review: Callable[[str], Any]) -> None:
    result = merged(*(review(name).paper(LONG, [], ("kg:year", year)) for name, year in (("A", 2019), ("B", 2019), ("C", 2020))))
    (paper,) = papers(result)
    assert objects(result, paper[1:-1], "kg:year") == {integer(2019)}
    assert sum(f"{word('rdf:object')} {integer(2020)}" in line for line in result.lines) == 1


def test_the_same_identifier_joins_papers_of_unlike_titles(review: Callable[[str], Any]) -> None:
    first = review("A").paper("Apples", [], ("schema:identifier", "arxiv:2101.00001"))
    second = review("B").paper(LONG, [], ("schema:identifier", "doi:10.48550/arxiv.2101.00001"))
    assert len(papers(merged(first, second))) == 1


def test_a_wrong_link_does_not_join_papers_of_unlike_titles_and_authors(review: Callable[[str], Any]) -> None:
    first = review("A").paper("Zebra crossings", ["Ana Pino"], ("schema:identifier", "arxiv:2101.00001"))
    second = review("B").paper(LONG, ["Ola Berg"], ("schema:identifier", "arxiv:2101.00001"))
    result = merged(first, second)
    assert len(papers(result)) == 2
    assert any("one link is wrong" in row.detail for row in result.rows if not row.merged)


def test_other_identifiers_keep_near_equal_titles_apart(review: Callable[[str], Any]) -> None:
    first = review("A").paper(LONG, [], ("schema:identifier", "arxiv:2101.00001"))
    second = review("B").paper(LONG.replace("Apples", "Apple"), [], ("schema:identifier", "arxiv:2102.00002"))
    assert len(papers(merged(first, second))) == 2


def test_a_paper_known_by_its_link_meets_the_one_with_the_title(review: Callable[[str], Any]) -> None:
    linked = identity.paper_by_link("https://arxiv.org/abs/2101.00001v2")
    first = review("A").say(Entity("Document", "a"), "schema:mentions", linked)
    second = review("B").paper(LONG, [], ("schema:identifier", "arxiv:2101.00001"))
    result = merged(first, second)
    assert papers(result) == {f"<{iri(identity.paper(LONG))}>"}


def test_author_lists_are_laid_on_each_other_without_gaps(review: Callable[[str], Any]) -> None:
    first = review("A").paper(LONG, ["Pino"])
    second = review("B").paper(LONG.replace("Apples", "Apple"), ["Ana Pino", "Jan van der Berg", "Yuki Mori"], complete=True)
    third = review("C").paper(LONG, ["A. Pino", "Mori, Yuki", "Lars Holm"])
    result = merged(first, second, third)
    (paper,) = papers(result)
    places = objects(result, paper[1:-1], "kg:authorship")
    assert {tuple(objects(result, place[1:-1], "schema:position")) for place in places} == {(integer(n),) for n in (1, 2, 3, 4)}
    assert all(len(objects(result, place[1:-1], "schema:author")) == 1 for place in places)
    assert objects(result, f"{BASE}authorship/{paper.rsplit('/', 1)[1][:-1]}-1", "schema:author") == {node("person/ana-pino")}
    assert broken(result) == []


def test_one_title_by_other_authors_is_two_papers(review: Callable[[str], Any]) -> None:
    result = merged(review("A").paper("Editorial", ["Ana Pino"]), review("B").paper("Editorial", ["Ola Berg"]), review("C").paper("Editorial"))
    assert len(papers(result)) == 2
    assert any(row.rule == "same title, other authors" for row in result.rows)
    assert broken(result) == []


def test_two_people_of_one_list_are_never_one(review: Callable[[str], Any]) -> None:
    result = merged(review("A").paper(LONG, ["Wei Zhang", "W. Zhang"]), review("B").paper(LONG, ["W. Zhang", "Wei Zhang"]))
    assert not [row for row in result.rows if row.merged and row.kind == "person"]


def test_an_acronym_joins_its_long_form_where_a_text_explains_it(review: Callable[[str], Any]) -> None:
    words = "They use tidal moss nets (TMN) throughout."
    short, long = identity.topic("TMN", "Method"), identity.topic("tidal moss nets", "Method")
    paper = identity.paper(LONG)
    first = review("A").paper(LONG).say(paper, "kg:usesMethod", short, words).say(paper, "kg:usesMethod", long, words)
    second = review("B").paper("Kites").say(identity.paper("Kites"), "kg:usesMethod", short)
    result = merged(first, second)
    assert [row.detail for row in result.rows if row.rule == "acronym explained"] == ["tidal moss nets (TMN)"]
    assert objects(result, iri(identity.paper("Kites")), "kg:usesMethod") == objects(result, iri(paper), "kg:usesMethod")


def test_an_acronym_of_two_things_means_what_each_text_explains(review: Callable[[str], Any]) -> None:
    first, second = review("A").paper(LONG), review("B").paper("Kites")
    for made, long in ((first, "tidal moss nets"), (second, "tiny map notation")):
        paper = identity.paper(LONG if made is first else "Kites")
        words = f"They use {long} (TMN) throughout."
        made.say(paper, "kg:usesMethod", identity.topic("TMN", "Method"), words).say(paper, "kg:usesMethod", identity.topic(long, "Method"), words)
    result = merged(first, second)
    assert objects(result, iri(identity.paper(LONG)), "kg:usesMethod") == {node("topic/tidal-moss-nets")}
    assert objects(result, iri(identity.paper("Kites")), "kg:usesMethod") == {node("topic/tiny-map-notation")}


def test_results_with_the_same_parts_become_one(review: Callable[[str], Any]) -> None:
    reviews = []
    for title in (LONG, LONG.replace("Apples", "Apple")):
        result = identity.node("Result", "x", title, properties=(("schema:unitText", "%"),))
        reviews.append(review(title).paper(title).say(identity.paper(title), "kg:reportsResult", result))
    result = merged(*reviews)
    (paper,) = papers(result)
    assert len(objects(result, paper[1:-1], "kg:reportsResult")) == 1


def test_united_nodes_keep_their_old_address(review: Callable[[str], Any]) -> None:
    reviews = []
    for title in (LONG, LONG.replace("Apples", "Apple")):
        result = identity.node("Result", "x", title, properties=(("schema:unitText", "%"),))
        reviews.append(review(title).paper(title).say(identity.paper(title), "kg:reportsResult", result))
    result = merged(*reviews)
    (row,) = [row for row in result.rows if row.kind == "result"]
    assert objects(result, row.canonical, "schema:sameAs") == {f"<{row.other}>"}


def test_results_that_no_paper_has_are_not_united(review: Callable[[str], Any]) -> None:
    reviews = []
    for title in (LONG, "Kites"):
        made = review(title).paper(title)
        result = identity.node("Result", "x", title, properties=(("schema:unitText", "%"),))
        evidence = Evidence(made.document.name, Span(0, 5), made.text[:5], "test/1", "denied", 0.9)
        made.facts.append(Fact(identity.paper(title), "kg:reportsResult", result, evidence))
        reviews.append(made)
    assert not [row for row in merged(*reviews).rows if row.kind == "result"]


@pytest.mark.parametrize("note", ["", " (with discussion)"])
def test_one_address_joins_a_title_whose_authors_are_read_otherwise(note: str, review: Callable[[str], Any]) -> None:
    link = ("schema:url", Iri("https://example.org/apples.pdf"))
    first, second = review("A").paper(LONG, ["Ana Pino"], link), review("B").paper(LONG + note, ["Ola Berg"], link)
    assert len(papers(merged(first, second))) == 1


@pytest.mark.parametrize(("short", "number"), [("AppleScale", 1), ("Apples", 2), ("APL", 2)])
def test_a_coined_name_is_its_paper(short: str, number: int, review: Callable[[str], Any]) -> None:
    whole = f"{short}: Weighing Fruit in the Dark"
    assert len(papers(merged(review("A").paper(whole, ["Ana Pino"]), review("B").paper(short)))) == number


def test_a_name_that_two_papers_coin_is_neither(review: Callable[[str], Any]) -> None:
    result = merged(*(review(title).paper(title) for title in ("AppleScale", "AppleScale: Weighing Fruit", "AppleScale: A Ladder of Orchards")))
    assert len(papers(result)) == 3
    assert any("2 papers begin with this name" in row.detail for row in result.rows)


def test_a_team_is_known_by_its_names_together(review: Callable[[str], Any]) -> None:
    first = review("A").paper(LONG, ["Ana Pino", "Ola Berg", "Lars Holm"])
    second = review("B").paper("Kites", ["O. Berg", "A. Pino"])
    alone = review("C").paper("Moss", ["L. Holm", "Mia Lund"])
    people = {(row.canonical.rsplit("/")[-1], row.other.rsplit("/")[-1].split("--")[0]) for row in merged(first, second, alone).rows if row.merged}
    assert people == {("ana-pino", "a-pino"), ("ola-berg", "o-berg")}


def test_a_middle_name_is_left_out_within_one_document(review: Callable[[str], Any]) -> None:
    one = review("A").paper(LONG, ["Ana M. Pino", "Ola Berg"]).paper("Kites", ["Ana Pino", "Lars Holm"])
    other = review("B").paper("Moss", ["Ola K. Berg", "Mia Lund"])
    rows = {(row.other.rsplit("/")[-1], row.merged) for row in merged(one, other).rows if row.rule == "same document"}
    assert rows == {("ana-pino", True), ("ola-k-berg", False)}


def test_an_identifier_joins_people_and_keeps_them_apart(review: Callable[[str], Any]) -> None:
    def known(title: str, name: str, orcid: str) -> Any:
        made = review(title).paper(title, [name, "Mia Lund"])
        return made.say(identity.person(name, identity.paper(title).key), "schema:identifier", f"orcid:{orcid}")

    result = merged(known("Kites", "Ana Pino", "1"), known("Moss", "A. Pino", "1"), known("Editorial", "Ana B. Pino", "2"))
    assert [row.rule for row in result.rows if row.merged] == ["same identifier"]


def test_an_acronym_of_unlike_words_joins_nothing(review: Callable[[str], Any]) -> None:
    first, second = (
        review(title).paper(title, [], ("kg:usesMethod", replace(identity.topic(words, "Method"), properties=(("skos:altLabel", "TMN"),))))
        for title, words in ((LONG, "tidal moss nets"), ("Kites", "tiny map notation"))
    )
    (row,) = [row for row in merged(first, second).rows if row.kind == "topic"]
    assert (row.merged, "stands for" in row.detail) == (False, True)


def test_a_repost_is_noted(review: Callable[[str], Any]) -> None:
    def post(title: str) -> Any:
        made = review(title).paper(LONG)
        for number in range(6):
            made.say(
                identity.paper(LONG),
                "schema:about",
                identity.topic(f"apple {number}"),
                f"Sentence number {number} is long enough that no two people would ever write it alike.",
            )
        return made

    assert [row.rule for row in merged(post("A"), post("B")).rows if row.kind == "doc"] == ["same passages"]


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_decisions_win(verdict: Any, review: Callable[[str], Any]) -> None:
    titles = (LONG, LONG.replace("Apples", "Apple")) if verdict == "different" else (LONG, "Kites")
    addresses = [iri(identity.paper(title)) for title in titles]
    decided = Decisions().plus(Decision.of(verdict, *addresses, "by hand"))
    result = merged(*(review(title).paper(title) for title in titles), decided=decided)
    assert len(papers(result)) == (1 if verdict == "same" else 2)
    assert result.problems == ()


def test_a_name_can_be_split_by_document(review: Callable[[str], Any]) -> None:
    clap = identity.topic("CLIP-CLAP", "Method")
    first, second = review("A").paper(LONG, [], ("kg:usesMethod", clap)), review("B").paper("Kites", [], ("kg:usesMethod", clap))
    decided = Decisions().plus(Decision.of("different", iri(clap), f"{BASE}doc/{second.document.name}"))
    result = merged(first, second, decided=decided)
    assert objects(result, iri(identity.paper(LONG)), "kg:usesMethod") == {f"<{iri(clap)}>"}
    (other,) = objects(result, iri(identity.paper("Kites")), "kg:usesMethod")
    assert other.startswith(f"<{iri(clap)}--")
    assert result.problems == ()


def test_decisions_that_contradict_or_name_nothing_are_reported(review: Callable[[str], Any]) -> None:
    a, b, c = (iri(identity.paper(title)) for title in ("Alpha moss", "Beta moss", "Gamma moss"))
    reviews = [review(title).paper(title) for title in ("Alpha moss", "Beta moss", "Gamma moss")]
    decided = Decisions(
        (Decision.of("different", a, c), Decision.of("same", a, b), Decision.of("same", b, c), Decision.of("same", a, f"{BASE}paper/nothing"))
    )
    problems = merged(*reviews, decided=decided).problems
    assert any("contradicts" in problem for problem in problems)
    assert any("names" in problem and "paper/nothing" in problem for problem in problems)


TITLES = (LONG, LONG.replace("Apples", "Apple"), LONG.upper(), "Kites", "Editorial", "Steady Tides: Part 1", "Steady Tides: Part 2")
NAMES = ("Ana Pino", "A. Pino", "Pino", "Wei Zhang", "W. Zhang", "Zhang Wei", "Ola Berg", "Ana Maria Pino", "Lars Holm")
EVENTS = ("ISMIR2020", "ISMIR 2020", "ISMIR '20", "ISMIR 2021")
TOPICS = ("U-Net", "UNet", "tidal moss net", "tidal moss nets", "TMN")


LISTS = st.lists(st.sampled_from(NAMES), max_size=3, unique=True)


def reviews(authors: st.SearchStrategy[list[str]] = LISTS) -> st.SearchStrategy[Any]:
    return st.lists(st.tuples(st.sampled_from(TITLES), authors, st.sampled_from(EVENTS), st.sampled_from(TOPICS)), min_size=1, max_size=8)


def nobody_twice(names: list[str]) -> bool:
    return not any(likeness(one, two) for one, two in combinations(names, 2))


@given(wanted=reviews(), random=st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_order_does_not_matter_and_the_shapes_hold(review: Callable[[str], Any], wanted: Any, random: Any) -> None:
    parts = []
    for number, (title, authors, event, topic) in enumerate(wanted):
        more = (("kg:presentedAt", identity.named("Event", event)), ("kg:usesMethod", identity.topic(topic, "Method")))
        parts.append(review(f"Review {number}").paper(title, authors, *more, complete=bool(authors)).part)
    result = merge(dict(parts), NONE)
    shuffled = list(parts)
    random.shuffle(shuffled)
    assert merge(dict(shuffled), NONE) == result
    final = {row.other for row in result.rows if row.merged}
    assert final.isdisjoint(row.canonical for row in result.rows if row.merged)
    described = {cut(line)[0] for line in result.lines if "#type>" in line}
    assert described.isdisjoint(f"<{old}>" for old in final)
    for paper in papers(result):
        places = objects(result, paper[1:-1], "kg:authorship")
        positions = sorted(int(text(position)) for place in places for position in objects(result, place[1:-1], "schema:position"))
        assert positions == list(range(1, len(places) + 1))
        assert {person for place in places for person in objects(result, place[1:-1], "schema:author")} == objects(
            result, paper[1:-1], "schema:author"
        )


@given(wanted=reviews(LISTS.filter(nobody_twice)))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_merged_merges_no_further(review: Callable[[str], Any], wanted: Any) -> None:
    parts = dict(
        review(f"Review {n}").paper(title, authors, ("kg:presentedAt", identity.named("Event", event))).part
        for n, (title, authors, event, _) in enumerate(wanted)
    )
    once = merge(parts, NONE)
    again = merge({"all": once.lines}, NONE)
    assert {line.split(" ", 1)[0] for line in again.lines if "/id/paper/" in line} == {
        line.split(" ", 1)[0] for line in once.lines if "/id/paper/" in line
    }


def test_a_list_with_both_authors_joins_those_that_name_one(review: Callable[[str], Any]) -> None:
    result = merged(
        review("A").paper(LONG, ["Ana Pino"]),
        review("B").paper(LONG, ["Wei Zhang"]),
        review("C").paper(LONG.replace("Apples", "Apple"), ["Ana Pino", "Wei Zhang"]),
    )
    (paper,) = papers(result)
    assert len(objects(result, paper[1:-1], "schema:author")) == 2
