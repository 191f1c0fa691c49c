"""From a worker's reply to an HTTP response: states of the graph as entity tags, refusals as problems."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from kg.identity import BASE
from kg.service.pool import Pool
from kg.service.replies import Reply, problem

MOVED, BUSY = 301, 503
AGAIN = "2"  # seconds
# What gives another answer each time it is asked; a query with one of these words has no entity tag.
_CHANGING = re.compile(r"(?i)\b(NOW|RAND|UUID|STRUUID|BNODE)\b")


class Refused(Exception):
    """A request cannot be served; `status` as HTTP has it, the words for people."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.headers = dict(headers or {})


async def refused(_request: Request, error: Exception) -> Response:
    """A refusal as a problem (RFC 9457)."""
    assert isinstance(error, Refused)
    reply = problem(error.status, str(error))
    return Response(reply.body, reply.status, error.headers, reply.media_type)


async def answered(request: Request, operation: str, arguments: dict[str, Any]) -> Response:
    """The response to a job; 304 if the client has it already."""
    state = request.app.state.pool.identity
    if _is_fresh(request, tag(state, operation, arguments)):
        return Response(status_code=304, headers=_headers(state, operation, arguments))
    reply = await ask(request, operation, arguments)
    if reply.status == MOVED:
        raise Refused(MOVED, "the graph holds this under another address", {"location": moved(request, json.loads(reply.body)["iri"])})
    headers = _headers(reply.identity, operation, arguments) if reply.status == 200 else {}
    if reply.status == BUSY:
        headers["retry-after"] = AGAIN
    return Response(reply.body, reply.status, headers, reply.media_type)


async def ask(request: Request, operation: str, arguments: dict[str, Any]) -> Reply:
    """A worker's reply.  A client that goes away takes the work with it."""
    pool: Pool = request.app.state.pool
    work = asyncio.create_task(pool.run(operation, arguments))
    leaving = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({work, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return work.result() if work.done() else problem(499, "the client went away")
    finally:
        for task in (work, leaving):
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(work, leaving, return_exceptions=True)


async def asked_json(request: Request, operation: str, arguments: dict[str, Any]) -> Any:
    """What a worker tells as JSON.  `Refused` if it refuses."""
    reply = await ask(request, operation, arguments)
    told = json.loads(reply.body)
    if reply.status == 200:
        return told
    if reply.status == MOVED:
        raise Refused(MOVED, "the graph holds this under another address", {"location": moved(request, told["iri"])})
    raise Refused(reply.status, told["detail"], {"retry-after": AGAIN} if reply.status == BUSY else None)


def moved(request: Request, iri: str) -> str:
    """Where the same is told of another thing: the address of a request with that thing in it."""
    if request.url.path.startswith("/id/"):
        return place(iri) + (f"?{request.url.query}" if request.url.query else "")
    return str(request.url.include_query_params(**{"subject" if request.url.path.endswith("/why") else "iri": iri}))


def place(iri: str) -> str:
    """Where this service tells of a thing of the graph."""
    return f"/id/{iri.removeprefix(BASE)}"


def tag(state: str, operation: str, arguments: dict[str, Any]) -> str:
    """A weak entity tag: the same question to the same state of the graph."""
    text = json.dumps([state, operation, arguments], sort_keys=True)
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'


def _headers(state: str, operation: str, arguments: dict[str, Any]) -> dict[str, str]:
    headers = {"vary": "Accept", "cache-control": "no-cache"}
    if not _CHANGING.search(arguments.get("text", "") if operation == "query" else ""):
        headers["etag"] = tag(state, operation, arguments)
    return headers


def _is_fresh(request: Request, current: str) -> bool:
    told = {part.strip() for part in request.headers.get("if-none-match", "").split(",")}
    return request.method in ("GET", "HEAD") and current in told


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
