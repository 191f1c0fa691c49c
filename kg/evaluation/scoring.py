"""Scores the graph of one document against its gold, field by field.

First each gold paper finds its paper in the graph, the most similar titles first; then every field of the pair is compared.  A paper
that is only cited need not be found, and is compared where it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from kg.evaluation import names
from kg.evaluation.gold import Gold, GoldPaper
from kg.evaluation.said import Result, Said, Statements
from kg.evaluation.tally import Keys, Miss, Tally, compared, verdict

CORE = ("papers", "titles", "authors", "years", "venues", "identifiers", "links", "awards", "reviewers", "sections")
SEMANTIC = ("concepts", "introduces", "results", "relations", "opinions", "organizations")
OTHER = ("cited papers", "et al.", "link kinds", "concept kinds")
FIELDS = (*CORE, *SEMANTIC, *OTHER)
_TITLE = 0.9  # how similar the titles of one paper are at least
_BY_ADDRESS = 0.95  # how sure a pair without a title is
_RELATIONS = {"outperforms": "outperforms", "extends": "extends", "compares_with": "comparesWith"}
_RANGE = re.compile(r"\s*(?:-|–|to)\s*")

Scores = dict[str, Tally]


def score(lines: Iterable[str], gold: Gold) -> Scores:
    """The tally of each field, from the N-Triples lines of a document and its gold."""
    statements = Statements(lines)
    papers = statements.papers()
    pairs = matched(gold, papers)
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for field, tally in _papers(gold, papers, pairs).items():
        tallies[field].add(tally)
    for index, paper in enumerate(gold.papers):
        if paper.role == "reviewed" or index in pairs:
            for field, tally in fields(paper, papers[pairs[index]] if index in pairs else None, statements).items():
                tallies[field].add(tally)
    return {field: tallies[field] for field in FIELDS}


def total(scores: Iterable[Scores]) -> Scores:
    """Micro averages: the counts of several documents together."""
    tallies = {field: Tally() for field in FIELDS}
    for each in scores:
        for field, tally in each.items():
            tallies[field].add(tally)
    return tallies


def mean(scores: Mapping[str, Tally], fields: Iterable[str]) -> float:
    """The mean F1 of some fields, such as `CORE`."""
    values = [scores[field].f1 for field in fields]
    return sum(values) / len(values)


def matched(gold: Gold, papers: Mapping[str, Said]) -> dict[int, str]:
    """The address of the paper that each gold paper means, by its index in the gold; each paper is taken once."""
    candidates = [(_likeness(paper, said), index, address) for index, paper in enumerate(gold.papers) for address, said in papers.items()]
    found: dict[int, str] = {}
    for likeness, index, address in sorted(candidates, key=lambda candidate: -candidate[0]):
        if likeness and index not in found and address not in found.values():
            found[index] = address
    return found


def _likeness(paper: GoldPaper, said: Said) -> float:
    if paper.title:
        return max((names.similar(names.folded(title), names.folded(paper.title), _TITLE) for title in said["titles"]), default=0.0)
    return _BY_ADDRESS * bool(set(map(names.address, paper.addresses)) & set(map(names.address, said["addresses"])))


def _papers(gold: Gold, papers: Mapping[str, Said], pairs: Mapping[int, str]) -> Scores:
    reviewed = [index for index, paper in enumerate(gold.papers) if paper.role == "reviewed"]
    found = [index for index in pairs if index in reviewed]
    strays = sorted(
        next(iter(sorted(said["titles"] | said["addresses"])), address) for address, said in papers.items() if address not in pairs.values()
    )
    lost = sorted(_who(gold.papers[index]) for index in reviewed if index not in found)
    cited = len(pairs) - len(found)
    misses = [Miss("", tuple(strays), tuple(lost))] if strays or lost else []
    return {
        "papers": Tally(len(papers) - cited, len(found), len(reviewed), len(found), misses),
        "cited papers": Tally(cited, cited, len(gold.papers) - len(reviewed), cited),
    }


def fields(paper: GoldPaper, found: Said | None, statements: Statements) -> Scores:
    """Each field of one paper; of a paper that was not found all fields are empty."""
    said = found or Said()
    return {
        **_description(paper, said),
        **_addresses(paper, said),
        **_authors_known(paper, found),
        **_concepts(paper, said, statements),
        "results": _results(paper, said, statements),
        "relations": _relations(paper, said, statements),
    }


def _description(paper: GoldPaper, said: Said) -> Scores:
    def plain(given: Iterable[str], due: Iterable[str], key: Callable[[str], str], same: Callable[[str, str], bool] = str.__eq__) -> Tally:
        return compared(_who(paper), _each(map(key, given)), [{key(one)} for one in due], same=same)

    opinion = [paper.opinion] if paper.opinion != "none" else []
    opinions = {_last(one) for one in said["opinions"]} - {"neutral"}
    return {
        "titles": plain(said["titles"], [paper.title] if paper.title else [], names.folded),
        "authors": plain(said["authors"], paper.authors, names.person),
        "years": plain(said["years"], [str(paper.year)] if paper.year else [], str),
        "venues": _venue(paper, said),
        "awards": plain(said["awards"], paper.awards, names.folded, names.within),
        "reviewers": plain(said["reviewers"], paper.reviewers, names.person),
        "organizations": plain(said["organizations"], paper.organizations, names.folded, names.alike),
        "opinions": plain(opinions, opinion, str) if paper.role == "reviewed" else Tally(),
    }


def _venue(paper: GoldPaper, said: Said) -> Tally:
    """One question, however many names of the venue are given."""
    given = {names.venue(name) for name in said["venues"]} - {""}
    due = names.venue(paper.venue or "")
    right = bool(due) and any(names.alike(name, due) or due in name for name in given)
    misses = [] if right or not (said["venues"] or paper.venue) else [Miss(_who(paper), tuple(sorted(given)), (due,) if due else ())]
    return Tally(int(bool(said["venues"])), int(right), int(bool(paper.venue)), int(right), misses)


def _addresses(paper: GoldPaper, said: Said) -> Scores:
    own, links = set(map(names.address, paper.addresses)), {names.address(url): kind for url, kind in paper.links.items()}
    given = {names.address(url): kind for url, kind in said.links.items()}
    kinds = Tally()
    for url in given.keys() & links.keys():
        kinds.add(verdict(links[url] == "other" or given[url] == {"project": "projectPage"}.get(links[url], links[url])))
    return {
        "identifiers": compared(_who(paper), _each(set(map(names.address, said["addresses"])) - links.keys()), _each(own)),
        "links": compared(_who(paper), _each(given.keys() - own), _each(links)),
        "link kinds": kinds,
    }


def _authors_known(paper: GoldPaper, found: Said | None) -> Scores:
    """Whether it is known that the list of authors is whole."""
    if not paper.authors:
        return {}
    return {"et al.": verdict(found is not None and ("true" in found["complete"]) != paper.et_al)}


def _concepts(paper: GoldPaper, said: Said, statements: Statements) -> Scores:
    named = list(map(names.all_folded, paper.named))
    sections = [names.all_folded([section]) for section in paper.sections]
    due = [names.all_folded(concept) for _, concept in paper.concepts]
    introduced, optional = list(map(names.all_folded, paper.introduces)), list(map(names.all_folded, paper.optional))

    def compare(field: str, due: Iterable[Keys], optional: Iterable[Keys]) -> Tally:
        return compared(_who(paper), [_names(statements, concept) for concept in sorted(said[field])], due, optional, names.alike)

    return {
        "sections": compare("topics", sections, named),
        "introduces": compare("introduces", introduced, ()),
        "concepts": compare("concepts", due, [*optional, *introduced, *sections]),
        "concept kinds": _kinds(paper, said, statements),
    }


def _kinds(paper: GoldPaper, said: Said, statements: Statements) -> Tally:
    tally = Tally()
    given = [(_names(statements, concept), statements.kinds.get(concept, set())) for concept in sorted(said["concepts"])]
    for kind, concept in paper.concepts:
        wanted = names.all_folded(concept)
        met = next((kinds for known, kinds in given if _meet(known, wanted)), None)
        if met is not None:
            tally.add(verdict(kind in met))
    return tally


def _results(paper: GoldPaper, said: Said, statements: Statements) -> Tally:
    """A result is right if its value is, and its metric or its dataset where the gold names one."""
    given = [statements.results[result] for result in sorted(said["results"]) if result in statements.results]
    right = [any(_same_result(paper, index, result, statements) for index in range(len(paper.results))) for result in given]
    found = [any(_same_result(paper, index, result, statements) for result in given) for index in range(len(paper.results))]
    wrong = [" ".join(sorted(result.numbers)) for result, hit in zip(given, right, strict=True) if result.scored and not hit]
    missing = [result.value for result, hit in zip(paper.results, found, strict=True) if not hit]
    misses = [Miss(_who(paper), tuple(sorted(wrong)), tuple(sorted(missing)))] if wrong or missing else []
    return Tally(len(wrong) + sum(right), sum(right), len(paper.results), sum(found), misses)


def _same_result(paper: GoldPaper, index: int, result: Result, statements: Statements) -> bool:
    wanted = paper.results[index]
    values = {names.number(part) for part in (wanted.value, *_RANGE.split(wanted.value))}
    if not values & set(map(names.number, result.numbers)):
        return False
    tied = names.all_folded(name for name in (wanted.metric, wanted.dataset) if name)
    aliases = {name for concept in map(names.all_folded, paper.named) if concept & tied for name in concept} | tied
    labels = {name for concept in result.concepts for name in _names(statements, concept)}
    return not tied or _meet(labels, aliases)


def _relations(paper: GoldPaper, said: Said, statements: Statements) -> Tally:
    due = [{f"{_RELATIONS[kind]} {names.folded(target)}"} for kind, target in paper.relations if kind in _RELATIONS]
    given = [{f"{kind} {name}" for name in _names(statements, other)} for kind, other in sorted(said.relations)]
    return compared(_who(paper), given, due, same=_same_relation)


def _same_relation(one: str, other: str) -> bool:
    (kind, name), (other_kind, other_name) = one.split(" ", 1), other.split(" ", 1)
    return kind == other_kind and names.alike(name, other_name)


def _names(statements: Statements, concept: str) -> frozenset[str]:
    return names.all_folded(statements.names.get(concept, ()))


def _meet(some: Keys, others: Keys) -> bool:
    return any(names.alike(one, other) for one in some for other in others)


def _each(keys: Iterable[str]) -> list[set[str]]:
    return [{key} for key in sorted(set(keys))]


def _who(paper: GoldPaper) -> str:
    return paper.title or ", ".join(paper.addresses)


def _last(address: str) -> str:
    return address.rsplit("#", 1)[-1]
