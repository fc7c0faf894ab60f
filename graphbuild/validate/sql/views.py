"""Tell what the SPARQL of a constraint sees from its focus node, as paths from there.

All that a query can match lies on the paths that its triple patterns make from what is bound
beforehand, whatever its filters say. A pattern that no path reaches may match anywhere.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from rdflib import BNode, Variable
from rdflib.plugins.sparql.parserutils import CompValue

from graphbuild.validate.model import Query, Shape
from graphbuild.validate.paths import Path
from graphbuild.validate.sql.parsing import parsed
from graphbuild.validate.sql.patterns import path_of

View = tuple[str, Path]


class Unbounded(Exception):  # noqa: N818 - then the whole graph is looked at
    """A constraint may see any statement of the graph; the message says why."""


class Pattern(NamedTuple):
    """A triple pattern: two nodes and the path between them."""

    subject: Any
    path: Path
    object: Any


def query_views(query: Query, shape: Shape) -> list[View]:
    """Return what a query sees: from ``this`` or, in an ASK query, from ``value``.

    Raises:
        Unbounded: it may see any statement.
        Untranslatable: it uses a path that no shape has.
        ShapesError: the query is no SPARQL, or is one that SHACL does not allow.
    """
    starts = ("this", "value") if query.ask else ("this",)
    return list(_views(parsed(query, shape).p, starts))


def _views(part: CompValue, starts: tuple[str, ...]) -> Iterator[View]:
    """Yield what a pattern sees; the variables of a subquery that returns only some are its own."""
    patterns, inner = _patterns(part)
    for subquery in inner:
        yield from _views(subquery, ("this",))
    reached: dict[Any, View] = {Variable(start): (start, Path("/")) for start in starts}
    while patterns:
        near = [each for each in patterns if each.subject in reached or each.object in reached]
        if not near:
            raise Unbounded("its SPARQL looks beyond what its focus nodes lead to")
        for pattern in near:
            yield _seen(pattern, reached)
        patterns = [each for each in patterns if each not in near]


def _seen(pattern: Pattern, reached: dict[Any, View]) -> View:
    """Return what a pattern sees from what is reached, and reach its other end."""
    forward = pattern.subject in reached
    start, path = reached[pattern.subject if forward else pattern.object]
    step = pattern.path.plain() if forward else pattern.path.inverse()
    steps = (*path.parts, *(step.parts if step.sign == "/" else (step,)))
    view = (start, Path("/", parts=steps))
    for end in (pattern.subject, pattern.object):
        if isinstance(end, Variable | BNode):
            reached.setdefault(end, view)
    return view


def _patterns(part: CompValue) -> tuple[list[Pattern], list[CompValue]]:
    """Return the triple patterns of a pattern, and its subqueries, which are not looked into.

    Raises:
        Unbounded: a predicate is a variable.
        Untranslatable: a path is one that no shape has.
    """
    found: list[Pattern] = []
    inner: list[CompValue] = []
    for each in _parts(part):
        if each.name == "ToMultiSet":
            inner.append(each.p)
        for subject, predicate, end in each.triples or ():
            if isinstance(predicate, Variable):
                raise Unbounded("its SPARQL asks for any predicate")
            found.append(Pattern(subject, path_of(predicate), end))
    return found, inner


def _parts(part: Any) -> Iterator[CompValue]:  # noqa: ANN401 - rdflib's parts
    """Yield all parts of a pattern, but nothing inside subqueries."""
    if isinstance(part, CompValue):
        yield part
        if part.name != "ToMultiSet":
            # rdflib changes parts as attributes, which hide the members of the same name.
            for key, value in part.items():
                yield from _parts(vars(part).get(key, value))
    elif isinstance(part, list | tuple | set):
        for each in part:
            yield from _parts(each)
