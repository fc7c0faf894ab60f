"""Change a graph that is built: on a copy, which becomes current when all of it is sound.

The build before is kept as ``backup-NNNN`` and can be brought back. Store, columns and the index of
names are kept in step; the records in ``tables/`` stay those of the build.
"""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import msgspec
from pyoxigraph import DefaultGraph, RdfFormat, Store

from graphbuild.errors import GraphError
from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.vocabulary import curie
from graphbuild.store.columns import literal
from graphbuild.store.dictionary import write_dictionary
from graphbuild.store.engine import engine
from graphbuild.store.folder import (
    COLUMNS,
    EXTENT,
    REPORT,
    TRIPLES,
    GraphFolder,
    Update,
    commit,
    open_graph,
    writing,
)
from graphbuild.store.labels import Change, rename
from graphbuild.store.triples import TERMS

NOT_COPIED = (
    "store", "triples", "search.db", REPORT, "touched.parquet", COLUMNS, EXTENT
)  # fmt: skip
"""What is made anew, or no longer holds."""

SHOWN = 5
NAMES = (v.NAME, v.TITLE, v.PREF_LABEL, v.ALT_LABEL, v.REPOSITORY_NAME)
COMPARED = f"""
CREATE TEMP TABLE now AS FROM ({TERMS.replace("?", "$now", 1)});
CREATE TEMP TABLE gone AS
    SELECT s, p, o FROM read_parquet($old) EXCEPT SELECT s, p, o FROM now;
CREATE TEMP TABLE added AS
    SELECT s, p, o FROM now EXCEPT SELECT s, p, o FROM read_parquet($old);
CREATE TEMP TABLE spelt (o VARCHAR, spelt VARCHAR);
"""  # noqa: S608 - SQL of ours
"""What is written otherwise is neither gone nor new: the store writes 1 for a decimal of 1.0."""

RESPELT = """
CREATE TEMP TABLE same AS
    SELECT gone.s, gone.p, gone.o, spelt FROM gone JOIN spelt USING (o)
    JOIN added ON added.s = gone.s AND added.p = gone.p AND added.o = spelt;
DELETE FROM added USING same WHERE added.s = same.s AND added.p = same.p AND added.o = spelt;
DELETE FROM gone USING same WHERE gone.s = same.s AND gone.p = same.p AND gone.o = same.o;
"""
UNFIT = """
SELECT s || ' ' || p || ' ' || o FROM added
WHERE s[1] <> '<' OR o[1:2] IN ('_:', '<<') LIMIT 1
"""
SORTED = """
COPY (
    SELECT s, p, o FROM read_parquet('%s') AS old ANTI JOIN gone USING (s, p, o)
    UNION ALL FROM added ORDER BY s, p, o
) TO '%s' (FORMAT parquet, COMPRESSION zstd)
"""


@dataclass(frozen=True)
class Revision:
    """What a change came to.

    Attributes:
        graph: as it is now.
        added: number of new triples.
        removed: number of triples that are gone.
        sample: some of both, as lines that begin with ``+`` or ``-``.
        renamed: number of names that came or went in the index of names.
    """

    graph: GraphFolder
    added: int
    removed: int
    sample: tuple[str, ...]
    renamed: int


def revise(
    path: Path, change: Callable[[Path], None], said: str, *, dry_run: bool = False
) -> Revision:
    """Change a graph and return what it came to; on any error the graph stays as it was.

    Args:
        path: the graph folder.
        change: changes the database in a folder, a copy of the graph's.
        said: what the change is, in words or SPARQL, to be remembered.
        dry_run: throw the changed copy away.

    Raises:
        GraphError: the folder cannot be written, or the change would damage the graph.
    """
    with writing(path) as fresh:
        graph = open_graph(path)
        _copy(graph, fresh)
        change(fresh / "store")
        revision = _compared(graph, fresh)
        if dry_run or not (revision.added or revision.removed):
            shutil.rmtree(fresh)
            return revision
        write_dictionary(fresh / TRIPLES, fresh / COLUMNS, fresh / EXTENT)
        triples = graph.build.counts["triples"] + revision.added - revision.removed
        update = Update(said, revision.added, revision.removed)
        build = msgspec.structs.replace(
            graph.build,
            data=fresh.name,
            counts=graph.build.counts | {"triples": triples},
            updates=(*graph.build.updates, update),
        )
        kept = commit(path, build, keep=graph.build)
    return Revision(kept, revision.added, revision.removed, revision.sample, revision.renamed)


