"""Find out which properties can break which constraints, of many shapes with one query.

A store reads all statements of a property several times as fast as it looks up those of one node
after another. So what several shapes demand of values alike is first asked about all values of
their properties, whoever states them. What no value breaks needs no query for each shape.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graphbuild.validate.model import Constraint, Schema, Shape
from graphbuild.validate.remote.queries import JUDGED, Queries
from graphbuild.validate.report import Timing

WORTH = 4
"""Reading so many statements costs about what looking up those of one node does."""


@dataclass(frozen=True)
class Demand:
    """A constraint that property shapes state, and the properties that they state it of."""

    shape: Shape
    constraint: Constraint
    predicates: tuple[str, ...]


class Suspects:
    """Collects what shapes demand of single properties, and remembers what no value breaks.

    Args:
        schema: the shapes.
        statements: how many statements each property has.
    """

    def __init__(self, schema: Schema, statements: Mapping[str, int]) -> None:
        self._schema, self._statements = schema, statements
        self._wanted: dict[Constraint, tuple[Shape, Counter[str]]] = {}
        self._cleared: set[tuple[Constraint, str]] = set()

    def expect(self, shape: Shape, nodes: int) -> None:
        """Take note of what a shape will demand of so many focus nodes."""
        for part in self._parts(shape):
            path = part.path
            if path is None or path.sign or path.iri not in self._statements:
                continue
            for constraint in part.constraints:
                if constraint.parameter == "maxCount" or constraint.parameter in JUDGED:
                    _, counts = self._wanted.setdefault(constraint, (part, Counter()))
                    counts[path.iri] += nodes

    def demands(self) -> Iterator[Demand]:
        """Yield what is worth asking about all statements of some properties."""
        for constraint, (shape, counts) in self._wanted.items():
            worth = [p for p, nodes in counts.items() if self._statements[p] <= WORTH * nodes]
            if worth:
                yield Demand(shape, constraint, tuple(sorted(worth)))

    def clear(self, demand: Demand, suspected: set[str]) -> None:
        """Remember that of the properties of a demand only some have values that break it."""
        cleared = set(demand.predicates) - suspected
        self._cleared |= {(demand.constraint, predicate) for predicate in cleared}

    def timing(self, demand: Demand, seconds: float) -> Timing:
        """Return how long it took to ask for a demand, and of how many statements."""
        names = demand.predicates
        path = names[0] if len(names) == 1 else f"{len(names):,} properties"
        statements = sum(self._statements[name] for name in names)
        return Timing("(all shapes)", path, demand.constraint.name, statements, seconds)

    def may_fail(self, shape: Shape, constraint: Constraint) -> bool:
        """Say whether a constraint of a shape has to be asked about its focus nodes."""
        path = shape.path
        return path is None or bool(path.sign) or (constraint, path.iri) not in self._cleared

    def _parts(self, shape: Shape) -> Iterator[Shape]:
        """Yield a shape, and of a node shape its property shapes, which have its focus nodes."""
        yield shape
        if shape.path is None:
            for constraint in shape.constraints:
                if constraint.parameter == "property":
                    part = self._schema.shapes[constraint.shapes[0]]
                    if not part.deactivated:
                        yield part


def question(queries: Queries, demand: Demand) -> str:
    """Return the query of the properties that have values which break a demand, as ?p.

    Raises:
        ShapesError: it cannot be put into SPARQL.
    """
    values = f"VALUES ?p {{ {' '.join(demand.predicates)} }} ?this ?p ?value"
    if demand.constraint.parameter == "maxCount":
        many = f"HAVING(COUNT(DISTINCT ?value) > {demand.constraint.number})"
        return f"SELECT DISTINCT ?p WHERE {{ {values} }} GROUP BY ?this ?p {many}"
    return (
        f"SELECT DISTINCT ?p WHERE {{ {values} {queries.broken(demand.shape, demand.constraint)} }}"
    )
