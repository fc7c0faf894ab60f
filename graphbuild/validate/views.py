"""Tell which statements a shape sees from its focus nodes, as property paths from them.

What a constraint finds at a focus node can change only when a statement changes that the node sees
along one of these paths. The path ``<>`` stands for any predicate: all that a node states.
"""

from collections.abc import Iterator

from graphbuild.validate.checks import NARROWER, TYPE
from graphbuild.validate.model import Constraint, Schema, Shape, Target
from graphbuild.validate.paths import Path
from graphbuild.validate.sql.terms import Untranslatable
from graphbuild.validate.sql.views import Unbounded, View, query_views

ANY = Path("", "<>")
TO_TYPE = Path("", TYPE)
TO_CLASSES = Path("/", parts=(TO_TYPE, NARROWER.inverse()))
ITSELF = Path("/")
"""The path of no steps."""


def target_views(target: Target) -> Iterator[Path]:
    """Yield what tells that a node is a focus node."""
    if target.kind == "targetClass":
        yield TO_CLASSES
    elif target.kind == "targetSubjectsOf":
        yield Path("", target.term)
    elif target.kind == "targetObjectsOf":
        yield Path("", target.term).inverse()


def constraint_views(shape: Shape, constraint: Constraint, schema: Schema) -> Iterator[Path]:
    """Yield what a constraint sees from a focus node.

    Raises:
        Unbounded: it may see more than any paths tell.
    """
    path = shape.path or ITSELF
    yield path
    for start, view in _of_query(shape, constraint):
        yield view if start == "this" else joined(path, view)
    for view in _of_parameter(constraint):
        yield view if constraint.parameter in PAIRED else joined(path, view)
    for key in (*constraint.shapes, *constraint.others):
        if key in schema.recursive:
            raise Unbounded("it is recursive")
        nested = schema.shapes[key]
        for each in nested.constraints:
            for view in constraint_views(nested, each, schema):
                yield joined(path, view)


def _of_query(shape: Shape, constraint: Constraint) -> list[View]:
    if constraint.query is None:
        return []
    try:
        return query_views(constraint.query, shape)
    except Untranslatable as reason:
        raise Unbounded(f"its SPARQL uses {reason}") from reason


def joined(first: Path, second: Path) -> Path:
    """Return one path after another."""
    if first == ITSELF:
        return second
    return Path("/", parts=(*_steps(first), *_steps(second)))


def _steps(path: Path) -> tuple[Path, ...]:
    return path.parts if path.sign == "/" else (path,)


PAIRED = {"equals", "disjoint", "lessThan", "lessThanOrEquals"}
"""The components that compare with what the focus node itself states."""


def _of_parameter(constraint: Constraint) -> Iterator[Path]:
    if constraint.parameter in PAIRED:
        yield Path("", constraint.terms[0])
    elif constraint.parameter == "class":
        yield TO_CLASSES
    elif constraint.parameter == "closed":
        yield ANY
