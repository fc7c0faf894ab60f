"""Copy a graph's tables to a folder, as Parquet or as CSV that spreadsheets open."""

from pathlib import Path

from graphbuild.errors import GraphBuildError
from graphbuild.store.engine import engine
from graphbuild.store.folder import GraphFolder
from graphbuild.store.output import STDOUT

AS_JSON = "CASE WHEN {0} IS NULL THEN NULL ELSE to_json({0}) END AS {0}"
COPY = "COPY (SELECT {columns} FROM {source} ORDER BY iri) TO {target} {options}"
COUNT = "SELECT count(*) FROM {source}"
PLAIN = ("VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN")


def copy_tables(graph: GraphFolder, target: Path, kind: str) -> int:
    """Write every table of the fused records into a folder and return the number of rows.

    In CSV a cell that is a list or has parts is JSON.

    Args:
        graph: the graph.
        target: the folder; it is made, and files of the same names are replaced.
        kind: ``csv`` or ``parquet``.

    Raises:
        GraphBuildError: the target is no folder, or cannot be written.
    """
    if target == STDOUT or target.is_file():
        raise GraphBuildError(f"{target}: tables are several files; name a folder")
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GraphBuildError(f"{target}: cannot be made ({error.strerror})") from error
    return sum(
        _copy(table, target / f"{table.stem}.{kind}", kind)
        for table in sorted(graph.tables.glob("*.parquet"))
    )


def _copy(table: Path, target: Path, kind: str) -> int:
    options = "(FORMAT csv, HEADER)" if kind == "csv" else "(FORMAT parquet, COMPRESSION zstd)"
    fresh = target.with_name(f".{target.name}.part")
    with engine(f"{target}: cannot be written") as connection:
        source = f"read_parquet({_quoted(table)})"
        described = connection.execute(f"DESCRIBE FROM {source}").fetchall()
        columns = ", ".join(_column(name, sort, kind) for name, sort, *_ in described)
        copied = COPY.format(columns=columns, source=source, target=_quoted(fresh), options=options)
        connection.execute(copied)
        [count] = connection.execute(COUNT.format(source=source)).fetchone() or (0,)
    fresh.replace(target)
    return int(count)


def _column(name: str, sort: str, kind: str) -> str:
    quoted = f'"{name}"'
    return quoted if kind == "parquet" or sort in PLAIN else AS_JSON.format(quoted)


def _quoted(path: Path) -> str:
    text = str(path).replace("'", "''")
    return f"'{text}'"
