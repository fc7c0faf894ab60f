"""What cannot be written is said, by whichever engine writes it."""

import duckdb
import pytest

from graphbuild.entities import Person
from graphbuild.errors import GraphError
from graphbuild.store.labels import write_labels
from graphbuild.store.tables import write_table
from graphbuild.store.triples import write_columns, write_lines


def test_label_index_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(GraphError, match=r"nowhere/search\.db: cannot be written"):
        write_labels(tmp_path / "nowhere" / "search.db", [])


def test_columns_that_cannot_be_written_are_named(tmp_path):
    write_lines(tmp_path / "t.nt", ["<urn:a> <urn:p> <urn:o> .\n"])
    (tmp_path / "t.parquet").mkdir()
    with pytest.raises(GraphError, match=r"t\.parquet: cannot be written") as caught:
        write_columns([tmp_path / "t.nt"], tmp_path / "t.parquet")
    assert isinstance(caught.value.__cause__, duckdb.Error)


def test_table_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "t.parquet").mkdir()
    with pytest.raises(GraphError, match=r"t\.parquet: cannot be written"):
        write_table(tmp_path / "t.parquet", Person, [])
