"""Take the records out of JSON inputs: one object a line, a list, or an answer that holds a list.

Records come as undecoded bytes, so that each format decodes just what it uses, by type, and a
record of the wrong form costs only itself.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple, TypeVar

import msgspec

from graphbuild.records import Rejected
from graphbuild.sources.fields import Fields, json_fields
from graphbuild.sources.files import MARKS, InputFile
from graphbuild.sources.formats import rejected

T = TypeVar("T")

PLACE = re.compile(r" \(byte (\d+)\)$")
BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Document(NamedTuple):
    """One record, undecoded.

    Attributes:
        number: which of the input's records it is, from 1.
        line: where it starts, from 1; 0 inside a list, whose lines nobody counts.
    """

    number: int
    line: int
    data: bytes | msgspec.Raw


def documents(file: InputFile, lists: tuple[str, ...] = ()) -> Iterator[Document | Rejected]:
    """Yield the records of a JSON input; what is no JSON comes as `Rejected`.

    Args:
        file: the input.
        lists: keys under which an answer of the source's API holds its list of records.

    Raises:
        InputError: the file cannot be read.
    """
    with file.open() as stream:
        start = stream.peek(4)[:4]  # type: ignore[attr-defined]
        first = b"" if start.startswith(UTF_16) else stream.readline().removeprefix(b"\xef\xbb\xbf")
        if _is_record(first, lists):
            yield from _lines(first, stream)
        else:
            yield from _members(_utf_8(first + stream.read()), lists)


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
        return _refused(error, bytes(document.data), document.line, what)


def json_audit(
    file: InputFile, kind: type[msgspec.Struct], lists: tuple[str, ...] = ()
) -> Iterator[Fields]:
    """Yield which fields each record states, and whether they are read.

    Args:
        file: the input.
        kind: what the reader decodes a record to.
        lists: as for `documents`.
    """
    for document in documents(file, lists):
        if isinstance(document, Document):
            with suppress(*BROKEN):
                yield json_fields(msgspec.json.decode(document.data), kind)


def _refused(error: Exception, data: bytes, line: int, what: str) -> Rejected:
    if isinstance(error, msgspec.ValidationError):
        return rejected(f"{what}: {error}", data, line=line)
    if isinstance(error, RecursionError):
        return rejected("JSON that is nested too deeply", data, line=line)
    if isinstance(error, UnicodeDecodeError):
        return rejected("it holds bytes that are not UTF-8", data, line=line)
    reason = str(error)
    place = PLACE.search(reason)
    line += data.count(b"\n", 0, int(place[1])) if place and line else 0
    words = PLACE.sub("", reason).removeprefix("JSON is malformed: ")
    return rejected(f"no JSON: {words}", data, line=line)


def _is_record(line: bytes, lists: tuple[str, ...]) -> bool:
    """Say whether a line is a whole record, so that each line is one."""
    if not line.strip():
        return False
    try:
        value = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
    except BROKEN:
        return False
    return not any(key in value for key in lists)


def _lines(first: bytes, rest: Iterator[bytes]) -> Iterator[Document | Rejected]:
    yield Document(1, 1, first)
    for number, line in enumerate(rest, 2):
        if line.strip():
            yield Document(number, number, line)


def _members(data: bytes, lists: tuple[str, ...]) -> Iterator[Document | Rejected]:
    try:
        members = _list_in(data, lists)
    except BROKEN as error:
        yield _refused(error, data, 1, "no list of records")
        return
    for number, member in enumerate(members, 1):
        yield Document(number, 0 if len(members) > 1 else 1, member)


def _list_in(data: bytes, lists: tuple[str, ...]) -> list[msgspec.Raw]:
    if data.lstrip().startswith(b"["):
        return msgspec.json.decode(data, type=list[msgspec.Raw])
    answer = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    for key in lists:
        if key in answer:
            return msgspec.json.decode(answer[key], type=list[msgspec.Raw])
    return [msgspec.Raw(data)]


def _utf_8(data: bytes) -> bytes:
    encoding = next((name for mark, name in MARKS.items() if data.startswith(mark)), None)
    return data.decode(encoding, "replace").encode() if encoding else data
