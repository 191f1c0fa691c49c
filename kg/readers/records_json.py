"""JSON and JSON Lines: lists of records, and whatever else a JSON file holds, as rows, fields, headings and paragraphs."""

from __future__ import annotations

import re

from kg.model import Document, Source
from kg.readers import jsontext, records
from kg.readers.decoding import LIMIT, decode
from kg.readers.outline import Outline
from kg.readers.records import Mapping
from kg.readers.self_description import described

_LINES = re.compile(r"\s*\{[^\n]*\}[ \t]*\n\s*\{[^\n]*\}")


class JsonReader:
    """Reads JSON and JSON Lines; the document's text is the whole file."""

    name = "json"
    media_types = ("application/json", "application/jsonl")
    suffixes = (".json", ".jsonl", ".ndjson")

    def claims(self, text: str) -> float:
        bare = text[:20_000].lstrip()
        ends = text[-2000:].rstrip()[-1:]
        if _LINES.match(bare):
            return 0.95
        return 0.9 * bool(re.match(r"(?:\[\s*)*(?:\{\s*\"|\[\s*\"|[\[{]\s*[\]}])", bare) and ends and ends in "]}")

    def read(self, data: bytes, locator: str) -> Document:
        outline = Outline(decode(data, locator, LIMIT))
        if _LINES.match(outline.text):
            records.table(outline, _lines(outline.text, locator))
        else:
            records.write(outline, jsontext.parse(outline.text, locator))
        return outline.document(described(Source(locator, "application/json"), outline))


def _lines(text: str, locator: str) -> list[Mapping]:
    found = (jsontext.parse(text, locator, *line.span()) for line in re.finditer(r"[^\n]*\S[^\n]*", text))
    return [node for node in found if isinstance(node, Mapping)]
