"""Read dates as precise as they are written."""

import re
from collections.abc import Sequence
from datetime import date

from graphbuild.parts import PartialDate

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAME = rf"(?P<name>{'|'.join(MONTHS)})[a-z]*\.?"
YEAR = r"(?P<year>\d{4})"
SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"{YEAR}(?:[-/](?P<month>\d{{1,2}})(?:[-/](?P<day>\d{{1,2}})(?:[T ].*)?)?)?/*",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -.]*{NAME},?[ -]*{YEAR}",
        rf"(?:[a-z]{{3}}, )?(?P<day>\d{{1,2}}) {NAME} {YEAR} [\d:]+ .*",
        rf"{NAME}(?: (?P<day>\d{{1,2}})(?:st|nd|rd|th)?)?,? {YEAR}",
        rf"{YEAR},? {NAME}(?: (?P<day>\d{{1,2}}))?",
    )
)


def partial_date(written: str) -> PartialDate | None:
    """Return the date that a text is, or None when it is none or impossible.

    Day and month are taken only where their order is beyond doubt: ISO 8601 and names of months
    are read, ``03/04/2012`` is not.

    >>> partial_date("2012-00-00").value, partial_date("3 May 2012").value, partial_date("5/6/12")
    ('2012', '2012-05-03', None)
    """
    text = " ".join(written.split())
    for shape in SHAPES:
        match = shape.fullmatch(text)
        if match:
            found = match.groupdict()
            named = (found.get("name") or "").lower()
            month = MONTHS.index(named) + 1 if named else int(found.get("month") or 0)
            return from_parts((int(found["year"]), month, int(found.get("day") or 0)), written)
    return None


def from_parts(parts: Sequence[int | str | None], written: str = "") -> PartialDate | None:
    """Return the date of year, month, day; months and days that are 0 or missing are not stated.

    >>> from_parts([2012, 2]).value, from_parts([2012, 2, 30])
    ('2012-02', None)
    """
    try:
        numbers = [int(part) for part in parts if part not in (None, "")]
        year, month, day = (*numbers, 0, 0, 0)[:3]
        date(year, month or 1, day or 1)
    except (ValueError, OverflowError):
        return None
    value = (
        f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
    )
    return PartialDate(written.strip() or value, value)
