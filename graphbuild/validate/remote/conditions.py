"""What shapes demand of a node, as expressions of SPARQL 1.1."""

import re
from collections.abc import Callable, Mapping
from itertools import combinations

from graphbuild.errors import ShapesError
from graphbuild.store.columns import XSD
from graphbuild.terms import literal
from graphbuild.validate.literals import INTEGERS, PATTERNS
from graphbuild.validate.model import Constraint, Schema, Shape

KINDS = {
    "BlankNode": "isBlank({0})",
    "IRI": "isIRI({0})",
    "Literal": "isLiteral({0})",
    "BlankNodeOrIRI": "(isBlank({0}) || isIRI({0}))",
    "BlankNodeOrLiteral": "(isBlank({0}) || isLiteral({0}))",
    "IRIOrLiteral": "(isIRI({0}) || isLiteral({0}))",
}
SIGNS = {"minInclusive": ">=", "minExclusive": ">", "maxInclusive": "<=", "maxExclusive": "<"}
NAMED = re.compile(r"\(\?(?:P<\w+>|:)")
SELF = "<urn:graphbuild:nothing>?"
"""A path of length nought: from each node to itself."""
MOST_VARIABLES = 6
"""Counting inside a condition needs a variable for each value; more of them no server bears."""


class Conditions:
    """Writes conditions.

    Args:
        schema: the shapes.
        narrower: of a class, the classes below it and itself.
    """

    def __init__(self, schema: Schema, narrower: Callable[[str], list[str]]) -> None:
        self._schema = schema
        self._narrower = narrower
        self._variables = 0

    def variable(self) -> str:
        """Return a variable that is used nowhere else."""
        self._variables += 1
        return f"?v{self._variables}"

    def conforms(self, key: str, node: str) -> str:
        """Return the condition that a node conforms to a shape.

        Raises:
            ShapesError: it cannot be put into SPARQL.
        """
        if key in self._schema.recursive:
            raise unable("recursion", self._schema.shapes[key])
        shape = self._schema.shapes[key]
        if shape.deactivated:
            return "true"
        parts = [self.met(shape, constraint, node) for constraint in shape.constraints]
        return f"({' && '.join(parts) or 'true'})"

    def value(self, shape: Shape, constraint: Constraint, node: str) -> str:
        """Return the condition that one value node is right.

        Raises:
            ShapesError: it cannot be put into SPARQL.
        """
        parameter = constraint.parameter
        if parameter in SIGNS:
            bound = constraint.terms[0]
            return f"COALESCE({node} {SIGNS[parameter]} {bound}, false)"
        if constraint.shapes and not parameter.startswith("qualified"):
            return self._logical(constraint, node)
        write = VALUES.get(parameter)
        if write is None:
            raise unable(f"sh:{parameter}", shape)
        return write(self, constraint, node)

    def instance(self, constraint: Constraint, node: str) -> str:
        """sh:class."""
        kinds = self._narrower(constraint.terms[0])
        return f"({' || '.join(f'EXISTS {{ {node} a {kind} }}' for kind in kinds)})"

    def kinds(self, constraint: Constraint) -> list[str] | None:
        """Return the classes of which a value must have one; None where more is demanded."""
        if constraint.parameter == "class":
            return self._narrower(constraint.terms[0])
        if constraint.parameter != "or":
            return None
        parts = [self._only_kinds(self._schema.shapes[key]) for key in constraint.shapes]
        return None if None in parts else [kind for part in parts for kind in part or ()]

    def _only_kinds(self, shape: Shape) -> list[str] | None:
        if shape.path is not None or shape.deactivated or len(shape.constraints) != 1:
            return None
        return self.kinds(shape.constraints[0])

    def _logical(self, constraint: Constraint, node: str) -> str:
        parts = [self.conforms(key, node) for key in constraint.shapes]
        if constraint.parameter == "not":
            return f"(!{parts[0]})"
        if constraint.parameter == "xone":
            return f"({' + '.join(f'IF({part}, 1, 0)' for part in parts) or '0'} = 1)"
        return f"({(' || ' if constraint.parameter == 'or' else ' && ').join(parts) or 'true'})"

    def met(self, shape: Shape, constraint: Constraint, node: str) -> str:
        """Return the condition that a focus node meets a constraint of a shape."""
        if constraint.parameter in SETS:
            return self._of_set(shape, constraint, node)
        if shape.path is None:
            return self.value(shape, constraint, node)
        value = self.variable()
        wrong = f"!{self.value(shape, constraint, value)}"
        return f"(NOT EXISTS {{ {node} {shape.path.text} {value} FILTER({wrong}) }})"

    def _of_set(self, shape: Shape, constraint: Constraint, node: str) -> str:
        parameter = constraint.parameter
        if parameter == "hasValue" and shape.path:
            return f"(EXISTS {{ {node} {shape.path.text} {constraint.terms[0]} }})"
        if parameter == "hasValue":
            return f"sameTerm({node}, {constraint.terms[0]})"
        if parameter in ("minCount", "qualifiedMinCount"):
            return self._at_least(shape, constraint, node, constraint.number)
        if parameter in ("maxCount", "qualifiedMaxCount"):
            return f"(!{self._at_least(shape, constraint, node, constraint.number + 1)})"
        if parameter == "closed":
            return self._closed(shape, constraint, node)
        path = shape.path.text if shape.path else SELF
        wrong = pairs(constraint, node, path, self.variable(), self.variable())
        return f"(NOT EXISTS {{ {wrong} }})"

    def _closed(self, shape: Shape, constraint: Constraint, node: str) -> str:
        if shape.path is not None:
            raise unable("sh:closed in a property shape", shape)
        predicate, value = self.variable(), self.variable()
        allowed = ", ".join(constraint.terms)
        test = f"FILTER({predicate} NOT IN ({allowed}))"
        return f"(NOT EXISTS {{ {node} {predicate} {value} {test} }})"

    def _at_least(self, shape: Shape, constraint: Constraint, node: str, number: int) -> str:
        if number > MOST_VARIABLES or shape.path is None:
            raise unable(f"sh:{constraint.parameter} {constraint.number}", shape)
        names = [self.variable() for _ in range(number)]
        parts = [f"{node} {shape.path.text} {name} ." for name in names]
        tests = [f"!sameTerm({a}, {b})" for a, b in combinations(names, 2)]
        tests += [self.qualifies(constraint, name) for name in names if constraint.shapes]
        filters = f"FILTER({' && '.join(tests)})" if tests else ""
        return f"(EXISTS {{ {' '.join(parts)} {filters} }})" if names else "true"

    def qualifies(self, constraint: Constraint, node: str) -> str:
        """Return the condition that a value counts for a qualified constraint."""
        others = [f"!{self.conforms(key, node)}" for key in constraint.others]
        return " && ".join([self.conforms(constraint.shapes[0], node), *others])


