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
VALUES = msgspec.json.Decoder(list[msgspec.Raw])

Value = bytes | msgspec.Raw
Place = Callable[[str], Origin]
"""Gives the place of the next record, of which the source's own identifier is told."""

Made = Callable[[Value, Place], Iterable[Record]]
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
        except RecursionError:
            yield rejected("nested too deeply", bytes(value), line=line)
        except (msgspec.DecodeError, ValueError) as error:
            reason, where = _fault(str(error), bytes(value), line)
            yield rejected(reason, bytes(value), line=where)


def _place(file: InputFile, number: Iterator[int], line: int, own_id: str) -> Origin:
    return origin_of(file, next(number), line=line, own_id=own_id)


def json_values(file: InputFile) -> Iterator[tuple[int, Value]]:
    """Yield each JSON value with the line where it starts; a list counts as its elements.

    Values are not checked: one that is malformed comes as it is.
    """
    lines = ((number, line) for number, line in enumerate(byte_lines(file), 1) if line.strip())
    first, second = next(lines, None), next(lines, None)
    if first is None:
        return
    if second is None or _is_line(first[1], second[1]):
        values = chain([first], [second] if second else [], lines)
    else:
        rest = b"\n".join(line for _, line in chain([second], lines))
        values = chain([(first[0], first[1] + b"\n" * (second[0] - first[0]) + rest)])
    for number, value in values:
        if value.lstrip()[:1] == b"[":
            yield from ((number, each) for each in _elements(value))
        else:
            yield number, value


def _is_line(first: bytes, second: bytes) -> bool:
    """Say whether the first line is a value of its own and not the start of a document."""
    ends = first.rstrip().endswith((b"}", b"]"))
    return ends or (first.startswith(b"{") and second.startswith(b"{"))


def _elements(value: bytes) -> Iterable[Value]:
    try:
        return VALUES.decode(value)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return [value]


def _fault(reason: str, value: bytes, line: int) -> tuple[str, int]:
    """Say what is wrong, and in which line of a document of several lines."""
    place = PLACE.search(reason)
    if place is None or b"\n" not in value:
        return reason, line
    return PLACE.sub("", reason), line + value.count(b"\n", 0, int(place[1]))
