"""`/explore`: the explorer's page of the graph that is served, made once for each state of the graph.

Making it lays the graph out, which takes seconds to minutes; a process of its own does it, so that queries go on meanwhile.  The page of
a graph that is too large for a file begins with a part of it, and asks `/explore/around` for more.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from kg import manifest
from kg.graph import open_graph
from kg.identity import BASE
from kg.service import log, part
from kg.service.api import parameters
from kg.service.pool import Pool
from kg.service.responses import Refused, answered

LARGEST = 2_000_000  # triples of a graph that is sent whole: about 40 MB
PATIENCE = 2.0  # seconds that a request waits before its reader is told that the page is being made
AGAIN = "3"  # seconds until the browser asks again
# The page's own policy, within it, allows its program by digest and nothing else; this adds what only a header may say.
POLICY = "frame-ancestors 'none'"
_WAITING = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>The map is being made</title>"
    "<p>The map of this graph is being laid out. This page looks again by itself.</p></html>"
)


class Kept:
    """A page, made when it is first asked for and again when the graph has changed."""

    def __init__(self, make: Callable[[], Awaitable[bytes]]) -> None:
        self._make = make
        self._state = ""
        self._page: asyncio.Task[bytes] | None = None

    async def answer(self, request: Request) -> Response:
        """The page; 202 and a page that asks again while it is being made; 304 if the browser has it."""
        pool: Pool = request.app.state.pool
        headers = {"content-security-policy": POLICY, "cache-control": "no-cache", "etag": f'"{pool.identity}"'}
        if headers["etag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        page = self._newest(pool.identity)
        await asyncio.wait({page}, timeout=PATIENCE)
        if not page.done():
            return HTMLResponse(_WAITING, 202, {"refresh": AGAIN, "cache-control": "no-store"})
        if error := page.exception():
            self._page = None
            raise Refused(500, f"the page could not be made: {error}")
        return HTMLResponse(page.result(), headers=headers)

    def _newest(self, state: str) -> asyncio.Task[bytes]:
        if self._page is None or self._state != state:
            if self._page:
                self._page.cancel()
            self._state, self._page = state, asyncio.ensure_future(self._make())
        return self._page


def routes(directory: Path) -> list[Route]:
    """The addresses of the page, whole or begun with a part (`?part=yes`), and of what the latter asks for."""
    whole, begun = Kept(lambda: _exported(directory)), Kept(lambda: asyncio.to_thread(_first, directory))

    async def explore(request: Request) -> Response:
        asked = parameters(request, ("part",)).get("part", "")
        kept = begun if asked == "yes" or _is_large(directory) else whole
        return await kept.answer(request)

    return [Route("/explore", explore), Route("/explore/around", around)]


async def around(request: Request) -> Response:
    """`/explore/around?iri=`: the value of the page for a thing and what stands around it."""
    iri = parameters(request, ("iri",)).get("iri", "")
    if not iri.startswith(BASE):
        raise Refused(400, f"name the thing by its address: ?iri={BASE}…")
    return await answered(request, "part", {"iri": iri})


def _is_large(directory: Path) -> bool:
    about = manifest.read(directory)
    return about is not None and about.counts.get("triples", 0) > LARGEST


def _first(directory: Path) -> bytes:
    return part.first_page(open_graph(directory).store)


async def _exported(directory: Path) -> bytes:
    """What `kg export explorer` writes.  A task that is cancelled takes the process with it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "explorer.html"
        command = (sys.executable, "-m", "kg", "export", "explorer", "--graph", str(directory), "-o", str(file))
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE)
        try:
            _, said = await process.communicate()
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        if process.returncode:
            raise RuntimeError(said.decode(errors="replace").strip())
        log.event("explorer page made", bytes=file.stat().st_size)
        return file.read_bytes()
