"""Read records of one's own from a table: CSV, or with tabs or semicolons between the cells.

The first row names the columns, the others are one record each; a ``type`` column says what they
describe, papers where it is empty or missing:

    title,authors,year,doi,venue
    On Looms,Ada Example [orcid:0000-0002-1825-0097]; Bo Sample,2024-05,10.1000/looms,Loom Letters

Columns are the fields of own records that fit into a cell, the schemes of identifiers, and a few
shorter words; the others are left unread. Several values in a cell stand apart by semicolons.
Quotes are those of RFC 4180; a row that breaks its rules, or has another number of cells, costs
itself only.
"""

import csv
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import NamedTuple

import msgspec

from graphbuild.errors import InputError
from graphbuild.parts import Origin
from graphbuild.records import Record
from graphbuild.sources.fields import Fields, named_fields
from graphbuild.sources.files import LONGEST_LINE, Head, InputFile, damage, text_lines
from graphbuild.sources.formats import Format, origin_of, rejected, source_of
from graphbuild.sources.own_cells import columns, own_record
from graphbuild.sources.own_records import converted

NAME = "own-table"
DELIMITERS = "\t,;"
MOST_LINES = 1_000
"""Lines of a row, whose cells may hold line breaks; a quote that closes later is an error."""

csv.field_size_limit(2 * LONGEST_LINE)


class Cells(NamedTuple):
    """A row of a table.

    Attributes:
        line: at which it starts, from 1.
        text: its first line.
        values: its cells by column.
        fault: what is wrong with it, or nothing.
    """

    line: int
    text: str
    values: dict[str, str]
    fault: str = ""


def recognises(head: Head) -> bool:
    """Say whether the first row names columns of ours: title and authors, or type and name."""
    first = head.text.lstrip("\ufeff").split("\n", 1)[0].rstrip("\r")
    names = set(_columns(first, _delimiter(first)))
    return {"title", "authors"} <= names or {"type", "name"} <= names


def read_table(file: InputFile, captured: date | None = None) -> Iterator[Record]:
    """Yield the records of one table; a row that is none comes as `Rejected` with the reason.

    Raises:
        InputError: the file cannot be read, or its header names a column twice.
    """
    when = captured.isoformat() if captured else None
    yield source_of(file, NAME, "records in graphbuild's own columns", when)
    for number, row in enumerate(_rows(file), 1):
        if row.fault:
            yield rejected(row.fault, row.text, line=row.line)
        else:
            yield _record(row, origin_of(file, number, line=row.line))


def stated_fields(file: InputFile) -> Iterator[Fields]:
    """Yield which columns each row fills, and whether they are ones of ours."""
    for row in _rows(file):
        if not row.fault:
            yield named_fields((name for name, cell in row.values.items() if cell), columns())


class _Lines:
    """The lines of a file with their numbers, some of which may be put back."""

    def __init__(self, file: InputFile) -> None:
        self._rest = enumerate(text_lines(file), 1)
        self._back: deque[tuple[int, str]] = deque()

    def next(self) -> tuple[int, str] | None:
        """Return a line, or None at the end."""
        return self._back.popleft() if self._back else next(self._rest, None)

    def put_back(self, lines: list[tuple[int, str]]) -> None:
        """Let lines that were taken come again."""
        self._back.extendleft(reversed(lines))


def _rows(file: InputFile) -> Iterator[Cells]:
    lines = _Lines(file)
    _, first = lines.next() or (1, "")
    first = first.removeprefix("\ufeff")
    delimiter = _delimiter(first)
    header = _columns(first, delimiter)
    twice = [name for name in set(header) if name and header.count(name) > 1]
    if twice:
        raise InputError(
            f"the column {min(twice)!r} is there twice", location=file.location, line=1
        )
    while (started := lines.next()) is not None:
        if started[1].strip():
            lines.put_back([started])
            yield _row(lines, header, delimiter)


def _row(lines: _Lines, header: list[str], delimiter: str) -> Cells:
    taken: list[tuple[int, str]] = []
    try:
        cells = next(csv.reader(_feed(lines, taken), delimiter=delimiter, strict=True))
    except csv.Error as error:
        lines.put_back(taken[1:])
        reason = f"the row is no CSV ({error}): is a quote not closed or not doubled?"
        return Cells(*taken[0], {}, reason)
    wrong = next(filter(None, (damage(line) for _, line in taken)), "")
    return Cells(*taken[0], *_checked(cells, header, wrong))


def _feed(lines: _Lines, taken: list[tuple[int, str]]) -> Iterator[str]:
    """Yield lines for a row and note them, but not endlessly."""
    size = 0
    while len(taken) < MOST_LINES and size < LONGEST_LINE and (each := lines.next()):
        taken.append(each)
        size += len(each[1])
        yield f"{each[1]}\n"


def _checked(cells: list[str], header: list[str], wrong: str) -> tuple[dict[str, str], str]:
    """Return the cells by column, and what is wrong with them."""
    surplus = cells[len(header) :]
    if not wrong and (len(cells) < len(header) or any(surplus)):
        wrong = f"{len(cells)} cells, but the header has {len(header)}"
    return dict(zip(header, map(str.strip, cells), strict=False)), wrong


def _delimiter(header: str) -> str:
    return max(DELIMITERS, key=header.count)


def _columns(header: str, delimiter: str) -> list[str]:
    """Return the names in a header, in lower case, with ``_`` for spaces; nothing for no header."""
    with suppress(csv.Error, StopIteration):
        cells = next(csv.reader([header], delimiter=delimiter, strict=True))
        return ["_".join(cell.lower().split()) for cell in cells]
    return []


def _record(row: Cells, origin: Origin) -> Record:
    try:
        return converted(own_record(row.values), origin)
    except (msgspec.ValidationError, ValueError) as error:
        return rejected(str(error), row.text, line=row.line)


FORMAT = Format(
    NAME, "records of your own as a table: CSV or TSV", 1, recognises, read_table, stated_fields
)
