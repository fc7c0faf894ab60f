"""Translate GROUP BY and aggregates to SQL (SPARQL 1.1, section 18.5.1).

An error or an unbound variable in a group makes its sum, average, least and greatest unbound, and
is not counted.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from graphbuild.query.analytic.columns import (
    DBL,
    DEC,
    ID,
    INT,
    NODES,
    NUMBERS,
    STR,
    TERM,
    Column,
    Relation,
    quoted,
    value,
    value_text,
)
from graphbuild.query.analytic.functions import Functions
from graphbuild.query.analytic.orders import literal_key
from graphbuild.query.analytic.tree import Aggregate, Expression, Unsupported, Var
from graphbuild.query.analytic.values import refuse_any
from graphbuild.store.worth import SCALE, Kind

if TYPE_CHECKING:
    from graphbuild.query.analytic.patterns import Patterns

REFUSED = "error('the columns leave this to the store')"
"""What ends the query while it runs: the store answers it then."""


class Aggregates:
    """Translates groups.

    Args:
        patterns: translates patterns and expressions.
    """

    def __init__(self, patterns: "Patterns") -> None:
        self._patterns = patterns

    def grouped(
        self, inner: Relation, keys: list[str], wanted: Mapping[Aggregate, str]
    ) -> Relation:
        """Return one solution for each group.

        Args:
            inner: the solutions.
            keys: variables that make groups; without any, all solutions are one group.
            wanted: aggregates, each with the variable that gets it.
        """
        alias = self._patterns.names.alias()
        scope = self._patterns.scope((inner, alias))
        functions = self._patterns.functions(scope)
        present = [name for name in keys if name in inner.columns]
        columns = {name: replace(inner.columns[name], constant=None) for name in present}
        shown = [f"{alias}.{column.sql}" for column in columns.values()]
        for aggregate, name in wanted.items():
            column = self._aggregate(aggregate, inner, functions, grouped=bool(keys))
            own = self._patterns.names.variable(name)
            shown.append(f"{column.sql} AS {own}")
            columns[name] = replace(column, sql=own)
        group = ", ".join(shown[: len(present)])
        by = f" GROUP BY {group}" if present else " HAVING count(*) > 0" if keys else ""
        source = f"({inner.sql}) {alias}{scope.joined()}"
        return Relation(f"SELECT {', '.join(shown) or '1 AS one'} FROM {source}{by}", columns)

    def _aggregate(
        self, aggregate: Aggregate, inner: Relation, functions: Functions, *, grouped: bool
    ) -> Column:
        if aggregate.arg is None:
            return self._rows(aggregate, inner)
        column = functions.column(aggregate.arg)
        if column.language:
            raise Unsupported(f"{aggregate.name} of computed texts with a language")
        match aggregate.name:
            case "COUNT":
                return self._count(aggregate, column, functions)
            case "SUM" | "AVG":
                return self._sum(aggregate, functions, grouped=grouped)
            case "MIN" | "MAX":
                return self._extreme(aggregate.name, column, functions)
            case "SAMPLE":
                self._patterns.slow.append("SAMPLE, which may give any of the group")
                sql = f"any_value({column.sql})"
                return replace(column, sql=sql, certain=False, constant=None)
            case _:
                return self._concatenated(aggregate, column, functions)

    def _count(self, aggregate: Aggregate, column: Column, functions: Functions) -> Column:
        distinct = "DISTINCT " if aggregate.distinct else ""
        if not isinstance(aggregate.arg, Var) and not column.certain:
            raise Unsupported("COUNT of what may be an error")
        text = functions.values.term(column) if column.holds == DBL else column.sql
        return value(f"count({distinct}{text})", INT, certain=True)

    def _rows(self, aggregate: Aggregate, inner: Relation) -> Column:
        if not aggregate.distinct:
            return value("count(*)", INT, certain=True)
        parts = [f"'{column.sql}': {column.sql}" for column in inner.columns.values()]
        return value(f"count(DISTINCT {{{', '.join(parts)}}})" if parts else "1", INT)

    def _sum(self, aggregate: Aggregate, functions: Functions, *, grouped: bool) -> Column:
        """Return SUM or AVG; of nothing both are the integer 0."""
        argument: Expression | None = aggregate.arg
        column = functions.column(argument) if argument else None
        if column is not None and is_mixed(column):
            return self._mixed_sum(aggregate, column, functions)
        number = functions.values.number(column) if column else None
        if number is None or number.holds == DBL:
            raise Unsupported(f"{aggregate.name} of doubles, which depends on their order")
        distinct = "DISTINCT " if aggregate.distinct else ""
        total = f"sum({distinct}{number.sql})"
        if aggregate.name == "SUM" and number.holds == INT:
            sql, holds = f"coalesce({total}, 0)::BIGINT", INT
        elif aggregate.name == "SUM":
            sql, holds = f"({total})::HUGEINT", DEC
        else:
            scale = f" * {SCALE}::HUGEINT" if number.holds == INT else ""
            sql, holds = f"(({total})::HUGEINT{scale} // count({distinct}{number.sql}))", DEC
        if not number.certain:
            sql = f"CASE WHEN count(*) = count({number.sql}) THEN {sql} END"
        if holds == DEC and not grouped:
            sql = f"CASE WHEN count(*) = 0 THEN {REFUSED} ELSE {sql} END"
        return value(sql, holds, certain=number.certain and (grouped or holds == INT))

    def _mixed_sum(self, aggregate: Aggregate, column: Column, functions: Functions) -> Column:
        """Return SUM or AVG of integers and decimals: a decimal if there is one among them."""
        worth = functions.scope.fact(column, "worth")
        if aggregate.distinct:
            raise Unsupported(f"{aggregate.name} of distinct numbers of several datatypes")
        total = f"sum({worth}.n)::HUGEINT"
        if aggregate.name == "AVG":
            sql, holds = f"({total} // count({worth}.n))", DEC
        else:
            whole = value_text(f"({total} // {SCALE}::HUGEINT)::BIGINT", INT)
            decimals = f"count(*) FILTER ({worth}.kind = {Kind.DECIMAL:d})"
            sql = f"CASE WHEN {decimals} > 0 THEN {value_text(total, DEC)} ELSE {whole} END"
            holds = TERM
        none = f"WHEN count(*) = 0 THEN {REFUSED}"
        sql = f"CASE {none} WHEN count(*) = count({worth}.n) THEN {sql} END"
        return Column(sql, holds, frozenset({Kind.INTEGER, Kind.DECIMAL}))

    def _extreme(self, name: str, column: Column, functions: Functions) -> Column:
        refuse_any(column)
        if column.holds == DBL:
            raise Unsupported(f"{name} of computed doubles")
        sql = f"{name.lower()}({column.sql})"
        literals = column.kinds - NODES
        if column.holds == ID and literals:
            if literals != column.kinds or Kind.LANGUAGE in literals or len(literals & NUMBERS) > 1:
                raise Unsupported(f"{name} of IRIs and literals, or of literals that tie")
            key = literal_key(column, literals, functions.values)
            sql = f"arg_{name.lower()}({column.sql}, {key})"
        elif column.holds == ID and (column.foreign or Kind.BLANK in column.kinds):
            raise Unsupported(f"{name} of blank nodes or of terms that only the query has")
        if not column.certain:
            sql = f"CASE WHEN count(*) = count({column.sql}) THEN {sql} END"
        return replace(column, sql=sql, certain=False, constant=None)

    def _concatenated(self, aggregate: Aggregate, column: Column, functions: Functions) -> Column:
        if not column.within({Kind.STRING}):
            raise Unsupported("GROUP_CONCAT of other than plain strings")
        self._patterns.slow.append("GROUP_CONCAT, whose order is open")
        text = functions.values.text(column)
        distinct = "DISTINCT " if aggregate.distinct else ""
        joined = f"string_agg({distinct}{text}, {quoted(aggregate.separator)} ORDER BY {text})"
        sql = f"CASE WHEN count(*) = count({text}) THEN coalesce({joined}, '') END"
        return value(sql, STR)


def is_mixed(column: Column) -> bool:
    """Say whether a column holds terms among which are integers and decimals, and no doubles."""
    odd = Kind.OWN in column.kinds
    return column.holds == ID and column.kinds & NUMBERS == {Kind.INTEGER, Kind.DECIMAL} and not odd
