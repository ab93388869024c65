"""The probe travels as text, to schedulers that have no tgwidget and another Python."""

from __future__ import annotations

import ast
import pickle
import pickletools
import sys

import pytest

from tgwidget import census, study
from tgwidget.shipment import installer, operation, probe_sources

ALLOWED = {"distributed"}
STANDARD = set(getattr(sys, "stdlib_module_names", ())) or {
    "__future__", "array", "asyncio", "collections", "heapq", "itertools", "logging", "operator", "re", "sys",
    "time", "typing", "uuid",
}  # fmt: skip


def test_the_probe_is_python_of_the_oldest_scheduler() -> None:
    for source in probe_sources():
        ast.parse(source, feature_version=(3, 8))


def test_the_probe_imports_only_the_standard_library_and_distributed() -> None:
    roots = set()
    for node in (node for source in probe_sources() for node in ast.walk(ast.parse(source))):
        if isinstance(node, ast.Import):
            roots |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            roots.add((node.module or "").split(".")[0])
    assert roots <= STANDARD | ALLOWED


def test_the_pickle_names_nothing_but_eval() -> None:
    text = [str(value) for op, value, _ in pickletools.genops(installer()) if isinstance(value, str)]
    assert text[:2] == ["builtins", "eval"]
    assert not any(op.name == "GLOBAL" for op, _, _ in pickletools.genops(installer()))


def test_what_arrives_is_the_installer_made_from_the_text_alone() -> None:
    install = pickle.loads(installer())
    assert install.__name__ == "install"
    assert install.__module__ == "tgwidget_probe"
    assert install.__globals__["Census"].__module__ == "tgwidget_probe"
    assert not any(name.startswith("tgwidget.") for name in map(str, install.__globals__))


def test_a_module_keeps_its_own_constants_though_another_has_one_of_that_name() -> None:
    names = pickle.loads(installer()).__globals__
    assert names["Census"].sweep.__globals__["CHUNK"] == census.CHUNK
    assert names["Study"].steps.__globals__["CHUNK"] == study.CHUNK != census.CHUNK


def test_another_text_has_another_operation(monkeypatch: pytest.MonkeyPatch) -> None:
    from tgwidget import shipment

    before = operation()
    operation.cache_clear()
    monkeypatch.setattr(shipment, "probe_sources", lambda: ("pass\n",))
    try:
        assert operation() != before
    finally:
        operation.cache_clear()


def test_no_builtin_is_subscripted_where_python_runs_it() -> None:
    """Python 3.8 has no ``dict[str, int]``; in annotations nobody evaluates it."""
    for source in probe_sources():
        tree = ast.parse(source)
        annotations = [
            annotation
            for node in ast.walk(tree)
            for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None))
            if annotation is not None
        ]
        unread = {id(part) for annotation in annotations for part in ast.walk(annotation)}
        generic = {"dict", "list", "tuple", "set", "frozenset", "type", "deque", "Counter", "OrderedDict"}
        assert not [
            ast.unparse(node)
            for node in ast.walk(tree)
            if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name)
            if node.value.id in generic and id(node) not in unread
        ]
