"""Requests to a server that may be busy, slow or restarting: tried again where that can help, refused where it cannot."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from typing import IO
from urllib.parse import urlsplit, urlunsplit

from kg.errors import GraphError

TIMEOUT = 120.0
PAUSES = (0.5, 1.0, 2.0, 4.0)
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Response:
    """What the server said, whatever it said."""

    status: int
    media_type: str
    body: bytes


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nobody elsewhere: what we send is meant for the server that was named."""

    def redirect_request(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str) -> None:
        return None


class Client:
    """Speaks to one server.  `address` may hold a name and a password (`http://name:password@host/`); only http and https are spoken."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise GraphError(f"{address!r} is no address of a server; write http://host:port/…")
        host = parts.netloc.rpartition("@")[2]
        self.address = urlunsplit((parts.scheme, host, parts.path.rstrip("/"), parts.query, ""))
        secrets = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        if parts.username:
            secrets.add_password(None, f"{parts.scheme}://{host}/", parts.username, parts.password or "")
        handlers = (urllib.request.HTTPBasicAuthHandler(secrets), urllib.request.HTTPDigestAuthHandler(secrets))
        self._opener = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({}), *handlers)

    def send(self, url: str, data: bytes | None, headers: Mapping[str, str], method: str = "POST") -> Response:
        """The response, after some tries while the server is not there or busy.  `GraphError` if it stays away."""
        for pause in (*PAUSES, None):
            try:
                response = self._once(url, data, headers, method)
            except (urllib.error.URLError, HTTPException, OSError) as error:
                if pause is None:
                    raise GraphError(f"{self.address} cannot be reached: {getattr(error, 'reason', error)}; is the server running?") from error
            else:
                if response.status not in _PASSING or pause is None:
                    return response
            time.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _once(self, url: str, data: bytes | None, headers: Mapping[str, str], method: str) -> Response:
        request = urllib.request.Request(url, data, dict(headers), method=method)  # noqa: S310 - http and https only, see above
        try:
            with self._opener.open(request, timeout=TIMEOUT) as found:
                return Response(found.status, found.headers.get_content_type(), found.read())
        except urllib.error.HTTPError as error:
            with error:
                return Response(error.code, error.headers.get_content_type(), error.read())
