"""Change a graph by SPARQL Update, in a process of its own and on a copy of the graph."""

import json
import subprocess
from collections.abc import Collection
from pathlib import Path
from typing import NoReturn

from graphbuild.errors import QueryError, QueryRefusedError, QueryTimeoutError
from graphbuild.mapping.vocabulary import PREFIXES
from graphbuild.query.faults import syntax_error
from graphbuild.query.hosts import refuse_hosts
from graphbuild.query.run import BROKEN, COMMAND
from graphbuild.query.syntax import query_form, significant
from graphbuild.store.revision import Revision, revise

NAMED = ("GRAPH", "NAMED", "ALL", "WITH", "USING", "CREATE", "COPY", "MOVE", "ADD")
"""Words that reach beyond the graph: into named graphs, which hold what each source says."""


def update(
    path: Path,
    text: str,
    allowed: Collection[str] = (),
    timeout: float | None = None,
    *,
    dry_run: bool = False,
) -> Revision:
    """Change a graph and return what came and went; the graph before is kept as a backup.

    Args:
        path: the graph folder.
        text: SPARQL 1.1 Update. The prefixes of the vocabulary need not be declared.
        allowed: hosts that LOAD and SERVICE may ask.
        timeout: seconds; None for no limit.
        dry_run: only tell what would come and go.

    Raises:
        QueryRefusedError: it is no update, reaches for named graphs or for a host that is not
            allowed, or broke the engine.
        QuerySyntaxError: it is not SPARQL.
        QueryTimeoutError: the time is over.
        GraphError: the graph cannot be written, or the update would damage it.
    """
    _refuse(text, allowed)
    return revise(path, lambda store: _run(store, text, timeout), text, dry_run=dry_run)


def _refuse(text: str, allowed: Collection[str]) -> None:
    if query_form(text) != "update":
        raise QueryRefusedError("this is no update; ask questions with: graphbuild query")
    for token in significant(text):
        if token.is_word(*NAMED):
            raise QueryRefusedError(
                f"{token.text.upper()} is refused: an update changes the graph itself; named "
                "graphs hold what each source says, and stay as they are"
            )
    refuse_hosts(text, allowed)


def _run(store: Path, text: str, timeout: float | None) -> None:
    job = {"store": str(store), "update": text, "prefixes": PREFIXES, "seconds": timeout}
    try:
        done = subprocess.run(  # noqa: S603 - our own script
            COMMAND,
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryTimeoutError(
            f"the update was stopped after {timeout:g} s, and nothing was changed; "
            "allow more, for example --timeout 10m"
        ) from error
    if done.returncode < 0:
        raise QueryRefusedError(BROKEN)
    if done.returncode:
        _complain(done.stderr.decode(errors="replace"), text)


def _complain(complaint: str, text: str) -> NoReturn:
    try:
        fault = json.loads(complaint)
    except ValueError:
        last = complaint.strip().splitlines()[-1:] or ["no reason given"]
        raise QueryError(f"the update's worker could not run: {last[0]}") from None
    if fault["kind"] == "syntax":
        raise syntax_error(fault["message"], text, None)
    if fault["kind"] == "memory":
        raise QueryRefusedError(BROKEN)
    raise QueryError(f"the update cannot be done, and nothing was changed: {fault['message']}")
