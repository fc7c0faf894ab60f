"""Copy all triples of an endpoint's graph into a file, counted: whole or not at all."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from graphbuild.errors import EndpointError
from graphbuild.store.answers import Term, rows, triples
from graphbuild.store.endpoint import Endpoint

PAGE = 10_000
"""Rows that servers give at once, at the least; more are asked for page by page."""

ANY = "?s ?p ?o"


def copy_graph(endpoint: Endpoint, target: Path, name: str = "") -> int:
    """Write the triples of an endpoint's graph as N-Triples and return their number.

    They are asked for at once. A server that does not give as many as it counts is asked again
    predicate by predicate, page by page.

    Args:
        endpoint: who is asked.
        target: the file to write.
        name: IRI of a named graph; empty for the default graph.

    Raises:
        EndpointError: the endpoint does not answer, or gives less than it counts.
    """
    pattern = f"GRAPH <{name}> {{ {ANY} }}" if name else ANY
    total = _count(endpoint, pattern)
    endpoint.tell(f"{endpoint}: reading {total:,} triples")
    if total and not _at_once(endpoint, pattern, target, total):
        endpoint.tell(f"{endpoint}: does not give all at once; asking page by page")
        serialize(_paged(endpoint, pattern), str(target), format=RdfFormat.N_TRIPLES)
    elif not total:
        target.write_bytes(b"")
    return total


def _count(endpoint: Endpoint, pattern: str) -> int:
    [(number,)] = rows(endpoint, f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    return int(number.value) if isinstance(number, Literal) else 0


def _at_once(endpoint: Endpoint, pattern: str, target: Path, total: int) -> bool:
    """Write what one query gives, and say whether it is all there is."""
    given = 0

    def counted(found: Iterable[Triple]) -> Iterator[Triple]:
        nonlocal given
        for given, triple in enumerate(found, 1):  # noqa: B007 - the last number counts
            yield triple

    try:
        with triples(endpoint, f"CONSTRUCT {{ {ANY} }} WHERE {{ {pattern} }}") as found:
            serialize(counted(found), str(target), format=RdfFormat.N_TRIPLES)
    except EndpointError as error:
        endpoint.tell(str(error))
        return False
    return given >= total


def _paged(endpoint: Endpoint, pattern: str) -> Iterator[Triple]:
    for (predicate,) in rows(endpoint, f"SELECT DISTINCT ?p WHERE {{ {pattern} }}"):
        if isinstance(predicate, NamedNode):
            yield from _of_predicate(endpoint, pattern.replace("?p", str(predicate)), predicate)


def _of_predicate(endpoint: Endpoint, pattern: str, predicate: NamedNode) -> Iterator[Triple]:
    total, got = _count(endpoint, pattern), 0
    while got < total:
        page = rows(endpoint, _page(pattern, got))
        if not page:
            raise EndpointError(
                f"{endpoint}: counts {total:,} triples of {predicate} but gives {got:,}; "
                "its limits are too narrow, or it changed meanwhile: try again"
            )
        got += len(page)
        endpoint.tell(f"{endpoint}: {got:,} of {total:,} {predicate}")
        for subject, value in page:
            yield _triple(subject, predicate, value, endpoint)


def _page(pattern: str, start: int) -> str:
    # The inner query is sorted and the outer one cut: Virtuoso sorts no more than it may give.
    inner = f"SELECT ?s ?o WHERE {{ {pattern} }} ORDER BY ?s ?o"
    return f"SELECT ?s ?o WHERE {{ {{ {inner} }} }} LIMIT {PAGE} OFFSET {start}"


def _triple(
    subject: Term | None, predicate: NamedNode, value: Term | None, endpoint: Endpoint
) -> Triple:
    if isinstance(subject, (NamedNode, BlankNode)) and value is not None:
        return Triple(subject, predicate, value)
    raise EndpointError(f"{endpoint}: gives a triple that is none: {subject} {predicate} {value}")
