"""Gold files begun from what was read, so that a person only corrects them, and checked against the text.

The format is that of `kg.evaluation.gold`: what a careful reader can point at in the document, and nothing that the world knows besides.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg import identity, rdf
from kg.errors import InputError
from kg.evaluation import gold
from kg.evaluation.said import Said, Statements
from kg.model import Document, Entity, Entry, Fact, Sentence
from kg.pipeline import annotate, extract, read

_KINDS = {"Task": "tasks", "Method": "methods", "Dataset": "datasets", "Metric": "metrics"}
_LISTED = ("authors", "awards", "reviewers", "sections", "organizations")
_CONCEPTS = ("introduces", *_KINDS.values(), "optional")
_RELATIONS = {"outperforms": "outperforms", "extends": "extends", "comparesWith": "compares_with"}
_ANCHOR = 80
_TAG = re.compile(r"</?[a-zA-Z!][^>]*>")


def begun(path: Path) -> dict[str, Any]:
    """A gold file for a document, with all that was read of it."""
    document = annotate(read(path))
    facts = [finding for finding in extract(document) if isinstance(finding, Fact)]
    statements = Statements(rdf.lines(document, facts))
    papers = statements.papers()
    entries = {identity.iri(entry.paper): entry for entry in reversed(document.marks(Entry))}
    listed = sorted(papers, key=lambda paper: (entries[paper].span.start if paper in entries else len(document.text), paper))
    rows = [_paper(document, papers[paper], entries.get(paper), statements) | {"authors": _authors(facts, paper)} for paper in listed]
    return {"document": _document(document, facts), "papers": rows}


def with_missed(path: Path, file: Path, offset: int) -> dict[str, Any]:
    """The gold file, or one that is begun, with a paper whose entry begins at the sentence that holds a character."""
    document = annotate(read(path))
    sentence = next((mark.span for mark in document.marks(Sentence) if mark.span.start <= offset < mark.span.end), None)
    if sentence is None:
        raise InputError(str(path), f"has no sentence at character {offset}; `kg residue {path}` shows where they stand")
    started = _rows(file) if file.exists() else begun(path)
    started["papers"].append(blank(document.quote(sentence)))
    return started


def faults(path: Path, file: Path) -> list[str]:
    """What a gold file holds and its document does not."""
    document = read(path)
    found = list(gold.load(file).problems(document.text))
    text = _folded(document.text)
    for number, paper in enumerate(_rows(file)["papers"]):
        found += [f"paper {number}: {field}: not in the document: {words!r}" for field, words in _strings(paper) if _folded(words) not in text]
    return found


def _rows(file: Path) -> dict[str, Any]:
    try:
        rows: dict[str, Any] = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise InputError(str(file), f"is no gold file: {error}") from error
    return rows


def _document(document: Document, facts: list[Fact]) -> dict[str, Any]:
    own = [fact for fact in facts if fact.subject.kind == "Document"]
    first = {fact.predicate: fact.object for fact in reversed(own)}
    about = [fact.object for fact in own if fact.predicate == "schema:about" and isinstance(fact.object, Entity)]
    events = [{"name": entity.label, "year": dict(entity.properties).get("kg:year")} for entity in about if entity.kind == "Event"]
    return {
        "title": document.source.title,
        "authors": list(document.source.authors),
        "date": str(first["schema:datePublished"]) if "schema:datePublished" in first else None,
        "language": str(first["schema:inLanguage"]) if "schema:inLanguage" in first else None,
        "events": events,
    }


def _paper(document: Document, said: Said, entry: Entry | None, statements: Statements) -> dict[str, Any]:
    """One paper in the words of the gold files."""
    place = entry.head[0] if entry and entry.head else None
    row = blank(document.quote(place).split("\n")[0] if place else "")
    row |= {
        "title": min(said["titles"], default=None),
        "role": entry.role if entry else "cited",
        "et_al": bool(said["authors"]) and "true" not in said["complete"],
    }
    row |= {field: sorted(said[field]) for field in ("awards", "reviewers", "organizations")}
    row["year"] = min((int(year) for year in said["years"]), default=None)
    row["venue"] = min(said["venues"], key=lambda name: (len(name), name), default=None)
    row |= _addresses(said, document.text)
    row["links"] = [{"url": url, "kind": "project" if kind == "projectPage" else kind or "other"} for url, kind in sorted(said.links.items())]
    row["opinion"] = min((opinion.rsplit("#", 1)[-1] for opinion in said["opinions"]), default="none").replace("neutral", "none")
    row["sections"] = [name for concept in sorted(said["topics"]) for name in _names(statements, concept, document.text)[:1]]
    row |= _concepts(said, statements, document.text)
    row["results"] = [result for node in sorted(said["results"]) for result in _result(statements, node, document.text)]
    row["relations"] = [
        {"type": _RELATIONS[kind], "target": name} for kind, other in sorted(said.relations) for name in _names(statements, other, document.text)[:1]
    ]
    return row


def blank(words: str) -> dict[str, Any]:
    """A paper of a gold file of which nothing is said yet; its entry begins with the words."""
    lists: dict[str, Any] = {field: [] for field in (*_LISTED, *_CONCEPTS, "links", "results", "relations")}
    single = dict.fromkeys(("title", "year", "venue", "doi", "arxiv", "url"))
    return {"title": None, "role": "reviewed", "anchor": words[:_ANCHOR], "authors": [], "et_al": False, **single, "opinion": "none", **lists}


def _authors(facts: list[Fact], paper: str) -> list[str]:
    """As written, in their order."""
    places = [
        dict(fact.object.properties)
        for fact in facts
        if fact.predicate == "kg:authorship" and identity.iri(fact.subject) == paper and isinstance(fact.object, Entity)
    ]
    return list(dict.fromkeys(str(place["kg:nameAsWritten"]) for place in sorted(places, key=lambda place: int(str(place["schema:position"])))))


def _addresses(said: Said, text: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {"doi": None, "arxiv": None, "url": None}
    for address in sorted(said["addresses"], reverse=True):
        scheme, _, rest = address.partition(":")
        if scheme in ("doi", "arxiv"):
            found[scheme] = rest
        elif address in text or html.escape(address) in text:
            found["url"] = address
    return found


def _concepts(said: Said, statements: Statements, text: str) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {field: [] for field in _CONCEPTS}
    for concept in sorted(said["introduces"]):
        found["introduces"].append(_names(statements, concept, text))
    for concept in sorted(said["concepts"] - said["introduces"]):
        kind = min(statements.kinds.get(concept, ()), default="")
        found[_KINDS.get(kind, "optional")].append(_names(statements, concept, text))
    return {field: [names for names in listed if names] for field, listed in found.items()}


def _names(statements: Statements, concept: str, text: str) -> list[str]:
    """The names of a concept, those that stand in the document first; none if no name does."""
    there = _folded(text)
    ranked = sorted(statements.names.get(concept, ()), key=lambda name: (_folded(name) not in there, name))
    return ranked if ranked and _folded(ranked[0]) in there else []


def _result(statements: Statements, node: str, text: str) -> Iterator[dict[str, Any]]:
    result = statements.results.get(node)
    for number in sorted(result.numbers) if result and result.scored else ():
        labels = (
            {
                kind: name
                for concept in sorted(result.concepts)
                for kind in statements.kinds.get(concept, ())
                for name in _names(statements, concept, text)[:1]
            }
            if result
            else {}
        )
        yield {"value": number, "unit": None, "metric": labels.get("Metric"), "dataset": labels.get("Dataset"), "system": None, "kind": "score"}


def _strings(paper: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a paper of a gold file holds that must stand in the text."""
    if paper["title"]:
        yield "title", paper["title"]
    for field in _LISTED:
        yield from ((field, words) for words in paper[field])
    for field in _CONCEPTS:
        yield from ((field, names[0]) for names in paper[field] if names)
    yield from (("results", result["value"]) for result in paper["results"])
    yield from (("relations", relation["target"]) for relation in paper["relations"])


def _folded(text: str) -> str:
    """Letters and digits without case, accents, entities and tags."""
    plain = unicodedata.normalize("NFKD", html.unescape(text))
    return "".join(c for c in _TAG.sub(" ", plain.casefold()) if c.isalnum())