def _copy(graph: GraphFolder, fresh: Path) -> None:
    """Copy a build; files that nobody changes in place are shared where the disk can do that."""
    try:
        Store.read_only(str(graph.store)).backup(str(fresh / "store"))
    except (OSError, RuntimeError) as error:
        raise GraphError(f"{graph.store}: cannot be copied ({error})") from error
    for file in graph.data.rglob("*"):
        place = file.relative_to(graph.data)
        if file.is_file() and place.parts[0] not in NOT_COPIED:
            (fresh / place).parent.mkdir(parents=True, exist_ok=True)
            _link(file, fresh / place)
    shutil.copyfile(graph.search, fresh / "search.db")


def _link(file: Path, target: Path) -> None:
    try:
        os.link(file, target)
    except OSError:
        shutil.copyfile(file, target)


def _compared(graph: GraphFolder, fresh: Path) -> Revision:
    """Compare a changed database with the graph, and write its columns and its index of names."""
    lines = fresh / "changed.nt"
    store = Store.read_only(str(fresh / "store"))
    store.dump(str(lines), RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    if not lines.stat().st_size:
        raise GraphError(f"{graph.path}: refused: the update would leave nothing of the graph")
    files = {"now": str(lines), "old": str(graph.triples)}
    with engine(f"{graph.path}: the change cannot be compared") as connection:
        _run(connection, COMPARED, files)
        _respell(connection)
        for (unfit,) in connection.execute(UNFIT).fetchall():
            raise GraphError(
                f"{graph.path}: refused: a graph holds IRIs and literals only, no blank nodes and "
                f"no quoted triples: {unfit}"
            )
        [(added, removed)] = connection.execute(
            "SELECT (SELECT count(*) FROM added), (SELECT count(*) FROM gone)"
        ).fetchall()
        target = fresh / TRIPLES
        target.parent.mkdir(exist_ok=True)
        paths = tuple(str(path).replace("'", "''") for path in (graph.triples, target))
        connection.execute(SORTED % paths)
        renamed = _rename(connection, graph, fresh)
        lines.unlink()
        return Revision(graph, added, removed, _sample(connection), renamed)


def _run(connection: duckdb.DuckDBPyConnection, statements: str, files: Mapping[str, str]) -> None:
    for statement in filter(str.strip, statements.split(";")):
        used = {name: path for name, path in files.items() if f"${name}" in statement}
        connection.execute(statement, used)


def _respell(connection: duckdb.DuckDBPyConnection) -> None:
    """Take what is only written otherwise for what it is: the same."""
    asked = "SELECT DISTINCT o FROM gone WHERE o[1] = '\"'"
    pairs = [[o, _as_stored(o)] for (o,) in connection.execute(asked).fetchall()]
    if pairs:
        connection.executemany("INSERT INTO spelt VALUES (?, ?)", pairs)
    _run(connection, RESPELT, {})


def _as_stored(term: str) -> str:
    """Return a literal as the store writes it."""
    store = Store()
    store.load(f"<x:s> <x:p> {term} .".encode(), RdfFormat.N_TRIPLES)
    return str(next(iter(store)).object)


def _sample(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    return tuple(
        f"{sign} {s} {p} {o} ."
        for sign, table in (("-", "gone"), ("+", "added"))
        for s, p, o in connection.execute(f"FROM {table} ORDER BY s, p, o LIMIT {SHOWN}").fetchall()
    )


def _rename(connection: duckdb.DuckDBPyConnection, graph: GraphFolder, fresh: Path) -> int:
    """Take names that went out of the index and put new ones in; return how many these are."""
    changes = [
        Change(s[1:-1], literal(o).text, _kind(graph, connection, s), is_new=table == "added")
        for table in ("gone", "added")
        for s, o in connection.execute(
            f"SELECT s, o FROM {table} WHERE p IN {NAMES} AND o[1] = '\"' ORDER BY s, o"  # noqa: S608 - terms of ours
        ).fetchall()
    ]
    rename(fresh / "search.db", changes)
    return len(changes)


def _kind(graph: GraphFolder, connection: duckdb.DuckDBPyConnection, subject: str) -> str:
    """Return the CURIE of the class of an entity, a new one or one that was there."""
    asked = (
        f"SELECT o FROM added WHERE s = $s AND p = '{v.TYPE}' UNION ALL "  # noqa: S608 - a term of ours
        f"SELECT o FROM read_parquet($old) WHERE s = $s AND p = '{v.TYPE}'"
    )
    found = connection.execute(asked, {"s": subject, "old": str(graph.triples)}).fetchall()
    kinds: Sequence[str] = sorted(curie(term[1:-1]) for (term,) in found)
    return next((kind for kind in kinds if kind.startswith(("gb:", "foaf:"))), "".join(kinds[:1]))
