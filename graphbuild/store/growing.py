"""Grow a graph: take the triples of papers that are unchanged from the build before.

What each paper came to, and of what, is kept in ``made.parquet``: its key, a mark of all that it
was made of, and the subjects of its triples. No other entity states triples of these subjects.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import msgspec
from pyoxigraph import Quad, RdfFormat, Store, parse

from graphbuild.errors import GraphError
from graphbuild.store.engine import engine
from graphbuild.store.folder import GraphFolder
from graphbuild.store.triples import TERMS, sorting

MADE = "made.parquet"
TOUCHED = "touched.parquet"
COPY_MADE = """
COPY (
    SELECT * FROM read_json(
        $rows, columns = {key: 'VARCHAR', mark: 'VARCHAR', subjects: 'VARCHAR[]'},
        format = 'newline_delimited', maximum_object_size = 100000000)
    %s ORDER BY key
) TO $target (FORMAT parquet, COMPRESSION zstd)
"""
KEPT_MADE = "UNION ALL SELECT * FROM read_parquet($made) WHERE key IN (SELECT unnest($keys))"
KEPT = """
CREATE TABLE kept AS SELECT DISTINCT unnest(subjects) AS s
FROM read_parquet($made) WHERE key IN (SELECT unnest($keys))
"""
FRESH = """
CREATE TABLE fresh AS FROM made
EXCEPT FROM old WHERE s IN (FROM kept) AND s IN (SELECT s FROM made)
"""
GROWN = (
    FRESH,
    "CREATE TABLE gone AS FROM old WHERE s NOT IN (FROM kept)",
    "CREATE TABLE added AS FROM fresh EXCEPT FROM gone",
    "CREATE TABLE removed AS FROM gone EXCEPT FROM fresh",
)
COLUMNS = """
COPY (SELECT s, p, o FROM old WHERE s IN (FROM kept) UNION ALL FROM fresh ORDER BY ALL)
TO '%s' (FORMAT parquet, COMPRESSION zstd)
"""
CHANGES = """
COPY (
    WITH subjects AS (SELECT s FROM added UNION SELECT s FROM removed),
        before AS (SELECT DISTINCT s FROM old WHERE s IN (FROM subjects)),
        after AS (
            SELECT s FROM old WHERE s IN (FROM kept) AND s IN (FROM subjects)
            UNION SELECT s FROM fresh)
    SELECT
        s AS subject,
        CASE WHEN s NOT IN (FROM before) THEN 'added'
            WHEN s NOT IN (FROM after) THEN 'removed' ELSE 'changed' END AS change,
        regexp_extract(s, '/id/([^/]*)/(.*)>$', 1) AS kind,
        regexp_extract(s, '/id/([^/]*)/(.*)>$', 2) AS key
    FROM subjects
    UNION ALL SELECT DISTINCT o, 'unnamed', regexp_extract(o, '/id/([^/]*)/(.*)>$', 1),
        regexp_extract(o, '/id/([^/]*)/(.*)>$', 2)
    FROM removed WHERE o[1] IN ('<', '_') AND o NOT IN (FROM subjects)
    ORDER BY subject
) TO '%s' (FORMAT parquet, COMPRESSION zstd)
"""
TAKEN = """
SELECT s, p, o FROM read_parquet('%s') WHERE s IN (
    SELECT unnest(subjects) FROM read_parquet('%s') WHERE key IN (
        SELECT key FROM read_json(
            '%s', columns = {key: 'VARCHAR'}, format = 'newline_delimited')))
