"""Names things: the same words give the same entity, on any machine, without asking anybody.

The rules and their reasons stand in `docs/reference/identity.md`.  A paper is its title's key; a person is a full name's key, or is
scoped to a paper where only a part of the name is known; a topic is its label's key, whatever its kind.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from kg.model import Entity, Object

BASE = "https://w3id.org/paperkg/id/"
SEGMENTS = {
    "Paper": "paper", "Person": "person", "Organization": "org", "Review": "review", "Event": "event", "EventSeries": "venue",
    "Periodical": "venue", "List": "list", "Topic": "topic", "Task": "topic", "Method": "topic", "Dataset": "topic",
    "Metric": "topic", "Document": "doc", "Authorship": "authorship", "Result": "result", "Award": "award",
}  # fmt: skip
_LETTERS = {"+": " plus ", "#": " sharp ", "&": " and ", "%": " percent ", "@": " at ", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "Th"}  # fmt: skip
_LETTER_TABLE = str.maketrans(_LETTERS)
_ARXIV = re.compile(r"arxiv(?:\.org/(?:abs|pdf|html|ftp/arxiv/papers)/|:\s*)([a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})", re.I)
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>?#]*[^\s\"<>?#.,;:)\]}'])", re.I)


def key(text: str) -> str:
    """The matching key: letters and digits without case, accents or punctuation, words apart by one space."""
    text = unicodedata.normalize("NFKD", text).translate(_LETTER_TABLE)
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’`´]", "", text)))


def digest(text: str, length: int = 10) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def slug(key_: str, limit: int = 60) -> str:
    """For human eyes only; identity is in the digest beside it."""
    text = "-".join(re.findall(r"[a-z0-9]+", key_))
    return text if len(text) <= limit else text[: limit + 1].rsplit("-", 1)[0]


def hashed(key_: str) -> str:
    return f"{slug(key_) or 'x'}-{digest(key_)}"


def plain(key_: str) -> str:
    """The slug alone while it says all of the key, with a digest otherwise."""
    text = slug(key_, 80)
    return text if text.replace("-", " ") == key_ else hashed(key_)


def arxiv_id(text: str) -> str | None:
    """An arXiv number, version stripped, out of an address or `arXiv:…` (https://info.arxiv.org/help/arxiv_identifier.html)."""
    found = _ARXIV.search(text)
    return re.sub(r"v\d+$", "", found.group(1)).lower() if found else None


def doi(text: str) -> str | None:
    """A DOI in lower case (https://www.doi.org/doi-handbook/HTML/case-sensitivity.html)."""
    found = _DOI.search(text)
    return re.sub(r"(?:\.pdf|/(?:full|abstract|epdf|pdf))+$", "", found.group(1).lower()) if found else None


def address(url: str) -> str:
    """An address that RDF can hold: characters that an IRI may not have are percent-encoded (RFC 3987, section 2.2)."""
    host = re.match(r"[a-z][a-z0-9+.-]*://[^/?#]*", url.strip(), re.I)
    begin = host.end() if host else 0
    return url.strip()[:begin] + re.sub(r"[\x00-\x20<>\"{}|\\^`\x7f-\x9f\[\]]", lambda match: quote(match.group()), url.strip()[begin:])


def paper(title: str) -> Entity:
    return Entity("Paper", hashed(key(title)), title)


def paper_by_link(url: str) -> Entity:
    """A paper that is only linked: its identifier if the address holds one, else the address."""
    if number := arxiv_id(url):
        return Entity("Paper", f"arxiv-{number.replace('/', '-')}")
    if name := doi(url):
        return Entity("Paper", f"doi-{slug(key(name))}-{digest(name)}")
    return Entity("Paper", f"link-{digest(url)}")


def person(name: str, scope: str) -> Entity:
    """A person; `scope` is the key of the paper or document that tells apart those known only by a part of their name."""
    if "," in name:
        family, given = name.split(",", 1)
        name = f"{given.strip()} {family.strip()}"
    words = key(name).split()
    full = len(words) > 1 and len(words[0]) > 1 and len(words[-1]) > 1
    return Entity("Person", plain(" ".join(words)) if full else f"{slug(' '.join(words)) or digest(name, 6)}--{scope.rsplit('-', 1)[-1]}", name)


def topic(label: str, kind: str = "Topic") -> Entity:
    return Entity(kind, plain(key(label)), label)


def named(kind: str, name: str, properties: tuple[tuple[str, Object], ...] = ()) -> Entity:
    """An organization, event, series or periodical."""
    return Entity(kind, plain(key(name)), name, properties)


def node(kind: str, hint: str, *parts: str, label: str = "", properties: tuple[tuple[str, Object], ...] = ()) -> Entity:
    """A node that is identified by its parts: a result, an award."""
    return Entity(kind, f"{slug(key(hint)) or 'x'}-{digest(chr(31).join(parts), 12)}", label, properties)


def parts(properties: Iterable[tuple[str, Object]]) -> list[str]:
    """What properties give to the name of a node that is identified by them; in whatever order they were read, it is the same."""
    return sorted(f"{name} {value.key if isinstance(value, Entity) else value}" for name, value in properties)


def document_name(title: str | None, identity: str) -> str:
    """`identity` is the canonical address if known, else the SHA-256 of the text."""
    return f"{slug(key(title or '')) or 'untitled'}-{digest(identity)}"


def iri(entity: Entity) -> str:
    """The address of an entity; a resource is its own address."""
    return entity.key if entity.kind == "Resource" else f"{BASE}{SEGMENTS[entity.kind]}/{entity.key}"
