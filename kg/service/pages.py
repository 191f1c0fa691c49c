"""The pages for people: looking for a thing, what is said of it, and a place to write queries.

All words of the graph are escaped on their way into a page; a content security policy lets nothing run but our own files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.identity import BASE
from kg.service.responses import asked_json, place

POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
# CodeMirror places its parts by style attributes.
EDITOR_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; style-src 'self' 'unsafe-inline'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FIRST_QUERY = "SELECT ?title ?year {\n  ?paper a schema:ScholarlyArticle ; schema:name ?title\n  OPTIONAL { ?paper kg:year ?year }\n}\nLIMIT 20\n"
_HITS = 50


async def home(request: Request) -> Response:
    """`/`: looks for things by name."""
    text = request.query_params.get("q", "").strip()[:500]
    if not text:
        return _page("paperkg", "<main><p>Find a paper, a person, a topic, an event by a part of its name; or ask in SPARQL.</p></main>")
    found = await asked_json(request, "search", {"text": text, "kind": "", "limit": _HITS})
    rows = [(_link(hit["iri"], hit["label"]), escape(hit["kind"])) for hit in found]
    body = _table(("name", "kind"), rows) if rows else "<p>Nothing is called so; try a part of the name.</p>"
    return _page(f"{text} – paperkg", f"<main>{body}</main>", asked=text)


def thing_page(told: Mapping[str, Any], iri: str) -> Response:
    """What is said of a thing: every statement with a sentence and the number of its sources."""
    labels = told["labels"]
    rows = [
        (
            escape(s["relation"]),
            _link(s["iri"], s["other"]),
            str(s["sources"]),
            f"<q>{escape(s['sentence'])}</q>" if s["sentence"] else "",
            _documents(s),
        )
        for s in told["statements"]
    ]
    parts = [
        f'<h1>{escape(labels[0])} <span class="kind">{escape(told["kind"])}</span></h1>',
        f'<p class="quiet">{escape(iri)}</p>',
        f"<p>also: {escape('; '.join(labels[1:]))}</p>" if labels[1:] else "",
        _table(("relation", "what", "sources", "sentence", "where"), rows) if rows else "<p>No sentence speaks of this alone; its data is below.</p>",
        _beside(told["beside"]),
        "".join(f"<p>merged: {escape(line)}</p>" for line in told["merges"]),
        f"<p>as {_formats(iri)}</p>",
    ]
    return _page(f"{labels[0]} – paperkg", f"<main>{''.join(parts)}</main>")


def query_page(_request: Request) -> Response:
    """`/sparql` in a browser."""
    body = Template(_static("query.html")).substitute(query=escape(FIRST_QUERY))
    return _page("SPARQL – paperkg", body, head='<link rel="stylesheet" href="/static/yasqe.min.css">', policy=EDITOR_POLICY)


def _page(title: str, body: str, *, asked: str = "", head: str = "", policy: str = POLICY) -> Response:
    frame = Template(_static("frame.html"))
    text = frame.substitute(title=escape(title), body=body, asked=escape(asked), head=head, base=escape(BASE))
    return HTMLResponse(text, headers={"content-security-policy": policy, "vary": "Accept", "cache-control": "no-cache"})


def _static(name: str) -> str:
    return (files(__package__) / "static" / name).read_text(encoding="utf-8")


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Cells are HTML already."""
    head = "".join(f"<th>{header}</th>" for header in headers)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _link(iri: str, text: str) -> str:
    """A link to a thing of the graph, or to a place on the web; any other address stays words."""
    if iri.startswith(BASE):
        return f'<a href="{escape(place(iri))}">{escape(text)}</a>'
    if iri.startswith(("https://", "http://")):
        return f'<a href="{escape(iri)}" rel="noopener noreferrer nofollow">{escape(text)}</a>'
    return escape(text)


def _documents(statement: Mapping[str, Any]) -> str:
    return ", ".join(_link(iri, iri.rsplit("/", 1)[-1]) for iri in statement["documents"][:3])


def _beside(beside: Sequence[Mapping[str, Any]]) -> str:
    near = "; ".join(f"{escape(other['label'])} ({other['papers']})" for other in beside[:12])
    return f"<p>beside it on papers: {near}</p>" if near else ""


def _formats(iri: str) -> str:
    address = escape(place(iri))
    return ", ".join(f'<a href="{address}?format={name}">{name}</a>' for name in ("turtle", "jsonld", "rdfxml", "ntriples"))
