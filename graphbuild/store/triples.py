"""Write a graph's triples as N-Triples lines and as sorted Parquet columns."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import duckdb

from graphbuild.store.engine import engine

LINES = """
    read_csv(?, columns = {'line': 'VARCHAR'}, header = false, delim = E'\\x01',
        quote = '', escape = '', new_line = '\\n', auto_detect = false,
        max_line_size = 100000000, buffer_size = 200000000)
"""
SPLIT = """
    SELECT
        split_part(line, ' ', 1) AS s,
        split_part(line, ' ', 2) AS p,
        line[length(s) + length(p) + 3 : -3] AS o
    FROM
"""
TERMS = SPLIT + LINES
"""The terms of N-Triples lines in files whose names are the parameter."""

# A term that another begins with is followed by a space, which sorts before all that the other goes
# on with: whole lines are in the order of their terms, and quicker to sort.
COLUMNS = f"""
COPY ({SPLIT} (SELECT DISTINCT line FROM {LINES} ORDER BY line))
TO '%s' (FORMAT parquet, COMPRESSION zstd)
"""  # noqa: S608 - made of constants
UNSORTED = f"COPY ({SPLIT} {LINES}) TO '%s' (FORMAT parquet, COMPRESSION snappy)"
QUADS = f"""
COPY (
    SELECT DISTINCT
        regexp_extract(line, '(<[^ ]*>) [.]$', 1) AS g,
        split_part(line, ' ', 1) AS s,
        split_part(line, ' ', 2) AS p,
        line[length(s) + length(p) + 3 : -4 - length(g)] AS o
    FROM {LINES} ORDER BY ALL
) TO '%s' (FORMAT parquet, COMPRESSION zstd)
"""  # noqa: S608 - made of constants
LINES_AT_ONCE = 50_000
MEMORY = "800MB"
"""What sorting may hold in memory: five million triples; more are sorted on disk."""


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write N-Triples lines to a file."""
    lines = iter(lines)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        while some := list(islice(lines, LINES_AT_ONCE)):
            file.write("".join(some))


def write_columns(lines: Sequence[Path], target: Path) -> int:
    """Write the triples of N-Triples files as Parquet columns s, p, o; return their number.

    The columns hold terms in N-Triples form, sorted by code point, each triple once. Larger than
    memory is no harm: DuckDB sorts on disk.

    Args:
        lines: N-Triples files as our mapping writes them: IRIs only as subject and predicate,
            one space between terms.
        target: the Parquet file to write.

    Raises:
        GraphError: the file cannot be written.
    """
    with sorting(target) as connection:
        connection.execute(COLUMNS % str(target).replace("'", "''"), [list(map(str, lines))])
        counted = connection.execute("SELECT count(*) FROM read_parquet(?)", [str(target)])
        [number] = counted.fetchone() or (0,)
    return int(number)


def write_unsorted(lines: Sequence[Path], target: Path) -> None:
    """Write the triples of N-Triples files as columns as they come, in half the time of sorting.

    Raises:
        GraphError: the file cannot be written.
    """
    with sorting(target) as connection:
        connection.execute(UNSORTED % str(target).replace("'", "''"), [list(map(str, lines))])


def write_statements(quads: Sequence[Path], target: Path) -> None:
    """Write the statements of N-Quads files as Parquet columns g, s, p, o, each once, sorted.

    Raises:
        GraphError: the file cannot be written.
    """
    with sorting(target) as connection:
        connection.execute(QUADS % str(target).replace("'", "''"), [list(map(str, quads))])


@contextmanager
def sorting(target: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a connection that sorts what does not fit in memory on disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with engine(f"{target}: cannot be written") as connection:
        connection.execute("SET temp_directory = ?", [str(target.parent / "spill")])
        connection.execute("SET memory_limit = ?", [MEMORY])
        yield connection
