"""What literals are worth: whether their text fits the datatype, and which is less.

The datatypes are those of XML Schema 1.1, part 2; the order is that of SPARQL 1.1, section 17.3.
"""

import math
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from graphbuild.store.columns import XSD, Literal

INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
ZONE = r"(?P<zone>Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
YEAR = r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))"
MONTH, DAY = r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12]\d|3[01])"
CLOCK = r"(?P<hour>[01]\d|2[0-4]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d(?:\.\d+)?)"
YEARS = r"(?:\d+Y)?(?:\d+M)?"
DAYS = r"(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?"
PATTERNS = {
    name: re.compile(pattern, re.ASCII)
    for name, pattern in {
        "boolean": "true|false|1|0",
        "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
        "float": r"[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|INF)|NaN",
        "integer": r"[+-]?\d+",
        "date": f"{YEAR}-{MONTH}-{DAY}{ZONE}",
        "dateTime": f"{YEAR}-{MONTH}-{DAY}T{CLOCK}{ZONE}",
        "time": f"{CLOCK}{ZONE}",
        "gYear": f"{YEAR}{ZONE}",
        "gYearMonth": f"{YEAR}-{MONTH}{ZONE}",
        "gMonthDay": f"--{MONTH}-{DAY}{ZONE}",
        "gMonth": f"--{MONTH}{ZONE}",
        "gDay": f"---{DAY}{ZONE}",
        "duration": f"-?P(?=.){YEARS}{DAYS}",
        "yearMonthDuration": f"-?P(?=.){YEARS}",
        "dayTimeDuration": f"-?P(?=.){DAYS}",
        "hexBinary": "(?:[0-9A-Fa-f]{2})*",
        "base64Binary": r"(?:[A-Za-z0-9+/] ?){0,}(?:= ?){0,2}",
        "language": "[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
        "anyURI": r"[^\s<>\"{}|\\^`]*",
    }.items()
}
PATTERNS["double"] = PATTERNS["float"]
PATTERNS["dateTimeStamp"] = PATTERNS["dateTime"]
NUMBERS = {*INTEGERS, "decimal", "float", "double"}
TIMES = ("date", "dateTime", "dateTimeStamp", "time", "gYear", "gYearMonth", "gMonthDay")
ORDERED = {*NUMBERS, *TIMES, "boolean"}
LARGEST_SHIFT = timedelta(hours=14)


class Value(NamedTuple):
    """What a literal is worth: only values of one kind can be compared.

    Attributes:
        zoned: the time zone is known; without one, a time may be up to 14 hours off.
    """

    kind: str
    worth: Any
    zoned: bool = True


def fits(literal: Literal) -> bool:
    """Say whether the text of a literal is one of its datatype; of unknown datatypes all are."""
    if not literal.datatype.startswith(XSD):
        return True
    name, text = literal.datatype.removeprefix(XSD), literal.text
    if name not in ("string", "normalizedString", "token"):
        text = text.strip(" \t\r\n")
    if name in INTEGERS:
        return _in_range(text, name)
    pattern = PATTERNS.get(name)
    match = pattern.fullmatch(text) if pattern else None
    if pattern is None or match is None:
        return pattern is None
    return "day" not in pattern.groupindex or _is_day(match)


def value(literal: Literal) -> Value | None:
    """Return what a literal is worth, or None where SPARQL has no order for it."""
    name, text = literal.datatype.removeprefix(XSD), literal.text
    if name == "string":
        return Value("string", text)
    if name not in ORDERED or not fits(literal):
        return None
    text = text.strip()
    if name == "boolean":
        return Value("boolean", text in ("true", "1"))
    return _number(text) if name in NUMBERS else _time(name, text)


def less(one: Value | None, other: Value | None, *, or_equal: bool) -> bool:
    """Say whether one value is certainly less than another."""
    if one is None or other is None or one.kind != other.kind:
        return False
    if one.zoned == other.zoned:
        return bool(one.worth < other.worth or (or_equal and one.worth == other.worth))
    return bool(one.worth + LARGEST_SHIFT < other.worth)


def _in_range(text: str, name: str) -> bool:
    least, most = INTEGERS[name]
    if not PATTERNS["integer"].fullmatch(text):
        return False
    number = Decimal(text)
    return (least is None or number >= least) and (most is None or number <= most)


def _number(text: str) -> Value | None:
    try:
        number: Decimal | float = Decimal(text)
    except InvalidOperation:
        number = float(text.replace("INF", "inf"))
    if math.isnan(number):
        return None
    return Value("number", number)


def _is_day(match: re.Match[str]) -> bool:
    parts = match.groupdict()
    year = int(parts.get("year") or 2000)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    month, day = int(parts.get("month") or 1), int(parts["day"])
    longest = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    end_of_day = parts.get("hour") == "24"
    return day <= longest and not (
        end_of_day and (parts["minute"] != "00" or float(parts["second"]) > 0)
    )


def _time(name: str, text: str) -> Value | None:
    match = PATTERNS[name].fullmatch(text)
    parts = match.groupdict() if match else {}
    second, _, fraction = (parts.get("second") or "0").partition(".")
    try:
        moment = datetime(
            int(parts.get("year") or 2000),
            int(parts.get("month") or 1),
            int(parts.get("day") or 1),
            int(parts.get("hour") or 0) % 24,
            int(parts.get("minute") or 0),
            int(second),
            int(f"{fraction:<06.6}") if fraction else 0,
            tzinfo=UTC,
        ) + timedelta(days=parts.get("hour") == "24")
    except (ValueError, OverflowError):
        return None  # A year that no calendar of Python has.
    kind = "dateTime" if name == "dateTimeStamp" else name
    if parts["zone"] is None:
        return Value(kind, moment, zoned=False)
    return Value(kind, moment - _shift(parts["zone"]))


def _shift(zone: str) -> timedelta:
    if zone == "Z":
        return timedelta()
    sign = -1 if zone[0] == "-" else 1
    return sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