"""
NAMING = "SELECT DISTINCT s FROM read_parquet($triples) WHERE o IN (SELECT unnest($iris))"
OWNERS = "SELECT DISTINCT key FROM (SELECT key, unnest(subjects) AS s FROM read_parquet($made))"
LINES = "SELECT s || ' ' || p || ' ' || o || E' .\\n' FROM "
BATCH = 50_000
IMMUTABLE = ".sst"
"""End of the files that RocksDB writes once and never changes."""


def write_made(
    target: Path, rows: Sequence[Path], before: GraphFolder | None = None, kept: Iterable[str] = ()
) -> None:
    """Write what each paper was made of, for the next build.

    Args:
        target: the folder of the build.
        rows: files of JSON Lines: ``key``, ``mark`` and ``subjects`` of each paper.
        before: the build from which other papers are taken.
        kept: the keys of these.

    Raises:
        GraphError: it cannot be written.
    """
    values: dict[str, object] = {"rows": list(map(str, rows)), "target": str(target / MADE)}
    others = {"made": str(before.data / MADE), "keys": list(kept)} if before else {}
    with engine(f"{target / MADE}: cannot be written") as db:
        db.execute(COPY_MADE % (KEPT_MADE if before else ""), values | others)


def read_marks(graph: GraphFolder) -> dict[str, str]:
    """Return the mark of each paper of a build by its key; none where the build kept none.

    Raises:
        GraphError: the file is damaged.
    """
    path = graph.data / MADE
    if not path.exists():
        return {}
    with engine(f"{path}: cannot be read; build the graph again with --force") as db:
        return dict(db.execute("SELECT key, mark FROM read_parquet(?)", [str(path)]).fetchall())


def papers_naming(graph: GraphFolder, iris: Iterable[str]) -> set[str]:
    """Return the keys of the papers of a build whose triples name one of these IRIs.

    Args:
        graph: the build.
        iris: in angle brackets.

    Raises:
        GraphError: its files are damaged.
    """
    with engine(f"{graph.data}: cannot be read; build the graph again with --force") as db:
        text = f"{OWNERS} WHERE s IN ({NAMING})"
        values = {
            "made": str(graph.data / MADE),
            "triples": str(graph.triples),
            "iris": list(iris),
        }
        return {key for (key,) in db.execute(text, values).fetchall()}


class Growth:
    """What a build takes over from the one before.

    Args:
        before: the build before.
        kept: the keys of the papers whose triples are taken over.
    """

    def __init__(self, before: GraphFolder, kept: Sequence[str]) -> None:
        self.before = before
        self.kept = kept

    def triples(self, names: Path) -> str:
        """Return the SQL that reads the triples that are taken over.

        Args:
            names: a file to write the keys of the papers to.
        """
        names.write_bytes(msgspec.json.Encoder().encode_lines([{"key": key} for key in self.kept]))
        paths = (self.before.triples, self.before.data / MADE, names)
        return TAKEN % tuple(str(path).replace("'", "''") for path in paths)

    @contextmanager
    def columns(
        self, lines: Sequence[Path], target: Path
    ) -> Iterator[tuple[duckdb.DuckDBPyConnection, int]]:
        """Write all triples as columns; lend what was added and removed, and the number of all.

        Args:
            lines: N-Triples files of all that is not taken over.
            target: the Parquet file to write.

        Raises:
            GraphError: it cannot be written.
        """
        with sorting(target) as db:
            old, made = str(self.before.triples).replace("'", "''"), self.before.data / MADE
            db.execute(f"CREATE VIEW old AS FROM read_parquet('{old}')")
            db.execute(KEPT, {"made": str(made), "keys": list(self.kept)})
            db.execute(f"CREATE TABLE made AS FROM ({TERMS})", [list(map(str, lines))])
            for statement in GROWN:
                db.execute(statement)
            db.execute(COLUMNS % str(target).replace("'", "''"))
            counted = db.execute("SELECT count(*) FROM read_parquet(?)", [str(target)]).fetchone()
            yield db, int((counted or (0,))[0])


def write_changes(db: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Write which nodes have other triples than in the build before: ``touched.parquet``.

    Nodes that were objects of triples that are gone are told too, as ``unnamed``.
    """
    db.execute(CHANGES % str(target / TOUCHED).replace("'", "''"))


def grow_store(before: Path, target: Path, db: duckdb.DuckDBPyConnection) -> None:
    """Make the database of a build from that of the build before, by what was added and removed.

    Files that are never changed are not copied but linked, where the file system can.

    Raises:
        GraphError: the database before is damaged.
        OSError: the new one cannot be written.
    """
    shutil.copytree(before, target, copy_function=_linked, ignore=shutil.ignore_patterns("LOCK"))
    try:
        store = Store(str(target))
    except (OSError, ValueError) as error:
        raise GraphError(f"{before}: is damaged ({error}); build the graph again") from error
    for triples in _parsed(db, "removed"):
        for triple in triples:
            store.remove(triple)
    for triples in _parsed(db, "added"):
        store.bulk_extend(triples)
    store.flush()


def _linked(source: str, target: str) -> None:
    if source.endswith(IMMUTABLE):
        try:
            os.link(source, target)
        except OSError:  # another file system, or one without links
            shutil.copy2(source, target)
    else:
        shutil.copy2(source, target)


def _parsed(db: duckdb.DuckDBPyConnection, table: str) -> Iterator[Iterator[Quad]]:
    found = db.execute(LINES + table)
    while batch := found.fetchmany(BATCH):
        yield parse("".join([line for (line,) in batch]), format=RdfFormat.N_TRIPLES)
