"""What goes wrong with disks and processes: builds that are killed, a disk that is full, a store that is damaged, two builds at once."""

from __future__ import annotations

import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import filling, staging
from kg.errors import GraphError
from kg.graph import open_graph
from kg.importing import MADE, import_files
from kg.stores.oxigraph import OnDisk
from tests.benchmarks import kills
from tests.benchmarks.scholarly import lines

ROOT = Path(__file__).resolve().parent.parent.parent
TRIPLES = 8_000


def kg(*words: str | Path, limit: int | None = None, within: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """A command line; no file that it writes may have more than `limit` bytes."""

    def narrow() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [*within, sys.executable, "-m", "kg", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, preexec_fn=narrow, cwd=ROOT, timeout=120, check=False)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("large") / "large.nt"
    file.write_text("\n".join(sorted(set(lines(TRIPLES)))) + "\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def whole(large: Path) -> Path:
    import_files([large], large.parent / "graph")
    return large.parent / "graph"


@pytest.fixture
def graph(small_lines: list[str], tmp_path: Path) -> Path:
    """A small graph that something is about to take the place of."""
    (tmp_path / "small.nt").write_text("\n".join(small_lines) + "\n", encoding="utf-8")
    import_files([tmp_path / "small.nt"], tmp_path / "graph")
    return tmp_path / "graph"


@pytest.mark.parametrize("served", [pytest.param(True, marks=pytest.mark.server), False], ids=["served", "alone"])
def test_builds_that_are_killed_leave_a_whole_graph(tmp_path: Path, *, served: bool) -> None:
    """A few of the kills of tests/benchmarks/kills.py."""
    seen = kills.run(tmp_path, kills.two_sets(tmp_path, 2), 3, served=served)
    assert seen["old"] + seen["new"] == 3


def test_what_a_killed_build_left_is_in_nobodys_way(large: Path, tmp_path: Path) -> None:
    shutil.copy(large, tmp_path / filling.TRIPLES)
    OnDisk().create(tmp_path / filling.STORE).load([ox.Triple(*[ox.NamedNode("a:a")] * 3)])  # type: ignore[arg-type]
    (tmp_path / filling.tables.FOLDER).mkdir()
    filling.fill(tmp_path)
    assert len(OnDisk().open(tmp_path / filling.STORE)) == len(set(large.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("share", [0.0001, 0.5, 0.95])
def test_a_full_disk_leaves_the_old_graph_and_is_told(large: Path, graph: Path, share: float) -> None:
    before = set(open_graph(graph).store)
    found = kg("import", large, "--out", graph, limit=int(large.stat().st_size * share))
    assert (found.returncode, "free some space" in found.stderr, "Traceback" in found.stderr) == (1, True, False), found.stderr
    assert set(open_graph(graph).store) == before
    assert kg("import", large, "--out", graph).returncode == 0
    assert len(open_graph(graph).store) > len(before)


def test_documents_are_not_left_out_for_want_of_room(tmp_path: Path) -> None:
    """A reader that cannot write a temporary file has not found a fault of the document."""
    found = kg("build", "examples", "--out", tmp_path / "graph", "--jobs", "1", limit=600_000)
    assert (found.returncode, "free some space" in found.stderr) == (1, True), found.stderr
    assert not (tmp_path / "graph").exists()


def test_a_store_on_a_full_disk_is_told(large: Path, tmp_path: Path) -> None:
    """A file system of its own, smaller than the store."""
    shutil.copy(large, tmp_path / "graph.nt")
    place = tmp_path / "full"
    place.mkdir()
    apart = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", f'mount -t tmpfs -o size={large.stat().st_size * 4 // 3} full "{place}" && exec "$0" "$@"')  # fmt: skip
    if not shutil.which("unshare") or subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a file system of their own")
    found = kg("import", tmp_path / "graph.nt", "--out", place / "graph", within=apart)
    assert (found.returncode, "free some space" in found.stderr, "Traceback" in found.stderr) == (1, True, False), found.stderr


def flipped(data: bytes) -> bytes:
    place = random.Random(1).randrange(len(data))
    return data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]


@pytest.mark.parametrize("harm", [flipped, lambda data: data[: len(data) // 2], lambda _: None], ids=["flipped", "cut", "gone"])
def test_every_damaged_file_is_told_or_harmless(whole: Path, tmp_path: Path, harm: Callable[[bytes], bytes | None]) -> None:
    expected = set(open_graph(whole).store)
    told = []
    for name in sorted(path.name for path in (whole / "store").iterdir() if path.stat().st_size):
        graph = tmp_path / name / "graph"
        shutil.copytree(whole, graph)
        data = harm((graph / "store" / name).read_bytes())
        (graph / "store" / name).unlink()
        if data is not None:
            (graph / "store" / name).write_bytes(data)
        try:
            assert set(open_graph(graph).store) == expected, f"{name}: something is missing, and nobody says so"
        except GraphError as error:
            assert f"{graph / 'store'} is damaged" in str(error)
            assert "remove it and run `kg build`" in str(error)
            told.append(name)
    assert {"CURRENT", *(name for name in told if name.startswith("MANIFEST"))} <= set(told)
    assert len(told) >= 3


def test_what_is_said_of_a_damaged_store_helps(tmp_path: Path) -> None:
    graph, build = tmp_path / "graph", ("build", "examples/learned-databases.md", "--out", tmp_path / "graph")
    assert kg(*build).returncode == 0
    (graph / "store" / "CURRENT").write_bytes(b"\x00")
    for command in (("query", "ASK {}"), ("serve", "--port", "0")):
        found = kg(*command, "--graph", graph)
        assert (found.returncode, f"{graph / 'store'} is damaged" in found.stderr) == (1, True), found.stderr
    shutil.rmtree(graph / "store")
    assert kg(*build).returncode == 0
    assert kg("query", "ASK {}", "--graph", graph).returncode == 0


def test_two_builds_at_once(large: Path, graph: Path) -> None:
    with staging.staged(graph, MADE):
        for command in (("build", "examples"), ("import", large)):
            found = kg(*command, "--out", graph)
            assert (found.returncode, "is being built by another process" in found.stderr) == (1, True)
    assert kg("import", large, "--out", graph).returncode == 0
