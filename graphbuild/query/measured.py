"""Refuse canned queries about numbers that a graph does not hold: an empty answer would mislead."""

from graphbuild.errors import QueryError
from graphbuild.query.catalogue import CannedQuery
from graphbuild.store.folder import GraphFolder
from graphbuild.store.places import Place

COUNTED = ("gb:Measure", "gb:measuredIn", "gb:leadingMeasure")


def refuse_unmeasured(query: CannedQuery, place: Place) -> None:
    """Raise if a canned query needs what a build counts and the graph was built without it.

    Raises:
        QueryError: with what to do.
    """
    needs = bool(query.id) and any(word in query.text for word in COUNTED)
    if needs and isinstance(place, GraphFolder) and "measures" not in place.build.counts:
        raise QueryError(
            f"{query.id} needs the numbers that a build counts, and {place.path} has none: "
            "build it again with --measures, or see: graphbuild queries measure"
        )
