import pytest
from pyoxigraph import NamedNode, Quad, Store

from graphbuild.store.folder import GraphFolder
from tests.small_graph import small_graph

EX = "http://example.org/"


@pytest.fixture(scope="session")
def graph(tmp_path_factory) -> GraphFolder:
    return small_graph(tmp_path_factory.mktemp("graph") / "kg")


@pytest.fixture(scope="session")
def wide_graph(tmp_path_factory) -> GraphFolder:
    """20,000 triples: enough for a product of three patterns never to end."""
    made = small_graph(tmp_path_factory.mktemp("wide") / "kg", [])
    named = [NamedNode(f"{EX}{number}") for number in range(20_000)]
    store = Store(str(made.store))
    store.bulk_extend(Quad(node, NamedNode(f"{EX}next"), node) for node in named)
    store.flush()
    return made
