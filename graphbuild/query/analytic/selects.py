"""Translate what a SELECT does to the solutions of its pattern (SPARQL 1.1, section 18.2.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from graphbuild.query.analytic.aggregates import Aggregates
from graphbuild.query.analytic.columns import DBL, Column, Relation
from graphbuild.query.analytic.exists import mentioned
from graphbuild.query.analytic.orders import order_key
from graphbuild.query.analytic.reader import HIDDEN
from graphbuild.query.analytic.tree import (
    Aggregate,
    Call,
    Exists,
    Expression,
    Order,
    Select,
    Term,
    Unsupported,
    Var,
)

if TYPE_CHECKING:
    from graphbuild.query.analytic.patterns import Patterns


class Selects:
    """Translates SELECTs.

    Args:
        patterns: translates their patterns.
    """

    def __init__(self, patterns: "Patterns") -> None:
        self._patterns = patterns

    def relation(self, select: Select) -> Relation:
        """Return the solutions of a sub-select; their order counts only with LIMIT or OFFSET."""
        sliced = select.limit is not None or select.offset > 0
        found, keys = self.ordered(select if sliced else replace(select, order=()))
        if not sliced:
            return found
        shown = ", ".join(column.sql for column in found.columns.values()) or "1 AS one"
        sql = f"SELECT {shown} FROM ({found.sql}){sorting(keys)}{slicing(select)}"
        return Relation(sql, found.columns)

    def ordered(self, select: Select) -> tuple[Relation, list[str]]:
        """Return the solutions, neither sorted nor cut yet, and the criteria to sort them by.

        The criteria are columns of the relation that no variable has.
        """
        select, found = self._grouped(select)
        for name, expression in select.shown:
            if expression is not None:
                found = self._patterns.extended(found, name, expression)
        names = [name for name, _ in select.shown] or _visible(found.columns)
        if select.distinct and mentioned(select.order) - set(names):
            raise Unsupported("DISTINCT that is ordered by what is not shown")
        found, keys = self._keyed(found, select.order)
        return self._projected(found, names, keys, distinct=select.distinct), keys

    def _grouped(self, select: Select) -> tuple[Select, Relation]:
        patterns = self._patterns
        inner = patterns.relation(select.pattern)
        parts = (select.shown, select.having, select.order)
        found = list(dict.fromkeys(_aggregates(parts)))
        if select.groups is None and not found:
            return select, patterns.filtered(inner, select.having) if select.having else inner
        names = {aggregate: f"{HIDDEN} a{place}" for place, aggregate in enumerate(found)}
        for name, expression in select.groups or ():
            if expression is not None:
                inner = patterns.extended(inner, name, expression)
        keys = [name for name, _ in select.groups or ()]
        inner = patterns.as_terms(inner, _doubles(inner, keys))
        inner, wanted = self._eased(inner, names)
        grouped = Aggregates(patterns).grouped(inner, keys, wanted)
        select = _replaced(select, names)
        if select.having:
            grouped = patterns.filtered(grouped, select.having)
        return select, grouped

    def _eased(
        self, inner: Relation, names: Mapping[Aggregate, str]
    ) -> tuple[Relation, dict[Aggregate, str]]:
        """Return aggregates of what has a translation, and solutions with what they need."""
        wanted = {}
        for aggregate, name in names.items():
            own = aggregate
            if isinstance(own.arg, Call) and own.name != "COUNT":
                inner, arg = self._patterns.asking.column(inner, own.arg)
                own = replace(own, arg=arg)
            wanted[own] = name
        return inner, wanted

    def _keyed(self, found: Relation, order: Iterable[Order]) -> tuple[Relation, list[str]]:
        criteria = list(order)
        if not criteria:
            return found, []
        names = list(found.columns)
        found, criteria = self._sortable(found, criteria)
        alias = self._patterns.names.alias()
        scope = self._patterns.scope((found, alias))
        functions = self._patterns.functions(scope)
        shown, keys = [], []
        for criterion in criteria:
            column = functions.column(criterion.expression)
            for sql in order_key(column, functions.values):
                name = self._patterns.names.variable(f"{HIDDEN} k{self._patterns.names.alias()}")
                shown.append(f"{sql} AS {name}")
                keys.append(
                    f"{name} {'DESC NULLS LAST' if criterion.descending else 'NULLS FIRST'}"
                )
        more = "".join(f", {each}" for each in shown)
        sql = f"SELECT {alias}.*{more} FROM ({found.sql}) {alias}{scope.joined()}"
        return Relation(sql, found.among(names)), keys

    def _sortable(self, found: Relation, criteria: Iterable[Order]) -> tuple[Relation, list[Order]]:
        """Return criteria that have a translation, and solutions with what they need."""
        eased = []
        for criterion in criteria:
            found, keys = self._patterns.asking.keys(found, criterion.expression)
            eased += [replace(criterion, expression=key) for key in keys]
        return found, eased

    def _projected(
        self, found: Relation, names: list[str], keys: list[str], *, distinct: bool
    ) -> Relation:
        if distinct:
            found = self._patterns.as_terms(found, _doubles(found, names))
        columns = {name: found.columns[name] for name in names if name in found.columns}
        shown = [column.sql for column in columns.values()]
        shown += [key.partition(" ")[0] for key in keys]
        only = "DISTINCT " if distinct else ""
        alias = self._patterns.names.alias()
        sql = f"SELECT {only}{', '.join(shown) or '1 AS one'} FROM ({found.sql}) {alias}"
        return Relation(sql, columns)


def sorting(keys: list[str]) -> str:
    """Return ORDER BY, or nothing."""
    return f" ORDER BY {', '.join(keys)}" if keys else ""


def slicing(select: Select) -> str:
    """Return LIMIT and OFFSET, or nothing."""
    limit = f" LIMIT {select.limit}" if select.limit is not None else ""
    return f"{limit} OFFSET {select.offset}" if select.offset else limit


def _doubles(found: Relation, names: Iterable[str]) -> list[str]:
    """Return those variables that are doubles: what is the same of them, their text says."""
    columns = found.columns
    return [name for name in dict.fromkeys(names) if name in columns and columns[name].holds == DBL]


def _visible(columns: Mapping[str, Column]) -> list[str]:
    return sorted(name for name in columns if not name.startswith(HIDDEN))


def _aggregates(part: object) -> list[Aggregate]:
    """Return the aggregates in a part of a query, not those of sub-selects."""
    if isinstance(part, Aggregate):
        return [part]
    if isinstance(part, tuple):
        return [found for each in part for found in _aggregates(each)]
    if not is_dataclass(part) or isinstance(part, Exists | Term):
        return []
    return [found for field in fields(part) for found in _aggregates(getattr(part, field.name))]


def _replaced(select: Select, names: Mapping[Aggregate, str]) -> Select:
    """Return a SELECT with variables in the place of its aggregates."""

    def new(part: Any) -> Any:  # noqa: ANN401 - any part of a query
        if isinstance(part, Aggregate):
            return Var(names[part])
        if isinstance(part, tuple):
            return tuple(new(each) for each in part)
        if not is_dataclass(part) or isinstance(part, Exists | Term | type):
            return part
        return replace(part, **{f.name: new(getattr(part, f.name)) for f in fields(part)})

    shown: tuple[tuple[str, Expression | None], ...] = new(select.shown)
    return replace(select, shown=shown, having=new(select.having), order=new(select.order))
