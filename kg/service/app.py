"""The application: which address leads where, with a pool of workers behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.service import api, explorer, log, pages, protocol, things, why
from kg.service.guard import Guard
from kg.service.limits import Limits
from kg.service.pool import Pool
from kg.service.replies import problem
from kg.service.responses import Refused, refused

SMALLEST_PACKED = 1024


def application(directory: Path, limits: Limits, hosts: frozenset[str], origins: frozenset[str] = frozenset()) -> Starlette:
    """Serves the graph of a directory to requests for `hosts` and from pages of `origins`."""

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        app.state.pool = Pool(directory, limits)
        await app.state.pool.start()
        log.event("graph open", directory=str(directory), graph=app.state.pool.identity)
        yield
        await app.state.pool.stop()

    return Starlette(
        routes=[
            Route("/", pages.home),
            Route("/sparql", protocol.sparql, methods=["GET", "POST"]),
            Route("/store", protocol.store),
            Route("/id/{path:path}", things.thing),
            Route("/api/search", api.search),
            Route("/api/entity", api.entity),
            Route("/why", why.page),
            Route("/api/why", why.api),
            Route("/api/neighbours", api.neighbours),
            Route("/api/queries", api.stock_queries),
            Route("/api/queries/{name}", api.stock_query),
            Route("/api/openapi.json", api.openapi),
            *explorer.routes(directory),
            Route("/health", health),
            Mount("/static", StaticFiles(directory=str(files(__package__) / "static"))),
        ],
        middleware=[
            Middleware(Guard, limits=limits, hosts=hosts, origins=origins),
            Middleware(GZipMiddleware, minimum_size=SMALLEST_PACKED, compresslevel=4),
        ],
        exception_handlers={Refused: refused, HTTPException: _not_served, Exception: _failed},
        lifespan=life,
    )


async def health(request: Request) -> Response:
    """`/health`: 200 while there is a graph to ask, 503 with the reason otherwise."""
    pool: Pool = request.app.state.pool
    told = {"status": "trouble" if pool.trouble else "ok", "graph": pool.identity, "trouble": pool.trouble, "long": pool.long}
    return JSONResponse(told, 503 if pool.trouble else 200, headers={"cache-control": "no-store"})


async def _not_served(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    reply = problem(error.status_code, error.detail)
    headers: Mapping[str, str] = error.headers or {}
    return Response(reply.body, reply.status, headers, reply.media_type)


async def _failed(_request: Request, _error: Exception) -> Response:
    """What should not happen; the traceback is in the log."""
    reply = problem(500, "the service failed; its log says how")
    return Response(reply.body, reply.status, media_type=reply.media_type)
