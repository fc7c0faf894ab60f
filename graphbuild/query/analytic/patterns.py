"""Translate graph patterns to SQL (SPARQL 1.1, section 18.5)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from graphbuild.query.analytic.asking import Asking
from graphbuild.query.analytic.basics import NOTHING_SHOWN, TripleColumns
from graphbuild.query.analytic.columns import (
    ID,
    NODES,
    TYPES,
    Column,
    Names,
    Relation,
    Scope,
)
from graphbuild.query.analytic.database import Database
from graphbuild.query.analytic.exists import is_joinable, mentioned
from graphbuild.query.analytic.functions import Functions, stored
from graphbuild.query.analytic.paths import Paths
from graphbuild.query.analytic.tree import (
    Basic,
    Call,
    Exists,
    Expression,
    Extend,
    Filter,
    Join,
    LeftJoin,
    Minus,
    Pattern,
    Select,
    Term,
    Triple,
    Union,
    Unsupported,
    Values,
    Var,
)
from graphbuild.store.worth import Kind


class Patterns:
    """Translates graph patterns.

    Attributes:
        database: the graph.
        names: gives names to tables and columns.
        slow: what in the query is answered rightly, but may take long.
        asking: has expressions evaluated that have no translation.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.names = Names()
        self.slow: list[str] = []
        self._paths = Paths(database)
        self.asking = Asking(self)
        self._translators: dict[type, Callable[[Any], Relation]] = {
            Basic: self._basic,
            Join: self._join,
            LeftJoin: self._left_join,
            Union: self._union,
            Minus: self._minus,
            Filter: self._filter,
            Extend: self._extend,
            Values: self._values,
            Select: self._select,
        }

    def relation(self, pattern: Pattern) -> Relation:
        """Return the solutions of a pattern.

        Raises:
            Unsupported: it has no exact translation.
        """
        relation: Relation = self._translators[type(pattern)](pattern)
        return relation

    def functions(self, scope: Scope) -> Functions:
        """Return what translates the expressions of a scope."""
        return Functions(self.database, scope)

    def scope(self, *relations: tuple[Relation, str]) -> Scope:
        """Return the scope of one relation or of the two sides of a join, with their aliases."""
        columns: dict[str, Column] = {}
        for side, (relation, alias) in reversed(list(enumerate(relations))):
            columns |= relation.at(alias, side)
        return Scope(columns, two_sided=len(relations) > 1, names=self.names)

    def _basic(self, pattern: Basic) -> Relation:
        found = TripleColumns(self.database, self.names)
        tables: list[str] = []
        for triple in pattern.triples:
            alias = self.names.alias()
            tables.append(f"{self._table(triple, alias, found)} {alias}")
        if not tables:
            return Relation(f"SELECT {NOTHING_SHOWN}", {})
        where = " AND ".join(found.conditions) or "TRUE"
        sql = f"SELECT {found.shown()} FROM {', '.join(tables)} WHERE {where}"
        return Relation(sql, found.columns)

    def _table(self, triple: Triple, alias: str, found: TripleColumns) -> str:
        subject, predicate, object = triple.subject, triple.predicate, triple.object
        if isinstance(predicate, Var):
            table, starts, ends = "every", NODES, frozenset(Kind)
            found.add(predicate, f"{alias}.p", frozenset({Kind.IRI}))
        else:
            table, ends = self._paths.table(predicate, subject, object)
            starts = self._paths.starts(predicate)
        found.add(subject, f"{alias}.s", starts)
        found.add(object, f"{alias}.o", ends)
        return table

    def _select(self, pattern: Select) -> Relation:
        from graphbuild.query.analytic.selects import Selects

        return Selects(self).relation(pattern)

    def _join(self, pattern: Join) -> Relation:
        left, right = self.relation(pattern.left), self.relation(pattern.right)
        return self.joined(left, right, "JOIN")

    def _left_join(self, pattern: LeftJoin) -> Relation:
        left, right = self.relation(pattern.left), self.relation(pattern.right)
        return self.joined(left, right, "LEFT JOIN", pattern.conditions)

    def joined(
        self, left: Relation, right: Relation, how: str, conditions: Iterable[Expression] = ()
    ) -> Relation:
        """Return the solutions of two patterns, or of the first with the second if compatible."""
        right, conditions = self._met(right, left.columns, conditions)
        left, right = self.alike(left, right)
        a, b = self.names.alias(), self.names.alias()
        tests = self._compatible(left, right, a, b)
        scope = self.scope((left, a), (right, b))
        shared = left.columns.keys() & right.columns.keys()
        for condition in conditions:
            _refuse_uncertain(condition, shared, left)
            tests.append(self.functions(scope).truth(condition))
        outer = how == "LEFT JOIN"
        columns = {**right.columns, **left.columns}
        for name in right.columns:
            columns[name] = self._of_both(left, right, name, outer=outer)
        shown = [
            f"coalesce({a}.{column.sql}, {b}.{column.sql}) AS {column.sql}"
            if name in shared and not left.columns[name].certain
            else f"{a if name in left.columns else b}.{column.sql}"
            for name, column in columns.items()
        ]
        sides = f"({left.sql}) {a}{scope.joined(0)} {how} {_bracketed(right, b, scope)}"
        source = f"{sides} ON {' AND '.join(tests) or 'TRUE'}"
        return Relation(f"SELECT {', '.join(shown) or NOTHING_SHOWN} FROM {source}", columns)

    def _of_both(self, left: Relation, right: Relation, name: str, *, outer: bool) -> Column:
        one, other = left.columns.get(name), right.columns[name]
        if one is None:
            return replace(other, certain=other.certain and not outer)
        if one.certain and (other.certain or outer):
            kinds = one.kinds if outer else one.kinds & other.kinds
            return replace(one, kinds=kinds)
        certain = one.certain or (other.certain and not outer)
        foreign = one.foreign or other.foreign
        return replace(one, kinds=one.kinds | other.kinds, certain=certain, foreign=foreign)

    def _compatible(self, left: Relation, right: Relation, a: str, b: str) -> list[str]:
        """Return the conditions that solutions of two patterns are compatible."""
        tests = []
        for name in sorted(left.columns.keys() & right.columns.keys()):
            one, other = left.columns[name], right.columns[name]
            test = f"{a}.{one.sql} = {b}.{other.sql}"
            for column, alias in ((one, a), (other, b)):
                if not column.certain:
                    self.slow.append(f"a join by ?{name}, which may be unbound")
                    test += f" OR {alias}.{column.sql} IS NULL"
            tests.append(f"({test})" if " OR " in test else test)
        return tests

    def _minus(self, pattern: Minus) -> Relation:
        left, right = self.alike(self.relation(pattern.left), self.relation(pattern.right))
        shared = sorted(left.columns.keys() & right.columns.keys())
        if not shared:
            return left
        a, b = self.names.alias(), self.names.alias()
        tests = self._compatible(left, right, a, b)
        if not any(left.columns[n].certain and right.columns[n].certain for n in shared):
            both = (f"{a}.{left.columns[n].sql} = {b}.{right.columns[n].sql}" for n in shared)
            tests.append(f"({' OR '.join(both)})")
        return self._kept(left, f"({left.sql}) {a}", "ANTI", f"({right.sql}) {b}", tests)

    def _kept(
        self, left: Relation, source: str, how: str, other: str, tests: list[str]
    ) -> Relation:
        """Return those solutions of a relation that another has a match for, or has none for."""
        alias = source.partition(f"({left.sql}) ")[2].partition(" ")[0]
        on = " AND ".join(tests) or "TRUE"
        sql = f"SELECT {alias}.* FROM {source} {how} JOIN {other} ON {on}"
        return Relation(sql, left.columns)

    def _filter(self, pattern: Filter) -> Relation:
        inner = self.relation(pattern.pattern)
        plain: list[Expression] = []
        for condition in pattern.conditions:
            for part in _conjuncts(condition):
                exists = _as_exists(part)
                if exists is None:
                    plain.append(part)
                else:
                    inner = self._existing(inner, exists)
        return self.filtered(inner, plain) if plain else inner

    def filtered(self, inner: Relation, conditions: Iterable[Expression]) -> Relation:
        """Return those solutions for which conditions hold."""
        names = list(inner.columns)
        inner, eased = self.asking.truths(inner, conditions)
        alias = self.names.alias()
        scope = self.scope((inner, alias))
        functions = self.functions(scope)
        test = " AND ".join(functions.truth(each) for each in eased)
        sql = f"SELECT {alias}.* FROM ({inner.sql}) {alias}{scope.joined()} WHERE {test}"
        return Relation(sql, inner.among(names))

    def _existing(self, outer: Relation, exists: Exists) -> Relation:
        """Return those solutions for which a pattern has a solution, or none."""
        outer, alias, source, other, test = self.asked_for(outer, exists)
        how = "ANTI" if exists.negated else "SEMI"
        sql = f"SELECT {alias}.* FROM {source} {how} JOIN {other} ON {test}"
        return Relation(sql, outer.columns)

    def asked_for(self, outer: Relation, exists: Exists) -> tuple[Relation, str, str, str, str]:
        """Return solutions, their alias and SQL, that of a pattern, and when the two go together.

        The pattern is evaluated by itself, which is what putting in the bindings comes to as long
        as all it shares with them is bound in each of its solutions.

        Raises:
            Unsupported: it is not, or a condition has no exact translation.
        """
        pattern: Pattern = exists.pattern
        conditions: Iterable[Expression] = ()
        if isinstance(pattern, Filter):
            conditions, pattern = pattern.conditions, pattern.pattern
        if not is_joinable(pattern, outer.columns.keys()):
            raise Unsupported("EXISTS that uses a binding in part of its pattern")
        columns = outer.columns
        inner, conditions = self._met(self.relation(pattern), columns, conditions)
        outer, inner = self.alike(outer, inner)
        shared = mentioned(pattern) & columns.keys()
        for name in sorted(shared):
            if name not in inner.columns or not inner.columns[name].certain:
                raise Unsupported(f"EXISTS that binds ?{name} in part of its pattern")
        a, b = self.names.alias(), self.names.alias()
        tests = self._compatible(outer, inner, a, b)
        scope = self.scope((outer, a), (inner, b))
        functions = self.functions(scope)
        tests += [functions.truth(each) for each in conditions]
        source = f"({outer.sql}) {a}{scope.joined(0)}"
        return outer, a, source, _bracketed(inner, b, scope), " AND ".join(tests) or "TRUE"

    def _met(
        self, inner: Relation, outer: Mapping[str, Column], conditions: Iterable[Expression]
    ) -> tuple[Relation, list[Expression]]:
        """Return solutions that meet those conditions that they alone decide, and the others."""
        own: list[Expression] = []
        others: list[Expression] = []
        for condition in conditions:
            shared = mentioned(condition) & outer.keys()
            certain = all(name in inner.columns and inner.columns[name].certain for name in shared)
            (own if certain else others).append(condition)
        return self.filtered(inner, own) if own else inner, others

    def _union(self, pattern: Union) -> Relation:
        sides = self.alike(self.relation(pattern.left), self.relation(pattern.right))
        columns: dict[str, Column] = {}
        for name in sorted({*sides[0].columns, *sides[1].columns}):
            found = [side.columns[name] for side in sides if name in side.columns]
            columns[name] = self._either(found)
        parts = []
        for side in sides:
            alias = self.names.alias()
            shown = [
                f"{alias}.{column.sql}"
                if name in side.columns
                else f"NULL::{TYPES[column.holds]} AS {column.sql}"
                for name, column in columns.items()
            ]
            parts.append(f"SELECT {', '.join(shown) or NOTHING_SHOWN} FROM ({side.sql}) {alias}")
        return Relation(" UNION ALL ".join(parts), columns)

    def _either(self, found: list[Column]) -> Column:
        kinds = frozenset[Kind]().union(*(column.kinds for column in found))
        certain = len(found) == 2 and all(column.certain for column in found)
        foreign = any(column.foreign for column in found)
        return replace(found[0], kinds=kinds, certain=certain, foreign=foreign)

    def _extend(self, pattern: Extend) -> Relation:
        return self.extended(self.relation(pattern.pattern), pattern.name, pattern.expression)

    def extended(self, inner: Relation, name: str, expression: Expression) -> Relation:
        """Return solutions with one more variable."""
        names = list(inner.columns)
        inner, expression = self.asking.column(inner, expression)
        alias = self.names.alias()
        scope = self.scope((inner, alias))
        column = stored(self.functions(scope).column(expression), self.database)
        own = self.names.variable(name)
        sql = f"SELECT {alias}.*, {column.sql} AS {own} FROM ({inner.sql}) {alias}{scope.joined()}"
        made = replace(column, sql=own, constant=None)
        return Relation(sql, {**inner.among(names), name: made})

    def alike(self, left: Relation, right: Relation) -> tuple[Relation, Relation]:
        """Return two patterns in which the variables of both hold the same."""
        names = [
            name
            for name in sorted(left.columns.keys() & right.columns.keys())
            if left.columns[name].holds != right.columns[name].holds
        ]
        return self.as_terms(left, names), self.as_terms(right, names)

    def as_terms(self, inner: Relation, names: list[str]) -> Relation:
        """Return solutions in which some variables are terms in N-Triples form."""
        if not names:
            return inner
        alias = self.names.alias()
        scope = self.scope((inner, alias))
        functions = self.functions(scope)
        columns = dict(inner.columns)
        shown = []
        for name in names:
            own = columns[name].sql
            column = functions.as_term(scope.columns[name])
            shown.append(f"{column.sql} AS {own}")
            columns[name] = replace(column, sql=own)
        sql = f"SELECT {alias}.* REPLACE ({', '.join(shown)}) FROM ({inner.sql}) {alias}"
        return Relation(f"{sql}{scope.joined()}", columns)

    def _values(self, pattern: Values) -> Relation:
        columns = {}
        for place, name in enumerate(pattern.names):
            terms = [row[place] for row in pattern.rows]
            known = [term for term in terms if term is not None]
            columns[name] = Column(
                self.names.variable(name),
                ID,
                frozenset(term.kind for term in known),
                certain=len(known) == len(terms),
                foreign=any(self.database.id(term) < 0 for term in known),
            )
        names = ", ".join(column.sql for column in columns.values()) or "one"
        rows = ", ".join(f"({self._row(row)})" for row in pattern.rows)
        if not rows:
            empty = (
                ", ".join(f"NULL::INTEGER AS {c.sql}" for c in columns.values()) or NOTHING_SHOWN
            )
            return Relation(f"SELECT {empty} WHERE false", columns)
        alias = self.names.alias()
        return Relation(f"SELECT * FROM (VALUES {rows}) {alias}({names})", columns)

    def _row(self, row: tuple[Term | None, ...]) -> str:
        cells = ["NULL" if term is None else str(self.database.id(term)) for term in row]
        return (
            ", ".join(
                f"{cell}::INTEGER" if cell == "NULL" else f"({cell})::INTEGER" for cell in cells
            )
            or "1"
        )


def _bracketed(right: Relation, alias: str, scope: Scope) -> str:
    """Return the right side of a join; SQL takes brackets only around a join."""
    joined = scope.joined(1)
    return f"(({right.sql}) {alias}{joined})" if joined else f"({right.sql}) {alias}"


def _conjuncts(condition: Expression) -> list[Expression]:
    if isinstance(condition, Call) and condition.name == "&&":
        return [part for arg in condition.args for part in _conjuncts(arg)]
    return [condition]


def _as_exists(condition: Expression) -> Exists | None:
    if isinstance(condition, Call) and condition.name == "!":
        inner = _as_exists(condition.args[0])
        return None if inner is None else Exists(inner.pattern, not inner.negated)
    return condition if isinstance(condition, Exists) else None


def _refuse_uncertain(condition: Expression, shared: Iterable[str], left: Relation) -> None:
    for name in shared:
        if not left.columns[name].certain and name in mentioned(condition):
            raise Unsupported(f"a condition of OPTIONAL about ?{name}, which either side may bind")
