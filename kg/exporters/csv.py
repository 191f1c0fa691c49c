"""Nodes and edges as two CSV tables in one ZIP file (https://www.rfc-editor.org/rfc/rfc4180)."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence

from kg.network import network
from kg.protocols import Store

# A spreadsheet runs a cell that begins so, https://owasp.org/www-community/attacks/CSV_Injection.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Csv:
    """Every value exactly as it is in the graph, for programs."""

    name = "csv"
    suffix = ".zip"
    media_type = "application/zip"
    summary = "nodes.csv and edges.csv, zipped, exact"

    def export(self, store: Store) -> Iterator[bytes]:
        found = network(store)
        nodes = [(node.iri, node.kind, node.label, str(node.year or "")) for node in found.nodes]
        edges = [(edge.source, edge.predicate, edge.target, "\n\n".join(edge.sentences)) for edge in found.edges]
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            self._add(archive, "nodes.csv", [("iri", "kind", "label", "year"), *nodes])
            self._add(archive, "edges.csv", [("source", "predicate", "target", "sentences"), *edges])
        yield file.getvalue()

    def _add(self, archive: zipfile.ZipFile, name: str, rows: Iterable[Sequence[str]]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text).writerows([self.cell(value) for value in row] for row in rows)
        entry = zipfile.ZipInfo(name, _EPOCH)
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, text.getvalue())

    def cell(self, value: str) -> str:
        return value


class CsvSafe(Csv):
    """A quote before what a spreadsheet would run as a formula, for people who open the tables in one."""

    name = "csv-safe"
    summary = "the same, safe to open in a spreadsheet"

    def cell(self, value: str) -> str:
        return f"'{value}" if value.startswith(_FORMULA) else value
