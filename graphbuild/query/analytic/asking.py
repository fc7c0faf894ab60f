"""Have the store's engine evaluate what in an expression has no exact translation.

Each combination of terms is given to it once, thousands at a time, and what it makes of them is
joined to the solutions as one more column; the rest of the expression stays SQL.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from graphbuild.query.analytic.columns import (
    BOOL,
    DBL,
    DEC,
    INT,
    STR,
    TERM,
    TEXTS,
    TYPES,
    Column,
    Relation,
    quoted,
    value,
)
from graphbuild.query.analytic.exists import mentioned
from graphbuild.query.analytic.functions import Functions
from graphbuild.query.analytic.orders import SPELLED
from graphbuild.query.analytic.reader import HIDDEN
from graphbuild.query.analytic.spelled import spelled
from graphbuild.query.analytic.tree import Call, Exists, Expression, Term, Unsupported, Var
from graphbuild.store.columns import XSD
from graphbuild.store.worth import Kind, Worth

if TYPE_CHECKING:
    from graphbuild.query.analytic.patterns import Patterns

ARITHMETIC = frozenset({
    "+", "-", "*", "/", "NEGATIVE", "POSITIVE", "ABS", "FLOOR", "CEIL", "ROUND",
})  # fmt: skip
RESULTS = {
    **dict.fromkeys(
        ("||", "&&", "!", "=", "!=", "<", ">", "<=", ">=", "IN", "REGEX", "CONTAINS", "STRSTARTS",
         "STRENDS", "LANGMATCHES", "SAMETERM", "ISIRI", "ISURI", "ISBLANK", "ISLITERAL",
         "ISNUMERIC", f"{XSD}boolean"), BOOL,
    ),
    **dict.fromkeys(
        ("STRLEN", "YEAR", "MONTH", "DAY", "HOURS", "MINUTES", f"{XSD}integer"), INT,
    ),
    **dict.fromkeys(
        ("STR", "LANG", "TZ", "ENCODE_FOR_URI", "MD5", "SHA1", "SHA256", "SHA384", "SHA512",
         f"{XSD}string"), STR,
    ),
    "SECONDS": DEC,
    f"{XSD}decimal": DEC,
}  # fmt: skip
"""What functions give whose results have one datatype."""

KINDS = {
    **dict.fromkeys(
        ("REPLACE", "CONCAT", "SUBSTR", "UCASE", "LCASE", "STRBEFORE", "STRAFTER", "STRLANG"),
        TEXTS,
    ),
    **dict.fromkeys(("IRI", "URI", "DATATYPE"), frozenset({Kind.IRI})),
}  # fmt: skip
"""What terms other functions give."""

TRUE, FALSE = (
    Term(text, Kind.BOOLEAN, f"^^<{XSD}boolean>", Worth(text, "", Kind.BOOLEAN, whole))
    for text, whole in (("true", 1), ("false", 0))
)
Test = Callable[[Functions, Expression], object]
"""Translates an expression, or raises `Unsupported`."""


class Asking:
    """Makes expressions translatable.

    Args:
        patterns: translates them.
    """

    def __init__(self, patterns: "Patterns") -> None:
        self._patterns = patterns

    def column(self, inner: Relation, expression: Expression) -> tuple[Relation, Expression]:
        """Return an expression that is a column of terms or values, and solutions that have it.

        Raises:
            Unsupported: the store alone can answer it, and not for these solutions alone.
        """
        return self._eased(inner, expression, _as_column)

    def keys(
        self, inner: Relation, expression: Expression
    ) -> tuple[Relation, tuple[Expression, ...]]:
        """Return what solutions are sorted by, first things first, and solutions that have it.

        A text may have any language here.
        """
        inner, key = self._eased(inner, expression, Functions.column)
        column = self._functions(inner).column(key)
        if column.holds != TERM or not column.kinds <= SPELLED | {Kind.IRI}:
            return inner, (key,)
        found = []
        for name in ("ISLITERAL", "STR"):
            inner, each = self.column(inner, Call(name, (key,)))
            found.append(each)
        return inner, tuple(found)

    def truths(
        self, inner: Relation, conditions: Iterable[Expression]
    ) -> tuple[Relation, list[Expression]]:
        """Return conditions that have an effective boolean value, and solutions that have it.

        Raises:
            Unsupported: as for `column`.
        """
        found = []
        for condition in conditions:
            inner, eased = self._truth(inner, condition)
            found.append(eased)
        return inner, found

    def _truth(self, inner: Relation, condition: Expression) -> tuple[Relation, Expression]:
        if self._is_translated(inner, condition, Functions.truth):
            return inner, condition
        if isinstance(condition, Call) and condition.name in ("||", "&&", "!"):
            inner, args = self.truths(inner, condition.args)
            return inner, replace(condition, args=tuple(args))
        inner, eased = self.column(inner, condition)
        if self._is_translated(inner, eased, Functions.truth):
            return inner, eased
        return self._asked(inner, Call("IF", (eased, TRUE, FALSE)))

    def _eased(
        self, inner: Relation, expression: Expression, test: Test
    ) -> tuple[Relation, Expression]:
        if isinstance(expression, Exists):
            return self._marked(inner, expression)
        if not isinstance(expression, Call) or self._is_translated(inner, expression, test):
            return inner, expression
        args = []
        for arg in expression.args:
            inner, eased = self._eased(inner, arg, Functions.column)
            args.append(eased)
        expression = replace(expression, args=tuple(args))
        if self._is_translated(inner, expression, test):
            return inner, expression
        return self._asked(inner, expression)

    def _is_translated(self, inner: Relation, expression: Expression, test: Test) -> bool:
        try:
            test(self._functions(inner), expression)
        except Unsupported:
            return False
        return True

    def _functions(self, inner: Relation) -> Functions:
        return self._patterns.functions(self._patterns.scope((inner, "t0")))

    def _marked(self, inner: Relation, exists: Exists) -> tuple[Relation, Expression]:
        """Return solutions with one more column: whether a pattern has a solution."""
        name = self._name()
        own = self._patterns.names.variable(name)
        inner, alias, source, other, tests = self._patterns.asked_for(inner, exists)
        no = "NOT " if exists.negated else ""
        test = f"{no}EXISTS (SELECT 1 FROM {other} WHERE {tests})"
        column = replace(value(own, BOOL), certain=True)
        sql = f"SELECT {alias}.*, {test} AS {own} FROM {source}"
        return Relation(sql, {**inner.columns, name: column}), Var(name)

    def _asked(self, inner: Relation, call: Call) -> tuple[Relation, Expression]:
        """Return solutions with one more column: what the store's engine makes of an expression."""
        names = sorted(mentioned(call) & inner.columns.keys())
        text = spelled(call, {name: f"v{place}" for place, name in enumerate(names)})
        holds = self._holds(inner, call)
        name = self._name()
        own, keyed, made, alias = (
            self._patterns.names.variable(name), *(self._patterns.names.alias() for _ in range(3)),
        )  # fmt: skip
        scope = self._patterns.scope((inner, alias))
        values = self._patterns.functions(scope).values
        key = ", ".join(values.term(scope.columns[each]) for each in names)
        lists = f"SELECT list(DISTINCT key) AS keys FROM {keyed}"
        results = f"asked({quoted(text)}, '{holds}', keys)"
        sql = (
            f"WITH {keyed} AS MATERIALIZED (SELECT {alias}.*, [{key}]::VARCHAR[] AS key "
            f"FROM ({inner.sql}) {alias}{scope.joined()}), {made} AS MATERIALIZED (SELECT "
            f"unnest(keys) AS key, unnest({results})::{TYPES[holds]} AS {own} FROM ({lists})) "
            f"SELECT {keyed}.* EXCLUDE (key), {made}.{own} FROM {keyed} JOIN {made} USING (key)"
        )
        kinds = KINDS.get(call.name, frozenset(Kind)) if holds == TERM else value("", holds).kinds
        return Relation(sql, {**inner.columns, name: Column(own, holds, kinds)}), Var(name)

    def _name(self) -> str:
        return f"{HIDDEN} e{self._patterns.names.alias()}"

    def _holds(self, inner: Relation, call: Call) -> str:
        """Return what the results of a call hold: of several datatypes, terms."""
        if call.name == "IF" and call.args[1:] == (TRUE, FALSE):
            return BOOL
        if call.name not in ARITHMETIC:
            return RESULTS.get(call.name, TERM)
        functions = self._functions(inner)
        try:
            found = {functions.number(each).holds for each in call.args}
        except Unsupported:
            return TERM
        whole = found == {INT} and call.name != "/"
        return INT if whole else DBL if DBL in found else DEC


def _as_column(functions: Functions, expression: Expression) -> None:
    if functions.column(expression).language:
        raise Unsupported("a computed text with a language")
