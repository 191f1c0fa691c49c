"""Any bytes give a document whose marks hold, or an `InputError`; nothing else, and in time."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg import registry
from kg.errors import InputError
from kg.protocols import Reader
from tests.readers.containers import docx, pdf
from tests.readers.holding import check

READERS = [reader for reader in registry.names("reader") if reader != "zip"]
SAMPLES = [path.read_bytes() for path in sorted((Path(__file__).parent / "samples").iterdir())]
MARKS = (
    "* ", "- ", "# ", "= ", "1. ", "> ", "| ", "|a|b|\n|-|-|\n", "**", "*", "_", "`", "``", "```\n", "[", "](", ")", "[[", "]]", "{{", "}}", "{%", "%}", "{", "}", "<b>", "</b>", "<!--", "-->", "<ul><li>",
    "<table><tr><td>", "&amp;", "&#x41;", "\\", "\\begin{itemize}", "\\end{itemize}", "\\item ", "\\textbf{", "\\'e", "\\\\", "$", "%", "~", "--", "@a{b, ", "c = {", "\"", "'", "'''", "---\n", "+++\n", "a: ", ":a: ", "::", ";",
    "#+begin_src\n", "#+end_src\n", ":PROPERTIES:\n", ":END:\n", "====\n", "|===\n", "----\n", ".. a::\n\n   ", "..\n", "__ ", "{\"a\": ", "[1, ", ",", "\t", "    ", "\n", "\n\n", "é", "\u200b", "論文", "😀", "a", "b c", "http://x.y/z",
)  # fmt: skip
marked = st.lists(st.sampled_from(MARKS), max_size=40).map("".join)
often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sample with a stretch taken out, doubled or replaced by marks."""
    data = draw(st.sampled_from(SAMPLES))
    start, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
    return data[:start] + draw(st.sampled_from([b"", data[start:end] * 2, draw(marked).encode()])) + data[end:]


def held(name: str, data: bytes) -> None:
    reader: Reader = registry.plugin("reader", name)
    try:
        check(reader.read(data, "some/file"))
    except InputError as refusal:
        assert refusal.locator.startswith("some/file")
        assert ";" in refusal.reason, "it says what to do"


@pytest.mark.parametrize("name", READERS)
@often
@given(st.binary(max_size=300))
@example(b"")
@example(b"\x00")
@example(b"\xef\xbb\xbf# a\r\n\rb\r")
@example(b"\xff\xfea\x00\n\x00")
@example(b"\xff\xfe\x00\xd8")
@example(b"a\x0b\x0c\x1b\x7fb")
@example(b"<meta charset=unicode_escape>\\ud800\xff")
@example(b"<meta charset=utf-16>\xff")
def test_bytes(name: str, data: bytes) -> None:
    held(name, data)


@pytest.mark.parametrize("name", READERS)
@often
@given(marked)
def test_marks_of_all_languages(name: str, text: str) -> None:
    held(name, text.encode())


@pytest.mark.parametrize("name", READERS)
@often
@given(damaged())
def test_damaged_samples(name: str, data: bytes) -> None:
    held(name, data)


@pytest.mark.parametrize("make", [docx, pdf], ids=["docx", "pdf"])
@often
@given(st.data())
def test_damaged_containers(make: type, data: st.DataObject) -> None:
    whole = make()
    start = data.draw(st.integers(0, len(whole)))
    held(make.__name__, whole[:start] + data.draw(st.binary(max_size=30)) + whole[start + data.draw(st.integers(0, 30)) :])


@pytest.mark.parametrize("name", READERS)
@often
@given(st.text(max_size=200) | marked)
def test_claims_are_shares(name: str, text: str) -> None:
    assert 0.0 <= registry.plugin("reader", name).claims(text) <= 1.0


# -- time

