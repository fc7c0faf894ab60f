import duckdb
import pytest

from graphbuild.errors import GraphError
from graphbuild.store.folder import Build, GraphFolder
from graphbuild.store.touched import Touched, read_touched


@pytest.fixture
def graph(tmp_path):
    (tmp_path / "build-0001").mkdir()
    return GraphFolder(tmp_path, Build("build-0001", "", "", None, (), {}, 0, 0, {}))


def test_nodes_that_state_something_else_are_told_apart_from_those_that_are_named_no_more(graph):
    rows = "('<a>', 'added'), ('<b>', 'changed'), ('<c>', 'removed'), ('<d>', 'unnamed')"
    with duckdb.connect() as connection:
        table = connection.sql(f"SELECT * FROM (VALUES {rows}) t(subject, change)")
        table.write_parquet(str(graph.touched))
    assert read_touched(graph) == Touched(frozenset({"<a>", "<b>", "<c>"}), frozenset({"<d>"}))


def test_build_that_added_nothing_tells_nothing(graph):
    assert read_touched(graph) is None


def test_damaged_file_is_named(graph):
    graph.touched.write_text("x", encoding="utf-8")
    with pytest.raises(GraphError, match=r"touched\.parquet: cannot be read"):
        read_touched(graph)
