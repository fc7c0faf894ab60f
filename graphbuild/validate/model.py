"""The intermediate form of a shapes graph, which every engine evaluates.

A term is its N-Triples text; a shape is known by its key, the term of its node.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rdflib import SH

from graphbuild.validate.paths import Path

SHACL = str(SH)


@dataclass(frozen=True)
class Target:
    """Where focus nodes come from: ``kind`` is the local name of the SHACL term.

    ``targetClass`` stands for classes that are shapes too; ``targetNode``, ``targetSubjectsOf``
    and ``targetObjectsOf`` are as SHACL has them.
    """

    kind: str
    term: str


@dataclass(frozen=True)
class Query:
    """The SPARQL of a constraint.

    Attributes:
        text: the query with its prefixes declared.
        ask: it is an ASK query about one value node.
        bound: what else is bound beforehand: parameter name and term.
        messages: the messages of the constraint itself.
        source: term of the constraint's node, if it is an IRI.
    """

    text: str
    ask: bool = False
    bound: tuple[tuple[str, str], ...] = ()
    messages: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Constraint:
    """One constraint: a component with its parameters.

    Attributes:
        component: local name or IRI of the constraint component.
        parameter: local name of the main parameter, e.g. ``minCount``.
        terms: classes, values or properties that the parameter names; plain text for patterns
            and language ranges.
        shapes: keys of the shapes that the parameter names.
        others: keys of the sibling shapes of a qualified constraint that wants them disjoint.
        number: a count or a length.
        query: the SPARQL, where there is any.
    """

    component: str
    parameter: str
    terms: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    number: int = 0
    query: Query | None = None

    @property
    def off(self) -> bool:
        """Whether it is declared, but as not to be checked."""
        return self.parameter == "uniqueLang" and not self.number

    @property
    def name(self) -> str:
        """The parameter, and of SPARQL which constraint it is."""
        source = self.query.source.rstrip(">") if self.query else ""
        place = source.rpartition("#")[2].rpartition("/")[2]
        return f"{self.parameter} {place}".strip()


@dataclass(frozen=True)
class Shape:
    """A node shape, or with a path a property shape.

    Attributes:
        key: the term of its node.
        name: the last part of its IRI, or that of the shape that it belongs to.
        severity: ``Violation``, ``Warning``, ``Info`` or the IRI of another severity.
        messages: what to say instead of a message made up, one of each language.
    """

    key: str
    name: str
    path: Path | None = None
    targets: tuple[Target, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    severity: str = "Violation"
    messages: tuple[str, ...] = ()
    deactivated: bool = False


@dataclass(frozen=True)
class Schema:
    """All shapes of a shapes graph by their keys.

    Attributes:
        recursive: of each shape that leads back to itself, all shapes on the way.
    """

    shapes: dict[str, Shape]
    recursive: dict[str, frozenset[str]] = field(default_factory=dict)

    def roots(self) -> Iterator[Shape]:
        """Yield the shapes that have targets and are active."""
        for shape in self.shapes.values():
            if shape.targets and not shape.deactivated:
                yield shape

    def terms(self) -> set[str]:
        """Return the terms that constraints and targets name; a data graph may lack them."""
        found = {target.term for shape in self.shapes.values() for target in shape.targets}
        for shape in self.shapes.values():
            for constraint in shape.constraints:
                found.update(term for term in constraint.terms if term[:1] in ("<", '"'))
                if constraint.query is not None:
                    found.update(term for _, term in constraint.query.bound)
        return found


def component_iri(constraint: Constraint) -> str:
    """Return the IRI of the component of a constraint."""
    name = constraint.component
    return name if ":" in name else f"{SHACL}{name}ConstraintComponent"
