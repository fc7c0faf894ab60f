"""Make an own record, as JSON has it, of the cells of a table's row."""

import re
from collections.abc import Callable, Mapping
from functools import cache

import msgspec

from graphbuild.identifiers import SCHEMES
from graphbuild.names import split_name
from graphbuild.sources.own_records import SET_BY_READER, TYPES, Row

STRUCTURED = frozenset({"author_list", "code_links", "counts", "funding", "relations"})
"""Fields that no column is for: they do not fit into a cell, or say nothing about a row."""

OTHER_WORDS = {"year": "issued", "url": "urls", "license": "licenses"}
PERSON = re.compile(r"(?P<name>[^\[\]]*)(?:\[(?P<ids>[^\[\]]*)\])?")
PAGES = re.compile(r"\s*(?:--?|\u2013)\s*")
TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@cache
def columns() -> frozenset[str]:
    """Return the names of all columns that are read."""
    fields = {field.name for kind in TYPES.values() for field in msgspec.structs.fields(kind)}
    words = {"id", "type", "pages", "editors", *OTHER_WORDS, *SCHEMES}
    return frozenset(fields | words) - SET_BY_READER - STRUCTURED


def own_record(cells: Mapping[str, str]) -> Row:
    """Return cells as an own record in JSON; columns that are not ours are left out.

    Raises:
        ValueError: a cell is not written as its column wants it.

    >>> own_record({"title": "On Looms", "authors": "Ada Example; Sample, Bo", "shelf": "3"})
    {'title': 'On Looms', 'authors': [{'name': 'Ada Example'}, \
{'name': 'Bo Sample', 'given': 'Bo', 'family': 'Sample'}]}
    """
    kind = cells.get("type", "").lower() or "paper"
    row: Row = {"type": kind} if "type" in cells else {}
    for column, cell in cells.items():
        if cell and column in columns() and column != "type":
            for field, value in _fields(column, cell, kind).items():
                row[field] = _joined(field, row[field], value) if field in row else value
    return _with_issn(row) if kind == "paper" else row


def _joined(field: str, first: object, second: object) -> object:
    if isinstance(first, list) and isinstance(second, list):
        return first + second
    raise ValueError(f"two columns say what {field!r} is")


def _fields(column: str, cell: str, kind: str) -> Row:
    """Return what one cell says; lists of the same field in several columns are joined."""
    if column in SCHEMES:
        return {"ids": [f"{column}:{each}" for each in split(cell)]}
    if column in SPECIAL:
        return SPECIAL[column](cell)
    field = OTHER_WORDS.get(column, column)
    return {field: split(cell) if field in _lists(kind) else cell}


@cache
def _lists(kind: str) -> frozenset[str]:
    """Return the fields of a type that hold several values."""
    fields = msgspec.structs.fields(TYPES[kind]) if kind in TYPES else ()
    return frozenset(each.name for each in fields if str(each.type).startswith("tuple"))


def split(cell: str) -> list[str]:
    """Return the values of a cell, which stand apart by semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def _authors(cell: str) -> Row:
    return {"authors": list(map(_person, split(cell)))}


def _editors(cell: str) -> Row:
    return {"authors": [_person(each) | {"role": "editor"} for each in split(cell)]}


def _person(written: str) -> Row:
    """Read ``Given Family`` or ``Family, Given``, and identifiers in square brackets after it."""
    match = PERSON.fullmatch(written)
    if match is None or not match["name"].strip():
        raise ValueError(f"{written!r} is no person: write Name, or Name [orcid:...]")
    name = match["name"].strip()
    row: Row = {"name": name}
    if name.count(",") == 1:
        given, family = split_name(name)
        if given and family:
            row = {"name": f"{given} {family}", "given": given, "family": family}
    return row | {"ids": match["ids"].split()} if match["ids"] else row


def _pages(cell: str) -> Row:
    first, *last = PAGES.split(cell, maxsplit=1)
    return {"first_page": first} | ({"last_page": last[0]} if last else {})


def _retracted(cell: str) -> Row:
    if cell.lower() not in TRUTH:
        raise ValueError(f"{cell!r} should be yes or no")
    return {"retracted": TRUTH[cell.lower()]}


def _with_issn(row: Row) -> Row:
    """Give the ISSN of a paper to its venue, whose it is."""
    issn = [each for each in row.get("ids", ()) if each.startswith("issn:")]
    if not issn:
        return row
    venue = {"name": row.get("venue", ""), "ids": issn}
    return row | {"venue": venue, "ids": [each for each in row["ids"] if each not in issn]}


SPECIAL: dict[str, Callable[[str], Row]] = {
    "authors": _authors,
    "editors": _editors,
    "pages": _pages,
    "retracted": _retracted,
}
