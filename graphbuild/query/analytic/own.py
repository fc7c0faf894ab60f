"""Functions of our own that SQL calls, where the store's engine alone knows the answer."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pyoxigraph import BlankNode, NamedNode, Store

from graphbuild.query.analytic.columns import BOOL, DATATYPES, DBL, DEC, INT, STR, TERM
from graphbuild.query.analytic.spelled import literal_text
from graphbuild.store.columns import LANGUAGE, XSD
from graphbuild.store.worth import SCALE

AT_ONCE = 4_000
"""Rows that the store's engine is given in one query."""


def double_text(number: float) -> str:
    """Return a double as the store's engine writes it.

    >>> double_text(1e21), double_text(0.5), double_text(1000.0)
    ('1000000000000000000000', '0.5', '1000')
    """
    text = repr(number)
    if "n" in text:
        return {"inf": "INF", "-inf": "-INF"}.get(text, "NaN")
    return f"{Decimal(text):f}".removesuffix(".0")


def lower_all(text: str) -> str:
    """Return a text in small letters, as the store's engine makes them."""
    return _told("LCASE", text)


def upper_all(text: str) -> str:
    """Return a text in capitals, as the store's engine makes them."""
    return _told("UCASE", text)


def matches_all(text: str, pattern: str, flags: str) -> bool:
    """Return whether the store's engine finds a regular expression in a text."""
    return _told("REGEX", text, pattern, flags) == "true"


def _told(function: str, *texts: str) -> str:
    quoted = ", ".join(literal_text(text, "") for text in texts)
    [[term]] = Store().query(f"SELECT ({function}({quoted}) AS ?x) {{}}")  # type: ignore[misc]
    return str(term.value)


def asked(expression: str, holds: str, rows: list[list[str | None]]) -> list[str | None]:
    """Return what the store's engine makes of an expression, for each row of terms.

    Args:
        expression: SPARQL about variables ``v0``, ``v1`` and so on.
        holds: what the results are to hold: values are given as SQL reads them, else terms.
        rows: the terms of the variables in N-Triples form; None for one that is unbound.

    Returns:
        For each row the result; None where it is an error.

    Raises:
        ValueError: a blank node has to be given, or a result holds something else.

    >>> asked("(?v0 * 2)", "integer", [['"4"^^<http://www.w3.org/2001/XMLSchema#integer>'], [None]])
    ['8', None]
    """
    found: list[str | None] = []
    for start in range(0, len(rows), AT_ONCE):
        found += _asked(expression, _READERS[holds], rows[start : start + AT_ONCE])
    return found


def _asked(
    expression: str, read: Callable[[Any], str], rows: list[list[str | None]]
) -> list[str | None]:
    if any(term is not None and term.startswith("_:") for row in rows for term in row):
        raise ValueError("a blank node cannot be asked about; the columns leave this to the store")
    names = " ".join(f"?v{place}" for place in range(len(rows[0])))
    values = " ".join(
        f"({number} {' '.join([term or 'UNDEF' for term in row])})"
        for number, row in enumerate(rows)
    )
    query = f"SELECT ?n ?x {{ VALUES (?n {names}) {{ {values} }} BIND({expression} AS ?x) }}"
    found: list[str | None] = [None] * len(rows)
    solutions: Any = Store().query(query)
    for number, term in solutions:
        if term is not None:
            found[int(number.value)] = read(term)
    return found


def _term(term: Any) -> str:  # noqa: ANN401 - any term of the engine
    if isinstance(term, NamedNode):
        return f"<{term.value}>"
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    if term.datatype.value == LANGUAGE:
        return literal_text(term.value, f"@{term.language}")
    is_plain = term.datatype.value == f"{XSD}string"
    return literal_text(term.value, "" if is_plain else f"^^<{term.datatype.value}>")


def _reader(holds: str) -> Callable[[Any], str]:
    datatype = f"{XSD}{DATATYPES.get(holds, 'string')}"

    def read(term: Any) -> str:  # noqa: ANN401 - any term of the engine
        if getattr(term, "datatype", NamedNode("urn:none")).value != datatype:
            raise ValueError(f"{term} is no {holds}; the columns leave this to the store")
        return str(int(Decimal(term.value) * SCALE)) if holds == DEC else str(term.value)

    return read


_READERS: dict[str, Callable[[Any], str]] = {
    TERM: _term,
    **{holds: _reader(holds) for holds in (BOOL, DBL, DEC, INT, STR)},
}
FUNCTIONS: tuple[tuple[Callable[..., object], list[str], str], ...] = (
    (double_text, ["DOUBLE"], "VARCHAR"),
    (lower_all, ["VARCHAR"], "VARCHAR"),
    (upper_all, ["VARCHAR"], "VARCHAR"),
    (matches_all, ["VARCHAR", "VARCHAR", "VARCHAR"], "BOOLEAN"),
    (asked, ["VARCHAR", "VARCHAR", "VARCHAR[][]"], "VARCHAR[]"),
)
"""Each with the types of its arguments and of its result."""
