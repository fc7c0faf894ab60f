from dataclasses import dataclass

import pytest
from pyoxigraph import RdfFormat, Store

from graphbuild.store.columns import XSD
from graphbuild.store.dictionary import write_dictionary
from graphbuild.store.folder import GraphFolder
from graphbuild.store.triples import write_columns, write_lines
from tests.small_graph import small_graph


def with_columns(graph: GraphFolder) -> GraphFolder:
    """Write the columns of a graph that has triples and a store."""
    write_dictionary(graph.triples, graph.columns, graph.extent)
    return graph


@pytest.fixture(scope="session")
def columned(tmp_path_factory) -> GraphFolder:
    """The small graph, with columns."""
    return with_columns(small_graph(tmp_path_factory.mktemp("columned") / "kg"))


@dataclass(frozen=True)
class Chain:
    """A graph of many triples: a chain of nodes, each with a number and a name."""

    graph: GraphFolder
    length: int


@pytest.fixture(scope="session")
def chain(tmp_path_factory) -> Chain:
    length, ex = 21_000, "http://example.org/"
    graph = small_graph(tmp_path_factory.mktemp("chain") / "kg", [])
    lines = graph.path / "chain.nt"
    write_lines(
        lines,
        [f"<{ex}n{n:05}> <{ex}next> <{ex}n{n + 1:05}> .\n" for n in range(length - 1)]
        + [f'<{ex}n{n:05}> <{ex}number> "{n % 7}"^^<{XSD}integer> .\n' for n in range(length)],
    )
    write_columns([lines], graph.triples)
    Store(str(graph.store)).bulk_load(path=str(lines), format=RdfFormat.N_TRIPLES)
    return Chain(with_columns(graph), length)
