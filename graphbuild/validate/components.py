"""Read SPARQL-based constraints and constraint components (SHACL, sections 5 and 6)."""

import re
from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from graphbuild.validate.model import Constraint, Query
from graphbuild.validate.parameters import refused
from graphbuild.validate.paths import path_text
from graphbuild.validate.terms import TRUE, as_text

PATH = re.compile(r"[$?]PATH\b")


def sparql_constraints(graph: Graph, shape: Node) -> Iterator[Constraint]:
    """Yield the constraints that a shape states by sh:sparql.

    Raises:
        ShapesError: a constraint has no sh:select.
    """
    for node in sorted(graph.objects(shape, SH.sparql), key=str):
        if str(graph.value(node, SH.deactivated)) in TRUE:
            continue
        select = graph.value(node, SH.select)
        if select is None:
            raise refused("sparql", "needs a sh:select", shape)
        path = graph.value(shape, SH.path)
        yield Constraint("SPARQL", "sparql", query=_query(graph, node, str(select), path))


def component_constraints(
    graph: Graph, shape: Node, path: Node | None, declared: list[Node]
) -> Iterator[Constraint]:
    """Yield the constraints whose components the shapes graph declares itself.

    Raises:
        ShapesError: a component has no validator that fits the shape.
    """
    for component in declared:
        bound = _bound(graph, shape, component)
        if bound is None:
            continue
        validator, ask = _validator(graph, component, path)
        if validator is None:
            raise refused("validator", f"of {component} does not fit this shape", shape)
        text = graph.value(validator, SH.ask if ask else SH.select)
        yield Constraint(
            str(component),
            "component",
            query=_query(graph, validator, str(text), path, ask=ask, bound=bound),
        )


def components(graph: Graph) -> list[Node]:
    """Return the constraint components that a shapes graph declares."""
    kinds = graph.transitive_subjects(RDFS.subClassOf, SH.ConstraintComponent)
    return sorted({each for kind in kinds for each in graph.subjects(RDF.type, kind)}, key=str)


def prefixes(graph: Graph, node: Node) -> dict[str, str]:
    """Return the prefixes of a query: those that it names, and what else the graph declares."""
    named = [
        each
        for start in graph.objects(node, SH.prefixes)
        for each in graph.transitive_objects(start, OWL.imports)
    ]
    found: dict[str, str] = {}
    for owner in [*sorted(set(graph.subjects(SH.declare)), key=str), *named[::-1]]:
        for declared in graph.objects(owner, SH.declare):
            prefix, namespace = (
                graph.value(declared, SH.prefix),
                graph.value(declared, SH.namespace),
            )
            found[str(prefix)] = str(namespace)
    return found


def _query(  # noqa: PLR0913 - what a query consists of
    graph: Graph,
    node: Node,
    text: str,
    path: Node | None,
    *,
    ask: bool = False,
    bound: tuple[tuple[str, str], ...] = (),
) -> Query:
    if path is not None:
        text = text.replace("$PATH", path_text(path, graph)).replace(
            "?PATH", path_text(path, graph)
        )
    declared = prefixes(graph, node)
    head = "".join(f"PREFIX {name}: <{space}>\n" for name, space in sorted(declared.items()))
    messages = tuple(sorted(str(each) for each in graph.objects(node, SH.message)))
    return Query(
        head + text, ask=ask, bound=bound, messages=messages,
        source=as_text(node) if isinstance(node, URIRef) else "",
    )  # fmt: skip


def _bound(graph: Graph, shape: Node, component: Node) -> tuple[tuple[str, str], ...] | None:
    """Return the values of a component's parameters; None where the shape lacks one it needs."""
    bound = []
    for parameter in graph.objects(component, SH.parameter):
        path = graph.value(parameter, SH.path)
        value = graph.value(shape, path) if path is not None else None
        optional = str(graph.value(parameter, SH.optional)) in TRUE
        if value is None and not optional:
            return None
        if value is not None:
            bound.append((str(path).rpartition("#")[2].rpartition("/")[2], as_text(value)))
    return tuple(sorted(bound)) or None


def _validator(graph: Graph, component: Node, path: Node | None) -> tuple[Node | None, bool]:
    own = graph.value(component, SH.nodeValidator if path is None else SH.propertyValidator)
    found = own if own is not None else graph.value(component, SH.validator)
    return found, found is not None and (found, SH.ask, None) in graph
