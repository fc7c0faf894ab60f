"""Explain how a query is evaluated: in plain words, and by the engine's plan where it shows one.

The plan comes from the program ``oxigraph`` (PyPI: oxigraph), which is of the embedded engine's
make and runs the query to count and time each step.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from graphbuild.errors import QueryError, QueryTimeoutError
from graphbuild.mapping.vocabulary import curie
from graphbuild.query.advice import advice
from graphbuild.query.analytic.routing import Choice, choice
from graphbuild.query.analytic.run import plan_of
from graphbuild.query.engines import Engine
from graphbuild.query.run import NotExactError, check_syntax, completed, refuse
from graphbuild.store.endpoint import Endpoint
from graphbuild.store.folder import GraphFolder
from graphbuild.store.places import Place

GOOD = "nothing in it is known to be slow"
NO_ENDPOINT = "the engine's plan: an endpoint does not show it"
NO_PROGRAM = "the engine's plan: install the program oxigraph to see it (pip install oxigraph)"
PLAN = "the engine's plan, each step with its results and milliseconds:"


def explained(
    place: Place, text: str, timeout: float | None, engine: Engine = "auto"
) -> Iterator[str]:
    """Yield lines that explain a query.

    Args:
        place: the graph that is asked.
        text: the query, with its values.
        timeout: seconds that the engine may take to run it for its plan; None for no limit.
        engine: that is to answer it.

    Raises:
        QueryRefusedError: the query is an update or calls another endpoint.
        QuerySyntaxError: it is not SPARQL.
        QueryTimeoutError: the time is over.
        QueryError: the engine cannot run it.
    """
    refuse(text)
    check_syntax(text)
    if isinstance(place, Endpoint):
        yield from _hints(text)
        yield NO_ENDPOINT
        return
    chosen = choice(place, text) if engine == "auto" else Choice(engine, "it was asked for")
    if chosen.engine == "columns":
        told, in_columns = _in_columns(place, text, timeout, chosen, strict=engine == "auto")
        yield from told
        if in_columns:
            return
    else:
        yield f"engine: the store, because {chosen.reason}"
    yield from _hints(text)
    yield from _in_store(place, text, timeout)


def _hints(text: str) -> list[str]:
    return [f"hint: {hint}" for hint in advice(text) or [GOOD]]


def _in_columns(
    graph: GraphFolder, text: str, timeout: float | None, chosen: Choice, *, strict: bool
) -> tuple[list[str], bool]:
    """Return how the columns answer a query, or why they leave it to the store."""
    try:
        found = plan_of(graph, text, timeout)
    except NotExactError as reason:
        if not strict:
            raise
        return [f"engine: the store, because the columns do not answer {reason} exactly"], False
    if strict and found["slow"]:
        return [f"engine: the store, because of {found['slow'][0]}"], False
    head = f"engine: the columns, because {chosen.reason}"
    return [head, "as SQL over numbered terms:", found["sql"], *found["plan"].splitlines()], True


def _in_store(graph: GraphFolder, text: str, timeout: float | None) -> Iterator[str]:
    program = _program()
    if program is None:
        yield NO_PROGRAM
    else:
        yield PLAN
        yield from _lines(_plan(program, graph.store, completed(text), timeout)["plan"])


def _program() -> str | None:
    beside = Path(sys.executable).parent / "oxigraph"
    return str(beside) if beside.is_file() else shutil.which("oxigraph")


def _plan(program: str, store: Path, text: str, timeout: float | None) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        query, plan = Path(folder, "query.rq"), Path(folder, "plan.json")
        query.write_text(text, encoding="utf-8")
        command = [program, "query", "--location", store, "--query-file", query, "--stats"]
        command += ["--explain-file", plan, "--results-format", "json"]
        try:
            done = _ran(command, timeout)
        except subprocess.TimeoutExpired as error:
            raise QueryTimeoutError(
                f"the query was stopped after {timeout:g} s; "
                "the hints above are all that can be said"
            ) from error
        if done.returncode:
            last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
            raise QueryError(f"the engine shows no plan: {''.join(last) or 'it broke'}")
        content: dict[str, Any] = msgspec.json.decode(plan.read_bytes())
        return content


def _ran(command: list[Any], timeout: float | None) -> subprocess.CompletedProcess[bytes]:
    nothing = subprocess.DEVNULL
    return subprocess.run(  # noqa: S603 - a program that was installed for this
        command, stdin=nothing, stdout=nothing, stderr=subprocess.PIPE, timeout=timeout, check=False
    )


def _lines(node: dict[str, Any], depth: int = 0) -> Iterator[str]:
    results = node.get("number of results", 0)
    milliseconds = 1000 * node.get("duration in seconds", 0)
    yield f"{results:>10,} {milliseconds:>10,.1f}  {'  ' * depth}{_readable(node['name'])}"
    for child in node["children"]:
        yield from _lines(child, depth + 1)


def _readable(name: str) -> str:
    """Return a step with its IRIs shortened.

    >>> _readable("QuadPattern(?p <http://purl.org/dc/terms/title> ?t)")
    'QuadPattern(?p dcterms:title ?t)'
    """
    words = name.replace("<", "\0<").replace(">", ">\0").split("\0")
    return "".join(_short(word) for word in words)


def _short(word: str) -> str:
    is_iri = word.startswith("<") and word.endswith(">")
    short = curie(word[1:-1]) if is_iri else word
    return word if short == word[1:-1] else short
