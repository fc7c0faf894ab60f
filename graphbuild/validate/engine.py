"""Validate a data graph by whole columns, and make the report."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import duckdb

from graphbuild.store.touched import Touched
from graphbuild.validate.changed import Changes
from graphbuild.validate.columnar import Evaluation, Found
from graphbuild.validate.columns import Columns, Ids
from graphbuild.validate.data import graph_of
from graphbuild.validate.found import groups
from graphbuild.validate.model import Schema, Shape
from graphbuild.validate.reference import checked, only_at
from graphbuild.validate.report import Report, Result, merged, report_of
from graphbuild.validate.schema import read_schema, unused_shapes
from graphbuild.validate.shapes import Shapes
from graphbuild.validate.sources import described
from graphbuild.validate.sql.constraints import query_terms
from graphbuild.validate.sql.terms import Untranslatable
from graphbuild.validate.terms import as_node

if TYPE_CHECKING:
    from rdflib import Graph

Tell = Callable[[str], None]


def validate(
    data: duckdb.DuckDBPyConnection,
    shapes: Shapes,
    tell: Tell = lambda _: None,
    touched: Touched | None = None,
) -> Report:
    """Return what the shapes find, most severe first.

    Shapes whose SPARQL has no translation are left to the reference engine, at their focus nodes.

    Args:
        data: a connection in which ``triples`` has the columns s, p, o in N-Triples form.
        shapes: what is checked.
        tell: is told what is being done.
        touched: what changed since an earlier check: only what it may bring about is told.

    Raises:
        ShapesError: the shapes are not as SHACL wants them, or not supported.
    """
    run = _Run(data, shapes, tell)
    changes = None if touched is None else Changes(run.columns, run.schema, touched)
    for shape in run.schema.roots():
        focus = run.evaluation.focus(shape)
        for part, nodes in changes.split(shape, focus) if changes else [(shape, focus)]:
            run.check(part, nodes)
    unused = unused_shapes(shapes.graph, run.evaluation.facts)
    timings = tuple(run.evaluation.timings)
    notes = changes.notes() if changes else ()
    report = Report(tuple(groups(run.found, run.columns)), unused, timings, notes)
    return merged(report, report_of(described(run.others, run.columns)))


class _Run:
    """One validation: what is found by columns, and what by the reference engine."""

    def __init__(self, data: duckdb.DuckDBPyConnection, shapes: Shapes, tell: Tell) -> None:
        self.schema: Schema = read_schema(shapes.graph)
        self.columns = Columns(data, self.schema.terms() | query_terms(self.schema))
        self.evaluation = Evaluation(self.columns, self.schema)
        self.found: list[Found] = []
        self.others: list[Result] = []
        self._shapes, self._tell = shapes, tell
        self._graph: Graph | None = None

    def check(self, shape: Shape, focus: Ids) -> None:
        """Check one shape at some of its focus nodes."""
        try:
            self.found += list(self.evaluation.results(shape, focus))
        except Untranslatable as reason:
            self._tell(
                f"shape {shape.name} uses {reason}, which is left to the reference engine: "
                f"{len(focus):,} nodes one by one"
            )
            self.others += self._by_reference(shape, focus)

    def _by_reference(self, shape: Shape, focus: Ids) -> list[Result]:
        if self._graph is None:
            rows = self.columns.connection.execute("SELECT s, p, o FROM triples").fetchall()
            self._graph = graph_of(rows)
        nodes = [as_node(text) for text in self.columns.texts(focus)]
        shapes = only_at(self._shapes.graph, as_node(shape.key), nodes)
        return list(checked(self._graph, shapes)) if nodes else []
