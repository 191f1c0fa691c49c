"""A build on a real cluster of two workers: the bytes of a local build, whoever dies on the way."""

from __future__ import annotations

import functools
import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import partitions, pipeline, spread, status
from kg.cli import main
from kg.engines import cluster, processes
from kg.errors import GraphError, InputError
from tests.engines.cluster import Loopback, loopback

pytest.importorskip("distributed")
pytestmark = [pytest.mark.server, pytest.mark.filterwarnings("default")]
EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
PRODUCTS = ("graph.nt", "manifest.json", "rejected.jsonl", "merges.jsonl")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loopback]:
    with loopback(tmp_path_factory.mktemp("cluster")) as made:
        yield made


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files, a table with a double, an empty row and a broken line, and a file that nobody reads."""
    folder = tmp_path_factory.mktemp("corpus") / "reviews"
    folder.mkdir()
    names = sorted(EXAMPLES.iterdir())
    for path in names[:3]:
        shutil.copy(path, folder)
    rows = [{"locator": path.name, "text": path.read_text("utf-8")} for path in names[2:]]
    lines = [json.dumps(row) for row in (*rows, {"locator": "empty.md", "text": ""}, {"url": "https://example.org/x", "text": 5})]
    (folder / "more.jsonl").write_text("\n".join((*lines, "{broken")) + "\n", "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-nothing")
    return folder


@pytest.fixture(scope="module")
def local(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pipeline.build([corpus], tmp_path_factory.mktemp("local") / "graph").folder


def same(one: Path, two: Path) -> bool:
    return all((one / name).read_bytes() == (two / name).read_bytes() for name in PRODUCTS)


def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitions, "WEIGHT", 1)


@pytest.mark.parametrize("form", ["nq.gz", "parquet"])
def test_a_cluster_gives_the_bytes_of_a_local_build(
    two: Loopback, corpus: Path, local: Path, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    small(monkeypatch)
    found = CliRunner().invoke(main, ["build", str(corpus), "--out", str(tmp_path / "graph"), "--engine", two.address, "--facts", form])
    assert found.exit_code == 3, (found.output, found.exception)  # some documents are broken
    assert same(local, tmp_path / "graph")
    failures = {row["locator"]: row["reason"] for row in json.loads((local / "manifest.json").read_text("utf-8"))["failures"]}
    assert "without a text" in failures["reviews/more.jsonl/https://example.org/x"]
    assert any("not JSON" in reason for reason in failures.values())
    again = spread.build([corpus], tmp_path / "graph", two.address, form="parquet" if form == "parquet" else "nq.gz")
    assert again.read == 0, "partitions that are done are not read again"


def test_a_worker_that_is_killed_costs_nothing(corpus: Path, local: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch)
    with loopback(tmp_path) as made:

        def kill(done: int, _total: int) -> None:
            if done == 2:
                made.workers[0].kill()

        report = spread.build([corpus], tmp_path / "graph", made.address, progress=kill)
        assert made.workers[0].wait(10) == -9
    assert report.read > 0
    assert same(local, tmp_path / "graph")


def test_a_worker_that_is_killed_while_merging_costs_nothing(corpus: Path, local: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch)
    told = status.Reporter.step
    with loopback(tmp_path) as made:

        def step(report: status.Reporter, words: str) -> None:
            told(report, words)
            if words == "merging: united":
                made.workers[0].kill()

        monkeypatch.setattr(status.Reporter, "step", step)
        spread.build([corpus], tmp_path / "graph", made.address)
        assert made.workers[0].wait(10) == -9
    assert same(local, tmp_path / "graph")


def test_what_fails_on_a_worker_ends_the_merge_in_one_line(two: Loopback) -> None:
    with cluster.joined(two.address) as workers, pytest.raises(GraphError, match=r"divided failed on a worker: .*ZeroDivisionError") as error:
        list(workers.each(_divided, [1, 0], 2))
    assert "\n" not in str(error.value)


def _divided(number: int, other: int) -> float:
    return other / number


def test_the_loss_of_the_scheduler_is_told_in_one_line_and_the_work_goes_on_later(
    two: Loopback, corpus: Path, local: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(monkeypatch)
    with loopback(tmp_path, workers=1) as made:

        def kill(done: int, _total: int) -> None:
            if done == 2:
                made.scheduler.kill()

        with pytest.raises(GraphError, match="was lost; what was finished is kept") as error:
            spread.build([corpus], tmp_path / "graph", made.address, progress=kill)
    assert "\n" not in str(error.value)
    kept = len(list((tmp_path / ".graph.building" / "partitions").glob("*.json")))
    assert kept >= 2
    total = sum(found.reading is None or bool(found.key) for found in _documents(tmp_path))
    report = spread.build([corpus], tmp_path / "graph", two.address)
    assert report.read < total + 20
    assert same(local, tmp_path / "graph")


def _documents(folder: Path) -> Iterator[partitions.Found]:
    for path in (folder / ".graph.building" / "partitions").glob("*.json"):
        yield from (partitions.Found(**{**row, "reading": None}) for row in json.loads(path.read_text("utf-8")))


def test_what_ends_its_workers_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    with loopback(tmp_path, workers=2, nanny=1, failures=0) as made, cluster.joined(made.address) as workers:
        found = dict(workers.run(_work_or_die, [1, -9, 2]))
    assert isinstance(found[-9], cluster.WorkerLost)
    assert [found[1], found[2]] == [2, 4]


def _work_or_die(number: int) -> int:
    if number < 0:
        time.sleep(3)  # so that the others are done
        os._exit(-number)
    return 2 * number


def test_a_partition_is_read_with_each_document_in_a_process_of_its_own(corpus: Path, tmp_path: Path) -> None:
    from kg.stretches import stretches

    folders = [tmp_path / "plain", tmp_path / "careful"]
    for folder, run in zip(folders, (partitions.local.run, functools.partial(processes.run, jobs=1)), strict=True):
        folder.mkdir()
        (partition,) = partitions.planned(stretches([str(corpus)], {".md", ".txt", ".html", ".pdf"}), folder, "nq.gz", 0.0)
        partitions.work(partition, run)
    names = [sorted(path.name for path in folder.iterdir()) for folder in folders]
    assert names[0] == names[1]
    assert all((folders[0] / name).read_bytes() == (folders[1] / name).read_bytes() for name in names[0])


def test_a_worker_of_another_version_is_refused(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.stretches import stretches

    plan = partitions.planned(stretches([str(corpus)], {".md"}), tmp_path, "nq.gz", 0.0)
    monkeypatch.setattr("kg.fingerprint.of_reading", lambda: "another")
    with pytest.raises(GraphError, match="install the same on all"):
        partitions.work(plan[0])


def test_no_scheduler_is_told_in_one_line(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1.0)
    with pytest.raises(GraphError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        spread.build([corpus], tmp_path / "graph", "tcp://127.0.0.1:9")


def test_a_page_of_the_web_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not fetch"):
        spread.build(["https://example.org/a.html"], tmp_path / "graph", "tcp://127.0.0.1:9")


def test_the_status_tells_rate_and_slowest_partitions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = tmp_path / "graph"
    with status.reported(graph) as report:
        report.status.partitions = 3
        report.partition("a", 10, 0, 0.0, "", 2)
        report.partition("b", 10, 1, 2.5, "w:1", 2)
        report.partition("c to d", 10, 0, 7.25, "w:2", 2)
        report.step("merging")
        found = CliRunner().invoke(main, ["status", "--out", str(graph)])
    assert "3 of 3 partitions are read, 1 of them by an earlier run: 30 documents, 1 cannot be read" in found.output
    assert found.output.index("7.2") < found.output.index("2.5")
    assert CliRunner().invoke(main, ["status", "--out", str(graph)]).exit_code == 1


@pytest.mark.parametrize(("words", "verdict"), [("tcp://host:8786", True), ("tls://host:8786", True), ("local", False), ("http://host", False)])
def test_an_address_of_a_scheduler_is_known(words: str, verdict: bool) -> None:
    assert cluster.is_address(words) is verdict
