"""Asks web services politely: one at a time, not too often, with an address to write to; and keeps every answer.

The services ask for this: https://docs.openalex.org/how-to-use-the-api/rate-limits-and-authentication,
https://www.crossref.org/documentation/retrieve-metadata/rest-api/tips-for-using-the-crossref-rest-api/,
https://info.arxiv.org/help/api/tou.html, https://www.semanticscholar.org/product/api.
"""

from __future__ import annotations

import hashlib
import http.client
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPMessage
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from kg.errors import InputError, TooLarge

LIMIT = 20_000_000  # bytes of an answer
TIMEOUT = 30.0  # seconds
ATTEMPTS = 4
_LATER = frozenset({429, 500, 502, 503, 504})  # answers that mean: try again
_LONGEST = 120.0  # seconds that a service may ask us to wait


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a service to its own addresses only: nobody may lead us to a machine that we were not to ask."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        same = urlsplit(newurl).hostname == urlsplit(req.full_url).hostname
        return super().redirect_request(req, fp, code, msg, headers, newurl) if same else None


_OPENER = urllib.request.build_opener(_SameHost)


@dataclass(slots=True)
class Client:
    """Fetches addresses.  `contact` is an e-mail address, `folder` keeps answers, `wait` sleeps and `clock` tells seconds."""

    contact: str
    folder: Path
    wait: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    asked: int = 0
    _last: dict[str, float] = field(default_factory=dict)

    def get(self, service: str, url: str, interval: float) -> bytes | None:
        """What stands at an address; None where the service has nothing.  `InputError` if it cannot be had now.

        `interval` is the least time between two requests to a service, in seconds.
        """
        kept = self.folder / f"{hashlib.sha256(url.encode()).hexdigest()[:32]}.answer"
        if kept.exists():
            return kept.read_bytes() or None
        for attempt in range(ATTEMPTS):
            self._pause(service, interval)
            try:
                data = self._once(url, service)
            except urllib.error.HTTPError as error:
                if error.code == 404:
                    data = b""
                elif error.code in _LATER and attempt < ATTEMPTS - 1:
                    self.wait(_later(error, attempt))
                    continue
                else:
                    raise InputError(service, f"answers {error.code} {error.reason}; {_advice(error.code)}") from error
            except (OSError, http.client.HTTPException) as error:
                if isinstance(_cause(error), TimeoutError | http.client.HTTPException | ConnectionResetError) and attempt < ATTEMPTS - 1:
                    self.wait(2.0**attempt)
                    continue
                raise InputError(service, _unreachable(error)) from error
            self._keep(kept, data)
            return data or None
        raise AssertionError("the last attempt returns or raises")

    def _pause(self, service: str, interval: float) -> None:
        if service in self._last:
            self.wait(max(0.0, self._last[service] + interval - self.clock()))
        self._last[service] = self.clock()

    def _once(self, url: str, service: str) -> bytes:
        self.asked += 1
        request = urllib.request.Request(url, headers={"User-Agent": f"paperkg (mailto:{self.contact})"})  # noqa: S310 - a service's address
        with _OPENER.open(request, timeout=TIMEOUT) as response:
            data: bytes = response.read(LIMIT + 1)
        if len(data) > LIMIT:
            raise TooLarge(service, f"answers with more than {LIMIT:,} bytes; give a file of records instead")
        return data

    def _keep(self, path: Path, data: bytes) -> None:
        """Written whole or not at all; an empty file says that there is nothing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(data)
        part.replace(path)


def _later(error: urllib.error.HTTPError, attempt: int) -> float:
    """How long to wait: as the service says, else twice as long each time."""
    asked = error.headers.get("Retry-After", "") if error.headers else ""
    return min(float(asked), _LONGEST) if asked.strip().isdigit() else 2.0**attempt


def _cause(error: Exception) -> object:
    return error.reason if isinstance(error, urllib.error.URLError) else error


def _advice(code: int) -> str:
    if code in (401, 403):
        return "it wants a key or refuses us; use a file of its records instead"
    return "it has too much to do; go on later, what was answered is kept" if code in _LATER else "use a file of its records instead"


def _unreachable(error: Exception) -> str:
    cause = _cause(error)
    why = (
        "its name is not known, or this machine is offline"
        if isinstance(cause, socket.gaierror)
        else str(getattr(cause, "strerror", None) or cause).lower()
    )
    return f"cannot be reached: {why}; go on when there is a network (what was answered is kept), or give a file of its records"
