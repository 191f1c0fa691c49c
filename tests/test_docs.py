"""The documentation is true: pages are fresh, all is described, links lead somewhere, commands and code run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import generate
import pytest

import kg
from kg import ontology, registry
from kg.cli import main

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted((ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")))
FROM_NOTHING = (ROOT / "README.md", DOCS / "tutorial.md", DOCS / "how-to" / "version-a-graph.md")
CODE = re.compile(r"^( *)```(\w+)\n(.*?)^\1```", re.M | re.S)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def page_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path, language: str) -> list[str]:
    return [re.sub(f"^{indent}", "", code, flags=re.M) for indent, name, code in CODE.findall(path.read_text(encoding="utf-8")) if name == language]


def commands() -> dict[str, click.Command]:
    context = click.Context(main)
    return {name: command for name in main.list_commands(context) if (command := main.get_command(context, name))}


@pytest.mark.parametrize("name", generate.PAGES)
def test_a_generated_page_is_fresh(name: str) -> None:
    assert (DOCS / "reference" / name).read_text(encoding="utf-8") == generate.PAGES[name](), "run `python3 tasks.py docs`"


@pytest.mark.parametrize("name", commands())
def test_a_command_says_what_it_does(name: str) -> None:
    command = commands()[name]
    assert command.help
    assert "\\b" not in command.help, "a raw docstring hides the mark that keeps lines apart"
    assert not [
        param.name for param in command.params if isinstance(param, click.Option) and not param.help and not isinstance(param.type, click.Choice)
    ]
    assert f"## `kg {name}`" in (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")


def test_there_are_many_commands() -> None:
    assert len(commands()) >= 10


@pytest.mark.parametrize("door", registry.DOORS)
def test_what_stands_behind_a_door_is_described(door: str) -> None:
    page = (DOCS / "reference" / "plugins.md").read_text(encoding="utf-8")
    assert f"`kg.{door}s`" in page
    for name in registry.names(door):
        assert re.search(rf"^\| `{re.escape(name)}` \| \S", page, re.M), name


def test_every_word_of_the_ontology_is_described() -> None:
    page = (DOCS / "reference" / "ontology.md").read_text(encoding="utf-8")
    words = [address.removeprefix(ontology.PREFIXES["kg"]) for address in ontology.terms() if address.startswith(ontology.PREFIXES["kg"])]
    assert len(words) > 50
    assert [word for word in words if word and word != "kinds" and f"| `kg:{word}` |" not in page] == []


def test_every_dependency_has_its_reason() -> None:
    wanted = {
        re.split(r"[\[<>=~ ;]", line)[0] for line in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    }
    page = (DOCS / "decisions" / "dependencies.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| ([a-z][\w-]+) \|", page, re.M)) - {"package"} == wanted


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_links_lead_somewhere(path: Path) -> None:
    targets = [target for target in LINK.findall(path.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_every_page_can_be_reached() -> None:
    linked = {(path.parent / target).resolve() for path in PAGES for target in LINK.findall(path.read_text(encoding="utf-8")) if "://" not in target}
    decisions = {path.resolve() for path in (DOCS / "decisions").glob("*.md")}
    assert [page_name(path) for path in PAGES if path.resolve() not in linked | decisions and path.name != "README.md"] == []


def test_the_pictures_are_small() -> None:
    assert all(path.stat().st_size < 300_000 for path in (DOCS / "images").iterdir())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "graph"
    kg.build([ROOT / "examples"], folder)
    return folder


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory as the pages expect it: with examples/, and `kg` on the path."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("KG_GRAPH", raising=False)
    return tmp_path


def steps(path: Path) -> list[tuple[str, list[str]]]:
    """Each command with the lines of output that the page shows; `…` stands for any others."""
    found: list[tuple[str, list[str]]] = []
    for line in "\n".join(blocks(path, "console")).splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif line.strip() and line != "…":
            found[-1][1].append(line.rstrip("…"))
    return found


@pytest.mark.skipif(os.name == "nt", reason="the pages are written for a POSIX shell")
@pytest.mark.parametrize("path", [path for path in PAGES if blocks(path, "console")], ids=page_name)
def test_the_commands_of_a_page_run(path: Path, place: Path, built: Path) -> None:
    if path not in FROM_NOTHING:
        shutil.copytree(built, place / "graph")
    for command, shown in steps(path):
        done = subprocess.run(command, shell=True, cwd=place, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        missing = [line for line in shown if not any(printed.startswith(line) for printed in done.stdout.splitlines())]
        assert missing == [], f"{command}\n{done.stdout}"


@pytest.mark.parametrize("path", [path for path in PAGES if blocks(path, "python") and path.name != "plugins.md"], ids=page_name)
def test_the_code_of_a_page_runs(path: Path, place: Path) -> None:
    names: dict[str, object] = {"__name__": "page"}
    for code in blocks(path, "python"):
        exec(compile(code, page_name(path), "exec"), names)


def test_enough_was_run() -> None:
    assert len([command for path in PAGES for command, _ in steps(path)]) >= 25
    assert len([code for path in PAGES for code in blocks(path, "python")]) >= 12
