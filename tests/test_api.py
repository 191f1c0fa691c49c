"""The public names: complete, sorted, documented, and at one place each."""

from __future__ import annotations

import ast
import inspect
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import kg
from kg import errors, protocols, registry

TYPES = {
    "reader": protocols.Reader,
    "annotator": protocols.Annotator,
    "extractor": protocols.Extractor,
    "store": protocols.StoreKind,
    "exporter": protocols.Exporter,
}


def test_all_is_sorted_and_can_be_had() -> None:
    assert list(kg.__all__) == sorted(kg.__all__)
    assert {"build", "open", "Graph"} <= set(kg.__all__)
    for name in kg.__all__:
        assert inspect.getdoc(getattr(kg, name)), name


def test_a_promised_name_has_one_home() -> None:
    homes = [getattr(kg, name).__module__ + "." + getattr(kg, name).__qualname__ for name in kg.__all__]
    assert len(set(homes)) == len(homes)


def test_the_package_is_typed() -> None:
    assert (Path(kg.__file__).parent / "py.typed").exists()


def test_every_error_is_a_kg_error_and_stands_in_the_tree() -> None:
    classes = [value for value in vars(errors).values() if inspect.isclass(value)]
    assert len(classes) > 8
    for each in classes:
        assert issubclass(each, errors.KgError)
        assert each.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize("door", registry.DOORS)
def test_what_stands_behind_a_door_has_its_parts(door: str) -> None:
    found = registry.plugins(door)
    assert len(found) == len(entry_points(group=f"kg.{door}s")) > 0
    parts = {name for name in (*TYPES[door].__annotations__, *vars(TYPES[door])) if not name.startswith("_")}
    for each in found:
        assert not {part for part in parts if not hasattr(each, part)}, each
        assert callable(each) or door not in ("annotator", "extractor")
    assert [each.name for each in found] == list(registry.names(door))


def test_public_functions_say_what_they_give() -> None:
    missing = []
    for path in sorted(Path(kg.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is None:
                missing.append(f"{path.name}:{node.lineno} {node.name}")
    assert missing == []
