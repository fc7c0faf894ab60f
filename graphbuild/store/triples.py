"""Write a graph's triples as sorted Parquet columns, and index them in an Oxigraph database."""

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from graphbuild.store.engine import engine

SPLIT = """
COPY (
    SELECT DISTINCT
        split_part(line, ' ', 1) AS s,
        split_part(line, ' ', 2) AS p,
        line[length(s) + length(p) + 3 : -3] AS o
    FROM read_csv(?, columns = {'line': 'VARCHAR'}, header = false, delim = E'\\x01',
        quote = '', escape = '', new_line = '\\n', auto_detect = false,
        max_line_size = 100000000)
    ORDER BY s, p, o
) TO '%s' (FORMAT parquet, COMPRESSION zstd)
"""
LINES_AT_ONCE = 50_000


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write N-Triples lines to a file."""
    lines = iter(lines)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        while some := list(islice(lines, LINES_AT_ONCE)):
            file.write("".join(some))


def write_columns(lines: Path, target: Path) -> int:
    """Write the triples of an N-Triples file as Parquet columns s, p, o; return their number.

    The columns hold terms in N-Triples form, sorted by code point, each triple once. Larger than
    memory is no harm: DuckDB sorts on disk.

    Args:
        lines: an N-Triples file as our mapping writes it: IRIs only as subject and predicate,
            one space between terms.
        target: the Parquet file to write.

    Raises:
        GraphError: the file cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with engine(f"{target}: cannot be written") as connection:
        connection.execute("SET temp_directory = ?", [str(target.parent / "spill")])
        connection.execute(SPLIT % str(target).replace("'", "''"), [str(lines)])
        counted = connection.execute("SELECT count(*) FROM read_parquet(?)", [str(target)])
        [number] = counted.fetchone() or (0,)
    return int(number)


def write_store(lines: Path, target: Path) -> None:
    """Load an N-Triples file into a new Oxigraph database, compacted for whole-graph queries."""
    with _killable():
        store = Store(str(target))
        store.bulk_load(path=str(lines), format=RdfFormat.N_TRIPLES)
        store.optimize()
        store.flush()


@contextmanager
def _killable() -> Iterator[None]:
    """Let Ctrl-C end the process at once: native code would not hear of it until it is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
