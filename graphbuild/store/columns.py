"""Read a graph's triples from its Parquet columns: all of them in order, or by SQL."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

import duckdb
from pyoxigraph import RdfFormat, Triple, parse

from graphbuild.errors import GraphError
from graphbuild.store.folder import GraphFolder

BATCH = 20_000
LINES = "SELECT s || ' ' || p || ' ' || o || E' .\\n' FROM triples"


@contextmanager
def opened(graph: GraphFolder) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a connection in which view ``triples`` has the columns s, p, o in N-Triples form.

    Raises:
        GraphError: the columns are missing or damaged.
    """
    path = str(graph.triples).replace("'", "''")
    with duckdb.connect() as connection:
        try:
            connection.execute(f"CREATE VIEW triples AS FROM read_parquet('{path}')")
            yield connection
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise GraphError(
                f"{graph.path}: its triples cannot be read ({reason}); build the graph again"
            ) from error


def read_lines(graph: GraphFolder) -> Iterator[bytes]:
    """Yield the graph as N-Triples, many lines at a time, in the order of the columns.

    Raises:
        GraphError: the columns are missing or damaged.
    """
    with opened(graph) as connection:
        rows = connection.execute(LINES)
        while batch := rows.fetchmany(BATCH):
            yield "".join(chain.from_iterable(batch)).encode()


def read_triples(graph: GraphFolder) -> Iterator[Triple]:
    """Yield the triples of a graph in the order of the columns: by subject, predicate, object.

    Raises:
        GraphError: the columns are missing or damaged.
    """
    for lines in read_lines(graph):
        yield from parsed(lines)


def parsed(lines: bytes) -> Iterator[Triple]:
    """Yield the triples of some N-Triples text."""
    return (quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES))


def plain(term: str) -> str:
    r"""Return the IRI or the lexical form that a term in N-Triples form stands for.

    >>> plain('<http://e/a>'), plain('"say \\"hi\\""@en'), plain('"2020"^^<http://e/gYear>')
    ('http://e/a', 'say "hi"', '2020')
    """
    return plain_all([term])[0]


def plain_all(terms: Sequence[str]) -> list[str]:
    """Return what `plain` returns, for many terms at once."""
    lines = "".join(f"<urn:s> <urn:p> {term} .\n" for term in terms)
    return [str(getattr(triple.object, "value")) for triple in parsed(lines.encode())]  # noqa: B009
