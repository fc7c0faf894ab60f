"""A query reaches this graph's columns, and nothing else of the machine."""

import duckdb
import pytest

from graphbuild.query.analytic.database import opened
from graphbuild.query.analytic.output import prepare


@pytest.fixture
def connection(columned):
    with opened(columned.columns) as database:
        prepare(database.connection)
        yield database.connection


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM 'http://localhost:9/x.parquet'",
        "COPY (SELECT 1) TO 'written'",
        "ATTACH 'other.duckdb' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "EXPORT DATABASE 'written'",
        "SET enable_external_access = true",
        "SET autoload_known_extensions = true",
        "SET memory_limit = '900GB'",
        "CREATE TABLE graph.more AS SELECT 1",
        "DROP TABLE graph.term",
        "PRAGMA enable_profiling",
    ],
)
def test_files_network_extensions_and_settings_are_shut(connection, sql):
    with pytest.raises(duckdb.Error):
        connection.execute(sql)


def test_more_than_fits_into_memory_still_goes_to_disk(chain):
    with opened(chain.graph.columns, memory="40MB") as database:
        prepare(database.connection)
        sql = (
            "SELECT count(*) FROM (SELECT a.i * b.range AS x, random() FROM worth a, "
            "range(600000) b ORDER BY x, 2 OFFSET 3)"
        )
        assert database.connection.execute(sql).fetchone()[0] > 4_000_000
