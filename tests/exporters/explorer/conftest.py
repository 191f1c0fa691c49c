"""The explorer's file of a made field at several sizes, opened in Chromium without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.exporters.explorer import Explorer
from kg.stores.oxigraph import OxigraphStore
from tests.exporters.explorer_page import ARGUMENTS, CHROMIUM, LARGE, Held, Opened
from tests.exporters.made_field import made_field


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests of this folder as those of a browser; without one they skip."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.skipif(CHROMIUM is None, reason="no Chromium"))


@pytest.fixture(scope="session", params=[1_000, *(pytest.param(size, marks=LARGE) for size in (100, 10_000, 100_000))])
def store(request: pytest.FixtureRequest) -> OxigraphStore:
    made = OxigraphStore()
    made.load(made_field(request.param))
    return made


@pytest.fixture(scope="session")
def file(store: OxigraphStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    path.write_bytes(b"".join(Explorer().export(store)))
    return path


@pytest.fixture(scope="session")
def held(file: Path) -> Held:
    return Held(file)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any, file: Path, held: Held) -> Iterator[Opened]:
    """A page; after the test it has asked for nothing and complained of nothing."""
    context = browser.new_context(offline=True, reduced_motion="reduce", viewport={"width": 1300, "height": 850}, accept_downloads=True)
    opened = Opened(context.new_page(), file, held)
    yield opened
    assert opened.said == []
    assert opened.asked_for_nothing()
    assert opened.page.evaluate("window.pwned") is None
    context.close()
