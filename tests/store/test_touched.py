import duckdb
import pytest

from graphbuild.errors import GraphError
from graphbuild.store.folder import Build, GraphFolder
from graphbuild.store.touched import TOUCHED, Touched, read_touched, write_touched

BEFORE = [
    ("<a>", "<p>", "<b>"),
    ("<a>", "<p>", '"x"'),
    ("<b>", "<p>", "<c>"),
    ("<c>", "<p>", "<d>"),
]
AFTER = [("<a>", "<p>", '"x"'), ("<a>", "<p>", '"y"'), ("<c>", "<p>", "<d>"), ("<e>", "<p>", "<d>")]


def folder(path, name, rows):
    """Return a graph folder in which a build holds some triples."""
    triples = path / name / "triples"
    triples.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t (s VARCHAR, p VARCHAR, o VARCHAR)")
        connection.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
        connection.table("t").write_parquet(str(triples / "triples.parquet"))
    return GraphFolder(path, Build(name, "", "", None, (), {}, 0, 0, {}))


def test_nodes_that_state_something_else_are_told_and_those_that_are_named_no_more(tmp_path):
    after = folder(tmp_path, "build-0002", AFTER)
    write_touched(folder(tmp_path, "build-0001", BEFORE), after.data)
    rows = duckdb.read_parquet(str(after.data / TOUCHED)).fetchall()
    assert rows == [("<a>", "changed"), ("<b>", "removed"), ("<c>", "unnamed"), ("<e>", "added")]
    assert read_touched(after) == Touched(frozenset({"<a>", "<b>", "<e>"}), frozenset({"<c>"}))


def test_nothing_is_told_of_equal_graphs_and_of_builds_that_added_nothing(tmp_path):
    before, after = (folder(tmp_path, f"build-000{n}", BEFORE) for n in (1, 2))
    write_touched(before, after.data)
    assert read_touched(after) == Touched(frozenset(), frozenset())
    assert read_touched(before) is None


def test_damaged_file_is_named(tmp_path):
    graph = folder(tmp_path, "build-0001", BEFORE)
    (graph.data / TOUCHED).write_text("x", encoding="utf-8")
    with pytest.raises(GraphError, match=r"touched\.parquet: cannot be read"):
        read_touched(graph)
