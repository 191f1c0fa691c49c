"""SPARQL 1.1 over HTTP: what a request asks for (https://www.w3.org/TR/sparql11-protocol/), and the graph as a resource of its own
(https://www.w3.org/TR/sparql11-http-rdf-update/), both to read only.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response

from kg.service.description import described
from kg.service.negotiation import GRAPHS, HTML, SHORT, choose
from kg.service.pages import query_page
from kg.service.responses import Refused, answered

FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
READ_ONLY = "the graph is read-only: it is made of documents by `kg build`"


async def sparql(request: Request) -> Response:
    """`/sparql`: a query by GET or either kind of POST; without one, the service's description, or a page to write queries on."""
    pairs = _pairs(request.url.query)
    if request.method == "POST":
        pairs += await _posted(request)
    if any(name == "update" for name, _ in pairs):
        raise Refused(403, READ_ONLY)
    texts = [value for name, value in pairs if name == "query"]
    if not texts and request.method != "POST":
        return _without_query(request, pairs)
    if len(texts) != 1:
        raise Refused(400, "send one `query`")
    arguments = {
        "text": texts[0],
        "default_graphs": [value for name, value in pairs if name == "default-graph-uri"],
        "named_graphs": [value for name, value in pairs if name == "named-graph-uri"],
        "accept": accepted(request, pairs),
    }
    return await answered(request, "query", arguments)


async def store(request: Request) -> Response:
    """`/store?default` or `/store?graph=IRI`: all triples of a graph."""
    pairs = _pairs(request.url.query)
    names = [value for name, value in pairs if name == "graph"]
    default = any(name == "default" for name, _ in pairs)
    if default == bool(names) or len(names) > 1:
        raise Refused(400, "name one graph: /store?default or /store?graph=IRI")
    if names:
        try:
            NamedNode(names[0])
        except ValueError as error:
            raise Refused(400, f"the graph's name is no absolute IRI: {error}") from error
    return await answered(request, "contents", {"graph": names[0] if names else "", "accept": accepted(request, pairs)})


def accepted(request: Request, pairs: Sequence[tuple[str, str]] = ()) -> str:
    """What the client accepts; `?format=` goes before the header, for links."""
    short = next((value for name, value in pairs if name == "format"), None)
    if short is not None and short not in SHORT:
        raise Refused(400, f"no format is called so; there are: {', '.join(SHORT)}")
    return SHORT[short] if short else ",".join(request.headers.getlist("accept"))


def _without_query(request: Request, pairs: Sequence[tuple[str, str]]) -> Response:
    offered = (*GRAPHS, HTML)
    media_type = choose(accepted(request, pairs), offered)
    if media_type is None:
        raise Refused(406, f"the description of the service is not to be had so; accept one of: {', '.join(offered)}")
    if media_type == HTML:
        return query_page(request)
    return Response(described(str(request.url.replace(query="")), GRAPHS[media_type]), media_type=media_type, headers={"vary": "Accept"})


async def _posted(request: Request) -> list[tuple[str, str]]:
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type not in (FORM, QUERY):
        if media_type == "application/sparql-update":
            raise Refused(403, READ_ONLY)
        raise Refused(415, f"send a query as {FORM} or {QUERY}")
    try:
        text = (await request.body()).decode()
    except UnicodeDecodeError as error:
        raise Refused(400, f"send the query in UTF-8: {error}") from error
    return [("query", text)] if media_type == QUERY else _pairs(text)


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=200)
    except (UnicodeDecodeError, ValueError) as error:
        raise Refused(400, f"the parameters cannot be read: {error}") from error
