"""Run a query over a graph in a process of its own, which ends when its time is over."""

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, NoReturn, Self

from graphbuild.errors import GraphError, QueryError, QueryRefusedError, QueryTimeoutError
from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.query.faults import syntax_error
from graphbuild.query.hosts import refuse_hosts
from graphbuild.query.syntax import (
    declared_prefixes,
    query_form,
    significant,
    used_prefixes,
)
from graphbuild.store.folder import GraphFolder

DEFAULT_TIMEOUT = 60.0
COMMAND = (sys.executable, "-P", str(Path(__file__).with_name("worker.py")))
"""The worker; -P keeps modules of the current folder out of it."""
CHUNK = 1 << 16
TIME_TO_EXPLAIN = 5.0
BROKEN = (
    "the query broke its worker (nested too deeply, out of memory, or a fault of the engine); "
    "make it simpler"
)


class NotExactError(QueryError):
    """The columns do not answer this query exactly; the message says why."""


class Evaluation:
    """A query that is being answered; its bytes are read as from a file.

    Only the time that the engine takes counts against the limit, not that of a slow reader. Use
    it in a ``with`` block: leaving the block ends the worker.

    Args:
        graph: what is asked.
        text: the query. The prefixes of the vocabulary need not be declared. Of several queries
            the answers follow each other; an error then does not say which one it is in.
        format: ``csv``, ``tsv``, ``srj`` or ``srx`` for SELECT, the last two for ASK; ``ttl``
            or ``nt`` for CONSTRUCT and DESCRIBE.
        timeout: seconds; None for no limit.
        allowed: hosts that SERVICE may ask.

    Raises:
        QueryRefusedError: the query is an update or calls another endpoint.
    """

    COMMAND = COMMAND

    def __init__(
        self,
        graph: GraphFolder,
        text: str | Sequence[str],
        format: str,
        timeout: float | None = None,
        allowed: Collection[str] = (),
    ) -> None:
        text, *more = [text] if isinstance(text, str) else text
        for each in (text, *more):
            refuse(each, allowed)
        self._graph = graph
        self._text = text
        self._limit = self._left = timeout
        self._complaints = _scratch()
        job = {"query": text, "more": more, "format": format, "prefixes": PREFIXES}
        self._start({**self._source(), **job, "seconds": timeout})

    def _source(self) -> dict[str, object]:
        """Return what the worker reads."""
        return {"store": str(self._graph.store)}

    def _start(self, job: dict[str, object]) -> None:
        self._output, output = os.pipe()
        try:
            with _scratch(json.dumps(job).encode()) as order:
                self._worker = subprocess.Popen(  # noqa: S603 - our own script
                    self.COMMAND,
                    stdin=order,
                    stdout=output,
                    stderr=self._complaints,
                )
        finally:
            os.close(output)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._worker.kill()
        self._worker.wait()
        os.close(self._output)
        self._complaints.close()

    @property
    def left(self) -> float | None:
        """Seconds that the query may still take; None for no limit."""
        return self._left

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the first or the next bytes, or for the end of the answer.

        Args:
            seconds: how long; None for as long as the query may take.

        Returns:
            Whether there is something to read.

        Raises:
            QueryTimeoutError: the time of the query is over.
        """
        limits = [limit for limit in (seconds, self._left) if limit is not None]
        start = time.monotonic()
        with selectors.DefaultSelector() as selector:
            selector.register(self._output, selectors.EVENT_READ)
            ready = bool(selector.select(min(limits, default=None)))
        if self._left is not None:
            self._left = max(0.0, self._left - (time.monotonic() - start))
            if not ready and self._left == 0:
                self._stop_late()
        return ready

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most ``size``; all that are left if negative; none at the end.

        Raises:
            QuerySyntaxError: the query is not SPARQL.
            QueryRefusedError: the query broke the engine.
            QueryError: the query cannot be answered, e.g. it calls an unknown function.
            QueryTimeoutError: the time of the query is over.
            GraphError: the store cannot be read.
        """
        if size < 0:
            return b"".join(iter(lambda: self.read(CHUNK), b""))
        self.wait()
        piece = os.read(self._output, size)
        if not piece:
            self._check()
        return piece

    def _check(self) -> None:
        status = self._worker.wait()
        if status == -signal.SIGXCPU:
            self._stop_late()
        if status == -signal.SIGINT:
            raise KeyboardInterrupt
        if status < 0:
            raise self._broken()
        if status > 0:
            self._complaints.seek(0)
            self._complain(self._complaints.read().decode(errors="replace").strip())

    def _broken(self) -> QueryError:
        """Return what is told where the worker broke or had too little memory."""
        return QueryRefusedError(BROKEN)

    def _stop_late(self) -> NoReturn:
        self._worker.kill()
        raise QueryTimeoutError(
            f"the query was stopped after {self._limit:g} s; "
            "ask for less, or allow more, for example --timeout 10m"
        )

    def _complain(self, complaint: str) -> NoReturn:
        try:
            fault = json.loads(complaint)
        except ValueError:
            last = complaint.splitlines()[-1:] or ["no reason given"]
            raise QueryError(f"the query's worker could not run: {last[0]}") from None
        kind, message = fault["kind"], fault["message"]
        if kind == "syntax":
            raise syntax_error(message, self._text, _right_tokens(self._text))
        if kind == "store":
            raise GraphError(f"{self._graph.store}: {message}; build the graph again")
        if kind == "memory":
            raise self._broken()
        if kind == "fragment":
            raise NotExactError(message)
        raise QueryError(f"the query cannot be answered: {message}")


