"""Columns of SQL that stand for variables of SPARQL, and what terms are worth in SQL."""

from dataclasses import dataclass

from graphbuild.store.columns import XSD, literal
from graphbuild.validate.literals import NUMBERS, fits

ID, NUMBER, TEXT, TRUTH = "id", "number", "text", "truth"
"""What a column holds: the number of a term, or a computed number, string or truth value."""


class Untranslatable(Exception):  # noqa: N818 - the reference engine does it instead
    """This SPARQL has no translation; the message names what is the reason."""


@dataclass(frozen=True)
class Column:
    """An expression of SQL and what it holds; NULL is an unbound variable or an error.

    Attributes:
        node: it is known to be no literal, so that only the same term is equal to it.
    """

    sql: str
    kind: str
    node: bool = False


def quoted(text: str) -> str:
    """Return a string of SQL."""
    return "'" + text.replace("'", "''") + "'"


def constant(term: str, number: int | None) -> Column:
    """Return a term as a column: numbers, strings and truth values by their worth.

    Args:
        term: the term.
        number: its number in the data graph; None if it is not there.
    """
    if not term.startswith('"'):
        return Column(str(-1 if number is None else number), ID, node=True)
    parts = literal(term)
    name = parts.datatype.removeprefix(XSD)
    if name in NUMBERS and fits(parts):
        return Column(f"({parts.text.strip()})::DOUBLE", NUMBER)
    if name == "boolean" and fits(parts):
        return Column(str(parts.text.strip() in ("true", "1")).upper(), TRUTH)
    if name == "string":
        return Column(quoted(parts.text), TEXT)
    return Column(str(-1 if number is None else number), ID)


def number_of(column: Column) -> str:
    """Return the number that a column is worth; NULL for what is no number."""
    if column.kind == NUMBER:
        return column.sql
    if column.kind == ID:
        return f"(SELECT n FROM number WHERE number.id = {column.sql})"
    return "NULL::DOUBLE"


def text_of(column: Column) -> str:
    """Return STR() of a column; NULL for blank nodes."""
    if column.kind == TEXT:
        return column.sql
    if column.kind == NUMBER:
        sql = column.sql
        whole = f"{sql} = floor({sql}) THEN {sql}::BIGINT::VARCHAR"
        return f"CASE WHEN {whole} ELSE ({sql})::VARCHAR END"
    if column.kind == TRUTH:
        return f"({column.sql})::VARCHAR"
    return f"lexical_of((SELECT term.t FROM term WHERE term.id = {column.sql}))"


def string_of(column: Column) -> str:
    """Return the characters of a literal that is a string, with or without a language."""
    if column.kind != ID:
        return column.sql if column.kind == TEXT else "NULL::VARCHAR"
    return (
        "lexical_of((SELECT term.t FROM term JOIN suffix USING (id) "
        f"WHERE term.id = {column.sql} AND suffix.kind = 2 AND (suffix.suffix = '' OR "
        "suffix.suffix[1] = '@')))"
    )


def fact_of(column: Column, fact: str) -> str:
    """Return the ``kind`` or ``suffix`` of a term."""
    return f"(SELECT {fact} FROM suffix WHERE suffix.id = {column.sql})"
