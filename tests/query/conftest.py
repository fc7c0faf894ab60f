import pytest
from pyoxigraph import NamedNode, Triple

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
