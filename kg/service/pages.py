"""The pages for people: looking for a thing, what is said of it, and a place to write queries.

All words of the graph are escaped on their way into a page; a content security policy lets nothing run but our own files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.identity import BASE
from kg.service.responses import asked_json, place
from kg.trust.words import relation

POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
# CodeMirror places its parts by style attributes.
EDITOR_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; style-src 'self' 'unsafe-inline'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FIRST_QUERY = "SELECT ?title ?year {\n  ?paper a schema:ScholarlyArticle ; schema:name ?title\n  OPTIONAL { ?paper kg:year ?year }\n}\nLIMIT 20\n"
_WELCOME = (
    "<p>Find a paper, a person, a topic, an event by a part of its name, or "
    '<a href="/sparql">ask in SPARQL</a>: the page has a list of questions that are ready to be asked.</p>'
    '<p class="quiet">For programs: <a href="/api/openapi.json">the API</a>, <a href="/sparql?format=turtle">what the service can do</a>.</p>'
)
_HITS = 50
_NAMED = 2  # documents of a statement
_WORD = re.compile(r"[a-z]+:\w+")


async def home(request: Request) -> Response:
    """`/`: looks for things by name."""
    text = request.query_params.get("q", "").strip()[:500]
    if not text:
        return page("paperkg", f"<main>{_WELCOME}</main>")
    found = await asked_json(request, "search", {"text": text, "kind": "", "limit": _HITS})
    rows = [(link(hit["iri"], hit["label"]), escape(hit["kind"])) for hit in found]
    body = _table(("name", "kind"), rows) if rows else "<p>Nothing is called so; try a part of the name.</p>"
    return page(f"{text} – paperkg", f"<main>{body}</main>", asked=text)


def thing_page(told: Mapping[str, Any], iri: str) -> Response:
    """What is said of a thing: every statement with a sentence and the number of its sources."""
    labels = told["labels"]
    parts = [
        f'<h1>{escape(labels[0])} <span class="kind">{escape(told["kind"])}</span></h1>',
        f'<p class="quiet">{escape(iri)}</p>',
        f"<p>also: {escape('; '.join(labels[1:]))}</p>" if labels[1:] else "",
        _statements(told["statements"]) if told["statements"] else "<p>No sentence speaks of this alone; its data is below.</p>",
        _beside(told["beside"]),
        "".join(f"<p>merged: {escape(line)}</p>" for line in told["merges"]),
        f"<p>as {_formats(iri)}</p>",
    ]
    return page(f"{labels[0]} – paperkg", f"<main>{''.join(parts)}</main>")


def query_page(_request: Request) -> Response:
    """`/sparql` in a browser."""
    body = Template(_static("query.html")).substitute(query=escape(FIRST_QUERY))
    return page("SPARQL – paperkg", body, head='<link rel="stylesheet" href="/static/yasqe.min.css">', policy=EDITOR_POLICY)


def page(title: str, body: str, *, asked: str = "", head: str = "", policy: str = POLICY) -> Response:
    """A page in the frame that all have; `body` and `head` are HTML already."""
    frame = Template(_static("frame.html"))
    text = frame.substitute(title=escape(title), body=body, asked=escape(asked), head=head, base=escape(BASE))
    return HTMLResponse(text, headers={"content-security-policy": policy, "vary": "Accept", "cache-control": "no-cache"})


def _static(name: str) -> str:
    return (files(__package__) / "static" / name).read_text(encoding="utf-8")


def _statements(statements: Sequence[Mapping[str, Any]]) -> str:
    """A table with a group of rows for each relation."""
    groups = [(name, list(group)) for name, group in groupby(statements, lambda statement: str(statement["relation"]))]
    body = "".join(f"<tbody>{_group(name, group)}</tbody>" for name, group in groups)
    head = "".join(f"<th>{name}</th>" for name in ("", "what", "in which words", "who says so"))
    return f'<div class="table"><table class="said"><thead><tr>{head}</tr></thead>{body}</table></div>'


def _group(name: str, statements: Sequence[Mapping[str, Any]]) -> str:
    word = _WORD.sub(lambda found: relation(found[0]), name)
    first = f'<th scope="rowgroup" rowspan="{len(statements)}" title="{escape(name)}">{escape(word)}</th>'
    return "".join(f"<tr>{'' if number else first}{_row(statement)}</tr>" for number, statement in enumerate(statements))


def _row(statement: Mapping[str, Any]) -> str:
    sentence = f"<q>{escape(statement['sentence'])}</q>" if statement["sentence"] else ""
    what = link(statement["iri"] or statement["other"], statement["other"])
    return f"<td>{what}</td><td>{sentence}</td><td>{_sources(statement)}</td>"


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Cells are HTML already."""
    head = "".join(f"<th>{header}</th>" for header in headers)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def link(iri: str, text: str) -> str:
    """A link to a thing of the graph, or to a place on the web; any other address stays words."""
    if iri.startswith(BASE):
        return f'<a href="{escape(place(iri))}">{escape(text)}</a>'
    if iri.startswith(("https://", "http://")):
        return f'<a href="{escape(iri)}" rel="noopener noreferrer nofollow">{escape(text)}</a>'
    return escape(text)


def _sources(statement: Mapping[str, Any]) -> str:
    """The first documents that say so, how many more there are, and a link to all about it."""
    documents = list(zip(statement["documents"], statement["titles"], strict=True))
    named = ", ".join(link(iri, title) for iri, title in documents[:_NAMED])
    more = f" and {len(documents) - _NAMED} more" if len(documents) > _NAMED else ""
    return f'{named}{more} · <a href="/why?{escape(urlencode(statement["fact"]))}">why</a>'


def _beside(beside: Sequence[Mapping[str, Any]]) -> str:
    near = "; ".join(f"{escape(other['label'])} ({other['papers']})" for other in beside[:12])
    return f"<p>beside it on papers: {near}</p>" if near else ""


def _formats(iri: str) -> str:
    address = escape(place(iri))
    return ", ".join(f'<a href="{address}?format={name}">{name}</a>' for name in ("turtle", "jsonld", "rdfxml", "ntriples"))
