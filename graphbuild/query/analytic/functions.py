"""Translate the functions and operators of SPARQL to SQL (SPARQL 1.1, section 17.4)."""

from collections.abc import Callable

from graphbuild.query.analytic import numeric, texts
from graphbuild.query.analytic.columns import (
    BOOL,
    DBL,
    DEC,
    ID,
    INT,
    LITERALS,
    NOTHING,
    NUMBERS,
    STR,
    TERM,
    TYPES,
    Column,
    Scope,
    quoted,
    value,
)
from graphbuild.query.analytic.comparison import Comparisons
from graphbuild.query.analytic.database import Database
from graphbuild.query.analytic.tree import (
    Aggregate,
    Call,
    Exists,
    Expression,
    Term,
    Unsupported,
    Var,
)
from graphbuild.query.analytic.values import Values
from graphbuild.store.columns import XSD
from graphbuild.store.worth import Kind


class Functions:
    """Translates expressions within a scope.

    Args:
        database: the graph.
        scope: what the variables mean.
    """

    def __init__(self, database: Database, scope: Scope) -> None:
        self.values = Values(database, scope)
        self.database = database
        self.scope = scope
        self._comparisons = Comparisons(self.values)

    def column(self, expression: Expression) -> Column:
        """Return the column of an expression.

        Raises:
            Unsupported: it has no exact translation.
        """
        match expression:
            case Var():
                return self.scope.columns.get(expression.name, NOTHING)
            case Term():
                return constant(expression, self.database)
            case Exists():
                raise Unsupported("EXISTS in this place")
            case Aggregate():
                raise Unsupported(f"{expression.name} in this place")
            case Call():
                return self._call(expression)

    def truth(self, expression: Expression) -> str:
        """Return the effective boolean value of an expression."""
        return self.values.truth(self.column(expression))

    def _call(self, call: Call) -> Column:
        translate = CALLS.get(call.name)
        if translate is None:
            raise Unsupported(f"the function {call.name}")
        return translate(self, *call.args)

    def text(self, expression: Expression) -> tuple[str, bool]:
        """Return the characters of a string, and whether it may have a language."""
        column = self.column(expression)
        return self.values.text(column), column.language or Kind.LANGUAGE in column.kinds

    def number(self, expression: Expression) -> Column:
        """Return an expression as numbers of one datatype."""
        return self.values.number(self.column(expression))

    def either(self, *args: Expression) -> Column:
        """Return ``||``."""
        return value(f"({' OR '.join(map(self.truth, args))})", BOOL)

    def both(self, *args: Expression) -> Column:
        """Return ``&&``."""
        return value(f"({' AND '.join(map(self.truth, args))})", BOOL)

    def negation(self, arg: Expression) -> Column:
        """Return ``!``."""
        return value(f"(NOT {self.truth(arg)})", BOOL)

    def compare(self, sign: str, left: Expression, right: Expression) -> Column:
        """Return a comparison."""
        compared = self._comparisons.compared(self.column(left), sign, self.column(right))
        return value(compared, BOOL)

    def member(self, arg: Expression, *members: Expression) -> Column:
        """Return IN."""
        one = self.column(arg)
        same = [self._comparisons.compared(one, "=", self.column(each)) for each in members]
        return value(f"({' OR '.join(same)})" if same else "FALSE", BOOL)

    def bound(self, arg: Expression) -> Column:
        """Return BOUND."""
        return value(f"({self.column(arg).sql} IS NOT NULL)", BOOL, certain=True)

    def coalesce(self, *args: Expression) -> Column:
        """Return COALESCE."""
        found = [self.column(each) for each in args]
        return self._one_of(
            [each for each in found if each is not NOTHING],
            lambda sqls: f"coalesce({', '.join(sqls)})",
        )

    def conditional(self, test: Expression, yes: Expression, no: Expression) -> Column:
        """Return IF."""
        truth, chosen = self.truth(test), [self.column(yes), self.column(no)]
        return self._one_of(
            chosen,
            lambda sqls: f"(CASE {truth} WHEN TRUE THEN {sqls[0]} WHEN FALSE THEN {sqls[1]} END)",
        )

    def _one_of(self, columns: list[Column], sql: Callable[[list[str]], str]) -> Column:
        """Return a column that is one of several, which have to hold the same."""
        if not columns:
            return NOTHING
        if any(each.language for each in columns):
            raise Unsupported("a choice among computed texts with a language")
        columns = self.alike(columns)
        kinds = frozenset[Kind]().union(*(each.kinds for each in columns))
        foreign = any(each.foreign for each in columns)
        side = max(each.side for each in columns)
        text = sql([each.sql for each in columns])
        return Column(text, columns[0].holds, kinds, foreign=foreign, side=side)

    def alike(self, columns: list[Column]) -> list[Column]:
        """Return columns that hold the same; terms that are always strings as strings."""
        holds = {each.holds for each in columns if each is not NOTHING}
        if len(holds) > 1 and ID in holds:
            columns = [self.as_id(each) for each in columns]
            holds = {each.holds for each in columns}
        if len(holds) > 1 and all(each.within({Kind.STRING}) for each in columns):
            return [value(self.values.text(each), STR) for each in columns]
        if len(holds) > 1:
            return [self.as_term(each) for each in columns]
        none = Column(f"NULL::{TYPES[max(holds, default=ID)]}", max(holds, default=ID))
        return [none if each is NOTHING else each for each in columns]

    def as_term(self, column: Column) -> Column:
        """Return a column as terms in N-Triples form."""
        sql = "NULL::VARCHAR" if column is NOTHING else self.values.term(column)
        return Column(sql, TERM, column.kinds, column.certain, side=column.side)

    def as_id(self, column: Column) -> Column:
        """Return a constant as the number of a term; all else as it is."""
        return stored(column, self.database) if column.constant is not None else column

    def is_kind(self, kinds: frozenset[Kind], arg: Expression) -> Column:
        """Return isIRI, isBlank, isLiteral or isNumeric."""
        column = self.column(arg)
        if kinds == NUMBERS and Kind.OWN in column.kinds:
            raise Unsupported("isNumeric of times or single floats")
        bound = f"{column.sql} IS NOT NULL"
        inside = self.values.among(column, kinds) if column.kinds & kinds else "FALSE"
        return value(f"(CASE WHEN {bound} THEN {inside} END)", BOOL)

    def same_term(self, left: Expression, right: Expression) -> Column:
        """Return sameTerm."""
        one, other = (self.as_id(self.column(each)) for each in (left, right))
        if one.holds != ID or other.holds != ID:
            return value(f"({self.values.term(one)} = {self.values.term(other)})", BOOL)
        return value(f"({one.sql} = {other.sql})", BOOL)


