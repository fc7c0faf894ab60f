"""Where a graph is: in a folder here, or behind a SPARQL endpoint; and how to look things up there.

What needs an endpoint's protocol is imported only when there is an endpoint.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from functools import partial

import duckdb

from graphbuild.store.columns import opened
from graphbuild.store.endpoint import Endpoint
from graphbuild.store.entities import find_all, find_entity
from graphbuild.store.facts import Facts, facts_of_folder
from graphbuild.store.folder import GraphFolder
from graphbuild.terms import REFERENCE_BASE

Place = GraphFolder | Endpoint


def base_of(place: Place) -> str:
    """Return what the IRIs of a graph's own entities start with; of an endpoint, what is usual."""
    return REFERENCE_BASE if isinstance(place, Endpoint) else place.build.base


def facts_of(place: Place, about: Iterable[str] = ()) -> Facts:
    """Return look-ups on a graph.

    Args:
        place: the graph.
        about: IRIs of entities that will be looked at: an endpoint is asked for them together.

    Raises:
        GraphError: its store cannot be opened.
    """
    if isinstance(place, Endpoint):
        from graphbuild.store.remote import facts_of_endpoint

        return facts_of_endpoint(place, about)
    return facts_of_folder(place)


def entity(place: Place, text: str, kind: str | None = None) -> str:
    """Return the IRI of the one entity that ``text`` stands for; see `find_entity`.

    Raises:
        NoSuchEntityError: nothing goes by that name.
        AmbiguousEntityError: several entities do; the message lists them.
    """
    if isinstance(place, Endpoint):
        from graphbuild.store.remote import find_remote

        return find_remote(place, text, kind)
    return find_entity(place, text, kind)


def searcher(place: Place) -> Callable[[str, str | None], Sequence[str]] | None:
    """Return the search by words of a graph folder, `find_all`; None for an endpoint."""
    return None if isinstance(place, Endpoint) else partial(find_all, place)


def triples_with(
    place: Place, predicates: Sequence[str]
) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    """Lend a connection in which ``triples`` has the columns s, p, o in N-Triples form.

    Args:
        place: the graph.
        predicates: those that must be there; others may be.

    Raises:
        GraphError: the columns are missing or damaged.
        EndpointError: the endpoint does not answer, or not wholly.
    """
    if isinstance(place, Endpoint):
        from graphbuild.store.remote import fetched

        return fetched(place, predicates)
    return opened(place)
