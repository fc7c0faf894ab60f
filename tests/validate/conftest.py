"""Graphs that the tests of validation damage and change."""

from pathlib import Path

import pytest

from graphbuild.build import Options, build
from graphbuild.store.columns import read_rows
from graphbuild.validate.data import turtle_rows

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def graphs(tmp_path_factory):
    """Return the triples of the shipped examples, and those of the valid example of the shapes."""
    folder = tmp_path_factory.mktemp("graphs")
    inputs = (str(ROOT / "examples/profile-page.txt"), str(ROOT / "examples/library.jsonl"))
    built = [
        list(read_rows(build(Options((each,), folder / str(n))).graph))
        for n, each in enumerate(inputs)
    ]
    valid = (ROOT / "tests/shapes/valid.ttl").read_text(encoding="utf-8")
    return [*built, list(turtle_rows(valid))]
