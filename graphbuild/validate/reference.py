"""The reference engine: pySHACL."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import duckdb
import pyshacl
from pyshacl.errors import (
    ConstraintLoadError,
    ReportableRuntimeError,
    RuleLoadError,
    ShapeLoadError,
    ValidationFailure,
)
from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.sparql import Query, SPARQLError
from rdflib.query import Result as QueryResult
from rdflib.term import Node

from graphbuild.errors import ShapesError
from graphbuild.mapping.vocabulary import curie
from graphbuild.validate.checks import Facts
from graphbuild.validate.columns import Columns
from graphbuild.validate.data import graph_of
from graphbuild.validate.paths import path_text
from graphbuild.validate.quiet import quiet
from graphbuild.validate.report import SEVERITIES, Report, Result, report_of
from graphbuild.validate.schema import shape_name, target_terms, unused_shapes
from graphbuild.validate.shapes import Shapes
from graphbuild.validate.sources import described
from graphbuild.validate.terms import as_text

UNUSABLE = (
    ConstraintLoadError,
    ReportableRuntimeError,
    RuleLoadError,
    ShapeLoadError,
    ValidationFailure,
    NotImplementedError,
    RecursionError,
    SPARQLError,
    ValueError,
    re.error,
)


class PreparedGraph(Graph):
    """A graph that parses the text of a query once, and refuses to ask others.

    It knows the prefixes that a shapes graph declares anywhere: pySHACL looks for those of a
    query in one place only, and not in the ones that this place imports.
    """

    def __init__(self, graph: Graph, shapes: Graph) -> None:
        super().__init__(store=graph.store, identifier=graph.identifier)
        self._prepared: dict[str, Query] = {}
        self._prefixes = dict(self.namespaces())
        for node in shapes.objects(None, SH.declare):
            prefix, namespace = shapes.value(node, SH.prefix), shapes.value(node, SH.namespace)
            self._prefixes[str(prefix)] = URIRef(str(namespace))

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> QueryResult:  # noqa: ANN401
        """Answer a query; the text is parsed only when it is new.

        Raises:
            ShapesError: the text is not SPARQL, or holds SERVICE.
        """
        if isinstance(query_object, str):
            if query_object not in self._prepared:
                self._prepared[query_object] = self._prepare(query_object)
            query_object = self._prepared[query_object]
        return super().query(query_object, *args, **kwargs)

    def _prepare(self, text: str) -> Query:
        try:
            query = prepareQuery(text, initNs=self._prefixes)
        except Exception as error:
            # rdflib raises errors of its parser, which know their line, and bare exceptions.
            if type(error) is not Exception and not hasattr(error, "lineno"):
                raise
            raise ShapesError(f"the shapes cannot be used: not SPARQL ({_line(error)})") from error
        traverse(query.algebra, visitPre=_refuse_service)
        return query


def validate(
    data: duckdb.DuckDBPyConnection,
    shapes: Shapes,
    tell: Callable[[str], None] = lambda _: None,
) -> Report:
    """Return what pySHACL finds, most severe first.

    Raises:
        ShapesError: pySHACL cannot use the shapes.
    """
    columns = Columns(data, target_terms(shapes.graph))
    tell(f"pySHACL checks {columns.triples:,} triples")
    rows = data.execute("SELECT s, p, o FROM triples").fetchall()
    results = described(checked(graph_of(rows), shapes.graph), columns)
    return report_of(results, unused_shapes(shapes.graph, Facts(columns)))


def checked(data: Graph, shapes: Graph) -> Iterator[Result]:
    """Yield the validation results of pySHACL, in no particular order.

    Raises:
        ShapesError: pySHACL cannot use the shapes.
    """
    try:
        with quiet():
            _, results, _ = pyshacl.validate(
                PreparedGraph(data, shapes), shacl_graph=shapes, advanced=True, inplace=True
            )
    except UNUSABLE as error:
        raise ShapesError(f"the shapes cannot be used: {_line(error)}") from error
    if not isinstance(results, Graph):
        raise ShapesError(f"the shapes cannot be used: {_line(results)}")
    for node in results.subjects(RDF.type, SH.ValidationResult):
        if not any(results.triples((None, SH.detail, node))):
            yield _result(results, node, shapes)


def only_at(shapes: Graph, shape: Node, focus: Iterable[Node]) -> Graph:
    """Return a shapes graph in which one shape has targets: the focus nodes."""
    graph = Graph() + shapes
    for predicate in (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf):
        graph.remove((None, predicate, None))
    for kind in (RDFS.Class, OWL.Class):
        graph.remove((None, RDF.type, kind))
    for node in focus:
        graph.add((shape, SH.targetNode, node))
    return graph


def _refuse_service(part: object) -> None:
    if getattr(part, "name", None) == "ServiceGraphPattern":
        raise ShapesError("the shapes cannot be used: SERVICE is not allowed; nothing is fetched")


def _line(error: object) -> str:
    return " ".join(str(getattr(error, "message", None) or error).split())


def _result(results: Graph, node: Node, shapes: Graph) -> Result:
    def written(predicate: URIRef) -> str:
        value = results.value(node, predicate)
        return "" if value is None else as_text(value)

    severity = results.value(node, SH.resultSeverity)
    short = str(severity).removeprefix(str(SH))
    path = results.value(node, SH.resultPath)
    shape = results.value(node, SH.sourceShape)
    return Result(
        severity=short if short in SEVERITIES else str(severity),
        shape=shape_name(shape, shapes),
        message=_message(results, node, shapes),
        focus=written(SH.focusNode),
        path="" if path is None else path_text(path, results),
        value=written(SH.value),
        component=str(results.value(node, SH.sourceConstraintComponent)),
        source_shape=str(shape) if isinstance(shape, URIRef) else "",
    )


def _message(results: Graph, node: Node, shapes: Graph) -> str:
    """Return the message of the shape, or else which of its parameters is not met.

    The messages that pySHACL makes up name the focus node, so no two of them are alike.
    """
    shape = results.value(node, SH.sourceShape)
    component = str(results.value(node, SH.sourceConstraintComponent)).removeprefix(str(SH))
    name = component.removesuffix("ConstraintComponent")
    parameter = f"{name[:1].lower()}{name[1:]}"
    values = list(shapes.objects(shape, URIRef(f"{SH}{parameter}"))) if shape is not None else []
    if values and shapes.value(shape, SH.message) is None:
        return f"Does not meet sh:{parameter}{_value(values)}."
    messages = sorted(str(message) for message in results.objects(node, SH.resultMessage))
    return " / ".join(messages)


def _value(values: list[Node]) -> str:
    if len(values) > 1 or isinstance(values[0], BNode):
        return ""
    return f" {curie(str(values[0])).removeprefix(str(SH))}"
