"""Answer a query from the columns of a graph, in any format that the store answers in."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO

import duckdb
from pyoxigraph import (
    QueryResultsFormat,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
    serialize,
)

from graphbuild.query.analytic.compile import Plan, compiled
from graphbuild.query.analytic.database import Database
from graphbuild.query.analytic.output import rows
from graphbuild.query.analytic.parse import parse as parse_query
from graphbuild.query.analytic.tree import Unsupported
from graphbuild.query.worker import GRAPHS, RESULTS, Sorted

Row = Sequence[str | None]
LINES_AT_ONCE = 2_000


def answer(  # noqa: PLR0913 - a job has that many parts
    database: Database,
    text: str,
    prefixes: dict[str, str],
    form: str,
    output: BinaryIO,
    *,
    strict: bool = False,
) -> Plan:
    """Write the answer to a query; return how it was got.

    Args:
        database: the graph.
        text: a query that the store's parser takes.
        prefixes: namespaces that it need not declare.
        form: ``csv``, ``tsv``, ``srj``, ``srx``, ``ttl`` or ``nt``.
        output: where to; nothing is written unless the whole answer is there.
        strict: refuse what has several right answers, or may take long.

    Raises:
        Unsupported: the columns cannot answer it exactly.
        duckdb.Error: they turn out not to, or the engine is out of memory.
    """
    plan = compiled(parse_query(text, prefixes), database)
    if strict and plan.slow:
        raise Unsupported(plan.slow[0])
    for step in plan.steps:
        database.connection.execute(step)
    found = rows(database.connection, plan.sql)
    if plan.form == "construct":
        source = _Source(_triples(plan, found))
        source.passed(lambda given: _write_graph(given, form, prefixes, output))
    elif plan.form == "ask":
        truth: Any = Store().query("ASK {}" if any(found) else "ASK { FILTER(false) }")
        truth.serialize(output, RESULTS[form])
    else:
        source = _Source(_lines(plan.names, found))
        source.passed(lambda given: _write_table(given, form, output))
    return plan


class _Source:
    """A file whose lines are made when they are read, so that no answer is held whole."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._rest = b""
        self._error: duckdb.Error | None = None

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        while size < 0 or len(self._rest) < size:
            if not (more := self._more()):
                break
            self._rest += more
        end = len(self._rest) if size < 0 else size
        piece, self._rest = self._rest[:end], self._rest[end:]
        return piece

    def _more(self) -> bytes:
        try:
            return "".join(islice(self._lines, LINES_AT_ONCE)).encode()
        except duckdb.Error as error:
            self._error = error
            raise

    def passed(self, writer: Callable[[Any], None]) -> None:
        """Have the engine that writes answers read it; an error of SQL stays what it is."""
        try:
            writer(self)
        except (OSError, ValueError, SyntaxError, RuntimeError):
            if self._error is not None:
                raise self._error from None
            raise


def _write_table(source: Any, form: str, output: BinaryIO) -> None:  # noqa: ANN401 - a file
    results: Any = parse_query_results(source, format=QueryResultsFormat.TSV)
    results.serialize(output, RESULTS[form])


def _lines(names: Sequence[str], found: Iterable[Row]) -> Iterator[str]:
    yield "\t".join(f"?{name}" for name in names) + "\n"
    for row in found:
        yield "\t".join(["" if cell is None else cell for cell in row]) + "\n"


def _triples(plan: Plan, found: Iterable[Row]) -> Iterator[str]:
    """Yield each triple of a template once; what would be no triple is left out."""
    seen: set[str] = set()
    for row in found:
        for parts in plan.template:
            cells = [row[part] if isinstance(part, int) else part for part in parts]
            line = " ".join(cell or "" for cell in cells) + " .\n"
            if _is_triple(cells) and line not in seen:
                seen.add(line)
                yield line


def _is_triple(cells: Row) -> bool:
    subject, predicate, object = cells
    return (
        subject is not None
        and predicate is not None
        and object is not None
        and not subject.startswith('"')
        and predicate.startswith("<")
    )


def _write_graph(
    source: Any,  # noqa: ANN401 - a file
    form: str,
    prefixes: dict[str, str],
    output: BinaryIO,
) -> None:
    triples = parse(source, format=RdfFormat.N_TRIPLES)
    target: Any = Sorted(output)  # has what the engine needs of a file
    serialize(triples, target, GRAPHS[form], prefixes=prefixes)
