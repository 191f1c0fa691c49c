"""Tables, web archives and object stores give their documents; however they are cut, each once."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from kg import pipeline
from kg.errors import InputError
from kg.readers import tables
from kg.readers.archive import Member
from kg.spool import spooled
from kg.stretches import documents, stretches

SUFFIXES = {".md", ".html", ".txt", ".jsonl", ".zip"}
REVIEW = "# Notes\n\n- **Attention Is All You Need**, Ashish Vaswani et al., NeurIPS 2017. A classic that I love.\n"


def found(*places: object) -> list[Member]:
    return [member for stretch in stretches(map(str, places), SUFFIXES) for member in documents(stretch, SUFFIXES)]


def rows(number: int) -> list[dict[str, str]]:
    return [{"locator": f"{place:04}.md", "text": f"{REVIEW}\nPart {place}, ünïcode.\n"} for place in range(number)]


def lines(number: int) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(number))


def test_lines_are_cut_without_loss_or_doubles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t.jsonl").write_text(lines(40), "utf-8")
    whole = found(tmp_path / "t.jsonl")
    assert [member.data.decode() for member in whole] == [row["text"] for row in rows(40)]
    for size in (1, 97, 1000):
        monkeypatch.setattr(tables, "_BYTES", size)
        assert len(stretches([str(tmp_path / "t.jsonl")], SUFFIXES)) > 1
        assert found(tmp_path / "t.jsonl") == whole


def test_packed_lines_are_read(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl.gz").write_bytes(gzip.compress(lines(3).encode()))
    assert [member.locator.rsplit("/", 1)[-1] for member in found(tmp_path)] == ["0000.md", "0001.md", "0002.md"]


def test_json_lines_of_records_stay_one_document(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text('{"title": "A", "year": 2020}\n{"title": "B", "year": 2021}\n')
    assert [(member.locator.rsplit("/", 1)[-1], member.suffix) for member in found(tmp_path / "r.jsonl")] == [("r.jsonl", ".jsonl")]


def test_a_broken_row_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text(lines(1) + '{"locator": "x", "text"\n[1]\n{"locator": "y"}\n' + lines(2), "utf-8")
    flaws = [member.flaw for member in found(tmp_path / "t.jsonl")]
    assert [bool(flaw) for flaw in flaws] == [False, True, True, True, False, False]
    assert "not JSON" in flaws[1]
    assert "without a text" in flaws[3]


def test_a_format_says_what_a_text_is_and_names_no_place(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text('{"url": "https://x.example/a", "text": "# A", "format": "md"}\n{"url": "b./../../evil", "text": "b"}\n')
    spool = tmp_path / "spool"
    spool.mkdir()
    assert [member.suffix for member in found(tmp_path / "t.jsonl")] == [".md", ""]
    assert all(source.path.resolve().is_relative_to(spool) for source in spooled([tmp_path / "t.jsonl"], spool, SUFFIXES, allow_net=False))


def test_parquet_is_cut_by_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pytest.importorskip("pyarrow").Table.from_pylist([*rows(25), {"locator": "empty.md", "text": None}])
    parquet.write_table(table, tmp_path / "t.parquet", row_group_size=10)
    monkeypatch.setattr(tables, "_ROWS", 7)
    members = found(tmp_path / "t.parquet")
    assert len(stretches([str(tmp_path / "t.parquet")], SUFFIXES)) == 5
    assert [member.data.decode() for member in members[:-1]] == [row["text"] for row in rows(25)]
    assert "without a text" in members[-1].flaw


def test_a_parquet_file_that_is_none_says_why(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "t.parquet").write_bytes(b"nothing")
    assert [(member.locator, "cannot be read as Parquet" in member.flaw) for member in found(tmp_path / "t.parquet")] == [
        (f"{tmp_path.name}/t.parquet", True)
    ]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the writer leaves its own files open
def test_the_pages_of_a_web_archive_are_documents(tmp_path: Path) -> None:
    writer = pytest.importorskip("warcio.warcwriter")
    headers = pytest.importorskip("warcio.statusandheaders").StatusAndHeaders
    with (tmp_path / "crawl.warc.gz").open("wb") as file:
        archive = writer.WARCWriter(file, gzip=True)
        for status, form, name in (("200 OK", "text/html; charset=utf-8", "a"), ("404 Not Found", "text/html", "b"), ("200 OK", "image/png", "c")):
            http = headers(status, [("Content-Type", form)], protocol="HTTP/1.1")
            body = io.BytesIO(f"<html><body><p>{name}</p></body></html>".encode())
            archive.write_record(archive.create_warc_record(f"https://x.example/{name}", "response", payload=body, http_headers=http))
    (member,) = found(tmp_path)
    assert (member.locator, member.suffix) == (f"{tmp_path.name}/crawl.warc.gz/https://x.example/a", ".html")
    assert b"<p>a</p>" in member.data


def test_a_web_archive_that_is_none_says_why(tmp_path: Path) -> None:
    pytest.importorskip("warcio")
    (tmp_path / "a.warc").write_bytes(b"nothing at all\n")
    assert "web archive" in found(tmp_path / "a.warc")[0].flaw


def test_addresses_of_object_stores_are_read_as_folders_are(tmp_path: Path) -> None:
    files = pytest.importorskip("fsspec").filesystem("memory")
    files.pipe({"/bucket/reviews/a.md": REVIEW.encode(), "/bucket/reviews/more.jsonl": lines(2).encode(), "/bucket/reviews/.hidden.md": b"no"})
    try:
        locators = [member.locator for member in found("memory://bucket/reviews")]
        assert locators == ["reviews/a.md", "reviews/more.jsonl/0000.md", "reviews/more.jsonl/0001.md"]
        assert [member.locator for member in found("memory://bucket/reviews/*.md")] == ["reviews/a.md"]
        report = pipeline.build(["memory://bucket/reviews"], tmp_path / "graph")
        assert sorted(document.locator for document in report.manifest.documents) == locators
        with pytest.raises(InputError, match="no document"):
            found("memory://bucket/nowhere")
    finally:
        files.rm("/bucket", recursive=True)


def test_an_unknown_scheme_is_told() -> None:
    pytest.importorskip("fsspec")
    with pytest.raises(InputError, match="cannot be opened"):
        found("nosuchscheme://bucket/a.md")
