"""Validate by SPARQL what is asked through a function: an embedded store, or an endpoint."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pyoxigraph import QuerySolutions, Store

from graphbuild.mapping.vocabulary import TYPE
from graphbuild.store.columns import is_iri, literal
from graphbuild.terms import TRUE
from graphbuild.validate.checks import SUBCLASS
from graphbuild.validate.columns import Columns
from graphbuild.validate.data import held
from graphbuild.validate.found import filled, kind_of
from graphbuild.validate.literals import fits
from graphbuild.validate.model import Constraint, Schema, Shape, Target
from graphbuild.validate.paths import Path
from graphbuild.validate.remote.conditions import Conditions
from graphbuild.validate.remote.queries import JUDGED, Ask, Queries, ways
from graphbuild.validate.remote.suspects import Suspects, question
from graphbuild.validate.report import Group, Kind, Report, Result, Timing
from graphbuild.validate.schema import read_schema
from graphbuild.validate.shapes import Shapes
from graphbuild.validate.sources import DERIVED, FILE, LINE, NAMES, PART_OF, described

Rows = Iterable[tuple[Any, ...]]
Asked = Callable[[str], Rows]
Row = dict[str, str]
Triple = tuple[str, str, str]

AT_ONCE = 200
"""Nodes whose words are asked for in one query."""
NEEDS_VALUES = {
    "minCount",
    "hasValue",
    "equals",
    "qualifiedMinCount",
    "sparql",
    "property",
    "closed",
}
"""Components that can fail where the path leads nowhere; all others have nothing to judge."""


def select(store: Store, text: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a SELECT over an embedded store."""
    found = store.query(text)
    if isinstance(found, QuerySolutions):
        yield from (tuple(row) for row in found)


def validate(ask: Asked, shapes: Shapes, tell: Callable[[str], None] = lambda _: None) -> Report:
    """Return what the shapes find, most severe first.

    Args:
        ask: answers a SELECT query with rows of terms or None.
        shapes: what is checked.
        tell: is told what is being done.

    Raises:
        ShapesError: the shapes cannot be used, or not by SPARQL.
    """
    run = _Run(ask, read_schema(shapes.graph), tell)
    run.clear()
    unused = {shape.name for shape in run.schema.roots() if not run.check(shape)}
    groups = [run.group(kind, results) for kind, results in run.found.items()]
    ordered = sorted(groups, key=lambda group: group.kind.rank)
    return Report(tuple(ordered), tuple(sorted(unused)), tuple(run.timings))


