"""Translate graph patterns of SPARQL (section 18) to SQL over numbered terms."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from rdflib import BNode, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql.algebra import translateGroupGraphPattern
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

from graphbuild.validate.paths import Path
from graphbuild.validate.sql.expressions import Expressions, Scope
from graphbuild.validate.sql.terms import ID, NUMBER, Column, Untranslatable, number_of
from graphbuild.validate.terms import as_text

EVERY = "every"
SIGNS = {"*": "*", "+": "+", "?": "?"}


@dataclass(frozen=True)
class Relation:
    """The solutions of a pattern.

    Attributes:
        sql: a SELECT whose columns are the variables, quoted.
        kinds: what the column of each variable holds.
        certain: the variables that are bound in every solution.
        nodes: the variables that are never bound to a literal, as far as is known.
    """

    sql: str
    kinds: dict[str, str]
    certain: frozenset[str]
    nodes: frozenset[str] = frozenset()

    def scope(self, alias: str, outer: Scope) -> dict[str, Column]:
        """Return what variables mean where this relation has an alias."""
        own = {
            name: Column(f'{alias}."{name}"', kind, node=name in self.nodes)
            for name, kind in self.kinds.items()
        }
        return {**outer, **own}


class Patterns:
    """Translates graph patterns.

    Args:
        number: gives the number of a term in the data graph.
        table: gives the name of a table with columns s and o for a path.
    """

    def __init__(self, number: Callable[[str], int | None], table: Callable[[Path], str]) -> None:
        self._number = number
        self._table = table
        self._aliases = 0
        self.expressions = Expressions(number, self._exists)

    def relation(self, part: CompValue, outer: Scope) -> Relation:
        """Return the solutions of a pattern.

        Args:
            part: rdflib's algebra.
            outer: what variables mean that the pattern does not bind: they are bound before.

        Raises:
            Untranslatable: there is no translation.
        """
        translate = getattr(self, f"_{part.name.lower()}", None)
        if translate is None:
            raise Untranslatable(part.name)
        relation: Relation = translate(part, outer)
        return relation

    def alias(self) -> str:
        """Return a name that no other table has."""
        self._aliases += 1
        return f"t{self._aliases}"

    def _exists(self, graph: CompValue, scope: Scope) -> str:
        part = graph
        if graph.name.startswith("GroupGraphPattern"):
            part = translateGroupGraphPattern(graph)
        inner = self.relation(part, scope)
        alias = self.alias()
        same = [
            _same(Column(f'{alias}."{n}"', k), scope[n], n in inner.certain)
            for n, k in inner.kinds.items()
            if n in scope
        ]
        return f"EXISTS (SELECT 1 FROM ({inner.sql}) {alias} WHERE {_all(same)})"

    def _bgp(self, part: CompValue, outer: Scope) -> Relation:  # noqa: ARG002 - as all
        tables, conditions = [], []
        columns: dict[str, str] = {}
        for s, p, o in part.triples:
            alias = self.alias()
            places = [("s", s), ("o", o)]
            if isinstance(p, Variable):
                tables.append(f"{EVERY} {alias}")
                places.append(("p", p))
            else:
                tables.append(f"{self._table(path_of(p))} {alias}")
            for place, node in places:
                column = f"{alias}.{place}"
                if not isinstance(node, Variable | BNode):
                    found = self._number(as_text(node))
                    conditions.append(f"{column} = {-1 if found is None else found}")
                elif _name(node) in columns:
                    conditions.append(f"{columns[_name(node)]} = {column}")
                else:
                    columns[_name(node)] = column
        if not tables:
            return Relation("SELECT 1 AS one", {}, frozenset())
        shown = ", ".join(f'{sql} AS "{name}"' for name, sql in columns.items()) or "1 AS one"
        sql = f"SELECT {shown} FROM {', '.join(tables)} WHERE {_all(conditions)}"
        nodes = frozenset(_name(part) for triple in part.triples for part in triple[:1])
        return Relation(sql, dict.fromkeys(columns, ID), frozenset(columns), nodes)

    def _join(self, part: CompValue, outer: Scope) -> Relation:
        return self._joined(part, outer, "JOIN", "TRUE")

    def _leftjoin(self, part: CompValue, outer: Scope) -> Relation:
        return self._joined(part, outer, "LEFT JOIN", part.expr)

    def _joined(self, part: CompValue, outer: Scope, how: str, expression: Any) -> Relation:  # noqa: ANN401
        left, right = self.relation(part.p1, outer), self.relation(part.p2, outer)
        a, b = self.alias(), self.alias()
        shared = left.kinds.keys() & right.kinds.keys()
        conditions = []
        for name in sorted(shared):
            sure = name in left.certain and name in right.certain
            one = Column(f'{a}."{name}"', left.kinds[name])
            conditions.append(_same(Column(f'{b}."{name}"', right.kinds[name]), one, sure))
        if expression != "TRUE":
            scope = {**right.scope(b, outer), **left.scope(a, {})}
            conditions.append(self.expressions.truth(expression, scope))
        columns = [f'coalesce({a}."{n}", {b}."{n}") AS "{n}"' for n in sorted(shared)]
        columns += [f'{a}."{n}"' for n in left.kinds.keys() - shared]
        columns += [f'{b}."{n}"' for n in right.kinds.keys() - shared]
        shown = ", ".join(columns) or "1 AS one"
        sql = f"SELECT {shown} FROM ({left.sql}) {a} {how} ({right.sql}) {b} ON {_all(conditions)}"
        certain = left.certain if how == "LEFT JOIN" else left.certain | right.certain
        nodes = (left.nodes | right.nodes) - shared | (left.nodes & right.nodes)
        return Relation(sql, {**right.kinds, **left.kinds}, certain, nodes)

    def _filter(self, part: CompValue, outer: Scope) -> Relation:
        inner, alias = self.relation(part.p, outer), self.alias()
        test = self.expressions.truth(part.expr, inner.scope(alias, outer))
        sql = f"SELECT {alias}.* FROM ({inner.sql}) {alias} WHERE {test}"
        return Relation(sql, inner.kinds, inner.certain, inner.nodes)

    def _union(self, part: CompValue, outer: Scope) -> Relation:
        sides = [self.relation(part.p1, outer), self.relation(part.p2, outer)]
        kinds = {**sides[0].kinds, **sides[1].kinds}
        if any(
            side.kinds.get(name, kind) != kind for side in sides for name, kind in kinds.items()
        ):
            raise Untranslatable("UNION that binds a variable to several kinds of value")
        parts = []
        for side in sides:
            alias = self.alias()
            shown = [f'{alias}."{n}"' if n in side.kinds else f'NULL AS "{n}"' for n in kinds]
            parts.append(f"SELECT {', '.join(shown) or '1 AS one'} FROM ({side.sql}) {alias}")
        return Relation(" UNION ALL ".join(parts), kinds, sides[0].certain & sides[1].certain)

    def _extend(self, part: CompValue, outer: Scope) -> Relation:
        inner, alias, name = self.relation(part.p, outer), self.alias(), str(part.var)
        column = self.expressions.column(part.expr, inner.scope(alias, outer))
        sql = f'SELECT {alias}.*, {column.sql} AS "{name}" FROM ({inner.sql}) {alias}'
        certain = inner.certain
        if isinstance(part.expr, Variable) and str(part.expr) in inner.certain:
            certain |= {name}
        return Relation(sql, {**inner.kinds, name: column.kind}, certain)

    def _project(self, part: CompValue, outer: Scope) -> Relation:
        inner, alias = self.relation(part.p, outer), self.alias()
        kept = {str(v): inner.kinds[str(v)] for v in part.PV if str(v) in inner.kinds}
        shown = ", ".join(f'{alias}."{name}"' for name in kept) or "1 AS one"
        sql = f"SELECT {shown} FROM ({inner.sql}) {alias}"
        return Relation(sql, kept, inner.certain & kept.keys(), inner.nodes & kept.keys())

    def _distinct(self, part: CompValue, outer: Scope) -> Relation:
        inner = self.relation(part.p, outer)
        return Relation(f"SELECT DISTINCT * FROM ({inner.sql})", inner.kinds, inner.certain)

    def _orderby(self, part: CompValue, outer: Scope) -> Relation:
        return self.relation(part.p, outer)

    def _tomultiset(self, part: CompValue, outer: Scope) -> Relation:
        if part.p.name == "values":
            raise Untranslatable("VALUES")
        return self.relation(part.p, outer)

    def _aggregatejoin(self, part: CompValue, outer: Scope) -> Relation:
        group = part.p
        inner, alias = self.relation(group.p, outer), self.alias()
        keys = [str(each) for each in group.expr or ()]
        if any(not isinstance(each, Variable) for each in group.expr or ()):
            raise Untranslatable("GROUP BY an expression")
        scope = inner.scope(alias, outer)
        columns = {str(a.res): self._aggregate(a, scope) for a in part.A}
        shown = ", ".join(f'{column.sql} AS "{name}"' for name, column in columns.items())
        grouped = f" GROUP BY {', '.join(scope[key].sql for key in keys)}" if keys else ""
        sql = f"SELECT {shown or '1 AS one'} FROM ({inner.sql}) {alias}{grouped}"
        certain = frozenset(str(a.res) for a in part.A if str(a.vars) in inner.certain)
        return Relation(sql, {name: column.kind for name, column in columns.items()}, certain)

    def _aggregate(self, part: CompValue, scope: Scope) -> Column:
        name = part.name.removeprefix("Aggregate_").upper()
        distinct = "DISTINCT " if part.distinct else ""
        if part.vars == "*":
            return Column("count(*)::DOUBLE", NUMBER)
        column = self.expressions.column(part.vars, scope)
        if name == "COUNT":
            return Column(f"count({distinct}{column.sql})::DOUBLE", NUMBER)
        if name == "SAMPLE":
            return Column(f"any_value({column.sql})", column.kind)
        if name not in ("SUM", "AVG", "MIN", "MAX"):
            raise Untranslatable(name)
        number = number_of(column)
        return Column(
            f"CASE WHEN count({column.sql}) > count({number}) THEN error('{name} of what is no "
            f"number') ELSE {name.lower()}({distinct}{number}) END",
            NUMBER,
        )


def path_of(node: Any) -> Path:  # noqa: ANN401 - rdflib's paths
    """Return a predicate or path of a triple pattern.

    Raises:
        Untranslatable: it is a path that no shape has.
    """
    if isinstance(node, URIRef):
        return Path("", as_text(node))
    if isinstance(node, InvPath):
        return Path("^", parts=(path_of(node.arg),))
    if isinstance(node, SequencePath | AlternativePath):
        sign = "/" if isinstance(node, SequencePath) else "|"
        return Path(sign, parts=tuple(map(path_of, node.args)))
    if isinstance(node, MulPath):
        return Path(node.mod, parts=(path_of(node.path),))
    raise Untranslatable("a negated property set")


def _name(node: Node) -> str:
    return str(node) if isinstance(node, Variable) else f"_{node}"


def _same(one: Column, other: Column, sure: bool) -> str:  # noqa: FBT001
    """Return the condition that two columns of one variable are compatible."""
    if one.kind != other.kind:
        raise Untranslatable("a variable that is bound to several kinds of value")
    same = f"{one.sql} = {other.sql}"
    return same if sure else f"({same} OR {one.sql} IS NULL OR {other.sql} IS NULL)"


def _all(conditions: Iterable[str]) -> str:
    return " AND ".join(conditions) or "TRUE"
