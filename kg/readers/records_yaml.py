"""YAML: lists of records and what else a YAML file holds."""

from __future__ import annotations

import re

from kg.model import Document, Source
from kg.readers import records, yamltext
from kg.readers.decoding import decode
from kg.readers.outline import Outline
from kg.readers.self_description import described

_ENTRY = re.compile(r"^[ \t]*-[ \t]+[\w\"'-][\w \"'-]{0,60}:(?:[ \t]|$)", re.MULTILINE)
_KEY = re.compile(r"^[ \t]*(?:-[ \t]+)?[\w\"'-][\w \"'-]{0,60}:(?:[ \t]\S|[ \t]*$)", re.MULTILINE)


class YamlReader:
    """Reads YAML; the document's text is the whole file."""

    name = "yaml"
    media_types = ("application/yaml", "text/yaml")
    suffixes = (".yaml", ".yml")

    def claims(self, text: str) -> float:
        head = text[:20_000]
        lines = [line for line in head.split("\n") if line.strip() and not line.lstrip().startswith("#")]
        if not lines or not _ENTRY.search(head) or re.search(r"^(?:---|\.\.\.)[ \t]*\n\s*[^\s-]", head[3:], re.MULTILINE):
            return 0.0
        share = sum(bool(_KEY.match(line)) or line.startswith((" ", "---", "- ")) for line in lines) / len(lines)
        return 0.85 if share > 0.95 else 0.0

    def read(self, data: bytes, locator: str) -> Document:
        outline = Outline(decode(data, locator))
        for node in yamltext.parse(outline.text, locator):
            records.write(outline, node)
        return outline.document(described(Source(locator, "application/yaml"), outline))