SIZE = 4000  # characters
LIMIT = 0.15  # seconds of processor time, thirty times what plain prose takes; what is quadratic takes hours at the size that a document may have
UNITS = (
    " ", "\n", "* ", "- ", "> ", "# a\n", "[", "[a](", "![", "[[", "[[a|", "]]", "<", "<b>", "<div>", "<ul><li>", "<table><tr><td>", "<nav>", "<!--", "</", "&", "*a ", "**a ", "_a ", "`a", "```\n", "~~~\n", "$", "\\", "\\[", "\\begin{a}",
    "\\begin{tabular}", "\\textbf{", "\\sqrt[", "\\item[", "\\verb|", "\\newcommand{\\a}[1]{", "{", "}", "{{", "{{a|", "{{<", "{%", "{:", "{|", "|", "|a|b\n", "|-\n", "= a =\n", "==", "a::", "\n:a: b", " :: ", ":PROPERTIES:\n", "#+begin_src\n", "%",
    "---\n", "@", "@a{", "@a{b,c=", "@def a = b\n", "a: b\n", "a=b\n", "a: ", "\"", "\"\"", "'", "'''''", "{\"a\":", "[1,", "a,", "\"a\",", "* a\n ** b\n", "====\n", "----\n", "|===\n", "<<a", "link:a[", "https://a[", "http://a ", "`a <b>`_", "|a| ",
    "a_ ", ".. a::\n\n", "..\n\n", "<ref>", "[http://a ", ";a : b\n", "a\\\\", "&a", " x :a", "<a href=", "<p class=nav>x</p>",
)  # fmt: skip
OWN = {
    "html": "<p>%s</p>", "org": "#+title: %s b", "latex": "\\begin{document}%s\\end{document}", "bibtex": "@a{b, c={%s}}", "json": '{"a": "%s"}', "reviews": '{"summary": "%s"}',
    "notebook": '{"cells": [{"cell_type": "markdown", "source": "%s"}]}', "yaml": "- a: '%s'", "csv": "t,a\n%s", "keyvalue": "a = %s b", "mediawiki": "= %s b", "asciidoc": "= %s b", "rst": ":a: %s b", "markdown": "---\ntitle: %s\n---\n", "plain": " %s b",
}  # fmt: skip


def seconds(reader: Reader, text: str) -> float:
    begin = time.process_time()
    reader.claims(text)
    with contextlib.suppress(InputError):
        reader.read(text.encode(), "some/file")
    return time.process_time() - begin


@pytest.mark.parametrize("name", [name for name in READERS if name not in ("docx", "pdf")])
@pytest.mark.parametrize("frame", ["%s", "* %s b", "own"])
def test_no_text_takes_long(name: str, frame: str) -> None:
    reader: Reader = registry.plugin("reader", name)
    framed = (OWN[name] if frame == "own" else frame).replace
    texts = {unit: framed("%s", unit * (SIZE // len(unit))) for unit in UNITS}
    late = [unit for unit, text in texts.items() if seconds(reader, text) > LIMIT and min(seconds(reader, text) for _ in range(3)) > LIMIT]
    assert late == []


PAIRS = (
    ("{", "}"), ("[", "]"), ("(", ")"), ("[[a|", "]]"), ("{{a|", "}}"), ("<div>", "</div>"), ("<b>x", "</b>"), ("<ul><li>x", "</li></ul>"), ("<table><tr><td>x", "</table>"), ("<blockquote>x", "</blockquote>"),
    ("*a ", " b*"), ("**a _b ", " c_ d**"), ("\\begin{itemize}\\item a ", "\\end{itemize}"), ("\\textbf{a ", "}"), ("\\begin{a}\\begin{b}", "\\end{b}\\end{a}"), ("> ", ""), ("- ", ""), ('{"a": [', "]}"), ("a:\n- ", ""), ("'''a ", " b'''"),
)  # fmt: skip


@pytest.mark.parametrize("name", [name for name in READERS if name not in ("docx", "pdf")])
def test_no_nesting_takes_long(name: str) -> None:
    reader: Reader = registry.plugin("reader", name)
    texts = {opens: opens * (4 * SIZE // len(opens)) + "x" + closes * (4 * SIZE // len(opens)) for opens, closes in PAIRS}
    late = [opens for opens, text in texts.items() if seconds(reader, text) > 5 * LIMIT and min(seconds(reader, text) for _ in range(3)) > 5 * LIMIT]
    assert late == []
