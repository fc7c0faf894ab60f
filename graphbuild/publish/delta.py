"""What must be added to one graph and removed from it to have another: two sets of triples.

The columns of both are compared by DuckDB, which spills to disk what its memory does not hold.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from graphbuild.store.columns import BATCH, Row
from graphbuild.store.engine import engine
from graphbuild.store.triples import MEMORY

LACKING = """
COPY (
    SELECT s, p, o FROM read_parquet('{these}') EXCEPT SELECT s, p, o FROM read_parquet('{those}')
    ORDER BY s, p, o
) TO '{target}' (FORMAT parquet, COMPRESSION zstd)
"""

KEPT = """
COPY (SELECT * FROM read_parquet('{columns}') ANTI JOIN dropped USING (s, p, o) ORDER BY s, p, o)
TO '{target}' (FORMAT parquet, COMPRESSION zstd)
"""


@dataclass(frozen=True)
class Delta:
    """A difference between two graphs.

    Attributes:
        added: Parquet columns s, p, o of what only the new graph has, sorted.
        removed: the same of what only the old one has.
        additions: how many are added.
        removals: how many are removed.
    """

    added: Path
    removed: Path
    additions: int
    removals: int

    def __bool__(self) -> bool:
        return bool(self.additions or self.removals)


def difference(old: Path, new: Path, folder: Path) -> Delta:
    """Return the difference between two files of columns, written into a folder.

    Raises:
        GraphError: the columns cannot be read, or the folder not be written.
    """
    added, removed = folder / "added.parquet", folder / "removed.parquet"
    with working("the graphs cannot be compared", folder) as connection:
        for these, those, target in ((new, old, added), (old, new, removed)):
            connection.execute(
                LACKING.format(these=quoted(these), those=quoted(those), target=quoted(target))
            )
        return Delta(added, removed, _number(connection, added), _number(connection, removed))


@contextmanager
def working(failed: str, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a connection of bounded memory that spills into a folder; see `engine`."""
    with engine(failed) as connection:
        connection.execute("SET temp_directory = ?", [str(folder / "spill")])
        connection.execute("SET memory_limit = ?", [MEMORY])
        yield connection


def quoted(path: Path) -> str:
    """Return a path as it stands between the quotation marks of SQL."""
    return str(path).replace("'", "''")


def rows_of(columns: Path) -> Iterator[Row]:
    """Yield the triples of a file of columns, in its order.

    Raises:
        GraphError: it cannot be read.
    """
    with engine(f"{columns}: cannot be read") as connection:
        found = connection.execute("SELECT s, p, o FROM read_parquet(?)", [str(columns)])
        while batch := found.fetchmany(BATCH):
            yield from batch


def without(columns: Path, rows: Sequence[Row], target: Path) -> None:
    """Copy columns without some of their rows."""
    with working(f"{target}: cannot be written", target.parent) as connection:
        connection.execute("CREATE TABLE dropped (s VARCHAR, p VARCHAR, o VARCHAR)")
        if rows:
            connection.executemany("INSERT INTO dropped VALUES (?, ?, ?)", rows)
        connection.execute(KEPT.format(columns=quoted(columns), target=quoted(target)))


def _number(connection: duckdb.DuckDBPyConnection, columns: Path) -> int:
    found = connection.execute("SELECT count(*) FROM read_parquet(?)", [str(columns)])
    [number] = found.fetchone() or (0,)
    return int(number)
