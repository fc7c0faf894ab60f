"""Read the parameters of SHACL Core constraints (section 4) from a shapes graph."""

from collections.abc import Callable, Iterator

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from graphbuild.errors import ShapesError
from graphbuild.validate.model import SHACL, Constraint
from graphbuild.validate.terms import TRUE, as_text

KINDS = ("BlankNode", "IRI", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
PATH_ONLY = {"minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals"}
PATH_ONLY |= {"qualifiedValueShape"}

Reader = Callable[[Graph, Node, str, Node], Constraint]


def core_constraints(graph: Graph, shape: Node, *, has_path: bool) -> Iterator[Constraint]:
    """Yield the constraints of SHACL Core that a shape declares.

    Raises:
        ShapesError: a parameter is used where, or with a value that, SHACL does not allow.
    """
    stated = _stated(graph, shape)
    for parameter, reader in READERS.items():
        values = stated.get(parameter, [])
        if values and parameter in PATH_ONLY and not has_path:
            raise refused(parameter, "can be used with sh:path only", shape)
        if len(values) > 1 and parameter in SINGLE:
            raise refused(parameter, "can be given once only", shape)
        for value in values:
            yield reader(graph, shape, parameter, value)
    if "qualifiedValueShape" in stated:
        yield from _qualified(graph, shape)
    if "closed" in stated:
        yield from _closed(graph, shape)


def _stated(graph: Graph, shape: Node) -> dict[str, list[Node]]:
    """Return the values that a shape gives to parameters, sorted."""
    values: dict[str, list[Node]] = {}
    for predicate, value in graph.predicate_objects(shape):
        values.setdefault(str(predicate).removeprefix(SHACL), []).append(value)
    return {parameter: sorted(some, key=str) for parameter, some in values.items()}


def refused(parameter: str, reason: str, shape: Node) -> ShapesError:
    """Return the error of a parameter, with the shape and the section that tells its rules."""
    owner = "" if isinstance(shape, BNode) else f" of <{shape}>"
    name = f"{parameter[0].upper()}{parameter[1:]}"
    return ShapesError(
        f"the shapes cannot be used: sh:{parameter}{owner} {reason} "
        f"(https://www.w3.org/TR/shacl/#{name}ConstraintComponent)"
    )


def members(graph: Graph, node: Node, parameter: str, shape: Node) -> list[Node]:
    """Return the members of an RDF list.

    Raises:
        ShapesError: the node is no list.
    """
    if node != RDF.nil and (node, RDF.first, None) not in graph:
        raise refused(parameter, "must be a list", shape)
    try:
        return list(graph.items(node))
    except ValueError as error:
        raise refused(parameter, "must be a list that ends", shape) from error


def _component(parameter: str) -> str:
    return f"{parameter[0].upper()}{parameter[1:]}"


def _iri(_graph: Graph, shape: Node, parameter: str, value: Node) -> Constraint:
    if not isinstance(value, URIRef):
        raise refused(parameter, "must be an IRI", shape)
    return Constraint(_component(parameter), parameter, terms=(as_text(value),))


def _kind(_graph: Graph, shape: Node, parameter: str, value: Node) -> Constraint:
    name = str(value).removeprefix(str(SH))
    if name not in KINDS:
        raise refused(parameter, f"must be one of {', '.join(KINDS)}", shape)
    return Constraint("NodeKind", parameter, terms=(name,))


def _number(_graph: Graph, shape: Node, parameter: str, value: Node) -> Constraint:
    text = str(value).removeprefix("+")
    if not isinstance(value, Literal) or not text.isascii() or not text.isdigit():
        raise refused(parameter, "must be one whole number, 0 or more", shape)
    return Constraint(_component(parameter), parameter, number=int(text))


def _value(_graph: Graph, shape: Node, parameter: str, value: Node) -> Constraint:
    if parameter.endswith("clusive") and not isinstance(value, Literal):
        raise refused(parameter, "must be a literal", shape)
    return Constraint(_component(parameter), parameter, terms=(as_text(value),))


def _pattern(graph: Graph, shape: Node, parameter: str, value: Node) -> Constraint:
    if not isinstance(value, Literal):
        raise refused(parameter, "must be text", shape)
    flags = graph.value(shape, SH.flags)
    return Constraint("Pattern", parameter, terms=(str(value), str(flags or "")))


def _languages(graph: Graph, shape: Node, parameter: str, value: Node) -> Constraint:
    terms = tuple(str(each).lower() for each in members(graph, value, parameter, shape))
    return Constraint("LanguageIn", parameter, terms=terms)


def _list(graph: Graph, shape: Node, parameter: str, value: Node) -> Constraint:
    terms = tuple(as_text(each) for each in members(graph, value, parameter, shape))
    return Constraint("In", parameter, terms=terms)


def _flag(_graph: Graph, shape: Node, parameter: str, value: Node) -> Constraint:
    text = str(value)
    if text not in ("true", "false", "1", "0") or not isinstance(value, Literal):
        raise refused(parameter, "must be true or false", shape)
    # The test suite has sh:uniqueLang "1"^^xsd:boolean count as not declared.
    right = ("true",) if parameter == "uniqueLang" else TRUE
    return Constraint(_component(parameter), parameter, number=int(text in right))


def _shape(_graph: Graph, shape: Node, parameter: str, value: Node) -> Constraint:
    if isinstance(value, Literal):
        raise refused(parameter, "must be a shape", shape)
    return Constraint(_component(parameter), parameter, shapes=(as_text(value),))


def _shapes(graph: Graph, shape: Node, parameter: str, value: Node) -> Constraint:
    found = members(graph, value, parameter, shape)
    if any(isinstance(each, Literal) for each in found):
        raise refused(parameter, "must be a list of shapes", shape)
    return Constraint(_component(parameter), parameter, shapes=tuple(map(as_text, found)))


def _qualified(graph: Graph, shape: Node) -> Iterator[Constraint]:
    for value in sorted(graph.objects(shape, SH.qualifiedValueShape), key=str):
        _shape(graph, shape, "qualifiedValueShape", value)
        disjoint = graph.value(shape, SH.qualifiedValueShapesDisjoint)
        others = _siblings(graph, shape, value) if str(disjoint) in TRUE else ()
        for parameter in ("qualifiedMinCount", "qualifiedMaxCount"):
            for number in graph.objects(shape, SH[parameter]):
                counted = _number(graph, shape, parameter, number)
                yield Constraint(
                    counted.component,
                    parameter,
                    shapes=(as_text(value),),
                    others=others,
                    number=counted.number,
                )


def _siblings(graph: Graph, shape: Node, own: Node) -> tuple[str, ...]:
    parts = {
        part
        for parent in graph.subjects(SH.property, shape)
        for part in graph.objects(parent, SH.property)
    }
    found = {other for part in parts for other in graph.objects(part, SH.qualifiedValueShape)}
    return tuple(sorted(as_text(other) for other in found - {own}))


def _closed(graph: Graph, shape: Node) -> Iterator[Constraint]:
    values = list(graph.objects(shape, SH.closed))
    if not any(_flag(graph, shape, "closed", value).number for value in values):
        return
    allowed = {
        path
        for part in graph.objects(shape, SH.property)
        for path in graph.objects(part, SH.path)
        if isinstance(path, URIRef)
    }
    for ignored in graph.objects(shape, SH.ignoredProperties):
        allowed.update(members(graph, ignored, "ignoredProperties", shape))  # type: ignore[arg-type]
    yield Constraint("Closed", "closed", terms=tuple(sorted(map(as_text, allowed))))


READERS: dict[str, Reader] = {
    "class": _iri,
    "datatype": _iri,
    "nodeKind": _kind,
    "minCount": _number,
    "maxCount": _number,
    "minExclusive": _value,
    "minInclusive": _value,
    "maxExclusive": _value,
    "maxInclusive": _value,
    "minLength": _number,
    "maxLength": _number,
    "pattern": _pattern,
    "languageIn": _languages,
    "uniqueLang": _flag,
    "equals": _iri,
    "disjoint": _iri,
    "lessThan": _iri,
    "lessThanOrEquals": _iri,
    "not": _shape,
    "and": _shapes,
    "or": _shapes,
    "xone": _shapes,
    "node": _shape,
    "property": _shape,
    "hasValue": _value,
    "in": _list,
}
SINGLE = {
    "datatype", "nodeKind", "minCount", "maxCount", "minExclusive", "minInclusive", "maxExclusive",
    "maxInclusive", "minLength", "maxLength", "pattern", "languageIn", "uniqueLang", "in",
}  # fmt: skip
"""Core parameters of one value each, and how they are read."""