def constant(term: Term, database: Database) -> Column:
    """Return a constant as a column: numbers, strings and truth values by their worth."""
    kinds, worth = frozenset({term.kind}), term.worth
    holds, sql = ID, ""
    if term.kind == Kind.STRING:
        holds, sql = STR, quoted(term.text)
    elif worth is not None and worth.kind == Kind.BOOLEAN:
        holds, sql = BOOL, str(bool(worth.whole)).upper()
    elif worth is not None and worth.kind == Kind.INTEGER:
        holds, sql = INT, f"({worth.whole})::BIGINT"
    elif worth is not None and worth.kind == Kind.DECIMAL:
        holds, sql = DEC, f"({worth.scaled})::HUGEINT"
    elif worth is not None and worth.kind == Kind.DOUBLE:
        holds, sql = DBL, f"({worth.double!r})::DOUBLE"
    if holds == ID:
        return stored(Column("", ID, kinds, certain=True, constant=term), database)
    return Column(sql, holds, kinds, certain=True, constant=term)


def stored(column: Column, database: Database) -> Column:
    """Return a constant as the number of a term."""
    term = column.constant
    if term is None:
        return column
    number = database.id(term)
    return Column(f"({number})", ID, column.kinds, certain=True, constant=term, foreign=number < 0)


def _comparing(sign: str) -> Callable[..., Column]:
    return lambda functions, *args: functions.compare(sign, *args)


def _computing(sign: str) -> Callable[..., Column]:
    return lambda functions, *args: numeric.compute(functions, sign, *args)


CALLS: dict[str, Callable[..., Column]] = {
    "||": Functions.either,
    "&&": Functions.both,
    "!": Functions.negation,
    "IN": Functions.member,
    **{sign: _comparing(sign) for sign in ("=", "!=", "<", ">", "<=", ">=")},
    **{sign: _computing(sign) for sign in ("+", "-", "*", "/")},
    "NEGATIVE": numeric.negative,
    "POSITIVE": numeric.positive,
    "BOUND": Functions.bound,
    "COALESCE": Functions.coalesce,
    "IF": Functions.conditional,
    "STR": texts.string,
    "LANG": texts.language,
    "DATATYPE": texts.datatype,
    "LANGMATCHES": texts.language_matches,
    "ISIRI": lambda f, arg: f.is_kind(frozenset({Kind.IRI}), arg),
    "ISURI": lambda f, arg: f.is_kind(frozenset({Kind.IRI}), arg),
    "ISBLANK": lambda f, arg: f.is_kind(frozenset({Kind.BLANK}), arg),
    "ISLITERAL": lambda f, arg: f.is_kind(LITERALS, arg),
    "ISNUMERIC": lambda f, arg: f.is_kind(NUMBERS, arg),
    "SAMETERM": Functions.same_term,
    "YEAR": lambda f, arg: numeric.part_of_date(f, 1, 4, arg),
    "MONTH": lambda f, arg: numeric.part_of_date(f, 6, 2, arg),
    "DAY": lambda f, arg: numeric.part_of_date(f, 9, 2, arg),
    "STRLEN": texts.length,
    "CONTAINS": lambda f, *args: texts.test(f, "contains", *args),
    "STRSTARTS": lambda f, *args: texts.test(f, "starts_with", *args),
    "STRENDS": lambda f, *args: texts.test(f, "ends_with", *args),
    "LCASE": lambda f, arg: texts.cased(f, "lower", arg),
    "UCASE": lambda f, arg: texts.cased(f, "upper", arg),
    "CONCAT": texts.concatenation,
    "SUBSTR": texts.substring,
    "STRBEFORE": lambda f, *args: texts.beside(f, "STRBEFORE", *args),
    "STRAFTER": lambda f, *args: texts.beside(f, "STRAFTER", *args),
    "REGEX": texts.matches,
    "ABS": numeric.absolute,
    "FLOOR": lambda f, arg: numeric.rounded(f, "FLOOR", arg),
    "CEIL": lambda f, arg: numeric.rounded(f, "CEIL", arg),
    "ROUND": lambda f, arg: numeric.rounded(f, "ROUND", arg),
    f"{XSD}integer": lambda f, arg: numeric.cast(f, "integer", arg),
    f"{XSD}string": lambda f, arg: numeric.cast(f, "string", arg),
}
