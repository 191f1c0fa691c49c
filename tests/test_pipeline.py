import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kg import pipeline, registry
from kg.errors import GraphError, InputError, KgError, LayerMissing, UnknownFormat
from kg.model import Block, Document, Fact, Layer, Mark, Rejected, Sentence, Source

EXAMPLES = Path(__file__).parent.parent / "examples"
CHOSEN = ("acl-2020-reading-circle.txt", "learned-databases.md", "speech-and-vision-digest.html")


@dataclass(frozen=True)
class First(Mark):
    pass


@dataclass(frozen=True)
class Second(Mark):
    pass


class Maker:
    """An annotator that makes an empty layer."""

    def __init__(self, name: str, provides: type[Mark], *requires: type[Mark]) -> None:
        self.name, self.provides, self.requires = name, provides, requires

    def __call__(self, document: Document) -> Layer:
        for kind in self.requires:
            document.marks(kind)
        return Layer(self.provides, self.name, ())


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> Any:
    def plug(**doors: tuple[Any, ...]) -> None:
        real = registry.plugins
        monkeypatch.setattr(registry, "plugins", lambda door: doors[door] if door in doors else real(door))

    return plug


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "reviews").mkdir()
    for name in CHOSEN:
        shutil.copy(EXAMPLES / name, tmp_path / "reviews")
    return tmp_path / "reviews"


