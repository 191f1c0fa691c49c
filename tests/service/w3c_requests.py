"""The W3C's tests that are HTTP requests, as its manifests write them: what is sent, and what has to come back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

from tests.service.w3c import MF, RDF, Manifest, file

HT, CNT, UT = "http://www.w3.org/2011/http#", "http://www.w3.org/2011/content#", "http://www.w3.org/2009/sparql/tests/test-update#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
# Names of https://www.w3.org/2011/http-statusCodes, and the classes of statuses that the manifests write beside them.
STATUSES = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404"}


@dataclass(frozen=True)
class Expected:
    """`statuses` are whole ones or begin with the class; `truth`, `format` and `graph` are None where any will do."""

    statuses: tuple[str, ...]
    truth: bool | None
    format: str | None
    graph: ox.Dataset | None


@dataclass(frozen=True)
class Sent:
    """One request.  `target` is the path and query as the manifest has them."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes | None
    expected: Expected

    @property
    def graph(self) -> str:
        """The graph of a Graph Store request; empty for the default one."""
        return parse_qs(urlsplit(self.target).query).get("graph", [""])[0]

    def triples(self) -> list[ox.Triple]:
        """What a PUT or POST carries, in one part or several."""
        carried = message_from_bytes(f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode() + (self.body or b""))
        parts = carried.get_payload() if carried.is_multipart() else [carried]
        return [quad.triple for part in parts for quad in ox.parse(part.get_payload().strip().encode(), format=ox.RdfFormat.TURTLE)]  # type: ignore[union-attr]


@dataclass(frozen=True)
class Exchange:
    """A test: the named graphs that must be there, and requests in their order."""

    name: str
    data: tuple[tuple[str, Path], ...]
    requires: frozenset[str]
    requests: tuple[Sent, ...]


def exchanges(path: Path) -> list[Exchange]:
    """The tests of a manifest and of those that it includes."""
    manifest = Manifest(path)
    included = [exchange for other in manifest.members(f"{MF}include") for exchange in exchanges(file(other))]
    return included + [_exchange(manifest, entry) for entry in manifest.members(f"{MF}entries")]


def names(path: Path) -> list[str]:
    """The tests of a manifest that says in words what they are."""
    return [_local(entry) for entry in Manifest(path).members(f"{MF}entries")]


def _exchange(manifest: Manifest, entry: object) -> Exchange:
    data = tuple(
        (_text(manifest, node, f"{RDFS}label"), file(manifest.values(node, f"{UT}graph")[0])) for node in manifest.values(entry, f"{UT}graphData")
    )
    requires = frozenset(_local(feature) for feature in manifest.values(entry, f"{MF}requires"))
    requests = manifest.values(manifest.values(entry, f"{MF}action")[0], f"{HT}requests")
    return Exchange(_local(entry), data, requires, tuple(_sent(manifest, node) for node in _items(manifest, requests[0])))


def _sent(manifest: Manifest, node: object) -> Sent:
    body = manifest.values(node, f"{HT}body")
    encoding = _text(manifest, body[0], f"{CNT}characterEncoding") if body else ""
    data = _text(manifest, body[0], f"{CNT}chars").encode(encoding) if body else None
    target = re.sub("^/sparql/", "/sparql", _text(manifest, node, f"{HT}absolutePath"))
    expected = _expected(manifest, manifest.values(node, f"{HT}resp")[0])
    return Sent(_text(manifest, node, f"{HT}methodName"), target, _headers(manifest, node), data, expected)


def _expected(manifest: Manifest, node: object) -> Expected:
    statuses = (_local(status) for status in manifest.values(node, f"{MF}expectedStatus"))
    truth, form = (next(iter(manifest.values(node, f"{MF}{word}")), None) for word in ("expectedBoolean", "expectedFormat"))
    bodies = [_text(manifest, body, f"{CNT}chars") for body in manifest.values(node, f"{HT}body")]
    return Expected(
        tuple(sorted(STATUSES.get(status) or status.removeprefix("StatusCode").rstrip("x") for status in statuses)),
        truth and truth.value == "true",  # type: ignore[attr-defined]
        form and form.value,  # type: ignore[attr-defined]
        ox.Dataset(ox.parse(bodies[0], format=ox.RdfFormat.TURTLE)) if bodies else None,
    )


def _headers(manifest: Manifest, node: object) -> dict[str, str]:
    listed = manifest.values(node, f"{HT}headers")
    fields = _items(manifest, listed[0]) if listed else ()
    return {_text(manifest, field, f"{HT}fieldName").lower(): _text(manifest, field, f"{HT}fieldValue") for field in fields}


def _items(manifest: Manifest, node: object) -> Iterator[object]:
    while node != ox.NamedNode(f"{RDF}nil"):
        yield manifest.values(node, f"{RDF}first")[0]
        node = manifest.values(node, f"{RDF}rest")[0]


def _text(manifest: Manifest, node: object, predicate: str) -> str:
    return str(manifest.values(node, predicate)[0].value)  # type: ignore[attr-defined]


def _local(node: object) -> str:
    return str(node.value).rsplit("#")[-1]  # type: ignore[attr-defined]
