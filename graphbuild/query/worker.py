"""Run one query in a process that may be killed: ``python -m graphbuild.query.worker``.

The engine cannot be stopped, and a query nested deeply enough breaks the process it runs in. So
this process reads one job from standard input, as JSON, and writes the result to standard output:

    {"store": "...", "query": "SELECT ...", "format": "csv", "prefixes": {...}, "seconds": 60}

With ``more``, a list of further queries, their answers follow in the same format. With ``update``
in place of ``query`` the store is changed.

An error is one line of JSON on standard error, with status 1: ``kind`` is ``syntax``, ``store``,
``memory`` or ``evaluation``. A job with ``ends``, the offsets at which the tokens of a query end,
answers with the number of the first token that cannot stand where it stands.

Imports nothing but the engine and the standard library, to start fast.
"""

import contextlib
import json
import math
import os
import re
import resource
import signal
import sys
from typing import Any, BinaryIO, NoReturn

from pyoxigraph import (
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

RESULTS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "srj": QueryResultsFormat.JSON,
    "srx": QueryResultsFormat.XML,
}
GRAPHS = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES}
SHARE_OF_MEMORY = 0.5
LEAST_MEMORY = 1 << 30
LOOK_AHEAD = 32
"""More than the longest keyword."""


def main() -> None:
    """Do the job that standard input holds."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    job: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    limit(job.get("seconds"))
    if "ends" in job:
        print(_first_wrong(job["query"], job["ends"], job["prefixes"]))  # noqa: T201 - the answer
        return
    opened = Store if "update" in job else Store.read_only
    try:
        store = opened(job["store"]) if job["store"] else Store()
    except (OSError, RuntimeError) as error:
        fail("store", error)
    try:
        _evaluate(store, job)
    except SyntaxError as error:
        fail("syntax", error)
    except BrokenPipeError:
        os._exit(0)
    except MemoryError as error:
        fail("memory", error)
    except (OSError, RuntimeError, ValueError) as error:
        fail("evaluation", error)


def limit(seconds: float | None) -> None:
    """Bound memory, core dumps and, should the parent be gone, processor time."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    _lower(resource.RLIMIT_AS, max(int(memory * SHARE_OF_MEMORY), LEAST_MEMORY))
    if seconds is not None:
        _lower(resource.RLIMIT_CPU, math.ceil(seconds) + 1)


def _lower(what: int, limit: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard == resource.RLIM_INFINITY or limit < hard:
        with contextlib.suppress(ValueError, OSError):  # macOS knows RLIMIT_AS but refuses it
            resource.setrlimit(what, (limit, hard))


def _evaluate(store: Store, job: dict[str, Any]) -> None:
    prefixes = job.get("prefixes") or {}
    if "update" in job:
        store.update(job["update"], prefixes=prefixes)
        store.flush()
        return
    for query in (job["query"], *job.get("more", ())):
        _answer(store.query(query, prefixes=prefixes), job["format"], prefixes)


def _answer(results: Any, form: str, prefixes: dict[str, str]) -> None:  # noqa: ANN401
    with open(1, "wb", buffering=1 << 16, closefd=False) as output:
        if isinstance(results, QueryTriples):
            target: Any = Sorted(output)  # has what the engine needs of a file
            serialize(results, target, GRAPHS[form], prefixes=prefixes)
        else:
            results.serialize(output, RESULTS[form])


class Sorted:
    """Passes Turtle on with the lines of its prefixes sorted: the engine shuffles them."""

    def __init__(self, output: BinaryIO) -> None:
        self._output = output
        self._is_head = True

    def write(self, piece: bytes) -> int:
        """Write a piece; the first one holds all prefixes, as the engine writes 8 KiB at a time."""
        if self._is_head:
            self._is_head = False
            lines = piece.splitlines(keepends=True)
            head = [line for line in lines if line.startswith(b"@prefix")]
            return self._output.write(b"".join([*sorted(head), *lines[len(head) :]]))
        return self._output.write(piece)

    def flush(self) -> None:
        """Pass on what is held."""
        self._output.flush()


def _first_wrong(text: str, ends: list[int], prefixes: dict[str, str]) -> int:
    """Return how many tokens of a query can begin a query; all, if it only ends too early.

    The engine names the farthest place that it looked at, which is often beyond the wrong token.
    But the beginning of a right query, followed by enough spaces to look at, fails at its end.
    """
    good, bad = 0, len(ends) + 1
    while bad - good > 1:
        middle = (good + bad) // 2
        if _can_begin(text[: ends[middle - 1]] + " " * LOOK_AHEAD, prefixes):
            good = middle
        else:
            bad = middle
    return good


def _can_begin(text: str, prefixes: dict[str, str]) -> bool:
    try:
        Store().query(text, prefixes=prefixes)
    except SyntaxError as error:
        place = re.match(r"error at (\d+):(\d+)", str(error))
        lines = text.split("\n")
        end = (len(lines), len(lines[-1]) + 1)
        return place is not None and (int(place[1]), int(place[2])) >= end
    return True


def fail(kind: str, error: BaseException) -> NoReturn:
    """End the process with a fault that its parent can read."""
    message = {"kind": kind, "message": str(error)}
    sys.stderr.write(json.dumps(message) + "\n")
    sys.stderr.flush()
    os._exit(1)


if __name__ == "__main__":
    main()
