"""The reference engine: pySHACL."""

import logging
import warnings
from collections.abc import Iterator

import pyshacl
from pyshacl.errors import (
    ConstraintLoadError,
    ReportableRuntimeError,
    RuleLoadError,
    ShapeLoadError,
    ValidationFailure,
)
from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.term import Node

from graphbuild.errors import ShapesError
from graphbuild.validate.report import SEVERITIES, Result

UNUSABLE = (
    ConstraintLoadError,
    ReportableRuntimeError,
    RuleLoadError,
    ShapeLoadError,
    ValidationFailure,
)
SILENT = logging.getLogger("graphbuild.pyshacl")
SILENT.addHandler(logging.NullHandler())
SILENT.propagate = False


def validate(data: Graph, shapes: Graph) -> Iterator[Result]:
    """Yield the validation results of pySHACL, in no particular order.

    Raises:
        ShapesError: pySHACL cannot use the shapes.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _, results, _ = pyshacl.validate(
                data, shacl_graph=shapes, advanced=True, inplace=True, logger=SILENT
            )
    except UNUSABLE as error:
        reason = " ".join(str(getattr(error, "message", None) or error).split())
        raise ShapesError(f"the shapes cannot be used: {reason}") from error
    if not isinstance(results, Graph):
        raise ShapesError(f"the shapes cannot be used: {getattr(results, 'message', results)}")
    for node in results.subjects(RDF.type, SH.ValidationResult):
        if not any(results.triples((None, SH.detail, node))):
            yield _result(results, node, shapes)


def _result(results: Graph, node: Node, shapes: Graph) -> Result:
    def written(predicate: URIRef) -> str:
        value = results.value(node, predicate)
        return "" if value is None else _n3(value, results)

    severity = results.value(node, SH.resultSeverity)
    messages = sorted(str(message) for message in results.objects(node, SH.resultMessage))
    short = str(severity).removeprefix(str(SH))
    return Result(
        severity=short if short in SEVERITIES else str(severity),
        shape=shape_name(results.value(node, SH.sourceShape), shapes),
        message=" / ".join(messages),
        focus=written(SH.focusNode),
        path=written(SH.resultPath),
        value=written(SH.value),
        component=str(results.value(node, SH.sourceConstraintComponent)),
    )


def shape_name(shape: Node | None, shapes: Graph) -> str:
    """Return the last part of a shape's IRI; of a blank node, that of the shape it belongs to."""
    seen: set[Node] = set()
    while isinstance(shape, BNode) and shape not in seen:
        seen.add(shape)
        shape = next(shapes.subjects(None, shape), None)
    if not isinstance(shape, URIRef):
        return "(unnamed)"
    return str(shape).rpartition("#")[2].rpartition("/")[2]


def _n3(term: Node, graph: Graph) -> str:
    if isinstance(term, BNode) and any(graph.triples((term, None, None))):
        return _path(term, graph)
    return term.n3()


def _path(node: Node, graph: Graph) -> str:
    """Return a property path as SPARQL writes it."""
    if isinstance(node, URIRef):
        return node.n3()
    for predicate, sign in (
        (SH.inversePath, "^{}"),
        (SH.zeroOrMorePath, "{}*"),
        (SH.oneOrMorePath, "{}+"),
        (SH.zeroOrOnePath, "{}?"),
    ):
        inner = graph.value(node, predicate)
        if inner is not None:
            return sign.format(_path(inner, graph))
    choices = graph.value(node, SH.alternativePath)
    steps = list(graph.items(choices if choices is not None else node))
    joined = ("|" if choices is not None else "/").join(_path(step, graph) for step in steps)
    return f"({joined})" if joined else node.n3()
