"""Stands before everything: who asks (Host and Origin), how much they send, how slowly, and what every response says about itself."""

from __future__ import annotations

import asyncio
import contextlib
import time
import uuid
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.service import log, replies
from kg.service.limits import Limits

LINGER = 3.0  # seconds
MOST_REST = 16 << 20  # bytes
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_SAFE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
NO_SCRIPTS = "default-src 'none'; frame-ancestors 'none'"


class Guard:
    """`hosts` are the names that this service answers to; `origins` the pages of others that may ask it."""

    def __init__(self, app: ASGIApp, limits: Limits, hosts: frozenset[str], origins: frozenset[str]) -> None:
        self.app, self.limits, self.hosts, self.origins = app, limits, hosts, origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        visit = _Visit(scope, send, self._shared(Headers(scope=scope)))
        try:
            if refusal := self._refusal(scope):
                await visit.refuse(*refusal, receive)
            elif scope["method"] == "OPTIONS" and visit.shared:
                await visit.permit()
            else:
                await self.app(scope, _Bounded(receive, self.limits), visit.send)
        except TooLarge:
            await visit.refuse(413, f"the request has more than {self.limits.body} bytes", receive)
        except TooSlow:
            await visit.refuse(408, f"the request did not arrive within {self.limits.silence:g} s", receive)
        finally:
            visit.tell()

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        if not self._knows(headers.get("host", "")):
            return 421, "this service does not answer to that Host; name it with --allow-host"
        origin = headers.get("origin")
        if origin is not None and origin not in self.origins and urlsplit(origin).netloc != headers["host"]:
            return 403, "pages of other origins may not ask; allow one with --cors"
        if scope["method"] not in METHODS:
            return 405, "the graph is read-only; use GET, HEAD or POST"
        if len(scope["raw_path"]) + len(scope["query_string"]) > self.limits.target:
            return 414, f"the address has more than {self.limits.target} bytes; send the query by POST"
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > self.limits.body:
            return 413, f"the request has more than {self.limits.body} bytes"
        return None

    def _knows(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname
        except ValueError:
            return False
        return bool(name) and (name in self.hosts or "*" in self.hosts)

    def _shared(self, headers: Headers) -> dict[str, str]:
        """What lets a page of an allowed origin read the response (https://fetch.spec.whatwg.org/#http-cors-protocol)."""
        origin = headers.get("origin", "")
        if origin not in self.origins:
            return {}
        allowed = {"access-control-allow-methods": "GET, HEAD, POST", "access-control-allow-headers": "content-type, accept"}
        return {"access-control-allow-origin": origin, "cross-origin-resource-policy": "cross-origin", **allowed}


class TooLarge(Exception):
    """A body is over the limit."""


class TooSlow(Exception):
    """A body does not arrive."""


class _Bounded:
    """Receives a body of limited size in limited time."""

    def __init__(self, receive: Receive, limits: Limits) -> None:
        self.receive, self.limits = receive, limits
        self.left, self.whole = limits.body, False
        self.until = time.monotonic() + limits.silence

    async def __call__(self) -> Message:
        if self.whole:
            return await self.receive()
        try:
            message = await asyncio.wait_for(self.receive(), max(0.0, self.until - time.monotonic()))
        except TimeoutError:
            raise TooSlow from None
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            raise TooLarge
        self.whole = not message.get("more_body", False)
        return message


class _Visit:
    """One request on its way out: headers that every response has, and a line of the log."""

    def __init__(self, scope: Scope, send: Send, shared: dict[str, str]) -> None:
        self.scope, self._send, self.shared = scope, send, shared
        self.began, self.name = time.monotonic(), uuid.uuid4().hex[:12]
        self.status, self.bytes = 0, 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers.update({**_SAFE, **self.shared, "x-request-id": self.name})
            headers.setdefault("content-security-policy", NO_SCRIPTS)
            if self.shared:
                headers.add_vary_header("Origin")
        self.bytes += len(message.get("body", b""))
        await self._send(message)

    async def permit(self) -> None:
        """What a page of an allowed origin may send, which its browser asks beforehand."""
        await self.send({"type": "http.response.start", "status": 204, "headers": []})
        await self.send({"type": "http.response.body"})

    async def refuse(self, status: int, detail: str, receive: Receive) -> None:
        """A refusal in the place of the response, unless that has begun.

        What the client is still sending is read and thrown away for a while: a connection that is closed with bytes unread is reset,
        and the client never sees the refusal (RFC 9112, section 9.6).
        """
        if self.status:
            return
        reply = replies.problem(status, detail)
        head = {"content-type": reply.media_type, "content-length": str(len(reply.body)), "connection": "close"}
        if status == 405:
            head["allow"] = ", ".join(METHODS)
        await self.send({"type": "http.response.start", "status": status, "headers": [(k.encode(), v.encode()) for k, v in head.items()]})
        await self.send({"type": "http.response.body", "body": b"" if self.scope["method"] == "HEAD" else reply.body, "more_body": True})
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(_rest(receive), LINGER)
        await self.send({"type": "http.response.body", "body": b""})

    def tell(self) -> None:
        took = round((time.monotonic() - self.began) * 1000, 1)
        asked = {"request": self.name, "method": self.scope["method"], "path": self.scope["path"]}
        log.event("request", **asked, status=self.status, bytes=self.bytes, ms=took)


async def _rest(receive: Receive) -> None:
    """Reads what is left of a body, within reason."""
    left = MOST_REST
    while left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if not message.get("more_body", False):
            return