def contents(folder: Path) -> dict[str, bytes]:
    """All files but the store's, whose engine writes times into its own log."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] != "store"
    }


@pytest.mark.parametrize(
    ("name", "text", "media_type"),
    [
        ("a.md", "# Notes\n\nplain words", "text/markdown"),
        ("a.html", "<p>words", "text/html"),
        ("a.txt", "# Papers\n\n- **One** [link](https://example.org)\n- **Two**\n", "text/markdown"),
        ("a.txt", "<!doctype html><title>x</title><p>words", "text/html"),
        ("a.txt", "Just words.\n\nMore words.", "text/plain"),
        ("a", "<html><body><p>words</p></body></html>", "text/html"),
        ("page.md", "<!DOCTYPE html>\n<html><head><title>x</title></head><body><p>saved page</p></body></html>", "text/html"),
    ],
)
def test_the_reader_is_chosen_by_suffix_and_content(tmp_path: Path, name: str, text: str, media_type: str) -> None:
    (tmp_path / name).write_text(text)
    assert pipeline.read(tmp_path / name).source.media_type == media_type


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\x00\x01\x02" * 50)
    with pytest.raises(InputError, match=r"a\.bin"):
        pipeline.read(tmp_path / "a.bin")


def test_a_format_that_no_reader_claims_is_told(tmp_path: Path, plugged: Any) -> None:
    class Shy:
        name, suffixes, media_types = "shy", (".shy",), ("text/shy",)

        def claims(self, text: str) -> float:
            return 0.0

    plugged(reader=(Shy(),))
    (tmp_path / "a.txt").write_text("words")
    with pytest.raises(UnknownFormat):
        pipeline.read(tmp_path / "a.txt")


def bare() -> Document:
    return Document("a", "words", Source("a", "text/plain"), (Layer(Block, "test", ()),))


def test_annotators_work_in_the_order_that_they_need(plugged: Any) -> None:
    plugged(annotator=(Maker("a", Second, First), Maker("b", First, Block)))
    assert [layer.name for layer in pipeline.annotate(bare()).layers] == ["Block", "First", "Second"]


def test_an_annotator_that_needs_what_nobody_makes_is_told(plugged: Any) -> None:
    plugged(annotator=(Maker("a", First, Sentence),))
    with pytest.raises(LayerMissing, match="Sentence"):
        pipeline.annotate(bare())


@pytest.mark.parametrize(
    ("makers", "words"), [([("a", First, Second), ("b", Second, First)], "wait for each other"), ([("a", First), ("b", First)], "both provide")]
)
def test_annotators_that_do_not_go_together_are_told(makers: list[Any], words: str, plugged: Any) -> None:
    plugged(annotator=tuple(Maker(*maker) for maker in makers))
    with pytest.raises(KgError, match=words):
        pipeline.annotate(bare())


def test_facts_below_the_limit_become_refusals() -> None:
    document = pipeline.read(EXAMPLES / "learned-databases.md")
    everything, sure = pipeline.extract(document), pipeline.extract(document, 0.93)
    assert len(everything) == len(sure)
    assert all(fact.evidence.confidence >= 0.93 for fact in sure if isinstance(fact, Fact))
    assert sum(isinstance(finding, Rejected) for finding in sure) > sum(isinstance(finding, Rejected) for finding in everything)


def test_every_fact_shows_its_words() -> None:
    document = pipeline.read(EXAMPLES / "learned-databases.md")
    found = pipeline.extract(document)
    assert found
    assert all(document.quote(finding.evidence.span) == finding.evidence.quote for finding in found)


def test_an_unchanged_corpus_is_not_read_again_and_nothing_is_touched(corpus: Path, tmp_path: Path) -> None:
    first = pipeline.build([corpus], tmp_path / "graph")
    before, store = contents(tmp_path / "graph"), (tmp_path / "graph" / "store").stat().st_mtime_ns
    second = pipeline.build([corpus], tmp_path / "graph")
    assert (first.changed, second.changed, second.read) == (True, False, 0)
    assert second.manifest == first.manifest
    assert (contents(tmp_path / "graph"), (tmp_path / "graph" / "store").stat().st_mtime_ns) == (before, store)


def test_only_what_changed_is_read(corpus: Path, tmp_path: Path) -> None:
    pipeline.build([corpus], tmp_path / "graph")
    with (corpus / "learned-databases.md").open("a") as file:
        file.write("\nOne more line.\n")
    report = pipeline.build([corpus], tmp_path / "graph")
    assert (report.changed, report.read) == (True, 1)
    assert len(list((tmp_path / "graph" / "cache").iterdir())) == len(report.manifest.documents)


def test_a_fresh_build_gives_the_bytes_of_a_grown_one(corpus: Path, tmp_path: Path) -> None:
    one, *others = sorted(corpus.iterdir())
    pipeline.build([one], tmp_path / "grown")
    pipeline.build(others, tmp_path / "grown")
    pipeline.build([corpus], tmp_path / "grown")
    pipeline.build([corpus], tmp_path / "fresh")
    assert contents(tmp_path / "grown") == contents(tmp_path / "fresh")


def many(corpus: Path) -> list[Path]:
    """The corpus with so many documents that other processes read them."""
    for number in range(8):
        (corpus / f"more-{number}.md").write_text(
            f"# Reading group {number}\n\n- **Weighing Apples in the Dark number {number}**, Ana Pino, Ola Berg. 2020.\n"
        )
    files = sorted(corpus.iterdir())
    assert len(files) > pipeline.FEW
    return files


def test_what_other_code_reads_is_not_kept(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.fingerprint.of_reading", lambda: "the code before it was changed")
    with pytest.raises(GraphError, match="was changed while documents were read"):
        pipeline.build(many(corpus), tmp_path / "graph", jobs=2)
    assert not (tmp_path / "graph").exists()


def test_order_and_number_of_processes_do_not_matter(corpus: Path, tmp_path: Path) -> None:
    files = many(corpus)
    pipeline.build([corpus], tmp_path / "graph0")
    expected = contents(tmp_path / "graph0")
    for number, jobs in enumerate((1, 2, 4), 1):
        random.Random(number).shuffle(files)
        pipeline.build(files, tmp_path / f"graph{number}", jobs=jobs)
        assert contents(tmp_path / f"graph{number}") == expected


def test_a_corpus_elsewhere_gives_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    shutil.copytree(corpus, tmp_path / "elsewhere" / "reviews")
    pipeline.build([corpus], tmp_path / "one")
    pipeline.build([tmp_path / "elsewhere" / "reviews"], tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert all(str(tmp_path).encode() not in data for data in contents(tmp_path / "one").values())


def test_the_same_text_twice_is_one_document(corpus: Path, tmp_path: Path) -> None:
    text = (corpus / "learned-databases.md").read_bytes()
    (corpus / "copy.md").write_bytes(text)
    (corpus / "windows.md").write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    with_copies = pipeline.build([corpus], tmp_path / "with")
    assert [(double.locator, double.reason) for double in with_copies.manifest.doubles] == [
        ("reviews/learned-databases.md", "the same file as reviews/copy.md"),
        ("reviews/windows.md", "the same text as reviews/copy.md"),
    ]
    (corpus / "copy.md").unlink()
    (corpus / "windows.md").unlink()
    pipeline.build([corpus], tmp_path / "without")
    assert (tmp_path / "with" / "graph.nt").read_bytes() == (tmp_path / "without" / "graph.nt").read_bytes()


def test_what_cannot_be_read_is_named_and_the_rest_is_built(corpus: Path, tmp_path: Path) -> None:
    (corpus / "broken.md").write_bytes(b"\x00" * 100)
    report = pipeline.build([corpus], tmp_path / "graph")
    assert not report.complete
    assert [failure.locator for failure in report.manifest.failures] == ["reviews/broken.md"]
    assert len(report.manifest.documents) == len(CHOSEN)


def test_an_extractor_that_fails_costs_its_document_only(corpus: Path, tmp_path: Path, plugged: Any) -> None:
    class Fails:
        name, version, requires = "fails", "1", ()

        def __call__(self, document: Document) -> Iterator[Any]:
            if "database" in document.text:
                raise ZeroDivisionError
            return iter(())

    plugged(extractor=(*registry.plugins("extractor"), Fails()))
    report = pipeline.build([corpus], tmp_path / "graph")
    assert "reviews/learned-databases.md" in [failure.locator for failure in report.manifest.failures]
    assert report.manifest.documents


def test_an_extractor_that_hangs_costs_its_document_only(corpus: Path, tmp_path: Path, plugged: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Hangs:
        name, version, requires = "hangs", "1", ()

        def __call__(self, document: Document) -> Iterator[Any]:
            while "learned" in document.name:
                time.sleep(0.01)
            return iter(())

    pipeline.build([corpus], tmp_path / "before")  # whoever reads first loads the vocabularies
    monkeypatch.setattr(pipeline, "TIME_LIMIT", 1.0)
    plugged(extractor=(*registry.plugins("extractor"), Hangs()))
    report = pipeline.build([corpus], tmp_path / "graph")
    assert [(failure.locator, "longer than 1 s" in failure.reason) for failure in report.manifest.failures] == [
        ("reviews/learned-databases.md", True)
    ]


def test_when_nothing_can_be_read_the_old_graph_stays(corpus: Path, tmp_path: Path) -> None:
    pipeline.build([corpus], tmp_path / "graph")
    before = contents(tmp_path / "graph")
    (tmp_path / "broken.md").write_bytes(b"\x00" * 100)
    with pytest.raises(GraphError, match=r"broken\.md"):
        pipeline.build([tmp_path / "broken.md"], tmp_path / "graph")
    assert contents(tmp_path / "graph") == before


def test_a_damaged_cache_is_made_again(corpus: Path, tmp_path: Path) -> None:
    pipeline.build([corpus], tmp_path / "graph")
    before = contents(tmp_path / "graph")
    entry = min((tmp_path / "graph" / "cache").iterdir())
    entry.write_bytes(entry.read_bytes()[:-200])
    (tmp_path / "graph" / "manifest.json").write_text("{}")
    assert pipeline.build([corpus], tmp_path / "graph").read == 1
    assert contents(tmp_path / "graph") == before


def test_decisions_outlive_a_change(corpus: Path, tmp_path: Path) -> None:
    pipeline.build([corpus], tmp_path / "graph")
    line = "same <https://w3id.org/paperkg/id/person/nobody> <https://w3id.org/paperkg/id/person/noone>\n"
    (tmp_path / "graph" / "decisions.txt").write_text(line)
    (corpus / "learned-databases.md").write_text("# Nothing left\n")
    report = pipeline.build([corpus], tmp_path / "graph")
    assert (tmp_path / "graph" / "decisions.txt").read_text() == line
    assert ["person/nobody" in problem for problem in report.manifest.decisions] == [True]


@pytest.mark.parametrize("after", [0.0, 0.3, 0.6, 0.9, 1.2])
def test_a_killed_build_leaves_the_old_graph(corpus: Path, tmp_path: Path, after: float) -> None:
    pipeline.build([corpus / "learned-databases.md"], tmp_path / "graph")
    before = contents(tmp_path / "graph")
    child = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", str(corpus), "--out", str(tmp_path / "graph"), "--jobs", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    child.wait()
    left = contents(tmp_path / "graph")
    pipeline.build([corpus], tmp_path / "graph")
    whole = contents(tmp_path / "graph")
    assert left in (before, whole)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".graph")) in ([], [".graph.lock"])
