"""Give answers back: terms as text, and what SQL needs for that."""

from collections.abc import Iterator, Sequence

import duckdb

from graphbuild.query.analytic.columns import ID, TERM, Column, value_text
from graphbuild.query.analytic.database import Database
from graphbuild.query.analytic.own import FUNCTIONS
from graphbuild.store.dictionary import BLANK, IRI
from graphbuild.store.worth import PLACES, SCALE, Kind

ROWS_AT_ONCE = 10_000

MACROS = (
    r"""CREATE TEMP MACRO escaped(x) AS CASE WHEN regexp_matches(x, '[\\"\n\r\t]')
    THEN replace(replace(replace(replace(replace(x, '\', '\\'), '"', '\"'), chr(10), '\n'),
        chr(13), '\r'), chr(9), '\t') ELSE x END""",
    f"""CREATE TEMP MACRO term_text(lex, suffix, tail) AS CASE suffix
    WHEN {IRI} THEN '<' || lex || '>' WHEN {BLANK} THEN '_:' || lex
    ELSE '"' || escaped(lex) || '"' || tail END""",
    f"""CREATE TEMP MACRO decimal_text(x) AS rtrim(rtrim(CASE WHEN x < 0 THEN '-' ELSE '' END
    || (abs(x) // {SCALE}::HUGEINT)::VARCHAR || '.'
    || lpad((abs(x) % {SCALE}::HUGEINT)::VARCHAR, {PLACES}, '0'), '0'), '.')""",
    f"""CREATE TEMP MACRO decimal_quotient(a, b) AS CASE WHEN b <> 0 THEN
    (a // b) * {SCALE}::HUGEINT + ((a % b) * 1000000000::HUGEINT // b) * 1000000000::HUGEINT
    + ((a % b) * 1000000000::HUGEINT % b) * 1000000000::HUGEINT // b END""",
)


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make what SQL needs to write terms."""
    for macro in MACROS:
        connection.execute(macro)


def provide(database: Database, sql: str) -> None:
    """Make those functions of our own that a statement calls; the first one loads numpy."""
    for function, parameters, result in FUNCTIONS:
        name = function.__name__
        if f"{name}(" in sql and name not in database.provided:
            database.provided.add(name)
            database.connection.create_function(name, function, parameters, result)  # type: ignore[arg-type]


class Decoder:
    """Says in SQL how columns of a relation are written as terms, which table ``told`` has to hold.

    Args:
        alias: of the relation.

    Attributes:
        joins: SQL that looks up the terms of the columns that were asked for.
        ids: those columns that hold numbers of terms.
    """

    def __init__(self, alias: str) -> None:
        self._alias = alias
        self.joins = ""
        self.ids: list[str] = []

    def text(self, column: Column) -> str:
        """Return a term in N-Triples form; NULL where it is unbound."""
        sql = f"{self._alias}.{column.sql}"
        if column.holds != ID:
            return sql if column.holds == TERM else value_text(sql, column.holds)
        term = f"x{column.sql}"
        self.ids.append(column.sql)
        self.joins += f" LEFT JOIN told {term} ON {term}.id = {sql}"
        if column.within({Kind.IRI}):
            return f"'<' || {term}.lex || '>'"
        return f"term_text({term}.lex, {term}.suffix, {term}.text)"


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> Iterator[Sequence[str | None]]:
    """Yield the rows of an answer."""
    found = connection.execute(sql)
    while some := found.fetchmany(ROWS_AT_ONCE):
        yield from some
