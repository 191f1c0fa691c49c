"""The same notes in every format: the same words are seen, the same links lead out, and nobody else claims the file."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import pipeline, registry
from kg.model import Block, Document, Inline
from tests.readers.containers import docx, pdf
from tests.readers.holding import check, visible

SAMPLES = Path(__file__).parent / "samples"
READER = {
    ".md": "markdown", ".html": "html", ".txt": "plain", ".org": "org", ".tex": "latex", ".bib": "bibtex", ".rst": "rst", ".wiki": "mediawiki", ".adoc": "asciidoc",
    ".ipynb": "notebook", ".yaml": "yaml", ".json": "json", ".jsonl": "json", ".csv": "csv", ".tsv": "csv", ".ini": "keyvalue",
}  # fmt: skip
FILES = sorted(SAMPLES.iterdir())
WORDS = ("Folding Maps with Patient Robots", "Tomasz Wren", "Mara Oduya", "Lovely figures & a café on every map", "Counting Rain: A Dataset of Puddles", "puddles, all wet", "Slow Clocks for Fast Rooms")  # fmt: skip
LINKS = ("https://doi.org/10.5555/fold.2021", "https://arxiv.org/abs/1901.00001")


def expected(path: Path) -> str:
    return "reviews" if path.name == "reviews.json" else READER[path.suffix]


@pytest.fixture(params=FILES, ids=lambda path: path.name)
def sample(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def read(path: Path) -> Document:
    return pipeline.read(path, path.name)


def test_marks_hold(sample: Path) -> None:
    check(read(sample))


def test_all_words_are_seen(sample: Path) -> None:
    seen = " ".join(visible(read(sample)).split())
    assert [words for words in WORDS if words not in seen] == ["Mara Oduya"] * (sample.suffix == ".bib" and "Mara Oduya" not in seen)


def test_hidden_words_are_not_seen(sample: Path) -> None:
    seen = visible(read(sample))
    assert "Hidden" not in seen
    assert "no text" not in seen
    assert "no prose" not in seen


def test_links_lead_out(sample: Path) -> None:
    targets = {mark.target for mark in read(sample).marks(Inline) if mark.kind == "link"}
    assert set(LINKS) <= targets


def test_titles_stand_out(sample: Path) -> None:
    """As a heading, a cell under its column's name, or (in the plain file) a line of its own."""
    document = read(sample)
    holders = [block for block in document.marks(Block) if document.view(block.span).text.startswith("Folding Maps with Patient Robots")]
    assert any(block.kind == "heading" or (block.kind == "cell" and block.name.lower() == "title") for block in holders)


def test_reader_is_told_by_name(sample: Path) -> None:
    assert read(sample).marks(Block)
    assert chosen(sample.read_bytes(), sample.suffix) == expected(sample)


def test_reader_is_told_by_content(sample: Path) -> None:
    assert chosen(sample.read_bytes(), ".txt") == expected(sample)


def chosen(data: bytes, suffix: str) -> str:
    return pipeline._reader(data, suffix, "sample").name


@pytest.mark.parametrize("suffix", [".md", ".html", ".org", ".tex", ".rst", ".adoc", ".ipynb", ".wiki"])
def test_the_document_knows_its_title(suffix: str) -> None:
    assert read(SAMPLES / f"notes{suffix}").source.title == "Notes from the map room"


@pytest.mark.parametrize("suffix", [".md", ".html", ".org", ".tex", ".rst", ".adoc"])
def test_the_document_knows_its_author(suffix: str) -> None:
    assert read(SAMPLES / f"notes{suffix}").source.authors[0] == "Ines Calder"


@pytest.mark.parametrize("suffix", [".bib", ".yaml", ".csv", ".jsonl", ".ini"])
def test_a_list_of_records_takes_no_title_from_its_first_record(suffix: str) -> None:
    assert read(SAMPLES / f"notes{suffix}").source.title is None


@pytest.mark.parametrize("suffix", [".md", ".html", ".org", ".tex", ".rst", ".wiki", ".adoc", ".ipynb"])
def test_tables_name_their_columns(suffix: str) -> None:
    document = read(SAMPLES / f"notes{suffix}")
    cells = {(block.row, block.column): block for block in document.marks(Block) if block.kind == "cell"}
    assert document.view(cells[1, 0].span).text == "Slow Clocks for Fast Rooms"
    assert [cells[1, column].name for column in (0, 1)] == ["Title", "Year"]
    assert cells[1, 1].parent == document.marks(Block).index(cells[1, 0])


@pytest.mark.parametrize("suffix", [".md", ".html", ".org", ".tex", ".rst", ".wiki", ".adoc", ".ipynb"])
def test_lists_nest(suffix: str) -> None:
    document = read(SAMPLES / f"notes{suffix}")
    items = {document.view(block.span).text.split(",")[0]: block for block in document.marks(Block) if block.kind == "item"}
    inner = next(block for words, block in items.items() if words.startswith("12"))
    outer = items["Counting Rain: A Dataset of Puddles"]
    assert (outer.level, inner.level) == (1, 2)
    assert inner.parent == document.marks(Block).index(outer)


