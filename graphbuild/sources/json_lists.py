"""Take the members out of a list in JSON, undecoded, whatever the length of the list.

A short list is taken apart by the JSON library. A long one, and one that is malformed, is split by
its brackets as it comes: memory holds one member, and what is broken costs only itself.
"""

import re
from collections.abc import Generator, Iterable, Iterator
from itertools import chain

import msgspec

WHOLE = 16 * 1024 * 1024
"""Bytes up to which a list is taken apart at once."""

PIECE = 1024 * 1024

BRACKET = re.compile(
    rb'[^"\[\]{}]*+(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"[^"\[\]{}]*+)*+([\[\]{}"]?)', re.DOTALL
)
"""The next bracket outside strings, the start of a string that does not end, or nothing."""

BETWEEN = b", \t\r\n"

Member = tuple[int, bytes]
"""The line on which a member starts, and its bytes."""


def members(lines: Iterator[bytes], line: int = 1) -> Iterator[Member]:
    """Yield the members of a list, and whatever else stands in its text; nothing is decoded.

    A list that does not end has a last member without bytes, which is no JSON.

    Args:
        lines: of the text, which starts with ``[`` after white space.
        line: number of the first line.
    """
    start, more = _taken(lines, WHOLE), _taken(lines, 1)
    whole = None if more else _at_once(start)
    if whole is None:
        yield from _Splitter(line).split(chain((start, more), lines))
    else:
        yield from _placed(map(bytes, whole), start, line)


def _taken(lines: Iterator[bytes], size: int) -> bytes:
    """Return the next lines, as many as have a size together, or all that are left."""
    taken = []
    for line in lines:
        taken.append(line)
        size -= len(line)
        if size <= 0:
            break
    return b"".join(taken)


def _at_once(text: bytes) -> list[msgspec.Raw] | None:
    try:
        return msgspec.json.decode(text, type=list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _placed(found: Iterable[bytes], text: bytes, line: int) -> Iterator[Member]:
    counted = end = 0
    for member in found:
        start = text.index(member, end)
        line += text.count(b"\n", counted, start)
        yield line, member
        counted, end = start, start + len(member)


class _Splitter:
    """Splits the text of a list by its brackets.

    Args:
        line: on which the text starts.
    """

    def __init__(self, line: int) -> None:
        self._line = line
        self._text = b""
        self._begin = 0  # of the member, or of what is none
        self._depth = 0

    def split(self, lines: Iterator[bytes]) -> Iterator[Member]:
        """Yield the members of the text that the lines make up."""
        read = 0
        # As much again as is held, so that a long member is not read over and over.
        while more := _taken(lines, max(PIECE, len(self._text))):
            self._text += more
            read = yield from self._ended(read)
            self._text, read, self._begin = self._text[self._begin :], read - self._begin, 0
        yield from self._cut(len(self._text))
        if self._depth:
            yield self._line, b""

    def _ended(self, read: int) -> Generator[Member, None, int]:
        """Yield the members that end in the text; return up to where it has been read."""
        for found in BRACKET.finditer(self._text, read):
            bracket, place = found[1], found.start(1)
            if bracket in {b"", b'"'}:
                return place
            yield from (self._opened if bracket in {b"[", b"{"} else self._closed)(bracket, place)
        return len(self._text)

    def _opened(self, bracket: bytes, place: int) -> Iterator[Member]:
        if self._depth <= 1:
            yield from self._cut(place)
        if self._depth == 0 and bracket == b"[":
            self._begin, self._depth = place + 1, 1
        else:
            self._depth = max(self._depth, 1) + 1

    def _closed(self, bracket: bytes, place: int) -> Iterator[Member]:
        if self._depth > 1:
            self._depth -= 1
            if self._depth == 1:
                yield from self._cut(place + 1)
        elif self._depth == 1 and bracket == b"]":
            yield from self._cut(place)
            self._begin, self._depth = place + 1, 0

    def _cut(self, end: int) -> Iterator[Member]:
        """Yield what has begun and ends here, if anything."""
        piece = self._text[self._begin : end]
        before = len(piece) - len(piece.lstrip(BETWEEN))
        line = self._line + piece.count(b"\n", 0, before)
        self._line += piece.count(b"\n")
        self._begin = end
        if member := piece.strip(BETWEEN):
            yield line, member
