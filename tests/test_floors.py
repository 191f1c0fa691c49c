"""The floors of docs/architecture.md: a file imports from lower floors only, and from no other room of its own floor."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "kg"
# From the ground up.  A name is a module of kg/ or a room (a folder); a row is one floor.
FLOORS = (
    ("errors",),
    ("model", "staging", "remote"),
    ("identity", "ontology", "registry", "sparql", "inputs"),
    ("protocols", "queries", "fingerprint", "manifest", "rdf"),
    ("tsv",),
    ("network", "papers", "validate", "cache", "corroboration", "names", "ordering"),
    ("neighbours", "facts"),
    ("readers", "annotators", "stores", "merge", "exporters", "engines", "records"),
    ("extractors", "stretches"),
    ("links", "spool", "thesauri"),
    ("vocabularies",),
    ("tables",),
    ("filling",),
    ("pipeline", "graph", "importing"),
    ("profile", "leaderboard", "evaluation", "linking", "partitions", "status"),
    ("spread",),
    ("trust",),
    ("service",),
    ("__init__", "cli"),
    ("__main__",),
)
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
TOP = len(FLOORS)  # where a name stands that nobody has placed


def files() -> list[Path]:
    return sorted(HOUSE.rglob("*.py"))


def room(path: Path) -> str:
    """`readers` for kg/readers/html.py, `model` for kg/model.py."""
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def imported(source: str) -> Iterator[str]:
    """The rooms that a file imports from, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names = [f"kg.{alias.name}" for alias in node.names] if node.module == "kg" else [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("kg."))


def breaches(path: Path, source: str) -> list[str]:
    here = room(path)
    return sorted(
        {
            f"{path.relative_to(HOUSE)} imports {other}"
            for other in imported(source)
            if other != here and FLOOR.get(other, TOP) >= FLOOR.get(here, TOP)
        }
    )


def test_a_name_stands_on_one_floor() -> None:
    assert sum(map(len, FLOORS)) == len(FLOOR)


def test_every_file_stands_on_a_floor() -> None:
    assert {room(path) for path in files()} == set(FLOOR), "give the new room or module its floor in FLOORS"


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_a_file_imports_from_lower_floors_only(path: Path) -> None:
    assert breaches(path, path.read_text(encoding="utf-8")) == []


def test_many_files_were_seen() -> None:
    assert len(files()) > 100


@pytest.mark.parametrize(
    "source",
    ["from kg.pipeline import build", "from kg import cli", "def f():\n    import kg.stores.oxigraph", "from kg.extractors.papers import Papers"],
)
def test_a_breach_is_found(source: str) -> None:
    assert breaches(HOUSE / "readers" / "html.py", source)


@pytest.mark.parametrize("source", ["from kg.readers.inline import x", "from kg.model import Span", "import re", "from kg import identity"])
def test_what_is_allowed_is_no_breach(source: str) -> None:
    assert breaches(HOUSE / "readers" / "html.py", source) == []


def test_files_are_one_idea_long() -> None:
    lengths = {path.relative_to(HOUSE).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in files()}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_a_module_says_what_it_is() -> None:
    assert [path for path in files() if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []
