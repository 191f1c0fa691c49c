"""Which format an answer gets: the best of those that the client accepts (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

HTML = "text/html"
RESULTS: Mapping[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
TRUTHS = {media_type: form for media_type, form in RESULTS.items() if form in (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML)}
GRAPHS: Mapping[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/json": ox.RdfFormat.JSON_LD,
    "application/xml": ox.RdfFormat.RDF_XML,
    "text/xml": ox.RdfFormat.RDF_XML,
    "text/plain": ox.RdfFormat.N_TRIPLES,
}
# What may stand after `?format=` in an address, for links and for people.
SHORT = {
    "json": "application/json", "xml": "application/xml", "csv": "text/csv", "tsv": "text/tab-separated-values",
    "turtle": "text/turtle", "ntriples": "application/n-triples", "jsonld": "application/ld+json", "rdfxml": "application/rdf+xml", "html": HTML,
}  # fmt: skip


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """The offered media type that the client likes best, the earlier one of two that it likes alike; none if it accepts none."""
    wishes = _wishes(accept or "*/*")
    liked = [(_quality(media_type, wishes), -index, media_type) for index, media_type in enumerate(offered)]
    quality, _, best = max(liked)
    return best if quality > 0 else None


def _wishes(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(","):
        media_range, *parameters = [piece.strip().lower() for piece in part.split(";")]
        quality = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        if media_range:
            found.append((media_range, _number(quality)))
    return found


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def _quality(media_type: str, wishes: Sequence[tuple[str, float]]) -> float:
    """The quality of the most exact range that holds the media type."""
    for media_range in (media_type, f"{media_type.split('/', maxsplit=1)[0]}/*", "*/*"):
        for wish, quality in wishes:
            if wish == media_range:
                return quality
    return 0.0
