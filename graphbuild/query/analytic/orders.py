"""Say in SQL what terms are sorted by (SPARQL 1.1, section 15.1, and the store's engine)."""

from graphbuild.query.analytic.columns import DATES, DBL, ID, NODES, NUMBERS, TEXTS, Column
from graphbuild.query.analytic.tree import Unsupported
from graphbuild.query.analytic.values import TYPED, Values, refuse_any
from graphbuild.store.worth import Kind

SPELLED = TEXTS | DATES | {Kind.BOOLEAN}
"""Kinds whose terms are in the order of their characters, among each other too."""


def order_key(column: Column, values: Values) -> list[str]:
    """Return what to sort by, first things first: unbound, blank nodes, IRIs, literals.

    Raises:
        Unsupported: the store alone knows the order of what the column may hold.
    """
    if column.language:
        return [column.sql]
    refuse_any(column)
    if column.holds != ID:
        if column.holds == DBL:
            raise Unsupported("ORDER BY computed doubles")
        return [column.sql]
    if column.foreign and column.kinds & NODES:
        raise Unsupported("ORDER BY terms that only the query has")
    literals = column.kinds - NODES
    if not literals:
        return [column.sql]
    key = literal_key(column, literals, values)
    if not column.kinds & NODES:
        return [key]
    first = values.database.iris
    return [
        f"({column.sql} >= {first})",
        f"CASE WHEN {column.sql} < {first} THEN {column.sql} END",
        f"CASE WHEN {column.sql} >= {first} THEN {key} END",
    ]


def literal_key(column: Column, literals: frozenset[Kind], values: Values) -> str:
    """Return what the literals in a column are sorted by.

    Raises:
        Unsupported: the store alone knows the order.
    """
    if literals <= SPELLED:
        table = "worth" if literals <= TYPED else "term"
        return f"{values.scope.fact(column, table)}.lex"
    fields = {
        frozenset({Kind.INTEGER}): "i",
        frozenset({Kind.DECIMAL}): "n",
        frozenset({Kind.INTEGER, Kind.DECIMAL}): "n",
        frozenset({Kind.DOUBLE}): "f",
        frozenset({Kind.INTEGER, Kind.DOUBLE}): "f",
    }
    if literals not in fields or not literals <= NUMBERS:
        raise Unsupported("the order of literals of several kinds")
    return f"{values.scope.fact(column, 'worth')}.{fields[literals]}"
