"""What an explorer asks: who is called so, what is said of a thing, what stands around it, and the stock queries."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg import queries
from kg.errors import QueryError
from kg.service.openapi import document
from kg.service.protocol import accepted
from kg.service.responses import Refused, answered

MOST = 1000
LONGEST = 500  # characters of a name that is looked for


async def search(request: Request) -> Response:
    """`/api/search?q=`: things that are called so, the best match first."""
    given = parameters(request, ("q", "kind", "limit"))
    text = given.get("q", "")
    if not 0 < len(text) <= LONGEST:
        raise Refused(400, f"give a name, or a part of one, of at most {LONGEST} characters: ?q=…")
    return await answered(request, "search", {"text": text, "kind": given.get("kind", ""), "limit": _limit(given, 20)})


async def entity(request: Request) -> Response:
    """`/api/entity?iri=`: all that is said of a thing."""
    return await answered(request, "entity", {"iri": _iri(parameters(request, ("iri",)))})


async def neighbours(request: Request) -> Response:
    """`/api/neighbours?iri=`: the things that it is joined with."""
    given = parameters(request, ("iri", "limit"))
    return await answered(request, "neighbours", {"iri": _iri(given), "limit": _limit(given, 100)})


async def stock_queries(_request: Request) -> Response:
    """`/api/queries`: the stock queries with their parameters."""
    return JSONResponse([_told(stock) for stock in queries.stock().values()])


async def stock_query(request: Request) -> Response:
    """`/api/queries/{name}`: the answer to one; its parameters are those of the address."""
    name = request.path_params["name"]
    if name not in queries.stock():
        raise Refused(404, f"no stock query is called {name!r}; /api/queries lists them")
    stock = queries.stock()[name]
    given = parameters(request, (*(parameter.name for parameter in stock.parameters), "format"))
    short = given.pop("format", None)
    try:
        stock.bind(given)
    except QueryError as error:
        raise Refused(400, str(error)) from error
    accept = accepted(request, [("format", short)] if short is not None else ())
    return await answered(request, "stock", {"name": name, "parameters": given, "accept": accept})


async def openapi(_request: Request) -> Response:
    """`/api/openapi.json`: this, described."""
    return JSONResponse(document())


def _told(stock: queries.StockQuery) -> dict[str, object]:
    parameters = [{"name": p.name, "kind": p.kind, "default": p.default, "help": p.help} for p in stock.parameters]
    return {"name": stock.name, "title": stock.title, "question": stock.question, "parameters": parameters, "text": stock.text}


def parameters(request: Request, known: tuple[str, ...]) -> dict[str, str]:
    """The parameters of an address, each once; 400 for one that is not known here."""
    given = request.query_params.multi_items()
    names = [name for name, _ in given]
    if unknown := sorted(set(names) - set(known)):
        raise Refused(400, f"there is no parameter {unknown[0]!r} here; there are: {', '.join(known)}")
    if len(names) != len(set(names)):
        raise Refused(400, "give each parameter once")
    return dict(given)


def _iri(given: dict[str, str]) -> str:
    if not given.get("iri"):
        raise Refused(400, "name the thing by its address: ?iri=https://…")
    return given["iri"]


def _limit(given: dict[str, str], default: int) -> int:
    text = given.get("limit", str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= MOST):
        raise Refused(400, f"limit is a whole number from 1 to {MOST}")
    return int(text)