class _Run:
    """One validation by SPARQL."""

    def __init__(self, ask: Asked, schema: Schema, tell: Callable[[str], None]) -> None:
        self.schema, self._ask, self._tell = schema, ask, tell
        self.found: dict[Kind, list[Result]] = {}
        self.timings: list[Timing] = []
        self._predicates = self._counted("?s ?each ?o")
        self._classes = self._counted(f"?s {TYPE} ?each")
        self._broader: dict[str, set[str]] = {}
        if SUBCLASS in self._predicates:
            for low, high in self._texts(f"SELECT ?a ?b WHERE {{ ?a {SUBCLASS} ?b }}"):
                self._broader.setdefault(high, set()).add(low)
        self._queries = Queries(Conditions(schema, self._narrower))
        self._suspects = Suspects(schema, self._predicates)

    def clear(self) -> None:
        """Ask of whole properties which constraints their values can break at all."""
        self._tell("what no value breaks")
        for shape in self.schema.roots():
            self._suspects.expect(shape, sum(map(self._size, shape.targets)))
        for demand in self._suspects.demands():
            start = time.perf_counter()
            suspected = {p for (p,) in self._texts(question(self._queries, demand))}
            self._suspects.clear(demand, suspected)
            self.timings.append(self._suspects.timing(demand, time.perf_counter() - start))

    def check(self, shape: Shape) -> bool:
        """Check a shape that has targets; say whether there is anything to check."""
        targets = tuple(target for target in shape.targets if self._has(target))
        if not targets:
            return not self._predicates
        kinds = {t.term: self._living(t.term) for t in targets if t.kind == "targetClass"}
        self._tell(f"shape {shape.name}")
        self._check(shape, self._queries.focus(targets, kinds))
        return True

    def group(self, kind: Kind, results: list[Result]) -> Group:
        """Return the results of a kind, told in words only on demand."""
        ordered = sorted(results, key=lambda result: (result.focus, result.value))
        return Group(kind, len(ordered), lambda number: self._in_words(ordered[:number]))

    def _check(self, shape: Shape, focus: str) -> None:
        empty = shape.path is not None and self._leads_nowhere(shape.path)
        if shape.deactivated:
            return
        constraints = [c for c in shape.constraints if self._suspects.may_fail(shape, c)]
        judged = tuple(c for c in constraints if c.parameter in JUDGED and not empty)
        if judged:
            self._collect(shape, judged, self._queries.ask_values(shape, judged, focus))
        for constraint in constraints:
            parameter = constraint.parameter
            idle = empty and parameter not in NEEDS_VALUES
            if parameter in JUDGED or idle or constraint.off:
                continue
            if parameter == "property":
                nested = self.schema.shapes[constraint.shapes[0]]
                self._check(nested, focus if shape.path is None else _onwards(shape.path, focus))
            else:
                ask = self._queries.ask(shape, constraint, focus)
                self._collect(shape, (constraint,), ask)

    def _collect(self, shape: Shape, constraints: tuple[Constraint, ...], ask: Ask) -> None:
        """Ask a query and keep its results, and how long it took."""
        start, number = time.perf_counter(), 0
        for terms in self._texts(ask.text):
            number += 1
            row = dict(zip(ask.columns, terms, strict=True))
            for place, constraint in enumerate(constraints):
                if row.pop(f"c{place}", "") != TRUE and not _right(row, constraint):
                    self._keep(shape, constraint, row)
        seconds = time.perf_counter() - start
        name = " ".join(constraint.name for constraint in constraints)
        path = shape.path.text if shape.path else ""
        self.timings.append(Timing(shape.name, path, name, number, seconds))

    def _keep(self, shape: Shape, constraint: Constraint, row: Row) -> None:
        result = _result(shape, constraint, row)
        kind = kind_of(shape, constraint, row.get("path", ""))
        self.found.setdefault(kind, []).append(result)

    def _texts(self, query: str) -> Iterator[tuple[str, ...]]:
        for row in self._ask(query):
            yield tuple("" if term is None else str(term) for term in row)

    def _counted(self, pattern: str) -> dict[str, int]:
        """Return how often each thing stands for ?each in a pattern."""
        query = f"SELECT ?each (COUNT(*) AS ?n) WHERE {{ {pattern} }} GROUP BY ?each"
        return {each: int(literal(number).text) for each, number in self._texts(query)}

    def _size(self, target: Target) -> int:
        """Return about how many focus nodes a target has."""
        if target.kind == "targetClass":
            return sum(self._classes[kind] for kind in self._living(target.term))
        return 1 if target.kind == "targetNode" else self._predicates.get(target.term, 0)

    def _narrower(self, kind: str) -> list[str]:
        found, new = {kind}, {kind}
        while new:
            new = {low for high in new for low in self._broader.get(high, ())} - found
            found |= new
        return sorted(found)

    def _living(self, kind: str) -> list[str]:
        return [each for each in self._narrower(kind) if each in self._classes]

    def _has(self, target: Target) -> bool:
        if target.kind == "targetClass":
            return bool(self._living(target.term))
        return target.kind == "targetNode" or target.term in self._predicates

    def _leads_nowhere(self, path: Path) -> bool:
        if not path.sign:
            return path.iri not in self._predicates
        if path.sign in "*?":
            return False
        parts = [self._leads_nowhere(part) for part in path.parts]
        return all(parts) if path.sign == "|" else any(parts)

    def _in_words(self, results: list[Result]) -> list[Result]:
        nodes = sorted({result.focus for result in results if is_iri(result.focus)})
        rows = list(self._statements(nodes, [*NAMES, TYPE, DERIVED]))
        records = sorted({o for _, p, o in rows if p == DERIVED and is_iri(o)})
        rows += self._statements(records, [PART_OF, LINE, FILE])
        pages = sorted({o for _, p, o in rows if p == PART_OF and is_iri(o)})
        rows += self._statements(pages, [FILE])
        with held(rows) as data:
            return described(results, Columns(data, nodes))

    def _statements(self, nodes: list[str], predicates: list[str]) -> Iterator[Triple]:
        for start in range(0, len(nodes), AT_ONCE):
            some, named = " ".join(nodes[start : start + AT_ONCE]), " ".join(predicates)
            values = f"VALUES ?s {{ {some} }} VALUES ?p {{ {named} }}"
            query = f"SELECT ?s ?p ?o WHERE {{ {values} ?s ?p ?o }}"
            yield from ((s, p, o) for s, p, o in self._texts(query))


def _right(row: Row, constraint: Constraint) -> bool:
    """Say whether a literal has the right datatype after all, where a query only suspects it."""
    term = row.get("value", "")
    if constraint.parameter != "datatype" or not term.startswith('"'):
        return False
    parts = literal(term)
    return f"<{parts.datatype}>" == constraint.terms[0] and fits(parts)


def _result(shape: Shape, constraint: Constraint, row: Row) -> Result:
    focus = row["this"]
    value = row.get("value", "")
    if constraint.query is not None and not value:
        value = focus
    kind = kind_of(shape, constraint, row.get("path", ""))
    words = {name: term for name, term in row.items() if term}
    return Result(
        severity=kind.severity,
        shape=kind.shape,
        message=filled(kind.message, words, focus, value),
        focus=focus,
        path=kind.path,
        value=value,
        component=kind.component,
        source_shape=kind.source_shape,
    )


def _onwards(path: Path, focus: str) -> str:
    """Return the pattern that binds ?this to the value nodes of the focus nodes."""
    above = f"?above{len(ways(focus))}"
    return f"{{ {focus.replace('?this', above)} }} {above} {path.text} ?this"
