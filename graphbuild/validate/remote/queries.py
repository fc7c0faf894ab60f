"""Write the queries of constraints: what fails, with ?this, and ?value or ?path where there is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphbuild.store.columns import is_iri
from graphbuild.validate.model import Constraint, Query, Shape, Target
from graphbuild.validate.paths import Path
from graphbuild.validate.remote.conditions import SELF, SIGNS, VALUES, Conditions, pairs, unable
from graphbuild.validate.sql.parsing import parsed
from graphbuild.validate.sql.patterns import Patterns
from graphbuild.validate.sql.terms import ID, Column, Untranslatable

COUNTS = {"minCount", "maxCount", "qualifiedMinCount", "qualifiedMaxCount"}
OUTER = "known_before"
ABOVE = re.compile(r"\?(above[0-9]+)")
DAYS = ("date>", "dateTime>", "gMonthDay>")
JUDGED = {*VALUES, *SIGNS, "not", "and", "or", "xone", "node"}
"""The components that judge each value by itself: they share a query."""
PAIRS = {"equals", "disjoint", "lessThan", "lessThanOrEquals", "uniqueLang"}


@dataclass(frozen=True)
class Ask:
    """A query and the names of its columns; ``this`` comes first."""

    text: str
    columns: tuple[str, ...]


class Queries:
    """Writes queries.

    Args:
        conditions: writes conditions.
    """

    def __init__(self, conditions: Conditions) -> None:
        self._conditions = conditions

    def focus(self, targets: tuple[Target, ...], kinds: dict[str, list[str]]) -> str:
        """Return the pattern that binds ?this to the focus nodes."""
        parts = [part for target in targets for part in _target(target, kinds)]
        if len(parts) == 1:
            return parts[0]
        return " UNION ".join(f"{{ {part} }}" for part in parts)

    def ask(self, shape: Shape, constraint: Constraint, focus: str) -> Ask:
        """Return the query of one constraint over all focus nodes.

        Raises:
            ShapesError: it cannot be put into SPARQL.
        """
        parameter = constraint.parameter
        if constraint.query is not None:
            return self._query(shape, constraint, focus)
        if parameter == "closed":
            allowed = ", ".join(constraint.terms)
            test = f"FILTER(?path NOT IN ({allowed}))" if allowed else ""
            return _select(("this", "value", "path"), f"{focus} . ?this ?path ?value {test}")
        if parameter in COUNTS and shape.path is not None:
            return self._count(constraint, shape.path, focus)
        if parameter == "hasValue":
            return self._without(shape, constraint, focus)
        if parameter in PAIRS:
            return self._pairs(shape, constraint, focus)
        return self.ask_values(shape, (constraint,), focus)

    def ask_values(self, shape: Shape, constraints: tuple[Constraint, ...], focus: str) -> Ask:
        """Return one query of constraints that judge each value: ?c0, ?c1 ... say which are met.

        Raises:
            ShapesError: one of them cannot be put into SPARQL.
        """
        values = f"?this {shape.path.text} ?value" if shape.path else "BIND(?this AS ?value)"
        names = [f"c{number}" for number in range(len(constraints))]
        tests = [self._test(shape, constraint) for constraint in constraints]
        binds = " ".join(f"BIND({t} AS ?{n})" for t, n in zip(tests, names, strict=True))
        wrong = " || ".join(f"!?{name}" for name in names)
        body = f"{focus} . {values} {binds} FILTER({wrong})"
        return _select(("this", "value"), body, extra=tuple(names))

    def broken(self, shape: Shape, constraint: Constraint) -> str:
        """Return the pattern that leaves of all ?value those that a constraint may be broken by.

        Raises:
            ShapesError: it cannot be put into SPARQL.
        """
        kinds = self._conditions.kinds(constraint)
        if kinds is None:
            return f"FILTER(!{self._test(shape, constraint)})"
        return " ".join(f"MINUS {{ ?value a {kind} }}" for kind in kinds)

    def _test(self, shape: Shape, constraint: Constraint) -> str:
        right = self._conditions.value(shape, constraint, "?value")
        if constraint.parameter == "datatype" and constraint.terms[0].endswith(DAYS):
            # Which days a month has no pattern tells: whoever gets the rows looks again.
            return f"({right} && !REGEX(STR(?value), '-(29|30|31)'))"
        return right

    def _count(self, constraint: Constraint, path: Path, focus: str) -> Ask:
        """Return the query of too many or too few values; stores count fast and test slowly."""
        qualifies = self._conditions.qualifies(constraint, "?one") if constraint.shapes else ""
        counted = f"?this {path.text} ?one" + (f" FILTER({qualifies})" if qualifies else "")
        keys = ("this", *ways(focus))
        shown = " ".join(f"?{name}" for name in keys)
        groups = f"GROUP BY {shown} HAVING(COUNT(DISTINCT ?one)"
        if constraint.parameter.endswith("axCount"):
            many = f"{focus} . {counted} }} {groups} > {constraint.number})"
            return Ask(f"SELECT {shown} WHERE {{ {many}", keys)
        if constraint.number == 0:
            return _select(("this",), f"{focus} FILTER(false)")
        enough = f"{focus if path.sign else ''} . {counted}".removeprefix(" . ")
        if constraint.number > 1:
            enough = f"SELECT {shown} WHERE {{ {enough} }} {groups} >= {constraint.number})"
        return _select(("this",), f"{focus} MINUS {{ {enough} }}")

    def _without(self, shape: Shape, constraint: Constraint, focus: str) -> Ask:
        """Return the query of the nodes that lack a value."""
        if shape.path is not None:
            having = f"?this {shape.path.text} {constraint.terms[0]}"
            inside = f"{focus} . {having}" if shape.path.sign else having
            return _select(("this",), f"{focus} MINUS {{ {inside} }}")
        met = self._conditions.met(shape, constraint, "?this")
        return _select(("this",), f"{focus} FILTER(!{met})")

    def _pairs(self, shape: Shape, constraint: Constraint, focus: str) -> Ask:
        path = shape.path.text if shape.path else SELF
        if constraint.parameter == "uniqueLang":
            pattern = pairs(constraint, "?this", path, "?one", "?other")
            return _select(
                ("this",), f"{focus} . {pattern} BIND(LCASE(LANG(?one)) AS ?tag)", extra=("tag",)
            )
        pattern = pairs(constraint, "?this", path, "?value", "?other")
        extra = ("other",) if constraint.parameter.startswith("less") else ()
        return _select(("this", "value"), f"{focus} . {pattern}", extra=extra)

    def _query(self, shape: Shape, constraint: Constraint, focus: str) -> Ask:
        query = constraint.query
        variables = certain_variables(query, shape) if query and not query.ask else None
        if query is None or query.bound or variables is None:
            raise unable(f"the SPARQL of {constraint.name}", shape)
        start = query.text.lower().index("select")
        head, body = query.text[:start], query.text[start:]
        shown = " ".join(f"?{name}" for name in variables)
        keys = " ".join(f"?{name}" for name in ("this", *ways(focus)))
        once = f"{{ SELECT DISTINCT {keys} WHERE {{ {focus} }} }}" if "UNION" in focus else focus
        return Ask(f"{head}SELECT {shown} WHERE {{ {{ {body} }} {once} }}", variables)


def certain_variables(query: Query, shape: Shape) -> tuple[str, ...] | None:
    """Return what a query binds, $this first; None where it must know $this beforehand."""
    outer = {"this": Column(OUTER, ID)}
    try:
        patterns = Patterns(lambda _: 0, lambda _: "pairs")
        relation = patterns.relation(parsed(query, shape).p, outer)
    except Untranslatable:
        return None
    if "this" not in relation.certain or OUTER in relation.sql:
        return None
    return ("this", *sorted(relation.kinds.keys() - {"this"}))


def _target(target: Target, kinds: dict[str, list[str]]) -> Iterator[str]:
    if target.kind == "targetClass":
        for kind in kinds.get(target.term, [target.term]):
            yield f"?this a {kind}"
    elif target.kind == "targetNode":
        yield (
            f"BIND({target.term} AS ?this)"
            if is_iri(target.term)
            else f"VALUES ?this {{ {target.term} }}"
        )
    elif target.kind == "targetSubjectsOf":
        yield f"?this {target.term} ?object"
    else:
        yield f"?subject {target.term} ?this"


def ways(focus: str) -> tuple[str, ...]:
    """Return the variables of the nodes that lead to ?this: it is judged once for each way."""
    return tuple(sorted(set(ABOVE.findall(focus))))


def _select(columns: tuple[str, ...], body: str, extra: tuple[str, ...] = ()) -> Ask:
    names = (*columns, *extra, *ways(body))
    shown = " ".join(f"?{name}" for name in names)
    return Ask(f"SELECT DISTINCT {shown} WHERE {{ {body} }}", names)
