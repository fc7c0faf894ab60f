"""Copy all triples of an endpoint's graph into a file, counted: whole or not at all.

Page by page, what came is kept beside the file when it breaks off, and the next copy goes on there.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from time import sleep

import msgspec
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from graphbuild.errors import EndpointError
from graphbuild.store.answers import Term, rows, triples
from graphbuild.store.endpoint import Endpoint

PAGE = 10_000
"""Rows that servers give at once, at the least; more are asked for page by page."""

PAUSE = 0.2
"""Seconds between two pages."""

ANY = "?s ?p ?o"


class Place(msgspec.Struct):
    """How far reading page by page has come.

    Attributes:
        total: triples that the endpoint counted when it began.
        predicates: IRIs of the predicates, which are read one after the other.
        at: number of those that are read.
        offset: triples of the next one that are read.
        given: triples that are read.
        bytes: length of the file by then.
    """

    total: int
    predicates: list[str]
    at: int = 0
    offset: int = 0
    given: int = 0
    bytes: int = 0


def copy_graph(endpoint: Endpoint, target: Path, name: str = "") -> int:
    """Write the triples of an endpoint's graph as N-Triples and return their number.

    They are asked for at once. A server that does not give as many as it counts is asked again
    predicate by predicate, page by page; that can break off and go on.

    Args:
        endpoint: who is asked.
        target: the file to write; ``target.place`` beside it says how far it is.
        name: IRI of a named graph; empty for the default graph.

    Raises:
        EndpointError: the endpoint does not answer, gives less than it counts, or changes
            meanwhile.
    """
    pattern = f"GRAPH <{name}> {{ {ANY} }}" if name else ANY
    total, file = _count(endpoint, pattern), target.with_name(f"{target.name}.place")
    endpoint.tell(f"{endpoint}: reading {total:,} triples")
    place = _place(file, total)
    if not total:
        target.write_bytes(b"")
    elif place or not _at_once(endpoint, pattern, target, total):
        endpoint.tell(f"{endpoint}: does not give all at once; asking page by page")
        place = place or Place(total, _predicates(endpoint, pattern))
        _page_by_page(endpoint, pattern, target, place, file)
        file.unlink(missing_ok=True)
        if place.given != total or _count(endpoint, pattern) != total:
            raise EndpointError(f"{endpoint}: changed while it was read: try again")
    return total


def _place(file: Path, total: int) -> Place | None:
    """Return how far an earlier attempt came, unless the graph is another by now."""
    try:
        place = msgspec.json.decode(file.read_bytes(), type=Place)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    return place if place.total == total else None


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


def _predicates(endpoint: Endpoint, pattern: str) -> list[str]:
    found = rows(endpoint, f"SELECT DISTINCT ?p WHERE {{ {pattern} }} ORDER BY ?p")
    return [predicate.value for (predicate,) in found if isinstance(predicate, NamedNode)]


def _page_by_page(endpoint: Endpoint, pattern: str, target: Path, place: Place, file: Path) -> None:
    """Append the pages that are missing; after each the place is on disk."""
    with target.open("ab") as lines:
        lines.truncate(place.bytes)
        for iri in place.predicates[place.at :]:
            predicate = NamedNode(iri)
            for page in _pages(endpoint, pattern.replace("?p", str(predicate)), predicate, place):
                place.bytes += lines.write(serialize(page, format=RdfFormat.N_TRIPLES) or b"")
                lines.flush()
                place.offset += len(page)
                place.given += len(page)
                file.write_bytes(msgspec.json.encode(place))
                sleep(PAUSE)
            place.at, place.offset = place.at + 1, 0


def _pages(
    endpoint: Endpoint, pattern: str, predicate: NamedNode, place: Place
) -> Iterator[list[Triple]]:
    """Yield the pages of one predicate from a place on."""
    total = _count(endpoint, pattern)
    while place.offset < total:
        page = rows(endpoint, _page(pattern, place.offset))
        if not page:
            raise EndpointError(
                f"{endpoint}: counts {total:,} triples of {predicate} but gives {place.offset:,}; "
                "its limits are too narrow, or it changed meanwhile: try again"
            )
        endpoint.tell(f"{endpoint}: {place.offset + len(page):,} of {total:,} {predicate}")
        yield [_triple(subject, predicate, value, endpoint) for subject, value in page]


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
