"""The web services that answer for one paper at a time: where they are, how they are asked, in which format they answer."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from kg.errors import InputError
from kg.identity import key
from kg.records.atom import ArxivFeed
from kg.records.client import Client
from kg.records.crossref import Crossref
from kg.records.openalex import OpenAlex
from kg.records.record import Format, Head
from kg.records.semantic_scholar import SemanticScholar

_ROWS = 5  # records that are looked at for a title


@dataclass(frozen=True, slots=True)
class Question:
    """What is known of the paper that is asked for; `contact` goes along where a service wants it."""

    title: str
    doi: str
    arxiv: str
    contact: str


@dataclass(frozen=True, slots=True)
class Service:
    """A service at an address; `path` makes the rest of the address, or "" if it cannot be asked for such a paper."""

    name: str
    base: str
    interval: float
    form: Format
    path: Callable[[Question], str]

    def heads(self, client: Client, question: Question) -> Iterator[Head]:
        """The records that the service thinks of.  `InputError` if it cannot be asked."""
        path = self.path(question)
        data = client.get(self.name, f"{self.base}{path}", self.interval) if path else None
        if data:
            yield from self.form.heads(io.BytesIO(data))


def find(words: str) -> Service | None:
    """The service of a name, or of `name=address` for a mirror of it; none if the words name a file.  `InputError` for a bad address."""
    name, _, address = words.partition("=")
    service = next((service for service in SERVICES if service.name == name), None)
    if service is None or not address:
        return service
    if not re.match(r"https?://[^/]", address):
        raise InputError(words, "gives no http or https address; write NAME=https://…")
    return replace(service, base=address.rstrip("/"))


def _openalex(question: Question) -> str:
    # Commas and colons part the filters of OpenAlex; the words of the title are enough.
    chosen = f"doi:{question.doi}" if question.doi else f"title.search:{key(question.title)}" if question.title else ""
    return f"/works?{urlencode({'filter': chosen, 'per-page': _ROWS, 'mailto': question.contact})}" if chosen else ""


def _crossref(question: Question) -> str:
    if question.doi:
        return f"/works/{quote(question.doi, safe='')}?{urlencode({'mailto': question.contact})}"
    return f"/works?{urlencode({'query.bibliographic': question.title, 'rows': _ROWS, 'mailto': question.contact})}" if question.title else ""


def _arxiv(question: Question) -> str:
    if question.arxiv:
        return f"/api/query?{urlencode({'id_list': question.arxiv})}"
    words = " AND ".join(f"ti:{word}" for word in key(question.title).split() if len(word) > 2)
    return f"/api/query?{urlencode({'search_query': words, 'max_results': _ROWS})}" if words else ""


def _semantic_scholar(question: Question) -> str:
    fields = urlencode({"fields": "title,authors,year,venue,externalIds"})
    if name := f"DOI:{question.doi}" if question.doi else f"ARXIV:{question.arxiv}" if question.arxiv else "":
        return f"/graph/v1/paper/{quote(name, safe=':')}?{fields}"
    # Its search takes a hyphen for a sign.
    return f"/graph/v1/paper/search?{urlencode({'query': key(question.title), 'limit': _ROWS})}&{fields}" if question.title else ""


SERVICES = (
    Service("openalex", "https://api.openalex.org", 0.2, OpenAlex(), _openalex),
    Service("crossref", "https://api.crossref.org", 0.5, Crossref(), _crossref),
    Service("arxiv", "https://export.arxiv.org", 3.0, ArxivFeed(), _arxiv),
    Service("semantic-scholar", "https://api.semanticscholar.org", 1.2, SemanticScholar(), _semantic_scholar),
)
