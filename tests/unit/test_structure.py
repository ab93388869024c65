"""Who may import whom: a module only what stands to its left."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / "tgwidget"
TYPESCRIPT = ROOT / "js" / "src"

PYTHON_ORDER = """
    ledger values taskfacts glances census
    alarm walk roster study answers inspector probe shipment
    progress runs records mirror sync inquiry
    markup models catalog columns figures details
    wire pace panels widget
    record report bokeh
    demo cli __main__
"""
TYPESCRIPT_ORDER = """
    wire wire-study mirror study
    format names progress texts theme lens bar
    store inquiry picture summary facts news
    layout scene draw
    interaction dom panel view hosts
"""
TRAVELS_TO_THE_SCHEDULER = (
    *("ledger", "values", "taskfacts", "glances", "census"),
    *("alarm", "walk", "roster", "study", "answers", "inspector"),
    "probe",
)


class Import(NamedTuple):
    """One module of ours wants another."""

    importer: str
    imported: str


def python_sources() -> list[tuple[str, ast.Module]]:
    """Each file with the name of the module or package that it belongs to."""
    paths = [path for path in sorted(PYTHON.rglob("*.py")) if path != PYTHON / "__init__.py"]
    return [
        (path.relative_to(PYTHON).with_suffix("").parts[0], ast.parse(path.read_text())) for path in paths
    ]


def absolute_names(tree: ast.Module) -> Iterator[str]:
    """Dotted names of all that a module imports, also inside functions and under TYPE_CHECKING."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(filter(None, ["tgwidget" if node.level else None, node.module]))
            yield from (f"{base}.{alias.name}" for alias in node.names)


def python_imports() -> list[Import]:
    modules = {name for name, _ in python_sources()}
    return [
        Import(importer, dotted.split(".")[1])
        for importer, tree in python_sources()
        for dotted in absolute_names(tree)
        if dotted.startswith("tgwidget.") and dotted.split(".")[1] in modules
    ]


def typescript_sources() -> dict[Path, list[str]]:
    """What each file names after ``from`` or ``import``."""
    pattern = re.compile(r"""\b(?:from|import)\s*\(?\s*["']([^"']+)["']""")
    paths = [path for path in sorted(TYPESCRIPT.rglob("*.ts")) if not path.name.endswith(".d.ts")]
    return {path: pattern.findall(path.read_text()) for path in paths}


def part(path: Path) -> str:
    return path.relative_to(TYPESCRIPT).with_suffix("").parts[0]


def typescript_imports() -> list[Import]:
    return [
        Import(part(path), part((path.parent / name).resolve()))
        for path, names in typescript_sources().items()
        for name in names
        if name.startswith(".")
    ]


def strangers(modules: Iterable[str], order: str) -> list[str]:
    return sorted(set(modules) - set(order.split()))


def backwards(imports: Iterable[Import], order: str) -> list[str]:
    place = {name: index for index, name in enumerate(order.split())}
    return [
        f"{importer} imports {imported}"
        for importer, imported in imports
        if {importer, imported} <= place.keys() and place[imported] > place[importer]
    ]


@pytest.mark.parametrize(
    ("imports", "wrong"),
    [
        ([Import("b", "a"), Import("c", "a"), Import("b", "b")], []),
        ([Import("a", "b"), Import("c", "b")], ["a imports b"]),
    ],
)
def test_an_import_from_the_right_is_noticed(imports, wrong):
    assert backwards(imports, "a b c") == wrong


def test_every_python_module_has_its_place():
    assert strangers((name for name, _ in python_sources()), PYTHON_ORDER) == []


def test_python_modules_import_only_from_their_left():
    assert backwards(python_imports(), PYTHON_ORDER) == []


def test_every_typescript_module_has_its_place():
    assert strangers(map(part, typescript_sources()), TYPESCRIPT_ORDER) == []


def test_typescript_modules_import_only_from_their_left():
    assert backwards(typescript_imports(), TYPESCRIPT_ORDER) == []


def test_the_front_end_imports_only_the_packages_that_it_declares():
    declared = json.loads((ROOT / "js" / "package.json").read_text())["dependencies"]
    packages = {name for names in typescript_sources().values() for name in names if not name.startswith(".")}
    assert packages <= set(declared)


@pytest.mark.skipif(sys.version_info < (3, 10), reason="sys.stdlib_module_names came with Python 3.10")
@pytest.mark.parametrize("name", TRAVELS_TO_THE_SCHEDULER)
def test_what_travels_to_the_scheduler_needs_only_the_standard_library_and_distributed(name):
    top = {imported.split(".")[0] for imported in absolute_names(dict(python_sources())[name])}
    assert top <= {*sys.stdlib_module_names, "distributed", "tgwidget"}
    ours = {one.imported for one in python_imports() if one.importer == name}
    assert ours <= set(TRAVELS_TO_THE_SCHEDULER)
