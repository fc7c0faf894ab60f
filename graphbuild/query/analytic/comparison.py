"""Compare columns as the store compares terms (SPARQL 1.1, section 17.3, and the engine)."""

from graphbuild.query.analytic.columns import (
    BOOL,
    DATES,
    DBL,
    DEC,
    ID,
    INT,
    NODES,
    NUMBERS,
    TERM,
    TEXTS,
    Column,
)
from graphbuild.query.analytic.tree import Unsupported
from graphbuild.query.analytic.values import Values, cases, refuse_any
from graphbuild.store.worth import SCALE, Kind

SAME = NODES | TEXTS | DATES | {Kind.BOOLEAN}
"""Kinds whose terms are equal only if they are the same."""

NO_ID = -(2**31)

VALUED = NUMBERS | DATES | {Kind.BOOLEAN, Kind.STRING}
"""Kinds in an order; of all others the store only finds a term as small and as large as itself."""

APART = NODES | {Kind.LANGUAGE}
"""Kinds whose terms are unequal to all other terms, whatever these are."""


class Comparisons:
    """Compares columns.

    Args:
        values: says what they are worth.
    """

    def __init__(self, values: Values) -> None:
        self._values = values

    def compared(self, left: Column, sign: str, right: Column) -> str:
        """Return a comparison.

        Raises:
            Unsupported: the store alone knows how to compare what they may hold.
        """
        if sign in ("=", "!=") and _are_known_apart(left, right):
            one, other = (self._values.term(each) for each in (left, right))
            return f"({one} {sign} {other})"
        for each in (left, right):
            refuse_any(each)
        if left.language or right.language:
            raise Unsupported("comparing a computed text with a language")
        if sign in ("=", "!="):
            same = self._equal(left, right)
            return same if sign == "=" else f"(NOT {same})"
        _refuse_own(left, right)
        _refuse_own(right, left)
        branches = self._branches(left, sign, right)
        if left.kinds & right.kinds - VALUED and _are_terms(left, right):
            one, other = self._as_ids(left, right)
            branches.append((f"{one} = {other}", str("=" in sign).upper()))
        return cases(branches)

    def _equal(self, left: Column, right: Column) -> str:
        if _is_identity(left, right):
            one, other = self._as_ids(left, right)
            return f"({one} = {other})"
        _refuse_own(left, right)
        _refuse_own(right, left)
        branches = self._branches(left, "=", right)
        if _are_terms(left, right):
            one, other = self._as_ids(left, right)
            branches.append((f"{one} = {other}", "TRUE"))
        bound = f"{left.sql} IS NOT NULL AND {right.sql} IS NOT NULL"
        return f"(CASE WHEN {bound} THEN {cases(branches, 'FALSE')} END)"

    def _as_ids(self, left: Column, right: Column) -> tuple[str, str]:
        return self._as_id(left, right), self._as_id(right, left)

    def _as_id(self, column: Column, other: Column) -> str:
        if column.constant is None:
            return column.sql
        database = self._values.database
        known = database.known(column.constant)
        if known is None and (other.foreign or other.constant is not None):
            return str(database.id(column.constant))
        return str(NO_ID if known is None else known)

    def _branches(self, left: Column, sign: str, right: Column) -> list[tuple[str, str]]:
        """Return a comparison for each kind of value that both may hold."""
        found = []
        for kinds in (NUMBERS, *({kind} for kind in sorted({Kind.BOOLEAN} | DATES | TEXTS))):
            if left.kinds & kinds and right.kinds & kinds:
                conditions = [self._values.among(each, kinds) for each in (left, right)]
                sql = self._of_kind(left, sign, right, frozenset(kinds))
                found.append((" AND ".join(conditions), sql))
        return found

    def _of_kind(self, left: Column, sign: str, right: Column, kinds: frozenset[Kind]) -> str:
        if kinds == NUMBERS:
            return self._numbers(left, sign, right)
        if kinds <= TEXTS:
            return self._texts(left, sign, right, kinds)
        one, other = (self._whole(each) for each in (left, right))
        return f"({one} {sign} {other})"

    def _texts(self, left: Column, sign: str, right: Column, kinds: frozenset[Kind]) -> str:
        one, other = (self._values.text(each) for each in (left, right))
        compared = f"({one} {sign} {other})"
        if kinds == {Kind.STRING}:
            return compared
        tails = [self._tail(each) for each in (left, right)]
        return f"CASE WHEN {tails[0]} = {tails[1]} THEN {compared} END"

    def _tail(self, column: Column) -> str:
        return f"{self._values.scope.fact(column, 'term')}.suffix"

    def _whole(self, column: Column) -> str:
        """Return a truth value or date as a number."""
        if column.constant is not None and column.constant.worth is not None:
            return str(column.constant.worth.whole)
        if column.holds == BOOL:
            return f"({column.sql})::INTEGER"
        return f"{self._values.scope.fact(column, 'worth')}.i"

    def _numbers(self, left: Column, sign: str, right: Column) -> str:
        kinds = (left.kinds | right.kinds) & NUMBERS
        if kinds == {Kind.INTEGER}:
            holds = INT
        elif Kind.DOUBLE not in kinds:
            holds = DEC
        elif Kind.DECIMAL not in kinds:
            holds = DBL
        else:
            raise Unsupported("comparing decimals with doubles")
        one, other = (self._as_number(each, holds) for each in (left, right))
        return f"({one} {sign} {other})"

    def _as_number(self, column: Column, holds: str) -> str:
        if column.holds == ID:
            field = {INT: "i", DEC: "n", DBL: "f"}[holds]
            return f"{self._values.scope.fact(column, 'worth')}.{field}"
        return converted(column, holds).sql


def converted(column: Column, holds: str) -> Column:
    """Return a number as one of a datatype that holds it."""
    if column.holds == holds:
        return column
    sql = (
        f"(({column.sql})::HUGEINT * {SCALE}::HUGEINT)"
        if holds == DEC
        else f"({column.sql})::DOUBLE"
    )
    return Column(sql, holds, column.kinds, column.certain, side=column.side)


def _are_terms(left: Column, right: Column) -> bool:
    """Say whether two columns hold terms, and no values that were computed."""
    return all(each.holds == ID or each.constant is not None for each in (left, right))


def _are_known_apart(left: Column, right: Column) -> bool:
    """Say whether computed terms are compared with what is equal to nothing but itself."""
    return TERM in (left.holds, right.holds) and (left.within(APART) or right.within(APART))


def _is_identity(left: Column, right: Column) -> bool:
    """Say whether equality is to be the same term, for all that two columns may hold."""
    if not _are_terms(left, right):
        return False
    if left.within(APART) or right.within(APART):
        return True
    numbers = (left.kinds | right.kinds) & NUMBERS
    exact = len(numbers) <= 1 and Kind.DOUBLE not in numbers
    return exact and left.within(SAME, NUMBERS) and right.within(SAME, NUMBERS)


def _refuse_own(column: Column, other: Column) -> None:
    if Kind.OWN in column.kinds and not other.within(NODES, TEXTS, {Kind.BOOLEAN}):
        raise Unsupported("comparing times or single floats")
    if Kind.OTHER in column.kinds and not other.within(APART):
        raise Unsupported("comparing values of datatypes that only the data know")
