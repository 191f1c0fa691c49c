"""What only one document said goes with it, and nothing else: the rest has the bytes of a graph built without it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.errors import GraphError
from kg.pipeline import build
from kg.trust.remove import remove
from kg.trust.verify import verify

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"


def contents(graph: Path) -> dict[str, object]:
    """All that a build makes, but the store, whose files differ from run to run, and the digest of the inputs, which only a build knows."""
    files: dict[str, object] = {name: (graph / name).read_bytes() for name in ("graph.nt", "merges.jsonl", "rejected.jsonl")}
    manifest = json.loads((graph / "manifest.json").read_text("utf-8"))
    del manifest["inputs"]
    return files | {"manifest": manifest, "cache": sorted(path.name for path in (graph / "cache").iterdir())}


@pytest.mark.parametrize("folder", [ROOT / "examples", CORPUS / "seeds"], ids=lambda folder: folder.name)
def test_each_document_in_turn(folder: Path, tmp_path: Path) -> None:
    if not folder.is_dir():
        pytest.skip("these documents are not on this machine")
    shutil.copytree(folder, texts := tmp_path / "texts")
    whole = build([texts], tmp_path / "graph").folder
    documents = sorted(path for path in texts.iterdir() if path.is_file())
    assert len(documents) > 4
    for document in documents:
        shutil.copytree(whole, cut := tmp_path / "cut")
        remove(cut, [document.name])
        document.rename(aside := tmp_path / document.name)
        shutil.copytree(whole, without := tmp_path / "without")
        build([texts], without)
        assert contents(cut) == contents(without)
        aside.rename(document)
        shutil.rmtree(cut)
        shutil.rmtree(without)


def test_what_is_left_holds_and_can_be_asked(built: object, tmp_path: Path) -> None:
    shutil.copytree(built.folder, graph := tmp_path / "graph")  # type: ignore[attr-defined]
    found = CliRunner().invoke(main, ["remove", "Autumn notes on counting", "--graph", str(graph)])
    assert found.exit_code == 0, found.output
    assert found.output.startswith("2 documents are left")
    assert verify(graph, built.texts).problems == ()  # type: ignore[attr-defined]
    assert "autumn-notes" not in (graph / "graph.nt").read_text("utf-8")


def test_a_document_that_is_not_there_is_said(built: object, tmp_path: Path) -> None:
    shutil.copytree(built.folder, graph := tmp_path / "graph")  # type: ignore[attr-defined]
    before = contents(graph)
    with pytest.raises(GraphError, match=r"no document of this graph; there are: .*tallies\.html"):
        remove(graph, ["nowhere.md"])
    with pytest.raises(GraphError, match="nothing would be left"):
        remove(graph, ["counting-2021.md", "autumn-notes.md", "tallies.html"])
    assert contents(graph) == before
