"""Answer one query from a graph's columns in a process that may be killed.

The same job and the same faults as `graphbuild.query.worker`, with ``columns`` in the place of
``store``. A fault of the kind ``fragment`` says that the columns do not answer this query exactly,
and why. With ``explain`` the answer is the plan, in words and SQL.
"""

import json
import os
import re
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb
from pyoxigraph import Store

from graphbuild.query.analytic.answer import answer
from graphbuild.query.analytic.compile import compiled
from graphbuild.query.analytic.database import Database, opened
from graphbuild.query.analytic.output import prepare
from graphbuild.query.analytic.parse import parse
from graphbuild.query.analytic.tree import Unsupported
from graphbuild.query.worker import fail, limit

MEMORY = 4 << 30
"""The most that a query may hold in memory; more goes to disk."""

SHARE = 0.25
"""Of the machine's memory, where that is less."""

PLACE = re.compile(r"^[A-Z][A-Za-z ]+Error: ")
HELD = 1 << 20


def main() -> None:
    """Do the job that standard input holds."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    job: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    limit(job.get("seconds"))
    try:
        Store().query(job["query"], prefixes=job["prefixes"])
    except SyntaxError as error:
        fail("syntax", error)
    try:
        with opened(Path(job["columns"]), memory=_memory()) as database:
            prepare(database.connection)
            _do(job, database)
    except BrokenPipeError:
        os._exit(0)
    except (MemoryError, duckdb.OutOfMemoryException) as error:
        fail("memory", error)
    except (Unsupported, duckdb.Error, RecursionError) as error:
        fail("fragment", _reason(error))
    os._exit(0)


def _do(job: dict[str, Any], database: Database) -> None:
    text, prefixes = job["query"], job["prefixes"]
    if job.get("explain"):
        plan = compiled(parse(text, prefixes), database)
        first, *_ = statements = (*plan.steps, plan.sql)
        sql = ";\n".join(statements)
        told = {"sql": sql, "slow": plan.slow, "plan": _plan(database, first)}
        sys.stdout.write(json.dumps(told))
        sys.stdout.flush()
        return
    with tempfile.SpooledTemporaryFile(HELD) as held:
        target: Any = held
        answer(database, text, prefixes, job["format"], target, strict=job.get("strict", False))
        held.seek(0)
        with open(1, "wb", buffering=0, closefd=False) as output:
            while piece := held.read(HELD):
                output.write(piece)


def _plan(database: Database, sql: str) -> str:
    [(_, plan)] = database.connection.execute(f"EXPLAIN {sql}").fetchall()
    return str(plan)


def _memory() -> str:
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{min(MEMORY, int(machine * SHARE)) >> 20}MB"


def _reason(error: Exception) -> Exception:
    """Return an error in one line."""
    first = str(error).partition("\n")[0]
    return ValueError(PLACE.sub("", first) or type(error).__name__)


if __name__ == "__main__":
    main()
