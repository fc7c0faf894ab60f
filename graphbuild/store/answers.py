"""Take the answer of a SPARQL endpoint as rows or triples, checked to its end.

Results are asked for as JSON or XML and triples as N-Triples or Turtle, because every server
writes these right. An answer that breaks off, or is something else, is an error: never half of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

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

from graphbuild.errors import EndpointError
from graphbuild.store.endpoint import Endpoint
from graphbuild.store.protocol import Reply, ask_endpoint

SOLUTIONS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/json": QueryResultsFormat.JSON,
}
TRIPLES = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
}

Results = QuerySolutions | QueryBoolean
Term = NamedNode | BlankNode | Literal | Triple


@contextmanager
def results(endpoint: Endpoint, text: str) -> Iterator[Results]:
    """Lend what a SELECT or ASK answers, to be read to its end in the block.

    Raises:
        EndpointError: the endpoint does not answer, or not wholly.
        QueryError: it says that the query is wrong.
        QueryTimeoutError: the time is over.
    """
    with _answered(endpoint, text, SOLUTIONS) as (content, format):
        yield parse_query_results(content, format=format)


@contextmanager
def triples(endpoint: Endpoint, text: str) -> Iterator[Iterator[Triple]]:
    """Lend what a CONSTRUCT or DESCRIBE answers. Raises as `results` does."""
    with _answered(endpoint, text, TRIPLES) as (content, format):
        yield (quad.triple for quad in parse(content, format=format))


def rows(endpoint: Endpoint, text: str) -> list[tuple[Term | None, ...]]:
    """Return all rows of a SELECT. Raises as `results` does."""
    with results(endpoint, text) as found:
        return [] if isinstance(found, QueryBoolean) else [tuple(row) for row in found]


@contextmanager
def _answered(
    endpoint: Endpoint, text: str, formats: dict[str, Any]
) -> Iterator[tuple[IO[bytes], Any]]:
    reply: Reply = ask_endpoint(endpoint, text, tuple(formats))
    with reply.content as content:
        if reply.media_type not in formats:
            raise EndpointError(
                f"{endpoint}: answers with {reply.media_type}, not with what was asked for; "
                "is it the address of a SPARQL endpoint?"
            )
        try:
            yield content, formats[reply.media_type]
        except (SyntaxError, ValueError) as error:
            reason = f"its answer breaks off or is damaged ({error})"
            raise EndpointError(f"{endpoint}: {reason}; nothing of it was used") from None
