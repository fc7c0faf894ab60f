"""Read what a query answers as RDF terms: rows of a SELECT, triples of a CONSTRUCT, yes or no."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from graphbuild.query.evaluate import Answer, evaluation
from graphbuild.query.run import DEFAULT_TIMEOUT
from graphbuild.store.places import Place

Term = NamedNode | BlankNode | Literal | Triple
Row = tuple[Term | None, ...]
"""One solution: a term for each column, None where it has none."""
Value = str | int | float | Decimal | bool | None

XSD = "http://www.w3.org/2001/XMLSchema#"
INTEGER = f"{XSD}integer"
DECIMAL = f"{XSD}decimal"
FLOATS = frozenset({f"{XSD}double", f"{XSD}float"})
NUMBERS = FLOATS | {INTEGER, DECIMAL}
BOOLEAN = f"{XSD}boolean"


@dataclass(frozen=True)
class Result:
    """What a SELECT answers.

    Attributes:
        columns: the names of the variables, without ``?``.
        rows: the solutions in the order of the query.
    """

    columns: tuple[str, ...]
    rows: list[Row]

    def values(self) -> list[tuple[Value, ...]]:
        """Return the rows as Python values, see `value`."""
        return [tuple(map(value, row)) for row in self.rows]


def select(graph: Place, text: str, timeout: float | None = DEFAULT_TIMEOUT) -> Result:
    """Return all solutions of a SELECT.

    Args:
        graph: what is asked.
        text: the query, its parameters bound; prefixes of the vocabulary need no declaration.
        timeout: seconds; None for no limit.

    Raises:
        QueryError: the query cannot be run.
        QueryTimeoutError: it took too long.
        GraphError: the store cannot be read.
        EndpointError: the endpoint does not answer, or not wholly.
    """
    with evaluation(graph, text, "tsv", timeout) as answer:
        columns, rows = solutions(answer)
        return Result(columns, list(rows))


def ask(graph: Place, text: str, timeout: float | None = DEFAULT_TIMEOUT) -> bool:
    """Return what an ASK answers. Raises as `select` does."""
    with evaluation(graph, text, "srj", timeout) as answer:
        return boolean(answer)


def construct(graph: Place, text: str, timeout: float | None = DEFAULT_TIMEOUT) -> list[Triple]:
    """Return the triples of a CONSTRUCT or DESCRIBE. Raises as `select` does."""
    with evaluation(graph, text, "nt", timeout) as answer:
        return [quad.triple for quad in parse(answer.read(), format=RdfFormat.N_TRIPLES)]


def solutions(answer: Answer) -> tuple[tuple[str, ...], Iterator[Row]]:
    """Return the columns and, as they arrive, the rows of a SELECT that is evaluated as ``tsv``."""
    answer.wait()
    source: Any = answer  # has what the parser needs of a file
    parsed = parse_query_results(source, format=QueryResultsFormat.TSV)
    if not isinstance(parsed, QuerySolutions):
        return (), iter(())
    columns = tuple(variable.value for variable in parsed.variables)
    return columns, (tuple(row) for row in parsed)


def boolean(answer: Answer) -> bool:
    """Return the answer of an ASK that is evaluated as ``srj``."""
    parsed = parse_query_results(answer.read(), format=QueryResultsFormat.JSON)
    return isinstance(parsed, QueryBoolean) and bool(parsed)


def value(term: Term | None) -> Value:
    """Return a term as a Python value.

    Integers, decimals, floating-point numbers and booleans become their types; other literals and
    IRIs become their text, blank nodes ``_:name``.

    >>> value(Literal("0.85", datatype=NamedNode(DECIMAL)))
    Decimal('0.85')
    """
    if term is None or isinstance(term, NamedNode):
        return None if term is None else term.value
    if not isinstance(term, Literal):
        return str(term)
    datatype = term.datatype.value
    if datatype == BOOLEAN:
        return term.value == "true"
    try:
        return _number(term.value, datatype)
    except (ValueError, ArithmeticError):  # a literal may say that it is a number and not be one
        return term.value


def _number(text: str, datatype: str) -> Value:
    if datatype == INTEGER:
        return int(text)
    if datatype == DECIMAL:
        return Decimal(text)
    return float(text) if datatype in FLOATS else text
