"""Hand out the JSON values of an input: JSON Lines line by line, any other document as a whole."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, count

import msgspec

from graphbuild.parts import Origin
from graphbuild.records import Record
from graphbuild.sources.files import InputFile, byte_lines
from graphbuild.sources.formats import origin_of, rejected

PLACE = re.compile(r" \(byte (\d+)\)")
BROKEN = (msgspec.DecodeError, ValueError, RecursionError)
"""What decoding raises; ``ValueError`` also for bytes that are not UTF-8."""

VALUES = msgspec.json.Decoder(list[msgspec.Raw])

Place = Callable[[str], Origin]
"""Gives the place of the next record, of which the source's own identifier is told."""

Made = Callable[[bytes, Place], Iterable[Record]]
"""Makes the records of one value; asks for the place of each record that it makes."""


def read_json(file: InputFile, made: Made) -> Iterator[Record]:
    """Yield the records of an input in JSON; a value that cannot be read comes as `Rejected`.

    Args:
        file: JSON Lines, one document, or a list of documents.
        made: makes the records of a value; what it cannot read it answers with `ValueError` or
            the errors of msgspec.
    """
    number = count(1)
    for line, value in json_values(file):
        try:
            yield from made(value, partial(_place, file, number, line))
        except BROKEN as error:
            reason, where = _fault(error, value, line)
            yield rejected(reason, value, line=where)


def _place(file: InputFile, number: Iterator[int], line: int, own_id: str) -> Origin:
    return origin_of(file, next(number), line=line, own_id=own_id)


def json_values(file: InputFile) -> Iterator[tuple[int, bytes]]:
    """Yield each JSON value with the line where it starts; a list counts as its elements.

    Values are not checked: one that is malformed comes as it is.
    """
    lines = enumerate(byte_lines(file), 1)
    start = list(_start(lines))
    every: Iterable[tuple[int, bytes]] = chain(start, lines)
    if not _by_lines([line for _, line in start if line.strip()]):
        every = [(1, b"".join(line for _, line in every))]
    for number, value in every:
        if not value.strip():
            continue
        if value.lstrip()[:1] == b"[":
            yield from ((number, each) for each in _elements(value))
        else:
            yield number, value


def _start(lines: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Yield the lines up to the second that is not blank."""
    filled = 0
    for number, line in lines:
        yield number, line
        filled += bool(line.strip())
        if filled == 2:
            return


def _by_lines(start: list[bytes]) -> bool:
    """Say whether the first line is a value of its own and not the start of a document."""
    if len(start) < 2:
        return True
    ends = start[0].rstrip().endswith((b"}", b"]"))
    return ends or (start[0].startswith(b"{") and start[1].startswith(b"{"))


def _elements(value: bytes) -> Iterable[bytes]:
    try:
        return map(bytes, VALUES.decode(value))
    except BROKEN:
        return [value]


def _fault(error: Exception, value: bytes, line: int) -> tuple[str, int]:
    """Say what is wrong, and in which line of a document of several lines."""
    if isinstance(error, RecursionError):
        return "nested too deeply", line
    if isinstance(error, UnicodeDecodeError):
        return "it holds bytes that are not UTF-8", line
    reason = str(error)
    place = PLACE.search(reason)
    if place is None or b"\n" not in value:
        return reason, line
    return PLACE.sub("", reason), line + value.count(b"\n", 0, int(place[1]))
