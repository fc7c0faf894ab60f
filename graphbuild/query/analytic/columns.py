"""Columns of SQL that stand for variables and values of SPARQL."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from graphbuild.query.analytic.tree import Term, Unsupported
from graphbuild.store.columns import XSD
from graphbuild.store.worth import Kind

ID, INT, DEC, DBL, BOOL, STR = "id", "integer", "decimal", "double", "boolean", "string"
TERM = "term"
"""What a column holds: the number of a term, a value of one datatype, or a term in N-Triples form.

Decimals are whole numbers of their eighteenth place, as the store holds them.
"""

TYPES = {
    ID: "INTEGER",
    INT: "BIGINT",
    DEC: "HUGEINT",
    DBL: "DOUBLE",
    BOOL: "BOOLEAN",
    STR: "VARCHAR",
    TERM: "VARCHAR",
}
DATATYPES = {INT: "integer", DEC: "decimal", DBL: "double", BOOL: "boolean"}
NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.DOUBLE})
TEXTS = frozenset({Kind.STRING, Kind.LANGUAGE})
DATES = frozenset({Kind.DATE, Kind.YEAR_MONTH, Kind.YEAR})
NODES = frozenset({Kind.IRI, Kind.BLANK})
LITERALS = frozenset(Kind) - NODES
KIND_OF_VALUE = {
    INT: Kind.INTEGER,
    DEC: Kind.DECIMAL,
    DBL: Kind.DOUBLE,
    BOOL: Kind.BOOLEAN,
    STR: Kind.STRING,
}


@dataclass(frozen=True)
class Column:
    """An expression of SQL and what it holds; NULL is an unbound variable, or an error.

    Attributes:
        kinds: of the terms that it may hold.
        certain: it is never NULL.
        constant: the term that it always is.
        foreign: it may hold terms that only the query has.
        language: of a string: it may have a language, so it is no term that can be given back.
        side: of a join's condition: which side of the join it is a column of.
    """

    sql: str
    holds: str
    kinds: frozenset[Kind] = frozenset()
    certain: bool = False
    constant: Term | None = None
    foreign: bool = False
    language: bool = False
    side: int = 0

    def within(self, *kinds: Iterable[Kind]) -> bool:
        """Say whether it only holds terms of these kinds."""
        return self.kinds <= frozenset().union(*kinds)


def value(sql: str, holds: str, *, certain: bool = False, language: bool = False) -> Column:
    """Return a column of values."""
    kinds = frozenset({KIND_OF_VALUE[holds]})
    return Column(sql, holds, kinds, certain=certain, language=language)


def value_text(sql: str, holds: str) -> str:
    """Return SQL for a value as a term in N-Triples form."""
    if holds not in DATATYPES:
        return f"""'"' || escaped({sql}) || '"'"""
    text = {DEC: f"decimal_text({sql})", DBL: f"double_text({sql})"}.get(holds, f"({sql})::VARCHAR")
    return f"""'"' || {text} || '"^^<{XSD}{DATATYPES[holds]}>'"""


NOTHING = Column("NULL::INTEGER", ID)


def quoted(text: str) -> str:
    """Return a string of SQL."""
    if "\0" in text:
        raise Unsupported("a string with a zero character")
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True)
class Relation:
    """The solutions of a pattern.

    Attributes:
        sql: a SELECT.
        columns: what holds each variable: the sql of a column is its name.
    """

    sql: str
    columns: Mapping[str, Column]

    def among(self, names: Iterable[str]) -> dict[str, Column]:
        """Return the columns of some variables."""
        return {name: self.columns[name] for name in names}

    def at(self, alias: str, side: int = 0) -> dict[str, Column]:
        """Return what variables mean where this relation has an alias."""
        return {
            name: replace(column, sql=f"{alias}.{column.sql}", side=side)
            for name, column in self.columns.items()
        }


@dataclass
class Scope:
    """What the variables of an expression mean, and what has to be joined to know about them.

    Attributes:
        columns: by variable.
        joins: for each side, tables that are joined to it, with their aliases.
        names: makes new aliases.
        two_sided: it is the scope of a join's condition.
    """

    columns: Mapping[str, Column]
    two_sided: bool = False
    joins: list[dict[tuple[str, str], tuple[str, str]]] = field(default_factory=lambda: [{}, {}])
    names: "Names" = field(default_factory=lambda: Names())

    def fact(self, column: Column, table: str) -> str:
        """Return the alias of the row of ``term``, ``worth`` or ``written`` that is about a column.

        Raises:
            Unsupported: it is computed of both sides of a join.
        """
        if self.two_sided and column.sql not in {each.sql for each in self.columns.values()}:
            raise Unsupported("a condition of a join about a term that is chosen in it")
        joins = self.joins[column.side]
        key = (table, column.sql)
        if key not in joins:
            how = "JOIN" if column.certain and table == "term" else "LEFT JOIN"
            joins[key] = (self.names.alias(), how)
        return joins[key][0]

    def joined(self, side: int = 0) -> str:
        """Return the SQL that joins what is needed to a side."""
        return "".join(
            f" {how} all_{table} {alias} ON {alias}.id = {sql}"
            for (table, sql), (alias, how) in self.joins[side].items()
        )


class Names:
    """Gives names that no other table and no other variable has; SQL's know no capitals."""

    def __init__(self) -> None:
        self._aliases = 0
        self._variables: dict[str, str] = {}

    def alias(self) -> str:
        """Return a new name of a table."""
        self._aliases += 1
        return f"t{self._aliases}"

    def variable(self, name: str) -> str:
        """Return the name of a variable's column."""
        return self._variables.setdefault(name, f"v{len(self._variables) + 1}")
