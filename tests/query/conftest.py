from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode, Triple

from graphbuild.cli import main
from graphbuild.store.folder import GraphFolder
from tests.small_graph import small_graph

EX = "http://example.org/"


@pytest.fixture(scope="session")
def graph(tmp_path_factory) -> GraphFolder:
    return small_graph(tmp_path_factory.mktemp("graph") / "kg")


@pytest.fixture(scope="session")
def wide_graph(tmp_path_factory) -> GraphFolder:
    """20,000 triples: enough for a product of three patterns never to end."""
    named = [NamedNode(f"{EX}{number}") for number in range(20_000)]
    triples = [Triple(node, NamedNode(f"{EX}next"), node) for node in named]
    return small_graph(tmp_path_factory.mktemp("wide") / "kg", triples)


@pytest.fixture
def ask(graph: GraphFolder) -> Callable[..., Result]:
    """Run ``graphbuild query`` over the small graph."""

    def run(*arguments: str, stdin: str | None = None) -> Result:
        command = ["query", *arguments, "--graph", str(graph.path)]
        return CliRunner().invoke(main, command, input=stdin)

    return run


@pytest.fixture
def query_file(tmp_path: Path) -> Callable[[str], Path]:
    """Write a query to a file."""

    def write(text: str) -> Path:
        path = tmp_path / "mine.rq"
        path.write_text(text, encoding="utf-8")
        return path

    return write
