"""The wheel works without the checkout: built, installed into a new environment, used in another directory."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("hatchling", reason="hatchling is not installed; `python3 tasks.py test` installs it")
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`kg` of an environment that holds the wheel, and the dependencies of this one by its path: nothing is fetched."""
    folder = tmp_path_factory.mktemp("fresh") / "env"
    venv.create(folder, with_pip=False)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    packages = next(folder.rglob("site-packages"))
    quiet = ("--quiet", "--no-deps", "--no-index", "--disable-pip-version-check")
    subprocess.run([sys.executable, "-m", "pip", "--python", str(folder), "install", *quiet, str(wheel)], check=True)
    ours = next(path for path in sys.path if path.endswith("site-packages"))
    (packages / "dependencies.pth").write_text(ours + "\n", encoding="utf-8")
    return scripts / "kg"


def test_the_ontology_travels_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for name in ("kg.ttl", "shapes.ttl", "topics.ttl", "venues.ttl", "context.jsonld", "queries/awards.rq", "checks/fact-has-claim.rq"):
        assert f"kg/_ontology/{name}" in names
    assert "kg/py.typed" in names
    assert {name.split("/")[0] for name in names if not name.startswith("paperkg-")} == {"kg"}
    assert not [name for name in names if "__pycache__" in name or name.startswith(("tests", "examples", "exports"))]


def test_it_builds_and_answers_in_another_directory(command: Path, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "KG_GRAPH")}
    (tmp_path / "notes.md").write_bytes((ROOT / "examples" / "learned-databases.md").read_bytes())

    def kg(*arguments: str) -> str:
        done = subprocess.run([str(command), *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "1 documents" in kg("build", "notes.md")
    assert "ALEX" in kg("query", "--name", "papers", "--format", "csv")
    assert "graph.ttl" in kg("export", "turtle", "-o", "graph.ttl")
    assert (tmp_path / "graph.ttl").stat().st_size > 10_000


def test_it_is_the_installed_package_that_ran(command: Path, tmp_path: Path) -> None:
    code = "import kg, kg.ontology; print(kg.__file__); print(kg.ontology.folder())"
    shown = subprocess.run([str(command.with_name("python")), "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert shown.count(str(command.parent.parent)) == 2
    assert "_ontology" in shown
