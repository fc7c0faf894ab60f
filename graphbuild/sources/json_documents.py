"""Take the records out of JSON inputs: one object a line, a list, or an answer that holds a list.

Records come as undecoded bytes, so that each format decodes just what it uses, by type, and a
record of the wrong form costs only itself.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import chain, count
from typing import NamedTuple, TypeVar

import msgspec

from graphbuild.parts import Origin
from graphbuild.records import Record, Rejected
from graphbuild.sources.fields import Fields, json_fields
from graphbuild.sources.files import InputFile, byte_lines
from graphbuild.sources.formats import origin_of, rejected
from graphbuild.sources.json_lists import Member, members

T = TypeVar("T")

PLACE = re.compile(r" \(byte (\d+)\)$")
BROKEN = (msgspec.DecodeError, ValueError, RecursionError)
"""What decoding raises; for bytes that are not UTF-8 the error differs with msgspec's release."""

Place = Callable[[str], Origin]
"""Gives the place of the next record, of which the source's own identifier is told."""

Made = Callable[[bytes, Place], Iterable[Record]]
"""Makes the records of one document; asks for the place of each record that it makes."""


class Document(NamedTuple):
    """One record, undecoded.

    Attributes:
        number: which of the input's records it is, from 1.
        line: where it starts, from 1.
    """

    number: int
    line: int
    data: bytes


def documents(file: InputFile, lists: tuple[str, ...] = ()) -> Iterator[Document | Rejected]:
    """Yield the records of a JSON input; a list that is no JSON comes as `Rejected`.

    What stands alone is not checked: one that is malformed comes as it is.

    Args:
        file: JSON Lines, one record, a list, or an answer of a source's API.
        lists: keys under which an answer of the source's API holds its list of records.

    Raises:
        InputError: the file cannot be read.
    """
    number = count(1)
    lines = enumerate(byte_lines(file), 1)
    start = list(_start(lines))
    filled = [(place, line) for place, line in start if line.strip()]
    if _by_lines([line for _, line in filled]):
        for place, line in chain(start, lines):
            if line.lstrip()[:1] == b"[":
                yield from _numbered(members(iter([line]), place), number)
            elif line.strip():
                yield Document(next(number), place, line)
    elif filled and filled[0][1].lstrip()[:1] == b"[":
        yield from _numbered(members(line for _, line in chain(start, lines)), number)
    elif filled:
        yield from _answer(b"".join(line for _, line in chain(start, lines)), lists, number)


def decoded(document: Document, decode: Callable[[bytes], T], what: str) -> T | Rejected:
    """Return a record decoded, or `Rejected` with the reason.

    Args:
        document: the record.
        decode: decodes what the format uses.
        what: what the record ought to be, for the message.
    """
    try:
        return decode(document.data)
    except BROKEN as error:
        return _refused(error, document, what)


def read_json(file: InputFile, made: Made, what: str) -> Iterator[Record]:
    """Yield the records of an input in JSON; what cannot be read comes as `Rejected`.

    Args:
        file: as for `documents`.
        made: makes the records of a document; what it cannot read it answers with `ValueError` or
            the errors of msgspec.
        what: what a record ought to be, for messages.
    """
    number = count(1)
    for document in documents(file):
        if isinstance(document, Rejected):
            yield document
            continue
        try:
            yield from made(document.data, partial(_place, file, number, document.line))
        except BROKEN as error:
            yield _refused(error, document, what)


def json_audit(
    file: InputFile,
    kind: type[msgspec.Struct],
    lists: tuple[str, ...] = (),
    records: Callable[[bytes], Iterable[bytes]] = lambda value: (value,),
) -> Iterator[Fields]:
    """Yield which fields each record states, and whether they are read.

    Args:
        file: the input.
        kind: what the reader decodes a record to.
        lists: as for `documents`.
        records: takes the records out of a document, where it may be an answer that holds several.
    """
    for value in json_values(file, lists):
        with suppress(*BROKEN):
            for data in records(value):
                yield json_fields(msgspec.json.decode(data), kind)


def json_values(file: InputFile, lists: tuple[str, ...] = ()) -> Iterator[bytes]:
    """Yield the bytes of each record, as `documents`; what is no JSON is passed over."""
    for document in documents(file, lists):
        if isinstance(document, Document):
            yield document.data


def _place(file: InputFile, number: Iterator[int], line: int, own_id: str) -> Origin:
    return origin_of(file, next(number), line=line, own_id=own_id)


def _start(lines: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Yield the lines up to the second that is not blank."""
    filled = 0
    for number, line in lines:
        yield number, line
        filled += bool(line.strip())
        if filled == 2:
            return


def _by_lines(start: list[bytes]) -> bool:
    """Say whether the first line is a record of its own and not the start of a document."""
    if len(start) < 2:
        return False
    ends = start[0].rstrip().endswith((b"}", b"]"))
    return ends or (start[0].startswith(b"{") and start[1].startswith(b"{"))


def _numbered(found: Iterable[Member], number: Iterator[int]) -> Iterator[Document]:
    for line, data in found:
        yield Document(next(number), line, data)


def _answer(
    data: bytes, lists: tuple[str, ...], number: Iterator[int]
) -> Iterator[Document | Rejected]:
    """Yield the records of a document that may hold a list of them, also of one that is cut off."""
    try:
        answer = msgspec.json.decode(data, type=dict[str, msgspec.Raw]) if lists else {}
    except BROKEN as error:
        begun = _begun(data, lists)
        if begun:
            yield from _numbered(members(iter([data[begun:]]), _line(data, begun)), number)
        else:
            yield _refused(error, Document(0, 1, data), "no list of records")
        return
    for key in lists:
        if key in answer:
            found = bytes(answer[key])
            yield from _numbered(members(iter([found]), _line(data, data.index(found))), number)
            return
    yield Document(next(number), 1, data)


def _begun(data: bytes, lists: tuple[str, ...]) -> int:
    """Return where the list of a malformed answer starts, 0 for nowhere."""
    found = re.search(rb'"(?:%s)"\s*:\s*(?=\[)' % "|".join(lists).encode(), data)
    return found.end() if found else 0


def _line(data: bytes, place: int) -> int:
    return 1 + data.count(b"\n", 0, place)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _refused(error: Exception, document: Document, what: str) -> Rejected:
    data, line = document.data, document.line
    if isinstance(error, RecursionError):
        return rejected("JSON that is nested too deeply", data, line=line)
    if not _is_utf8(data):
        return rejected("it holds bytes that are not UTF-8", data, line=line)
    if isinstance(error, msgspec.ValidationError) or not isinstance(error, msgspec.DecodeError):
        return rejected(f"{what}: {error}", data, line=line)
    reason = str(error)
    place = PLACE.search(reason)
    line += data.count(b"\n", 0, int(place[1])) if place and line else 0
    words = PLACE.sub("", reason).removeprefix("JSON is malformed: ")
    return rejected(f"no JSON: {words}", data, line=line)
