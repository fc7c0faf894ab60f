"""Cut malformed XML into records by their tags, so that a broken record costs only itself."""

import mmap
import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

Names: TypeAlias = frozenset[str]

SKIPPED_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
SKIPPED = rb"(?P<skipped><!--|<!\[CDATA\[)"
TAG = rb"<(?P<end>/)?(?P<name>[^\s<>/!?]+)(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>"
START_TAG = re.compile(TAG)


class Piece(NamedTuple):
    """The text of a record, cut out by its tags.

    Attributes:
        line: where it starts, from 1.
        around: the start tags of the elements that it stands in, outermost first.
        wrong: why it is no record, or empty.
    """

    line: int
    text: bytes
    around: tuple[bytes, ...]
    wrong: str


class Scissors:
    """Cuts a text into records by their tags, whatever is malformed in them or around them.

    Args:
        data: the text.
        known: local names of the records.
    """

    def __init__(self, data: mmap.mmap, known: Names) -> None:
        names = b"|".join(re.escape(name.encode()) for name in sorted(known))
        self._data = data
        self._token = re.compile(
            rb"%s|<(?:[\w.-]+:)?(?P<record>%s)(?=[\s/>])|%s" % (SKIPPED, names, TAG)
        )
        self._last = {start: data.rfind(end) for start, end in SKIPPED_ENDS.items()}

    def pieces(self) -> Iterator[Piece]:
        """Yield the records in the order of the text."""
        around: list[bytes] = []
        place, line, counted = 0, 1, 0
        while match := self._token.search(self._data, place):
            place = self._behind(match)
            if match["record"]:
                start = match.start()
                line, counted = line + self._data[counted:start].count(b"\n"), start
                place, wrong = self._end(match)
                yield Piece(line, self._data[start:place], tuple(around), wrong)
            elif match["end"]:
                _close(around, match["name"])
            elif match["name"] and not match[0].endswith(b"/>"):
                around.append(match[0])

    def _behind(self, match: re.Match[bytes]) -> int:
        """Return where to go on: behind the end of a comment, or of character data."""
        opened = match["skipped"]
        if not opened or match.end() > self._last[opened]:
            return match.end()
        return self._data.find(SKIPPED_ENDS[opened], match.end())

    def _end(self, start: re.Match[bytes]) -> tuple[int, str]:
        """Return where a record ends, and what is wrong when its end tag is missing."""
        whole = START_TAG.match(self._data, start.start())
        if whole and whole[0].endswith(b"/>"):
            return whole.end(), ""
        name = re.escape(start["record"])
        edge = re.compile(rb"%s|<(?P<end>/)?(?:[\w.-]+:)?%s(?=[\s/>])" % (SKIPPED, name))
        place = start.end()
        while match := edge.search(self._data, place):
            place = self._behind(match)
            if match["end"]:
                close = self._data.find(b">", place)
                return (close + 1 if close >= 0 else len(self._data)), ""
            if not match["skipped"]:
                return match.start(), "not well-formed: its end tag is missing"
        return len(self._data), "not well-formed: the file ends inside it"


def _close(around: list[bytes], name: bytes) -> None:
    """Take the innermost open tag of this name, and those inside it, from the open ones."""
    for depth in range(len(around) - 1, -1, -1):
        if tag_name(around[depth]) == name:
            del around[depth:]
            return


def tag_name(tag: bytes) -> bytes:
    """Return the name of a start tag as written, with its prefix."""
    return re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]