@pytest.mark.parametrize("suffix", [".bib", ".yaml", ".json", ".jsonl", ".csv", ".tsv", ".ini"])
def test_records_are_rows(suffix: str) -> None:
    document = read(SAMPLES / f"notes{suffix}")
    cells = [block for block in document.marks(Block) if block.kind == "cell" and block.row]
    titles = [document.view(block.span).text for block in cells if block.name.lower() == "title"]
    assert titles == [WORDS[0], WORDS[4], WORDS[6]]
    rows = {block.row for block in cells if block.name.lower() == "title"}
    assert len(rows) == 3
    assert len({block.group for block in cells}) == 1


def test_values_stay_as_they_are_written() -> None:
    document = read(SAMPLES / "notes.yaml")
    cells = {(block.row, block.name): document.view(block.span).text for block in document.marks(Block)}
    assert cells[3, "in_print"] == "no"
    assert cells[1, "authors"] == "Tomasz Wren, Mara Oduya"


def test_quoted_cells_lose_their_quotation_marks() -> None:
    document = read(SAMPLES / "notes.csv")
    last = document.marks(Block)[-1]
    assert document.view(last.span).text == 'They call it "slow",\nover two lines'


@pytest.mark.parametrize("make", [docx, pdf], ids=["docx", "pdf"])
def test_containers_are_told_by_content(make: Callable[[], bytes]) -> None:
    data = make()
    assert chosen(data, ".txt") == make.__name__
    assert chosen(data, f".{make.__name__}") == make.__name__


@pytest.mark.parametrize("make", [docx, pdf], ids=["docx", "pdf"])
def test_containers_are_read(make: Callable[[], bytes]) -> None:
    document = registry.plugin("reader", make.__name__).read(make(), "notes")
    check(document)
    seen = " ".join(visible(document).split())
    assert [words for words in WORDS if words not in seen] == []
    assert document.source.title == "Notes from the map room"
    assert LINKS[0] in {mark.target for mark in document.marks(Inline)}
    titles = [block for block in document.marks(Block) if block.kind == "heading"]
    assert WORDS[0] in [document.quote(block.span) for block in titles]
    items = [document.quote(block.span) for block in document.marks(Block) if block.kind == "item"]
    assert any(item.startswith(WORDS[4]) for item in items)


def test_divided_words_are_made_whole() -> None:
    document = registry.plugin("reader", "pdf").read(pdf(), "notes")
    assert "a patient robot that never hurries" in " ".join(document.text.split())


def test_furniture_of_pages_is_chrome() -> None:
    document = registry.plugin("reader", "pdf").read(pdf(), "notes")
    kinds = {document.quote(block.span): block.kind for block in document.marks(Block)}
    assert kinds["The Map Room, page 2"] == "chrome"


def test_word_tables_name_their_columns() -> None:
    document = registry.plugin("reader", "docx").read(docx(), "notes")
    cells = [block for block in document.marks(Block) if block.kind == "cell"]
    assert [(document.quote(block.span), block.name) for block in cells] == [("Title", ""), ("Year", ""), (WORDS[6], "Title"), ("2020", "Year")]


def test_notebook_text_is_that_of_its_cells() -> None:
    path = SAMPLES / "notes.ipynb"
    sources = ["".join(cell["source"]).strip("\n") for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]
    assert read(path).text == "\n\n".join(sources)


def test_an_archive_says_what_to_do() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("notes.md", "# Notes")
    assert chosen(packed.getvalue(), ".zip") == "zip"
    assert chosen(packed.getvalue(), ".txt") == "zip"


def test_a_heading_that_is_one_of_many_is_no_title(tmp_path: Path) -> None:
    path = tmp_path / "list.org"
    path.write_text("* One Paper\n* Two Papers\n* Three Papers\n", encoding="utf-8")
    assert pipeline.read(path).source.title is None


def test_text_after_markup_keeps_its_offsets() -> None:
    document = read(SAMPLES / "notes.tex")
    found = next(block for block in document.marks(Block) if "café" in document.view(block.span).text)
    view = document.view(found.span)
    place = view.text.index("café")
    span = view.span(place, place + 4)
    assert document.text[span.start :].startswith(r"caf\'e on")
    assert re.search("every map", document.quote(view.span(place, len(view.text))))


@pytest.mark.parametrize("depth", [12, 400, 5000])
def test_deep_text_is_not_lost(depth: int) -> None:
    """lxml loses what stands deeper than 255 elements, markdown-it what stands in more than 20 lists."""
    page = registry.plugin("reader", "html").read(("<div>" * depth + "<p>deep</p>" + "</div>" * depth + "<p>after").encode(), "page")
    assert visible(page).split()[0] == "deep"
    assert visible(page).split()[-1] == "after"
    notes = registry.plugin("reader", "markdown").read("".join("  " * level + "- a\n" for level in range(min(depth, 60))).encode(), "notes")
    assert [block.level for block in notes.marks(Block)] == list(range(1, min(depth, 60) + 1))
