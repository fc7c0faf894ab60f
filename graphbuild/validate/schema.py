"""Read a shapes graph into its intermediate form."""

from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, URIRef
from rdflib.term import Node

from graphbuild.errors import ShapesError
from graphbuild.validate.checks import Facts
from graphbuild.validate.components import (
    component_constraints,
    components,
    sparql_constraints,
)
from graphbuild.validate.indexed import Indexed
from graphbuild.validate.model import SHACL, Schema, Shape, Target
from graphbuild.validate.parameters import core_constraints, refused
from graphbuild.validate.paths import read_path
from graphbuild.validate.recursion import recursive_groups
from graphbuild.validate.terms import TRUE, as_text

SEVERITIES = ("Violation", "Warning", "Info")
TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
ADVANCED = ("target", "rule", "expression", "js", "values", "jsLibrary", "filterShape")
"""Terms of SHACL Advanced Features and SHACL JavaScript that only other engines have."""


def read_schema(graph: Graph) -> Schema:
    """Return the shapes of a shapes graph.

    Raises:
        ShapesError: a shape is not as SHACL wants it, or uses what is not supported.
    """
    graph = Indexed(graph)
    _refuse_advanced(graph)
    shapes: dict[str, Shape] = {}
    todo, declared = sorted(_declared(graph), key=str), components(graph)
    while todo:
        node = todo.pop()
        if as_text(node) not in shapes:
            shape = _shape(graph, node, declared)
            shapes[shape.key] = shape
            todo += _referenced(graph, node)
    ordered = dict(sorted(shapes.items()))
    return Schema(ordered, recursive_groups(ordered))


def shape_name(shape: Node | None, shapes: Graph) -> str:
    """Return the last part of a shape's IRI; of a blank node, that of the shape it belongs to."""
    seen: set[Node] = set()
    while isinstance(shape, BNode) and shape not in seen:
        seen.add(shape)
        shape = min(shapes.subjects(None, shape), key=str, default=None)
    if not isinstance(shape, URIRef):
        return "(unnamed)"
    return str(shape).rpartition("#")[2].rpartition("/")[2]


def unused_shapes(graph: Graph, facts: Facts) -> tuple[str, ...]:
    """Return the names of the shapes that have a target but nothing to check in the data.

    An empty graph is no reason to name any. A target that only a query can tell, as in SHACL
    Advanced Features, counts as used.
    """
    if not facts.columns.triples:
        return ()
    unused = {
        shape_name(node, graph)
        for node in target_shapes(graph)
        if (node, SH.target, None) not in graph
        and not any(len(facts.focus(target)) for target in targets(graph, node))
    }
    return tuple(sorted(unused))


def target_terms(graph: Graph) -> set[str]:
    """Return the terms that targets name; a data graph may lack them."""
    return {each.term for node in target_shapes(graph) for each in targets(graph, node)}


def target_shapes(graph: Graph) -> set[Node]:
    """Return the nodes that have targets, and the shapes that are classes."""
    found = {node for kind in TARGETS for node in graph.subjects(SH[kind])}
    return found | {
        node for node in graph.subjects(RDF.type, SH.NodeShape) if _is_class(graph, node)
    }


def _declared(graph: Graph) -> set[Node]:
    typed = {*graph.subjects(RDF.type, SH.NodeShape), *graph.subjects(RDF.type, SH.PropertyShape)}
    return typed | target_shapes(graph)


def _referenced(graph: Graph, node: Node) -> Iterator[Node]:
    for predicate in (SH.property, SH.node, SH["not"], SH.qualifiedValueShape):
        yield from graph.objects(node, predicate)
    for predicate in (SH["and"], SH["or"], SH.xone):
        for each in graph.objects(node, predicate):
            yield from graph.items(each)


def _shape(graph: Graph, node: Node, declared: list[Node]) -> Shape:
    paths = list(graph.objects(node, SH.path))
    if len(paths) > 1:
        raise refused("path", "can be given once only", node)
    if not paths and (node, RDF.type, SH.PropertyShape) in graph:
        raise refused("path", "is missing in a property shape", node)
    if not paths and any(True for _ in graph.subjects(SH.property, node)):
        raise refused("property", "must lead to a shape with sh:path", node)
    constraints = [
        *core_constraints(graph, node, has_path=bool(paths)),
        *sparql_constraints(graph, node),
        *component_constraints(graph, node, paths[0] if paths else None, declared),
    ]
    return Shape(
        key=as_text(node),
        name=shape_name(node, graph),
        path=read_path(paths[0], graph) if paths else None,
        targets=tuple(targets(graph, node)),
        constraints=tuple(constraints),
        severity=_severity(graph, node),
        messages=tuple(sorted(str(each) for each in graph.objects(node, SH.message))),
        deactivated=str(graph.value(node, SH.deactivated)) in TRUE,
    )


def targets(graph: Graph, node: Node) -> Iterator[Target]:
    """Yield the targets of a shape."""
    for kind in TARGETS:
        for value in sorted(graph.objects(node, SH[kind]), key=str):
            yield Target(kind, as_text(value))
    if _is_class(graph, node):
        yield Target("targetClass", as_text(node))


def _is_class(graph: Graph, node: Node) -> bool:
    if not isinstance(node, URIRef):
        return False
    kinds = set(graph.transitive_subjects(RDFS.subClassOf, RDFS.Class)) | {OWL.Class}
    return any(kind in kinds for kind in graph.objects(node, RDF.type))


def _severity(graph: Graph, node: Node) -> str:
    severity = str(graph.value(node, SH.severity) or SH.Violation)
    short = severity.removeprefix(SHACL)
    return short if short in SEVERITIES else severity


def _refuse_advanced(graph: Graph) -> None:
    for name in ADVANCED:
        user = next(graph.subjects(URIRef(f"{SHACL}{name}")), None)
        if user is not None:
            raise ShapesError(
                f"the shapes cannot be used: sh:{name} at {user.n3()} is not supported by this "
                "engine; try --engine reference"
            )
