"""The page around its data: one file with its program, its style, its query engine, and a policy that refuses all else."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from importlib.resources import files
from string import Template
from typing import Any

from kg.exporters.explorer.sketch import sketch


def page(data: dict[str, Any], triples: bytes, *, asks: bool = False) -> str:
    """The page for its data and its triples in Turtle; texts of documents are in it as JSON, and as JSON and Turtle packed into base 64.

    The sketch stands before the program, all else after it, so that a reader sees the map while the rest is read.

    Only a page that `asks` may speak with the server it comes from, and with no other.
    """
    built = files(__package__) / "built"
    program, style, licences = ((built / name).read_text(encoding="utf-8") for name in ("explorer.js", "explorer.css", "LICENCES.txt"))
    return Template((files(__package__) / "page.html").read_text(encoding="utf-8")).substitute(
        program=program,
        style=style,
        licences=licences.replace("<", "‹").replace(">", "›"),
        sketch=as_json(sketch(data)),
        data=_packed(as_json(data).encode()),
        triples=_packed(triples),
        engine=base64.b64encode((built / "oxigraph.wasm.gz").read_bytes()).decode(),
        scripts=_digest(program),
        styles=_digest(style),
        connect="'self'" if asks else "'none'",
    )


def as_json(data: dict[str, Any]) -> str:
    """JSON that no parser of HTML or of old JavaScript mistakes for markup."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.translate({ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"})


def _packed(data: bytes) -> str:
    return base64.b64encode(gzip.compress(data, mtime=0)).decode()


def _digest(text: str) -> str:
    """What a content security policy calls a script by, https://www.w3.org/TR/CSP3/#match-element-to-source-list."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
