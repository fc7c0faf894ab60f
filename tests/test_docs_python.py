"""What docs/python.md shows is what happens."""

import doctest
from datetime import date
from pathlib import Path

from graphbuild.build import Options, build

ROOT = Path(__file__).resolve().parents[1]


def test_guide_to_python_is_true(tmp_path, monkeypatch):
    page = str(ROOT / "examples" / "profile-page.txt")
    build(Options((page,), tmp_path / "my-graph", as_of=date(2026, 11, 23)))
    monkeypatch.chdir(tmp_path)
    found = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False)
    assert found.attempted > 10
    assert found.failed == 0
