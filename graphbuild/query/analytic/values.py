"""Say in SQL what a column is worth: as a string, a number or a truth value."""

from collections.abc import Set as AbstractSet

from graphbuild.query.analytic.columns import (
    BOOL,
    DBL,
    DEC,
    ID,
    INT,
    NUMBERS,
    STR,
    TERM,
    TEXTS,
    Column,
    Scope,
    quoted,
    value_text,
)
from graphbuild.query.analytic.database import FOREIGN_LANGUAGE, Database
from graphbuild.query.analytic.spelled import written
from graphbuild.query.analytic.tree import Unsupported
from graphbuild.store.dictionary import BLANK, STRING
from graphbuild.store.worth import Kind

FIELDS = {Kind.INTEGER: (INT, "i"), Kind.DECIMAL: (DEC, "n"), Kind.DOUBLE: (DBL, "f")}
TYPED = frozenset(kind for kind in Kind if kind >= Kind.BOOLEAN)
NO_TEXT = "NULL::VARCHAR"


class Values:
    """Says what columns are worth within a scope.

    Args:
        database: the graph.
        scope: where facts about terms are joined.
    """

    def __init__(self, database: Database, scope: Scope) -> None:
        self.database = database
        self.scope = scope

    def term(self, column: Column) -> str:
        """Return a term in N-Triples form."""
        if column.constant is not None:
            return quoted(written(column.constant))
        if column.holds == ID:
            return f"{self.scope.fact(column, 'written')}.lex"
        if column.language:
            raise Unsupported("a computed text with a language")
        return column.sql if column.holds == TERM else value_text(column.sql, column.holds)

    def text(self, column: Column) -> str:
        """Return the characters of a string, with or without a language; NULL for all else."""
        refuse_any(column)
        if column.holds == STR:
            return column.sql
        if column.constant is not None:
            is_text = column.constant.kind in TEXTS
            return quoted(column.constant.text) if is_text else NO_TEXT
        if column.holds != ID or not column.kinds & TEXTS:
            return NO_TEXT
        lex = f"{self.scope.fact(column, 'term')}.lex"
        return (
            lex if column.within(TEXTS) else f"CASE WHEN {self.among(column, TEXTS)} THEN {lex} END"
        )

    def lexical(self, column: Column) -> str:
        """Return STR() of a column; NULL for blank nodes."""
        refuse_any(column)
        if column.constant is not None:
            return quoted(column.constant.text)
        if column.holds != ID:
            return self._shown(column)
        if column.within(TYPED):
            return f"{self.scope.fact(column, 'worth')}.lex"
        alias = self.scope.fact(column, "term")
        if Kind.BLANK in column.kinds:
            return f"CASE WHEN {alias}.suffix <> {BLANK} THEN {alias}.lex END"
        return f"{alias}.lex"

    def _shown(self, column: Column) -> str:
        if column.holds == DEC:
            return f"decimal_text({column.sql})"
        if column.holds == DBL:
            return f"double_text({column.sql})"
        return column.sql if column.holds == STR else f"({column.sql})::VARCHAR"

    def number(self, column: Column) -> Column:
        """Return a column of numbers of one datatype; NULL for what is no number.

        Raises:
            Unsupported: it may hold numbers of several datatypes.
        """
        refuse_any(column)
        if column.holds in (INT, DEC, DBL):
            return column
        numbers = column.kinds & NUMBERS
        if Kind.OWN in column.kinds:
            raise Unsupported("computing with times or single floats")
        if column.holds != ID or not numbers:
            return Column("NULL::BIGINT", INT, frozenset({Kind.INTEGER}))
        if len(numbers) > 1:
            raise Unsupported("computing with numbers of several datatypes")
        [kind] = numbers
        return self._field(column, kind)

    def _field(self, column: Column, kind: Kind) -> Column:
        holds, field = FIELDS[kind]
        alias = self.scope.fact(column, "worth")
        sql = f"{alias}.{field}"
        if not column.within({kind}):
            sql = f"CASE WHEN {alias}.kind = {kind:d} THEN {sql} END"
        certain = column.certain and column.within({kind})
        return Column(sql, holds, frozenset({kind}), certain, side=column.side)

    def truth(self, column: Column) -> str:
        """Return the effective boolean value (section 17.2.2).

        Raises:
            Unsupported: it may hold what the store alone knows the truth of.
        """
        refuse_any(column)
        if column.holds != ID:
            return self._truth_of_value(column)
        if column.kinds & {Kind.OWN, Kind.OTHER, Kind.LANGUAGE}:
            raise Unsupported("the truth of a term of any kind")
        branches = []
        if column.kinds & {Kind.STRING}:
            lex = f"{self.scope.fact(column, 'term')}.lex <> ''"
            branches.append((self.among(column, {Kind.STRING}), lex))
        for kinds, test in (
            ({Kind.BOOLEAN}, "{}.i <> 0"),
            ({Kind.INTEGER, Kind.DECIMAL}, "{}.n <> 0"),
            ({Kind.DOUBLE}, "{}.f <> 0"),
        ):
            if column.kinds & kinds:
                fact = test.format(self.scope.fact(column, "worth"))
                branches.append((self.among(column, kinds), fact))
        return cases(branches)

    def _truth_of_value(self, column: Column) -> str:
        if column.language:
            raise Unsupported("the truth of a text with a language")
        if column.holds == BOOL:
            return column.sql
        if column.holds == DBL:
            return f"({column.sql} <> 0 AND NOT isnan({column.sql}))"
        return f"({column.sql} <> '')" if column.holds == STR else f"({column.sql} <> 0)"

    def among(self, column: Column, kinds: AbstractSet[Kind]) -> str:
        """Return the condition that a column holds a term of these kinds, which it may.

        Raises:
            Unsupported: only the query has the term, so its id does not tell.
        """
        refuse_any(column)
        wanted = column.kinds & kinds
        if column.holds != ID or column.kinds <= kinds:
            return f"({column.sql} IS NOT NULL)"
        if wanted <= TYPED:
            names = ", ".join(str(int(kind)) for kind in sorted(wanted))
            return f"coalesce({self.scope.fact(column, 'worth')}.kind IN ({names}), FALSE)"
        conditions = [self._is(column, kind) for kind in sorted(wanted - TYPED)]
        if wanted & TYPED:
            conditions.append(self.among(column, wanted & TYPED))
        return f"({' OR '.join(conditions)})"

    def _is(self, column: Column, kind: Kind) -> str:
        if kind in (Kind.BLANK, Kind.IRI):
            if column.foreign:
                raise Unsupported("the kind of a term that only the query has")
            first, end = self.span(kind)
            return f"({column.sql} >= {first} AND {column.sql} < {end})"
        alias = self.scope.fact(column, "term")
        if kind == Kind.STRING:
            return f"({alias}.suffix = {STRING})"
        last = self.database.languages
        foreign = f" OR {alias}.suffix >= {FOREIGN_LANGUAGE}" if column.foreign else ""
        return f"({alias}.suffix BETWEEN 1 AND {last}{foreign})"

    def span(self, kind: Kind) -> tuple[int, int]:
        """Return the first id of blank nodes or of IRIs, and the first that is none any more."""
        blanks = self.database.blanks
        return (0, blanks) if kind == Kind.BLANK else (blanks, self.database.iris)


def refuse_any(column: Column) -> None:
    """Raise if a column holds terms that were computed: of these only their text is known.

    Raises:
        Unsupported: it does.
    """
    if column.holds == TERM:
        raise Unsupported("computing with what may have several datatypes")


def cases(branches: list[tuple[str, str]], otherwise: str = "NULL") -> str:
    """Return SQL for the first branch whose condition holds."""
    if not branches:
        return f"CAST({otherwise} AS BOOLEAN)"
    whens = "".join(f" WHEN {condition} THEN {sql}" for condition, sql in branches)
    return f"(CASE{whens} ELSE {otherwise} END)"
