"""Translate computing with numbers and dates to SQL (SPARQL 1.1, sections 17.4.4 and 17.4.5)."""

from typing import TYPE_CHECKING

from graphbuild.query.analytic.columns import DATES, DBL, DEC, INT, Column, value
from graphbuild.query.analytic.comparison import converted
from graphbuild.query.analytic.texts import string
from graphbuild.query.analytic.tree import Expression, Unsupported
from graphbuild.store.worth import SCALE, Kind

if TYPE_CHECKING:
    from graphbuild.query.analytic.functions import Functions


def compute(f: "Functions", sign: str, left: Expression, right: Expression) -> Column:
    """Return a sum, difference, product or quotient; a result too large is an error of SQL."""
    one, other = f.number(left), f.number(right)
    holds = DBL if DBL in (one.holds, other.holds) else DEC
    if one.holds == other.holds == INT and sign != "/":
        return value(f"({one.sql} {sign} {other.sql})", INT)
    if holds == DBL and DEC in (one.holds, other.holds):
        raise Unsupported("computing with decimals and doubles")
    if sign == "/":
        return _quotient(one, other, holds)
    if sign == "*" and holds == DEC:
        return _product(one, other)
    first, second = (converted(each, holds).sql for each in (one, other))
    return value(f"({first} {sign} {second})", holds)


def negative(f: "Functions", arg: Expression) -> Column:
    """Return the number with the other sign."""
    number = f.number(arg)
    return value(f"(-{number.sql})", number.holds)


def positive(f: "Functions", arg: Expression) -> Column:
    """Return the number itf."""
    return f.number(arg)


def part_of_date(f: "Functions", first: int, length: int, arg: Expression) -> Column:
    """Return YEAR, MONTH or DAY, of the dates that have one."""
    column = f.column(arg)
    if Kind.OWN in column.kinds:
        raise Unsupported("parts of times")
    able = {Kind.DATE} | ({Kind.YEAR_MONTH} if first <= 6 else set())
    kinds = able | ({Kind.YEAR} if first == 1 else set())
    if not column.kinds & kinds:
        return value("NULL::BIGINT", INT)
    lex = f"{f.scope.fact(column, 'worth')}.lex"
    part = f"substr({lex}, {first}, {length})::BIGINT"
    sql = f"CASE WHEN {f.values.among(column, kinds & DATES)} THEN {part} END"
    return value(sql, INT)


def cast(f: "Functions", name: str, arg: Expression) -> Column:
    """Return a cast to an integer, or to a string."""
    column = f.column(arg)
    if name == "string":
        if Kind.BLANK in column.kinds:
            raise Unsupported("casting a blank node")
        return string(f, arg)
    if column.holds == INT:
        return column
    if column.within({Kind.STRING}) and not column.language:
        text = f.values.text(column)
        digits = rf"regexp_full_match({text}, '[+-]?[0-9]+')"
        return value(f"CASE WHEN {digits} THEN ({text})::BIGINT END", INT)
    if column.within({Kind.INTEGER}):
        return f.values.number(column)
    raise Unsupported("a cast of other than strings and integers")


def absolute(f: "Functions", arg: Expression) -> Column:
    """Return ABS."""
    number = f.number(arg)
    return value(f"abs({number.sql})", number.holds)


def rounded(f: "Functions", name: str, arg: Expression) -> Column:
    """Return FLOOR, CEIL or ROUND."""
    number = f.number(arg)
    if number.holds == INT:
        return number
    if number.holds == DBL:
        raise Unsupported(f"{name} of doubles")
    shift = {"FLOOR": "0", "CEIL": f"{SCALE - 1}", "ROUND": f"{SCALE // 2}"}[name]
    moved = f"({number.sql} + {shift}::HUGEINT)"
    rest = f"((({moved} % {SCALE}::HUGEINT) + {SCALE}::HUGEINT) % {SCALE}::HUGEINT)"
    return value(f"({moved} - {rest})", DEC)


def _quotient(one: Column, other: Column, holds: str) -> Column:
    if holds == DBL:
        first, second = (converted(each, DBL).sql for each in (one, other))
        return value(f"({first} / {second})", DBL)
    if one.holds == other.holds == INT:
        sql = f"(({one.sql})::HUGEINT * {SCALE}::HUGEINT // nullif({other.sql}, 0))"
        return value(sql, DEC)
    first, second = (converted(each, DEC).sql for each in (one, other))
    return value(f"decimal_quotient({first}, {second})", DEC)


def _product(one: Column, other: Column) -> Column:
    """Return a product of decimals, one of which is whole: others may need too many places."""
    if INT in (one.holds, other.holds):
        return value(f"({one.sql}::HUGEINT * {other.sql}::HUGEINT)", DEC)
    raise Unsupported("the product of two decimals")
