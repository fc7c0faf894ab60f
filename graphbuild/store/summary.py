"""Count what a graph holds: entities and properties by class, sources, dates, identity."""

from datetime import UTC, datetime
from typing import Any

import duckdb
import msgspec

from graphbuild.mapping import vocabulary
from graphbuild.mapping.vocabulary import curie
from graphbuild.store.columns import opened, plain
from graphbuild.store.folder import MANIFEST, GraphFolder

CLASSES = "SELECT o, count(*) FROM triples WHERE p = ? GROUP BY o ORDER BY 2 DESC, 1"
PROPERTIES = """
SELECT typed.o, stated.p, count(DISTINCT stated.s), count(*)
FROM triples AS stated JOIN triples AS typed ON stated.s = typed.s AND typed.p = $type
WHERE stated.p <> $type
GROUP BY ALL ORDER BY 1, 3 DESC, 2
"""
VALUES = "SELECT o, count(*) FROM triples WHERE p = ? GROUP BY o ORDER BY 2 DESC, 1"
DATES = """
SELECT min(day), max(day), count(*)
FROM (SELECT s, regexp_extract(o, '^"([^"]*)"', 1) AS day FROM triples WHERE p = ?)
"""
OF_PEOPLE = """
SELECT stated.o, count(*)
FROM triples AS stated JOIN triples AS typed ON stated.s = typed.s
WHERE stated.p = $verb AND typed.p = $type AND typed.o = $person
GROUP BY stated.o ORDER BY 2 DESC, 1
"""
YEAR_STATUS = "SELECT count(*) FROM triples WHERE p = ? AND o = ?"


class Property(msgspec.Struct, frozen=True):
    """How a class uses a property: entities that have it, their share, and statements."""

    name: str
    entities: int
    share: float
    statements: int


class Class(msgspec.Struct, frozen=True):
    """A class by CURIE, how many entities it has, and what is stated of them."""

    name: str
    entities: int
    properties: tuple[Property, ...]


class Source(msgspec.Struct, frozen=True):
    """One input: file, format, size in bytes, SHA-256, and when it was captured, if stated."""

    file: str
    format: str
    bytes: int
    sha256: str
    captured: str | None


class Dates(msgspec.Struct, frozen=True):
    """When papers were issued; ``inferred`` of the dated ones have a year that is inferred."""

    first: str | None
    last: str | None
    dated: int
    inferred: int
    year_unknown: int


class Summary(msgspec.Struct, frozen=True):
    """What a graph holds and how it was built.

    ``written`` is when the build became current, in UTC; ``seconds`` is how long its steps took.
    """

    graph: str
    version: str
    base: str
    written: str
    seconds: dict[str, float]
    triples: int
    rejected: int
    undecided: int
    sources: tuple[Source, ...]
    papers: Dates
    author_lists: dict[str, int]
    identity: dict[str, int]
    stances: dict[str, int]
    classes: tuple[Class, ...]


def summarise(graph: GraphFolder) -> Summary:
    """Count a graph.

    Raises:
        GraphError: the graph's triples cannot be read.
    """
    build = graph.build
    changed = datetime.fromtimestamp((graph.path / MANIFEST).stat().st_mtime, UTC)
    with opened(graph) as connection:
        return Summary(
            graph=str(graph.path),
            version=build.version,
            base=build.base,
            written=changed.isoformat(timespec="seconds"),
            seconds=build.seconds,
            triples=_number(connection, "SELECT count(*) FROM triples"),
            rejected=build.rejected,
            undecided=build.undecided,
            sources=tuple(
                Source(item.path, item.format, item.bytes, item.sha256, build.as_of)
                for item in build.inputs
            ),
            papers=_dates(connection),
            author_lists=_values(connection, vocabulary.AUTHOR_LIST_STATUS),
            identity=_identity(connection),
            stances=_values(connection, vocabulary.STANCE_OF_LINK),
            classes=tuple(_classes(connection)),
        )


def _classes(connection: duckdb.DuckDBPyConnection) -> list[Class]:
    counted = connection.execute(CLASSES, [vocabulary.TYPE]).fetchall()
    totals: dict[str, int] = dict(counted)
    used: dict[str, list[Property]] = {name: [] for name in totals}
    for name, verb, entities, statements in connection.execute(
        PROPERTIES, {"type": vocabulary.TYPE}
    ).fetchall():
        share = round(entities / totals[name], 4)
        used[name].append(Property(curie(plain(verb)), entities, share, statements))
    return [Class(curie(plain(name)), total, tuple(used[name])) for name, total in totals.items()]


def _values(connection: duckdb.DuckDBPyConnection, verb: str) -> dict[str, int]:
    rows = connection.execute(VALUES, [verb]).fetchall()
    return {curie(plain(value)): count for value, count in rows}


def _identity(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Count people, not organisations, by how their identity is known."""
    names = {"verb": vocabulary.IDENTITY, "type": vocabulary.TYPE, "person": vocabulary.PERSON}
    rows = connection.execute(OF_PEOPLE, names).fetchall()
    return {curie(plain(value)): count for value, count in rows}


def _dates(connection: duckdb.DuckDBPyConnection) -> Dates:
    [row] = connection.execute(DATES, [vocabulary.ISSUED]).fetchall()
    first, last, dated = row
    statuses = (vocabulary.YEAR_INFERRED, vocabulary.YEAR_UNKNOWN)
    inferred, unknown = (
        _number(connection, YEAR_STATUS, [vocabulary.ISSUED_STATUS, status]) for status in statuses
    )
    return Dates(first, last, dated, inferred, unknown)


def _number(
    connection: duckdb.DuckDBPyConnection, sql: str, values: list[Any] | None = None
) -> int:
    [(count,)] = connection.execute(sql, values or []).fetchall()
    return int(count)
