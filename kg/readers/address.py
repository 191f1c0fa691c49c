"""Pages at `http` and `https` addresses, fetched only when the user allows the network.

The name is resolved once, and the connection goes to the address that was looked at, so that a name cannot change its mind; private,
loopback, link-local and other special ranges (IANA's registries, as `ipaddress` knows them) are refused, for redirections too.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from kg.errors import InputError, TooLarge

LIMIT = 10_000_000  # bytes
TIMEOUT = 20.0  # seconds for all of it
MAX_REDIRECTIONS = 3
_HEADERS = {
    "User-Agent": "paperkg",
    "Accept": "text/html, text/markdown, text/plain, application/pdf;q=0.9, */*;q=0.5",
    "Accept-Encoding": "identity",
}
SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/markdown": ".md", "text/x-markdown": ".md", "application/pdf": ".pdf", "application/json": ".json",
    "text/csv": ".csv", "text/x-bibtex": ".bib", "application/x-bibtex": ".bib", "application/yaml": ".yaml", "text/x-rst": ".rst", "text/org": ".org", "application/zip": ".zip",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood at an address; `suffix` is the one that its format has, or "" where only the content can tell."""

    locator: str
    suffix: str
    data: bytes


def is_address(words: str) -> bool:
    return re.match(r"https?://", words, re.IGNORECASE) is not None


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open network."""
    parsed = ipaddress.ip_address(address.split("%", 1)[0])
    mapped = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    return parsed.is_global and not parsed.is_multicast and (mapped is None or mapped.is_global)


def fetch(url: str, allowed: Callable[[str], bool] = is_public) -> Fetched:
    """What stands at an address.  `InputError` says why it cannot be had, `TooLarge` that it is over `LIMIT`."""
    deadline = time.monotonic() + TIMEOUT
    locator = url
    for _ in range(MAX_REDIRECTIONS + 1):
        try:
            found = _once(url, locator, deadline, allowed)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise InputError(
                locator, f"cannot be fetched: {_reason(error)}; check the address and the network, or save the page and give the file"
            ) from error
        if isinstance(found, Fetched):
            return found
        url = urljoin(url, found)
    raise InputError(locator, f"leads on more than {MAX_REDIRECTIONS} times; give the address where it ends")


def _once(url: str, locator: str, deadline: float, allowed: Callable[[str], bool]) -> Fetched | str:
    """One request: what it brought, or where it leads on."""
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise InputError(locator, f"leads to {parts.scheme or 'no'} address; only http and https are fetched")
    connection = _connection(parts, locator, deadline, allowed)
    try:
        connection.request("GET", urlunsplit(("", "", parts.path or "/", parts.query, "")), headers=_HEADERS)
        response = connection.getresponse()
        if response.status in (301, 302, 303, 307, 308) and (following := response.getheader("Location")):
            return following
        if response.status != 200:
            raise InputError(locator, f"answers {response.status} {response.reason}; check the address")
        media_type = (response.getheader("Content-Type") or "").split(";")[0].strip().lower()
        return Fetched(_bare(locator), SUFFIXES.get(media_type, _suffix(parts.path)), _body(response, connection, locator, deadline))
    finally:
        connection.close()


def _connection(parts: SplitResult, locator: str, deadline: float, allowed: Callable[[str], bool]) -> http.client.HTTPConnection:
    host, secure = parts.hostname or "", parts.scheme.lower() == "https"
    port = parts.port or (443 if secure else 80)
    addresses = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(map(allowed, addresses)):
        raise InputError(locator, f"is an address inside this network or machine ({host}); save the page and give the file")
    plain = socket.create_connection((addresses[0], port), timeout=_left(deadline))
    try:
        joined = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
    except BaseException:
        plain.close()
        raise
    connection = http.client.HTTPConnection(host, port)
    connection.sock = joined
    return connection


def _body(response: http.client.HTTPResponse, connection: http.client.HTTPConnection, locator: str, deadline: float) -> bytes:
    data = bytearray()
    while True:
        if connection.sock:
            connection.sock.settimeout(_left(deadline))
        part = response.read1(65_536)
        if not part:
            return bytes(data)
        data += part
        if len(data) > LIMIT:
            raise TooLarge(locator, f"has more than {LIMIT:,} bytes; save a part of it and give the file")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError(f"no answer within {TIMEOUT:.0f} seconds")
    return left


def _bare(url: str) -> str:
    """The address without name, password and fragment."""
    parts = urlsplit(url)
    host = parts.netloc.rsplit("@", 1)[-1]
    return urlunsplit((parts.scheme, host, parts.path, parts.query, ""))


def _suffix(path: str) -> str:
    found = re.search(r"\.\w{1,10}$", path)
    return found.group().lower() if found else ""


def _reason(error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return "its name is not known, or this machine is offline"
    return str(getattr(error, "strerror", None) or error or type(error).__name__).lower()
