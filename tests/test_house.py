"""Rules of the house that no other tool holds."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "graphbuild"
MODULES = sorted(PACKAGE.rglob("*.py"))
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def names(paths):
    return [str(path.relative_to(PACKAGE)) for path in paths]


@pytest.mark.parametrize("path", MODULES, ids=names(MODULES))
def test_files_and_functions_are_short(path):
    text = path.read_text(encoding="utf-8")
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, FUNCTIONS) and (node.end_lineno or 0) - node.lineno >= 40
    ]
    assert long == []
    assert text.count("\n") <= 400


@pytest.mark.parametrize("path", MODULES, ids=names(MODULES))
def test_no_module_catches_everything(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            assert getattr(node.type, "id", "") not in {"Exception", "BaseException"} or _reraises(
                node
            )


def _reraises(handler: ast.ExceptHandler) -> bool:
    return any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))


def test_no_sql_takes_the_hash_of_a_text_for_the_text():
    """DuckDB's hash makes one number of some DOIs; who uses it has to look whether it did."""
    calls = re.compile(r"(?<![\w.])hash\(")
    assert not [path.name for path in MODULES if calls.search(path.read_text(encoding="utf-8"))]


def test_functions_are_short_in_the_median():
    lengths = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, FUNCTIONS)
    )
    assert lengths[len(lengths) // 2] <= 12
