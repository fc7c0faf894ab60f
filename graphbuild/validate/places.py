"""Validate a graph where it is: the columns or the store of a folder, or a SPARQL endpoint."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pyoxigraph import Store

from graphbuild.store.answers import rows
from graphbuild.store.columns import opened
from graphbuild.store.endpoint import Endpoint
from graphbuild.store.places import Place
from graphbuild.store.touched import Touched
from graphbuild.validate import ENGINES, validate
from graphbuild.validate.engine import validate as by_columns
from graphbuild.validate.remote.engine import select
from graphbuild.validate.remote.engine import validate as by_sparql
from graphbuild.validate.report import Report
from graphbuild.validate.shapes import Shapes

SPARQL = "sparql"
ENGINE_NAMES = (*ENGINES, SPARQL)


@contextmanager
def reported(
    place: Place,
    shapes: Shapes,
    engine: str,
    tell: Callable[[str], None] = lambda _: None,
    since: Touched | None = None,
) -> Iterator[Report]:
    """Lend the report on a graph, while its words can be asked for.

    Args:
        place: the graph; an endpoint is always asked by SPARQL.
        shapes: what is checked.
        engine: one of `ENGINE_NAMES`.
        tell: is told what is being done.
        since: what changed: only what it may bring about is told, by the columnar engine.

    Raises:
        ShapesError: the engine cannot use the shapes.
        GraphError, EndpointError: the graph cannot be read.
    """
    if isinstance(place, Endpoint):
        yield by_sparql(lambda text: rows(place, text), shapes, tell)
    elif engine == SPARQL:
        store = Store.read_only(str(place.store))
        yield by_sparql(lambda text: select(store, text), shapes, tell)
    elif since is not None:
        with opened(place) as data:
            yield by_columns(data, shapes, tell, since)
    else:
        with opened(place) as data:
            yield validate(data, shapes, engine, tell)
