"""Every limit that protects a reader holds: what is over it is refused with the reason, or read flatter, and no text is lost."""

from __future__ import annotations

import io
import time
from typing import Any

import pytest

from kg.errors import InputError, TooLarge
from kg.readers import archive, decoding, docx, jsontext, pdf, webarchive, yamltext
from kg.readers.decoding import decode
from kg.readers.docx import DocxReader
from kg.readers.html import HtmlReader
from kg.readers.pdf import PdfReader
from kg.readers.rst import RstReader
from tests.readers import containers

PARAGRAPH = "<w:p><w:r><w:t>the words inside</w:t></w:r></w:p>"


def nested(depth: int) -> bytes:
    return containers.docx("<w:sdt>" * depth + PARAGRAPH + "</w:sdt>" * depth)


def test_json_that_is_nested_without_end() -> None:
    jsontext.parse("[" * 99 + "]" * 99, "a.json")
    with pytest.raises(InputError, match="nested more than 100 deep"):
        jsontext.parse("[" * 101 + "]" * 101, "a.json")
    with pytest.raises(InputError, match="no JSON"):
        jsontext.parse("[" * 200_000, "a.json")


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_json_that_holds_no_number(word: str) -> None:
    with pytest.raises(InputError):
        jsontext.parse(f'{{"year": {word}}}', "a.json")


def test_yaml_that_is_nested_without_end() -> None:
    yamltext.parse("[" * 99 + "]" * 99, "a.yaml")
    with pytest.raises(InputError, match="nested more than 100 deep"):
        yamltext.parse("[" * 101 + "]" * 101, "a.yaml")


def test_aliases_do_not_grow() -> None:
    """Ten lines that stand for 10^9 values once they are followed."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    (tree,) = yamltext.parse("\n".join(lines), "a.yaml")
    assert len(repr(tree)) < 100_000


def test_text_over_the_limits() -> None:
    with pytest.raises(TooLarge, match="split the document"):
        decode(b"a\n" * (decoding.LIMIT // 2 + 1), "a.txt")
    with pytest.raises(TooLarge, match="break the line"):
        decode(b"a" * (decoding.LONGEST_LINE + 1), "a.txt")


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(InputError, match="no text"):
        decode(b"words\x00words", "a.txt")


def test_no_control_character_is_left() -> None:
    """A terminal obeys them, and XML cannot hold them."""
    text = decode("".join(map(chr, range(1, 160))).encode(), "a.txt")
    assert not {character for character in text if character < " " or character == "\x7f"} - {"\t", "\n"}


def test_a_member_of_an_archive_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_BYTES", 10)
    with pytest.raises(TooLarge, match="has 11 bytes, the limit is 10"):
        list(archive.members(containers.zipped({"a.md": "x" * 11}), "a.zip", None))


def test_a_part_of_a_word_document_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "LIMIT", 100)
    with pytest.raises(TooLarge, match="more than 100 bytes, unpacked"):
        DocxReader().read(containers.docx(), "a.docx")


@pytest.mark.parametrize("depth", [docx.MAX_DEPTH - 2, docx.MAX_DEPTH + 2, 20_000])
def test_a_word_document_that_is_nested_without_end(depth: int) -> None:
    tables = "<w:tbl><w:tr><w:tc>" * (depth // 3) + PARAGRAPH + "</w:tc></w:tr></w:tbl>" * (depth // 3)
    marks = "<w:ins>" * depth + "<w:r><w:t>the words inside</w:t></w:r>" + "</w:ins>" * depth
    boxes = "<w:p><w:r><w:txbxContent>" * depth + PARAGRAPH + "</w:txbxContent></w:r></w:p>" * depth
    for body in (nested(depth), containers.docx(tables), containers.docx(f"<w:p>{marks}</w:p>"), containers.docx(boxes)):
        assert DocxReader().read(body, "a.docx").text.count("the words inside") == 1


def test_a_text_box_of_a_word_document_is_read_once() -> None:
    """Programs write it twice: for those that know the newer drawings, and for those that do not."""
    box = f"<w:txbxContent>{PARAGRAPH}</w:txbxContent>"
    body = f'<w:p><w:r><w:t>before</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>{PARAGRAPH.replace("the words inside", "after")}'
    assert DocxReader().read(containers.docx(body), "a.docx").text.split() == ["before", "the", "words", "inside", "after"]


def test_a_word_document_with_entities() -> None:
    with pytest.raises(InputError, match="document type"):
        DocxReader().read(containers.zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "a.docx")  # fmt: skip


@pytest.mark.parametrize(("name", "words"), [("MAX_PAGES", "3 pages, the limit is 2"), ("MAX_CHARACTERS", "more than 2 characters")])
def test_a_pdf_over_the_limits(name: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, name, 2)
    with pytest.raises(TooLarge, match=words):
        PdfReader().read(containers.pdf(), "a.pdf")


def test_a_record_of_a_web_archive_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webarchive, "MAX_BYTES", 10)
    assert "more than 10 bytes" in webarchive._member("a.warc/x", ".html", io.BytesIO(b"x" * 11)).flaw
    assert webarchive._member("a.warc/x", ".html", io.BytesIO(b"x" * 10)).flaw == ""


@pytest.mark.parametrize(
    ("reader", "text"),
    [(HtmlReader(), "<div>" * 20_000 + "the words inside"), (RstReader(), "".join(" " * 2 * n + f"* level {n}\n\n" for n in range(400)) + " " * 800 + "the words inside\n")],
    ids=["html", "rst"],
)  # fmt: skip
def test_depth_without_end_loses_no_text_and_takes_no_time(reader: Any, text: str) -> None:
    began = time.process_time()
    assert "the words inside" in reader.read(text.encode(), "a").text
    assert time.process_time() - began < 5
