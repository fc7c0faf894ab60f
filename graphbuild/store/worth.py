"""Say what literals with a datatype are worth, exactly as the store's engine sees them.

The engine keeps numbers, truth values, dates and times by their value and writes them anew: what
was ``"01"^^xsd:integer`` comes back as ``"1"^^xsd:integer``. So what is not plainly written that
way is given to the engine, and what it gives back is compared (SPARQL 1.1, section 17.3).
"""

import math
import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Store

from graphbuild.store.columns import XSD, literal

PLACES = 18
SCALE = 10**PLACES
"""A decimal is held as a whole number of its eighteenth place, as the engine does."""

LONGEST = 2**63
WIDEST = 2**127


class Kind(IntEnum):
    """What a term is, as far as comparing and computing go.

    ``OWN`` is what the engine compares by rules that nothing here follows: times, durations, dates
    with a time zone, single floats, and doubles that are infinite or no number. ``OTHER`` has a
    datatype that the engine does not know, or is not what its datatype says.
    """

    BLANK = 0
    IRI = 1
    STRING = 2
    LANGUAGE = 3
    BOOLEAN = 4
    INTEGER = 5
    DECIMAL = 6
    DOUBLE = 7
    DATE = 8
    YEAR_MONTH = 9
    YEAR = 10
    OWN = 11
    OTHER = 12


class Worth(NamedTuple):
    """A literal as the engine writes it, and what it is worth.

    Attributes:
        text: its characters.
        suffix: what follows its closing quote in N-Triples.
        whole: an integer; of a truth value 0 or 1; of a date, a month or a year its digits.
        scaled: an integer or decimal in units of the eighteenth place.
        double: a number as binary floating point.
    """

    text: str
    suffix: str
    kind: Kind
    whole: int | None = None
    scaled: int | None = None
    double: float | None = None


PLAIN = {
    f"{XSD}{name}": (re.compile(pattern, re.ASCII), kind)
    for name, pattern, kind in (
        ("boolean", "true|false", Kind.BOOLEAN),
        ("integer", r"0|-?[1-9]\d*", Kind.INTEGER),
        ("decimal", r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?", Kind.DECIMAL),
        ("date", r"(?!0000)\d{4}-\d\d-\d\d", Kind.DATE),
        ("gYearMonth", r"(?!0000)\d{4}-(?:0[1-9]|1[0-2])", Kind.YEAR_MONTH),
        ("gYear", r"(?!0000)\d{4}", Kind.YEAR),
        ("dateTime", r"(?!0000)\d{4}-\d\d-\d\dT[01]\d:[0-5]\d:[0-5]\dZ?", Kind.OWN),
    )
}
"""How the engine writes what it knows, where that is simple."""

TIMES = {f"{XSD}{name}" for name in (
    "date", "gYearMonth", "gYear", "dateTime", "dateTimeStamp", "time", "gMonthDay", "gMonth",
    "gDay", "duration", "yearMonthDuration", "dayTimeDuration",
)}  # fmt: skip


def worths(texts: Iterable[str]) -> Iterator[tuple[str, Worth]]:
    """Yield literals that have a datatype, in N-Triples form, each with what it is worth."""
    odd: list[str] = []
    for text in texts:
        found = _plain(*literal(text)[:2])
        if found is None:
            odd.append(text)
        else:
            yield text, found
    yield from zip(odd, map(_odd, odd), strict=True)


def _plain(text: str, datatype: str) -> Worth | None:
    """Return the worth of a literal that the engine writes as it stands; None if it may not."""
    pattern, kind = PLAIN.get(datatype, (None, Kind.OTHER))
    if pattern is None or not pattern.fullmatch(text) or not _is_possible(text, kind):
        return None
    suffix = f"^^<{datatype}>"
    if kind == Kind.BOOLEAN:
        return Worth(text, suffix, kind, int(text == "true"))
    if kind in (Kind.INTEGER, Kind.DECIMAL):
        return _number(text, suffix, kind)
    return Worth(text, suffix, kind, int(text.replace("-", "")) if kind != Kind.OWN else None)


def _is_possible(text: str, kind: Kind) -> bool:
    if kind not in (Kind.DATE, Kind.OWN):
        return True
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _number(text: str, suffix: str, kind: Kind) -> Worth | None:
    whole, _, part = text.partition(".")
    number = int(whole + part.ljust(PLACES, "0")) if len(part) <= PLACES else WIDEST
    largest = LONGEST * SCALE if kind == Kind.INTEGER else WIDEST
    if not -largest <= number < largest:
        return None
    is_whole = kind == Kind.INTEGER
    return Worth(text, suffix, kind, number // SCALE if is_whole else None, number, float(text))


def _odd(text: str) -> Worth:
    """Return the worth of a literal that has to be given to the engine."""
    parts = literal(text)
    kept = _kept(parts.text, parts.datatype)
    suffix = f"^^<{kept.datatype.value}>"
    plain = _plain(kept.value, kept.datatype.value)
    if plain is not None:
        return plain
    if kept.datatype.value == f"{XSD}double":
        return _double(kept.value, suffix)
    own = kept.datatype.value in TIMES or _is_single(kept)
    return Worth(kept.value, suffix, Kind.OWN if own else Kind.OTHER)


def _kept(text: str, datatype: str) -> Literal:
    store, name = Store(), NamedNode("urn:x")
    given = Literal(text, datatype=NamedNode(datatype))
    store.add(Quad(name, name, given))
    [quad] = store
    return quad.object if isinstance(quad.object, Literal) else given


def _double(text: str, suffix: str) -> Worth:
    try:
        double = float(text)
    except ValueError:
        return Worth(text, suffix, Kind.OTHER)
    if not math.isfinite(double):
        return Worth(text, suffix, Kind.OWN)
    return Worth(text, suffix, Kind.DOUBLE, double=double)


def _is_single(literal: Literal) -> bool:
    return literal.datatype.value == f"{XSD}float" and _double(literal.value, "").kind != Kind.OTHER