def pairs(constraint: Constraint, node: str, path: str, value: str, other: str) -> str:
    """Return the pattern of the values that break a property pair or a unique language."""
    named = constraint.terms[0] if constraint.terms else ""
    here, there = f"{node} {path} {value}", f"{node} {named} {{0}}"
    if constraint.parameter == "equals":
        left = f"{here} FILTER NOT EXISTS {{ {there.format(value)} }}"
        right = f"{there.format(value)} FILTER NOT EXISTS {{ {here} }}"
        return f"{{ {left} }} UNION {{ {right} }}"
    if constraint.parameter == "disjoint":
        return f"{here} . {there.format(value)}"
    if constraint.parameter in ("lessThan", "lessThanOrEquals"):
        sign = "<" if constraint.parameter == "lessThan" else "<="
        return f"{here} . {there.format(other)} FILTER(!COALESCE({value} {sign} {other}, false))"
    same = f"LCASE(LANG({value})) = LCASE(LANG({other}))"
    return (
        f"{here} . {node} {path} {other} "
        f'FILTER(LANG({value}) != "" && {same} && !sameTerm({value}, {other}))'
    )


def unable(what: str, shape: Shape) -> ShapesError:
    """Return the error of what an endpoint cannot be asked."""
    return ShapesError(
        f"the shapes cannot be used: {what} in shape {shape.name} cannot be asked of an endpoint; "
        "export the data and check the file"
    )


def well_formed(datatype: str, node: str) -> str:
    """Return the condition that a literal fits its datatype, as far as a pattern can tell."""
    name = datatype[1:-1].removeprefix(XSD)
    pattern = PATTERNS.get("integer" if name in INTEGERS else name)
    if pattern is None or not datatype.startswith(f"<{XSD}"):
        return "true"
    # XPath's expressions have no named groups and no look-ahead.
    plain = NAMED.sub("(", pattern.pattern).replace("(?=.)", "").replace("\\d", "[0-9]")
    return f"REGEX(STR({node}), {literal(f'^({plain})$')})"


def _pattern(_: Conditions, constraint: Constraint, node: str) -> str:
    text, flags = constraint.terms
    option = f", {literal(flags)}" if flags else ""
    return f"(!isBlank({node}) && REGEX(STR({node}), {literal(text)}{option}))"


def _length(_: Conditions, constraint: Constraint, node: str) -> str:
    sign = ">=" if constraint.parameter == "minLength" else "<="
    return f"(!isBlank({node}) && STRLEN(STR({node})) {sign} {constraint.number})"


def _datatype(_: Conditions, constraint: Constraint, node: str) -> str:
    name = constraint.terms[0]
    right = f"DATATYPE({node}) = {name} && {well_formed(name, node)}"
    return f"COALESCE(isLiteral({node}) && {right}, false)"


def _languages(_: Conditions, constraint: Constraint, node: str) -> str:
    tests = [f"LANGMATCHES(LANG({node}), {literal(tag)})" for tag in constraint.terms]
    return f"COALESCE({' || '.join(tests) or 'false'}, false)"


def _listed(_: Conditions, constraint: Constraint, node: str) -> str:
    tests = [f"sameTerm({node}, {term})" for term in constraint.terms]
    return f"({' || '.join(tests) or 'false'})"


def _kind(_: Conditions, constraint: Constraint, node: str) -> str:
    return KINDS[constraint.terms[0]].format(node)


VALUES: Mapping[str, Callable[[Conditions, Constraint, str], str]] = {
    "nodeKind": _kind,
    "class": Conditions.instance,
    "datatype": _datatype,
    "pattern": _pattern,
    "minLength": _length,
    "maxLength": _length,
    "languageIn": _languages,
    "in": _listed,
}
SETS = {
    "minCount", "maxCount", "qualifiedMinCount", "qualifiedMaxCount", "hasValue", "uniqueLang",
    "equals", "disjoint", "lessThan", "lessThanOrEquals", "closed",
}  # fmt: skip
"""The components that judge the value nodes of a focus node together."""
