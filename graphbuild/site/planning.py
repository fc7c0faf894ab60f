"""Gather by page what a site says: one sorted file of rows, made by whole-column questions.

A page needs the statements about its entity and about the nodes that only detail it, what refers
to it, the names of all these, and counts over its papers. Asked entity by entity that is millions
of look-ups; here each kind of row is one join over all entities, and sorting spills to disk.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb

from graphbuild.mapping import vocabulary as v
from graphbuild.site import classes
from graphbuild.site.plan import Plan, quoted
from graphbuild.site.questions import PREPARED, ROWS, Part
from graphbuild.site.withheld import withhold
from graphbuild.store.columns import Row
from graphbuild.store.engine import engine
from graphbuild.store.folder import GraphFolder
from graphbuild.store.triples import MEMORY

COPY = "COPY (FROM %s ORDER BY %s) TO '%s' (FORMAT parquet)"


@contextmanager
def gathered(
    graph: GraphFolder, scratch: Path, *, unfiltered: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a connection whose view ``triples`` holds what may be published of a graph.

    Args:
        graph: the graph.
        scratch: a folder for what does not fit in memory.
        unfiltered: whether all of it may.

    Raises:
        GraphError: the graph cannot be read.
    """
    with engine(f"{graph.path}: cannot be read; build the graph again") as connection:
        connection.execute("SET temp_directory = ?", [str(scratch / "spill")])
        connection.execute("SET memory_limit = ?", [MEMORY])
        _attach(connection, scratch)
        withhold(connection, graph.triples, unfiltered=unfiltered)
        yield connection


def make_plan(
    connection: duckdb.DuckDBPyConnection,
    described: Iterable[Row],
    scratch: Path,
    only: tuple[str, ...] = (),
) -> Plan:
    """Write what pages say, sorted by page.

    Args:
        connection: as `gathered` lends it.
        described: triples of schema.org about the entities, for the heads of pages.
        scratch: a folder for the files of the plan.
        only: slugs of the classes that get pages; all when empty.
    """
    connection.execute("SET preserve_insertion_order = false")
    _constants(connection, only)
    _note(connection, described, scratch)
    for question in PREPARED:
        connection.execute(question)
    plan = Plan(scratch / "rows.parquet", scratch / "entities.parquet", 0)
    connection.execute(COPY % ("listed", "slug, bucket, key, iri", quoted(plan.entities)))
    for part in Part:
        connection.execute(f"INSERT INTO row {ROWS[part]}")
    connection.execute(COPY % ("row", "page, part, a, p, place, o", quoted(plan.rows)))
    [pages] = connection.execute("SELECT count(*) FROM entity").fetchone() or (0,)
    return replace(plan, pages=int(pages))


def _attach(connection: duckdb.DuckDBPyConnection, scratch: Path) -> None:
    """Keep the tables in a file, so that they need not fit in memory."""
    connection.execute(f"ATTACH '{quoted(scratch / 'plan.duckdb')}' AS plan")
    connection.execute("USE plan")


def _constants(connection: duckdb.DuckDBPyConnection, only: tuple[str, ...]) -> None:
    tables: dict[str, list[tuple[str | int, ...]]] = {
        "kind (class VARCHAR, slug VARCHAR, rank INTEGER)": [
            (each.term, each.slug, rank) for rank, each in enumerate(classes.CLASSES)
        ],
        "wanted (slug VARCHAR)": [(slug,) for slug in only or tuple(classes.BY_SLUG)],
        "detail_class (class VARCHAR)": [(term,) for term in classes.DETAILS],
        "detailing (p VARCHAR)": [(term,) for term in classes.DETAILING],
        "detailed_by (p VARCHAR)": [(term,) for term in classes.DETAILED_BY],
        "name_of (p VARCHAR, rank INTEGER)": [(p, n) for n, p in enumerate(classes.NAMES)],
        "skipped (p VARCHAR)": [(term,) for term in classes.SAID_OTHERWISE],
        "grouping (p VARCHAR)": [(term,) for term in classes.GROUPS],
        "company (p VARCHAR)": [(term,) for term in classes.COMPANY],
    }
    for table, values in tables.items():
        connection.execute(f"CREATE TABLE {table}")
        marks = ", ".join("?" for _ in values[0])
        name = table.partition(" ")[0]
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", values)  # noqa: S608
    for name, term in {
        "type": v.TYPE, "part_of": v.PART_OF, "realization": v.REALIZATION_OF, "issued": v.ISSUED,
        "derived": v.DERIVED_FROM, "held_by": v.HELD_BY, "ordinal": v.ORDINAL, "creator": v.CREATOR,
        "organisation": v.RELATED_ORGANIZATION, "line": v.LINE, "written": v.TEXT_AS_WRITTEN,
        "family": v.FAMILY_NAME, "given": v.GIVEN_NAME, "interest": v.FEATURE_OF_INTEREST,
        "measured": v.MEASURED_IN,
    }.items():  # fmt: skip
        connection.execute(f"CREATE MACRO {name}_() AS '{term}'")


def _note(connection: duckdb.DuckDBPyConnection, described: Iterable[Row], scratch: Path) -> None:
    """Keep the triples of schema.org beside the graph's own."""
    path = scratch / "schema.nt"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for s, p, o in described:
            file.write(f"{s}\x01{p}\x01{o}\n")
    columns = "{'s': 'VARCHAR', 'p': 'VARCHAR', 'o': 'VARCHAR'}"
    connection.execute(
        f"CREATE VIEW described AS FROM read_csv('{quoted(path)}', "
        f"columns = {columns}, header = false, delim = E'\\x01', quote = '', escape = '', "
        "new_line = '\\n', auto_detect = false, max_line_size = 100000000, buffer_size = 200000000)"
    )
