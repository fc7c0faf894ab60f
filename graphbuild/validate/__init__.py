"""Validate data graphs against SHACL shapes (https://www.w3.org/TR/shacl/).

An engine takes a data graph and shapes and gives a report; `ENGINES` names them. The report asks
the data graph for the words of its results, so it is used before the graph is closed.
"""

from collections.abc import Callable

import duckdb

from graphbuild.validate import engine, reference
from graphbuild.validate.report import Report
from graphbuild.validate.shapes import Shapes

Tell = Callable[[str], None]
Engine = Callable[[duckdb.DuckDBPyConnection, Shapes, Tell], Report]

ENGINES: dict[str, Engine] = {"columnar": engine.validate, "reference": reference.validate}
"""``columnar`` is ours and made for whole graphs; ``reference`` is pySHACL, for small graphs."""


def validate(
    data: duckdb.DuckDBPyConnection,
    shapes: Shapes,
    name: str = "columnar",
    tell: Tell = lambda _: None,
) -> Report:
    """Return what the shapes find in a data graph, most severe first.

    Args:
        data: a connection in which ``triples`` has the columns s, p, o in N-Triples form.
        shapes: what is checked.
        name: the engine, by its name in `ENGINES`.
        tell: is told what is being done.

    Raises:
        ShapesError: the engine cannot use the shapes.
    """
    return ENGINES[name](data, shapes, tell)
