"""No visible text is lost: what the parsers themselves say a text holds is what the readers show."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyromark import Markdown

from kg import registry
from kg.model import Block, Document
from kg.readers.markdown import _OPTIONS
from tests.readers.holding import check

SAMPLES = Path(__file__).parent / "samples"
often = settings(max_examples=150, deadline=None)
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
lines = st.lists(st.sampled_from(("- ", "  - ", "1. ", "# ", "> ", "a", " b ", "**", "*", "_", "`", "[", "](c)", "é", "&amp;", "\n", "\n\n", "|", "|-|-|\n", "```\n", "~~", "\\", "    ", "x\n===\n", ": ")), max_size=30)  # fmt: skip


def read(name: str, text: str) -> Document:
    document: Document = registry.plugin("reader", name).read(text.encode(), "sample")
    check(document)
    return document


def shown(document: Document, *without: str) -> str:
    """All that is seen, white space left out."""
    text = "".join(
        piece.text if piece.text is not None else document.quote(piece.span)
        for block in document.marks(Block)
        if block.kind not in without
        for piece in block.pieces
    )
    return "".join(text.split())


# What no parser of Markdown knows: between rules, or several lines of keys and values over one.
FRONT_MATTER = re.compile(r"\s*(?:---|\+\+\+)|[ \t]*[A-Za-z][\w -]*:[ \t].*\n(?:\s*[A-Za-z][\w -]*:[ \t].*\n|[ \t]*\n\s*[-=]{3,}[ \t]*\n)")


@often
@given(lines.map("".join).filter(lambda text: "{" not in text and not FRONT_MATTER.match(text)))
@example("b : x\n===\n")
def test_markdown(text: str) -> None:
    events = Markdown(options=_OPTIONS).events(text)
    said = "".join(event[kind] for event in events if isinstance(event, dict) for kind in ("Text", "Code") if kind in event)
    assert shown(read("markdown", text)) == "".join(said.split())


class _Words(HTMLParser):
    """The text of a page, but for scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.silent = 0
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.silent += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


TAGS = (
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<a href='x'>",
    "</a>",
    "<br>",
    "<h2>",
    "</h2>",
    "<div class=nav>",
    "</div>",
    "<!-- no -->",
    "&eacute;",
    "&#65;",
    "a",
    "b c",
    "\n",
    "é",
)


@often
@given(st.lists(st.sampled_from(TAGS), max_size=30).map("".join))
def test_html(text: str) -> None:
    words = _Words()
    words.feed(text)
    words.close()
    assert shown(read("html", text), "field") == "".join("".join(words.words).split())


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.rst")), ids=lambda path: path.name)
def test_rst(path: Path) -> None:
    core = pytest.importorskip("docutils.core")
    text = path.read_text(encoding="utf-8")
    tree = core.publish_doctree(
        text,
        settings_overrides={
            "file_insertion_enabled": False,
            "raw_enabled": False,
            "_disable_config": True,
            "doctitle_xform": False,
            "docinfo_xform": False,
        },
    )
    nodes = [node for node in tree.findall() if node.tagname == "#text" and node.parent.tagname not in ("comment", "field_name")]
    assert shown(read("rst", text), "comment") == "".join("".join(node.astext() for node in nodes).split())


cells = st.text(st.sampled_from('ab é",;\n'), max_size=8)


@often
@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=5))
def test_csv(rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([["first", "second", "third"], *rows])
    document = read("csv", written.getvalue())
    said = [cell.strip() for row in rows for cell in row if cell.strip()]
    found = [document.view(block.span).text.strip() for block in document.marks(Block) if block.row]
    assert found == said


values = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


def _leaves(value: Any) -> Iterator[str]:
    """The values in order, as JSON writes them."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    elif value is not None:
        yield value if isinstance(value, str) else json.dumps(value)


@often
@given(
    st.lists(
        st.dictionaries(words, st.none() | st.booleans() | st.integers() | words | st.lists(words, max_size=3), max_size=4), min_size=1, max_size=4
    ),
    st.booleans(),
)
def test_json_records(records: list[dict[str, object]], escaped: bool) -> None:
    document = read("json", json.dumps(records, ensure_ascii=escaped))
    found = [document.view(block.span).text for block in document.marks(Block)]
    said = [", ".join(shown for one in _leaves(value) if (shown := one.strip())) for record in records for value in record.values()]
    assert ["".join(cell.split()) for cell in found] == ["".join(cell.split()) for cell in said if cell]


@often
@given(values)
def test_json_of_any_shape(value: object) -> None:
    read("json", json.dumps(value))


@often
@given(
    st.lists(
        st.dictionaries(st.text(st.sampled_from("abc"), min_size=1, max_size=3), words | st.lists(words, max_size=3), min_size=1, max_size=4),
        min_size=1,
        max_size=4,
    )
)
def test_yaml_records(records: list[dict[str, object]]) -> None:
    text = yaml.safe_dump(records, allow_unicode=True, sort_keys=False)
    loaded = yaml.load(text, Loader=yaml.BaseLoader)
    found = [document.view(block.span).text for document in [read("yaml", text)] for block in document.marks(Block)]
    said = [", ".join(shown for one in _leaves(value) if (shown := one.strip())) for record in loaded for value in record.values()]
    assert ["".join(cell.split()) for cell in found] == ["".join(cell.split()) for cell in said if cell]


names = st.text(st.sampled_from("abcdefg"), min_size=1, max_size=5)
plain = st.text(st.sampled_from("abc é,=#@."), min_size=1, max_size=20).filter(lambda text: text.strip() != "")


@often
@given(st.lists(st.tuples(names, st.dictionaries(names, plain, min_size=1, max_size=4)), min_size=1, max_size=4, unique_by=lambda entry: entry[0]))
def test_bibtex(entries: list[tuple[str, dict[str, str]]]) -> None:
    parser = pytest.importorskip("bibtexparser")
    text = "\n".join(
        f"@article{{{key},\n{''.join(f'  {name} = {{{value}}},' + chr(10) for name, value in fields.items())}}}" for key, fields in entries
    )
    said = [field.value.strip() for entry in parser.parse_string(text).entries for field in entry.fields]
    document = read("bibtex", text)
    assert [document.view(block.span).text for block in document.marks(Block) if block.kind == "cell"] == said