def refuse(text: str, allowed: Collection[str] = ()) -> None:
    """Raise unless a query only reads, and only this graph and hosts that are allowed.

    Raises:
        QueryRefusedError: it is an update or calls another endpoint.
    """
    if query_form(text) == "update":
        raise QueryRefusedError(
            "an update is refused: queries only read; change the inputs and build the graph again, "
            "or see: graphbuild update --help"
        )
    refuse_hosts(text, allowed)


def check_syntax(text: str) -> None:
    """Raise if a query is not SPARQL; say nothing where that takes too long to find out.

    Raises:
        QuerySyntaxError: with the place of the first wrong token.
    """
    job = {"store": "", "query": text, "format": "tsv", "prefixes": PREFIXES}
    try:
        done = subprocess.run(  # noqa: S603 - our own script
            COMMAND,
            input=json.dumps({**job, "seconds": TIME_TO_EXPLAIN}).encode(),
            capture_output=True,
            timeout=TIME_TO_EXPLAIN,
            check=False,
        )
        fault = json.loads(done.stderr or "{}")
    except (subprocess.TimeoutExpired, ValueError):
        return
    if fault.get("kind") == "syntax":
        raise syntax_error(fault["message"], text, _right_tokens(text))


def completed(text: str) -> str:
    """Return a query with those prefixes of the vocabulary declared that it uses and does not."""
    missing = sorted(used_prefixes(text) & PREFIXES.keys() - declared_prefixes(text).keys())
    lines = [f"PREFIX {prefix}: <{PREFIXES[prefix]}>" for prefix in missing]
    return "\n".join([*lines, text.rstrip()])


def _right_tokens(text: str) -> int | None:
    """Return how many tokens stand before the first wrong one; None when that takes too long."""
    ends = [token.start + len(token.text) for token in significant(text)]
    job = {"query": text, "ends": ends, "prefixes": PREFIXES, "seconds": TIME_TO_EXPLAIN}
    try:
        done = subprocess.run(  # noqa: S603 - our own script
            COMMAND,
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=TIME_TO_EXPLAIN,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return None
    return int(done.stdout)


def _scratch(content: bytes = b"") -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.write(content)
    file.seek(0)
    return file
