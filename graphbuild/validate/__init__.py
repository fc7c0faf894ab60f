"""Validate data graphs against SHACL shapes (https://www.w3.org/TR/shacl/).

An engine takes a data graph and a shapes graph and gives the results; `ENGINES` names them.
"""

from collections.abc import Callable, Iterable

from rdflib import Graph

from graphbuild.validate import reference
from graphbuild.validate.report import Report, Result
from graphbuild.validate.shapes import Shapes, unused_shapes
from graphbuild.validate.sources import described

Engine = Callable[[Graph, Graph], Iterable[Result]]

ENGINES: dict[str, Engine] = {"reference": reference.validate}
"""``reference`` is pySHACL: exact, and made for small graphs."""


def validate(data: Graph, shapes: Shapes, engine: str = "reference") -> Report:
    """Return what the shapes find in a data graph, most severe first.

    Raises:
        ShapesError: the engine cannot use the shapes.
    """
    found = ENGINES[engine](data, shapes.graph)
    results = sorted(described(result, data) for result in found)
    return Report(tuple(results), unused_shapes(data, shapes))
