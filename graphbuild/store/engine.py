"""Lend a DuckDB connection whose interruption is Python's, and whose errors are one line."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from graphbuild.errors import GraphError

INTERRUPTED = "Query interrupted"


@contextmanager
def engine(failed: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a connection to an empty database in memory.

    What does not fit goes to a temporary folder: DuckDB itself takes the one in which one stands.

    Args:
        failed: what to say when DuckDB fails; its reason follows in brackets.

    Raises:
        GraphError: DuckDB failed.
        KeyboardInterrupt: Ctrl-C came while it worked; DuckDB raises another error then.
    """
    with (
        tempfile.TemporaryDirectory(prefix="graphbuild-") as spill,
        duckdb.connect(config={"temp_directory": spill}) as connection,
    ):
        try:
            yield connection
        except duckdb.InterruptException as error:
            raise KeyboardInterrupt from error
        except duckdb.Error as error:
            reason = str(error).partition("\n")[0]
            raise GraphError(f"{failed} ({reason})") from error
        except RuntimeError as error:
            if str(error) == INTERRUPTED:
                raise KeyboardInterrupt from error
            raise
