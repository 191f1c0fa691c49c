"""Records that papers were linked to: the file that keeps them beside the graph, and the facts that each gives.

A record is a document of its own kind, whose text are the record's values, a line each, so that its facts have passages like all others
(docs/decisions/linking.md).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from kg import identity, ontology, rdf
from kg.annotators.venues import Venue, find_venue
from kg.errors import GraphError
from kg.extractors.publications import entity_of
from kg.merge.merging import Attached
from kg.merge.triples import RECORDS
from kg.model import Document, Entity, Evidence, Fact, Iri, Object, Source, Span
from kg.records.record import Author, Lines, Record

FOLDER, NAME = "links", "records.jsonl"
_CONFIDENCE = 0.9
_Said = tuple[Span, Entity, str, Object]


@dataclass(frozen=True, slots=True)
class Link:
    """That a paper is the one of a record.  `paper` is the last part of its address, `how` the reason, `score` from 0 to 1."""

    paper: str
    how: str
    score: float
    record: Record

    @property
    def place(self) -> tuple[str, str]:
        """A paper has one record of each catalogue."""
        return self.paper, self.record.catalogue

    @property
    def address(self) -> str:
        return f"{identity.BASE}paper/{self.paper}"

    @property
    def document(self) -> str:
        """The name of the record's document, which is that of its text."""
        return _said(self)[0].name

    @property
    def called(self) -> str:
        """What people call the document: the catalogue, and the key there as one word."""
        return f"{self.record.catalogue} {'_'.join(self.record.key.split())}"


def load(graph: Path) -> tuple[Link, ...]:
    """The links of a graph directory, sorted; `GraphError` names the line that is none."""
    path = graph / FOLDER / NAME
    try:
        lines = path.read_text("utf-8").rstrip("\n").split("\n")  # a title may hold other line ends
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise GraphError(f"{path} cannot be read as text in UTF-8; restore it, or take it away to be without links") from error
    return tuple(sorted((_link(line, path, number) for number, line in enumerate(lines, 1) if line), key=lambda link: link.place))


def save(graph: Path, links: Iterable[Link]) -> None:
    """Written whole or not at all, sorted, one link a line."""
    path = graph / FOLDER / NAME
    path.parent.mkdir(exist_ok=True)
    part = path.with_name(f".{NAME}.part")
    ordered = sorted(links, key=lambda link: link.place)
    part.write_text("".join(f"{json.dumps(asdict(link), ensure_ascii=False, sort_keys=True)}\n" for link in ordered), "utf-8", newline="\n")
    part.replace(path)


def attached(link: Link) -> Attached:
    """All that a record says of its paper."""
    document, facts = _said(link)
    return Attached(link.document, link.address, rdf.lines(document, facts))


def text(link: Link) -> str:
    """The text of a record's document, which the offsets of its passages refer to."""
    return _said(link)[0].text


def _said(link: Link) -> tuple[Document, list[Fact]]:
    record, written = link.record, Lines()
    begin = written.add("record", link.called)
    said = list(_of_paper(written, Entity("Paper", link.paper, record.title), record))
    name = identity.document_name(link.called, hashlib.sha256(written.text.encode()).hexdigest())
    url = identity.address(record.url) if record.url else None
    document, node = Document(name, written.text, Source(name, "text/plain", url=url)), Entity("Document", name)
    said += [(begin, node, "schema:name", link.called), (begin, node, "dcterms:type", Iri(ontology.expand("kg:record")))]
    return document, [
        Fact(subject, predicate, value, Evidence(name, span, document.quote(span), RECORDS, "asserted", _CONFIDENCE))
        for span, subject, predicate, value in said
    ]


def _of_paper(written: Lines, paper: Entity, record: Record) -> Iterator[_Said]:
    yield written.add("title", record.title), paper, "schema:name", record.title
    yield from _people(written, paper, record)
    if record.year:
        yield written.add("year", str(record.year)), paper, "kg:year", record.year
    if venue := _venue(record):
        yield written.add("venue", record.venue), paper, "schema:isPartOf" if venue.kind == "Periodical" else "kg:presentedAt", venue
    for name in record.identifiers:
        span = written.add("identifier", name)
        yield span, paper, "schema:identifier", name
        yield span, paper, "schema:sameAs", Iri(_page(name))
    if record.url:
        yield written.add("address", record.url), paper, "schema:url", Iri(identity.address(record.url))


def _people(written: Lines, paper: Entity, record: Record) -> Iterator[_Said]:
    spans = []
    for position, author in enumerate(record.authors, 1):
        person = identity.person(author.name, paper.key)
        span = written.add(f"author {position}", author.name)
        spans.append(span)
        properties: tuple[tuple[str, Object], ...] = (("schema:author", person), ("schema:position", position), ("kg:nameAsWritten", author.name))
        yield span, paper, "kg:authorship", Entity("Authorship", f"{paper.key}-{position}", "", properties)
        yield from _known_of(written, person, author, position)
    if spans and record.whole:
        count = written.add("authors", f"{len(spans)} in all")
        yield count, paper, "kg:authorsComplete", True


def _known_of(written: Lines, person: Entity, author: Author, position: int) -> Iterator[_Said]:
    if author.orcid:
        span = written.add(f"ORCID of author {position}", author.orcid)
        yield span, person, "schema:identifier", f"orcid:{author.orcid.lower()}"
        yield span, person, "schema:sameAs", Iri(f"https://orcid.org/{author.orcid}")
    for place in author.affiliations:
        yield written.add(f"affiliation of author {position}", place), person, "schema:affiliation", identity.named("Organization", place)


def _venue(record: Record) -> Entity | None:
    if not record.venue:
        return None
    found = find_venue(record.venue)
    venue = found or Venue(0, len(record.venue), record.venue)
    year = found.year.value if found and found.year else record.year
    return entity_of(venue, year)


def _page(name: str) -> str:
    scheme, _, rest = name.partition(":")
    return identity.address({"doi": "https://doi.org/", "arxiv": "https://arxiv.org/abs/", "openalex": "https://openalex.org/"}[scheme] + rest)


def _link(line: str, path: Path, number: int) -> Link:
    try:
        row = json.loads(line)
        about = row["record"]
        authors = tuple(Author(person["name"], person["orcid"], tuple(person["affiliations"])) for person in about["authors"])
        record = Record(**{**about, "authors": authors, "identifiers": tuple(about["identifiers"])})
        return Link(str(row["paper"]), str(row["how"]), float(row["score"]), record)
    except (ValueError, KeyError, TypeError) as error:
        raise GraphError(f"{path}, line {number}, is no link; restore the file, or take the line away and link again") from error
