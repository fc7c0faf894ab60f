"""Make flat tables of a graph's triples: one row for each entity or pair, text without RDF's signs.

They are computed from the columns when they are asked for, so they need no place in the graph
folder, and an endpoint has them too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from graphbuild.mapping import vocabulary as v
from graphbuild.store.flat_tables import PAIRS, RECKONED, TABLES, Column, Table
from graphbuild.store.places import Place, triples_with

NAMES = (*TABLES, *PAIRS, *RECKONED)
"""Every table."""

PLAIN = r"""
CREATE TEMP MACRO unescaped(o) AS
    CASE WHEN contains(o, '\') THEN
        replace(replace(replace(replace(replace(replace(replace(
            o, '\\', chr(57344)), '\"', '"'), '\n', chr(10)), '\r', chr(13)), '\t', chr(9)),
            '\b', chr(8)), chr(57344), '\')
    ELSE o END;
CREATE TEMP MACRO plain(o) AS
    CASE WHEN o LIKE '<%' THEN o[2:-2]
    ELSE unescaped(regexp_extract(o, '(?s)^"(.*)"[^"]*$', 1)) END;
CREATE TEMP MACRO order_key(o) AS CASE WHEN o LIKE '%@en' THEN '0' ELSE '1' END || o;
"""


@contextmanager
def flat(place: Place) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a connection that has the flat tables as tables, and ``triples``.

    Raises:
        GraphError: the graph's triples cannot be read.
        EndpointError: the endpoint does not answer, or not wholly.
    """
    with triples_with(place, _predicates()) as connection:
        connection.execute(PLAIN)
        for name, table in TABLES.items():
            connection.execute(f"CREATE TEMP TABLE {name} AS {_rows(table)}")
        for name, (_, columns, predicate) in PAIRS.items():
            one, other = columns
            connection.execute(
                f"CREATE TEMP TABLE {name} AS SELECT s[2:-2] AS {one}, o[2:-2] AS {other} "  # noqa: S608 - names of ours
                "FROM triples WHERE p = $p ORDER BY s, o",
                {"p": predicate},
            )
        for name, reckoned in RECKONED.items():
            connection.execute(f"CREATE TEMP TABLE {name} AS {reckoned.sql}")
        yield connection


def columns_of(name: str) -> list[tuple[str, str]]:
    """Return the names of a table's columns, each with what it says."""
    if name in TABLES:
        return [("iri", "the entity"), *((each.name, each.doc) for each in TABLES[name].columns)]
    columns = PAIRS[name][1] if name in PAIRS else RECKONED[name].columns
    return list(columns.items())


def row_of(name: str) -> str:
    """Return what a row of a table is."""
    if name in PAIRS:
        return PAIRS[name][0]
    return TABLES[name].doc if name in TABLES else RECKONED[name].doc


def counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        name: connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]  # noqa: S608 - names of ours
        for name in NAMES
    }


def write_flat(connection: duckdb.DuckDBPyConnection, name: str, target: Path) -> None:
    """Write one table as CSV or Parquet, which the end of the file's name says.

    In CSV a list is one cell, its values apart by ``; ``.
    """
    quoted = str(target).replace("'", "''")
    if target.suffix == ".parquet":
        connection.execute(f"COPY {name} TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)")
        return
    lists = [each.name for each in _columns(name) if each.kind == "VARCHAR[]"]
    joined = ", ".join(f"array_to_string({each}, '; ') AS {each}" for each in lists)
    replaced = f" REPLACE ({joined})" if joined else ""
    connection.execute(f"COPY (SELECT *{replaced} FROM {name}) TO '{quoted}' (FORMAT csv, HEADER)")  # noqa: S608 - names of ours


def _columns(name: str) -> tuple[Column, ...]:
    return TABLES[name].columns if name in TABLES else ()


def _predicates() -> list[str]:
    """Return what the tables are made of."""
    columns = [column.predicate for table in TABLES.values() for column in table.columns]
    pairs = [predicate for *_, predicate in PAIRS.values()]
    return list(dict.fromkeys([v.TYPE, *columns, *pairs]))


def _rows(table: Table) -> str:
    """Return the SQL of a table: what is said of its entities, turned so that a row is one."""
    forward = sorted({each.predicate for each in table.columns if not each.inverse})
    inverse = sorted({each.predicate for each in table.columns if each.inverse})
    said = f"SELECT s, p, o FROM triples WHERE p IN ({_quoted(forward)})"  # noqa: S608 - predicates of ours
    if inverse:
        said += f" UNION ALL SELECT o, p, s FROM triples WHERE p IN ({_quoted(inverse)})"  # noqa: S608
    cells = ", ".join(f"{_cell(each)} AS {each.name}" for each in table.columns)
    return f"""
        SELECT member.s[2:-2] AS iri, {cells}
        FROM (SELECT DISTINCT s FROM triples WHERE p = '{v.TYPE}' AND o = '{table.of}') AS member
        LEFT JOIN ({said}) AS said ON said.s = member.s
        GROUP BY member.s ORDER BY member.s
    """  # noqa: S608 - predicates of ours


def _quoted(terms: list[str]) -> str:
    return ", ".join(f"'{term}'" for term in terms)


def _cell(column: Column) -> str:
    """Return the SQL that makes a value of the terms of one property, English ones first."""
    those = f"FILTER (p = '{column.predicate}')"
    if column.kind == "VARCHAR[]":
        return f"list(plain(o) ORDER BY o) {those}"
    first = f"plain(min_by(o, order_key(o)) {those})"
    if column.year:
        first = f"left({first}, 4)"
    return first if column.kind == "VARCHAR" else f"TRY_CAST({first} AS {column.kind})"
