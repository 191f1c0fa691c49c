import os
from pathlib import Path

import pytest

from kg import inputs
from kg.errors import InputError, TooLarge


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "notes"
    for name in ("b.md", "a.md", "deep/c.html", ".hidden.md", ".git/d.md", "deep/picture.png"):
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return home


def locators(*paths: object) -> list[str]:
    return [item.locator for item in inputs.gather(map(str, paths), {".md", ".html"})]


def test_a_folder_stands_for_its_documents(folder: Path) -> None:
    assert locators(folder) == ["notes/a.md", "notes/b.md", "notes/deep/c.html"]


def test_files_folders_and_patterns_mix_without_doubles(folder: Path) -> None:
    assert locators(folder / "a.md", folder, folder / "**/*.html", folder / "*.md") == ["deep/c.html", "notes/a.md", "notes/b.md"]


def test_a_file_that_is_named_is_taken_whatever_its_suffix(folder: Path) -> None:
    assert locators(folder / "deep/picture.png") == ["deep/picture.png"]


@pytest.mark.parametrize("path", ["nowhere", "nowhere/*.md"])
def test_a_path_that_names_nothing_is_told(path: str) -> None:
    with pytest.raises(InputError, match="nowhere"):
        locators(path)


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="no regular file"):
        inputs.contents(tmp_path / "pipe", "pipe")


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.md"
    with path.open("wb") as file:
        file.truncate(inputs.LIMIT + 1)
    with pytest.raises(TooLarge, match="limit is 10,000,000"):
        inputs.contents(path, "huge.md")


def test_a_reason_holds_no_path_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        inputs.contents(tmp_path / "gone.md", "notes/gone.md")
    assert str(tmp_path) not in str(error.value)
