"""Find what is wrong with shapes before they are used: a check that checks nothing misleads."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product

from rdflib import URIRef

from graphbuild.errors import ShapesError
from graphbuild.mapping.vocabulary import PREFIXES, curie
from graphbuild.resources import read, walk
from graphbuild.store.columns import XSD, is_iri, literal, plain
from graphbuild.validate.checks import Facts, compiled_pattern
from graphbuild.validate.data import graph_of, turtle_rows
from graphbuild.validate.literals import less, value
from graphbuild.validate.model import Constraint, Schema, Shape
from graphbuild.validate.schema import read_schema
from graphbuild.validate.shapes import Shapes

RANGES = (
    ("minCount", "maxCount"),
    ("minLength", "maxLength"),
    ("qualifiedMinCount", "qualifiedMaxCount"),
)
VALUES = (("minInclusive", "maxInclusive"), ("minExclusive", "maxExclusive"))
OF_NODES = ("IRI", "BlankNode", "BlankNodeOrIRI")


def lint(shapes: Shapes, facts: Facts | None = None) -> list[str]:
    """Return what is wrong with shapes, one line each, sorted.

    Args:
        shapes: what is looked at.
        facts: of a data graph, to tell which targets match nothing in it; None for no data.
    """
    found = list(shapes.doubts)
    try:
        schema = read_schema(shapes.graph)
    except ShapesError as error:
        return sorted([*found, str(error)])
    for shape in schema.shapes.values():
        name = shape.name + (f", path {_short(shape.path.text)}" if shape.path else "")
        found += [f"{name}: {problem}" for problem in _problems(shape, schema)]
    if facts is not None:
        found += [
            f"{shape.name}: its target matches nothing in the data"
            for shape in schema.roots()
            if not any(len(facts.focus(target)) for target in shape.targets)
        ]
    return sorted(set(found))


@cache
def declared() -> frozenset[str]:
    """Return the terms that our ontology declares or uses, and those of our vocabulary."""
    graph = graph_of(
        row for name in walk("ontology", ".ttl") for row in turtle_rows(read("ontology", name))
    )
    terms = {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}
    return frozenset(f"<{term}>" for term in terms)


def _problems(shape: Shape, schema: Schema) -> Iterator[str]:
    by_name: dict[str, list[Constraint]] = {}
    for constraint in shape.constraints:
        by_name.setdefault(constraint.parameter, []).append(constraint)
    yield from _contradictions(by_name)
    yield from _patterns(by_name)
    yield from _unknown_paths(shape)
    if not shape.constraints and not shape.path and shape.targets:
        yield "it has targets but no constraint"
    missing = {key for c in shape.constraints for key in c.shapes if key not in schema.shapes}
    for key in sorted(missing):
        yield f"the shape {_short(key)} is not there"


def _contradictions(by_name: dict[str, list[Constraint]]) -> Iterator[str]:
    for low, high in RANGES:
        for least, most in product(by_name.get(low, ()), by_name.get(high, ())):
            if least.number > most.number and least.shapes == most.shapes:
                yield f"sh:{low} {least.number} is more than sh:{high} {most.number}"
    for low, high in VALUES:
        for least, most in product(by_name.get(low, ()), by_name.get(high, ())):
            one, other = (value(literal(each.terms[0])) for each in (least, most))
            if less(other, one, or_equal=False):
                yield f"sh:{low} is more than sh:{high}"
    yield from _kinds(by_name)
    yield from _lists(by_name)


def _kinds(by_name: dict[str, list[Constraint]]) -> Iterator[str]:
    kinds = {constraint.terms[0] for constraint in by_name.get("nodeKind", ())}
    if "datatype" in by_name and ("class" in by_name or kinds & set(OF_NODES)):
        yield "nothing has a sh:datatype and is an IRI or an instance of a sh:class"
    if "class" in by_name and "Literal" in kinds:
        yield "no literal is an instance of a sh:class"


def _lists(by_name: dict[str, list[Constraint]]) -> Iterator[str]:
    for constraint in by_name.get("in", ()):
        if not constraint.terms:
            yield "sh:in lists nothing, so no value is right"
        for wanted in by_name.get("hasValue", ()):
            if wanted.terms[0] not in constraint.terms:
                yield f"sh:hasValue {_short(wanted.terms[0])} is not in the list of sh:in"
        for typed in by_name.get("datatype", ()):
            if constraint.terms and not any(_has_type(t, typed.terms[0]) for t in constraint.terms):
                yield f"no value of sh:in has the sh:datatype {_short(typed.terms[0])}"


def _has_type(term: str, datatype: str) -> bool:
    return term.startswith('"') and f"<{literal(term).datatype}>" == datatype


def _patterns(by_name: dict[str, list[Constraint]]) -> Iterator[str]:
    for constraint in by_name.get("pattern", ()):
        try:
            compiled = compiled_pattern(*constraint.terms)
        except ShapesError as error:
            yield str(error).removeprefix("the shapes cannot be used: ")
            continue
        if re.search(r"[^\\]\$.*\w|^\$.*\w|\w.*(?<![\\\[])\^", constraint.terms[0]):
            yield f"sh:pattern {constraint.terms[0]!r} wants text after its end or before its start"
        for listed in by_name.get("in", ()):
            if not any(compiled.search(plain(term)) for term in listed.terms if term[0] != "_"):
                yield f"sh:pattern {constraint.terms[0]!r} matches no value of sh:in"
    for constraint in by_name.get("datatype", ()):
        name = constraint.terms[0][1:-1]
        if name.startswith(XSD) and not name.removeprefix(XSD).isalnum():
            yield f"{_short(constraint.terms[0])} is no datatype"


def _unknown_paths(shape: Shape) -> Iterator[str]:
    """Yield the predicates in one of our namespaces that the ontology does not know."""
    terms: Iterable[str] = shape.path.predicates() if shape.path else ()
    for term in terms:
        if is_iri(term) and curie(term[1:-1]).startswith("gb:") and term not in declared():
            yield f"the ontology does not know {curie(term[1:-1])}"


def _short(text: str) -> str:
    for prefix, namespace in PREFIXES.items():
        text = re.sub(rf"<{re.escape(namespace)}(\w+)>", rf"{prefix}:\1", text)
    return text
