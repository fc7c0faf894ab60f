"""Decode inputs whose encoding nobody states: bibliographies come in all of them.

A byte order mark decides; then UTF-8, if the bytes are UTF-8; then UTF-16, if every other byte is
NUL; then what the file says of itself (``% Encoding: ISO8859_1``); then the library
charset-normalizer, asked about the lines that are not ASCII.
"""

import codecs
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from charset_normalizer import from_bytes

from graphbuild.errors import InputError
from graphbuild.sources.files import InputFile

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
STATED = re.compile(
    rb"(?i)^%+[ \t]*(?:-\*-.*coding|encoding)[ \t]*[:=][ \t]*([\w-]+)", re.MULTILINE
)
MULTIBYTE = re.compile(
    rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
LEGACY = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "koi8_r", "gb18030", "big5", "euc_jp",
    "shift_jis", "euc_kr",
)  # fmt: skip
"""Encodings in which bibliographies are found."""

KOREAN_MIXED = re.compile("[\uac00-\ud7a3][\u4e00-\u9fff]|[\u4e00-\u9fff][\uac00-\ud7a3]")
SAMPLE = 65_536
"""Bytes by which an encoding is recognised."""

PIECE = 1 << 26
"""Bytes up to which a text is held whole."""


class TextPieces:
    """The text of a large input of UTF-8, piece by piece, its line ends as LF.

    Args:
        file: the input.
    """

    def __init__(self, file: InputFile) -> None:
        self._file = file

    def __iter__(self) -> Iterator[str]:
        """Read the input from its start.

        Raises:
            InputError: it cannot be read.
        """
        with self._file.open() as stream, io.TextIOWrapper(stream, "utf-8-sig") as text:
            while piece := text.read(PIECE):
                yield piece


def text_pieces(file: InputFile) -> Iterable[str]:
    """Return the text of an input in pieces, which can be gone through several times.

    An input is one piece unless it is large and UTF-8: to find out another encoding takes all of
    it.

    Raises:
        InputError: as for `read_text`.
    """
    with file.open() as stream:
        large = len(stream.read(PIECE + 1)) > PIECE
    if large:
        with suppress(UnicodeDecodeError):
            if not any("\0" in piece for piece in TextPieces(file)):
                return TextPieces(file)
    return [read_text(file)]


def read_text(file: InputFile) -> str:
    """Return the whole text of an input, its line ends as LF.

    In a file of UTF-8 with a few other bytes these become lone surrogates, which
    `graphbuild.sources.files.damage` finds: they cost their record.

    Raises:
        InputError: the file cannot be read, or is not in the encoding that its mark promises.
    """
    with file.open() as stream:
        data = stream.read()
    try:
        text = decoded(data)
    except UnicodeDecodeError as error:
        reason = f"starts like {error.encoding.upper()}, but is not: byte {error.start:,}"
        raise InputError(reason, location=file.location) from error
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def decoded(data: bytes) -> str:
    r"""Return bytes as text.

    Raises:
        UnicodeDecodeError: they start with a byte order mark and break its encoding.

    >>> decoded("Größe".encode("utf-16-be")), decoded(b"% Encoding: ISO8859_1 \xe9")[-1]
    ('Größe', 'é')
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding)
    try:
        if b"\0" not in data[:SAMPLE]:
            return data.decode()
    except UnicodeDecodeError:
        return data.decode(_legacy(data), errors="surrogateescape")
    return data.decode(_wide(data), errors="replace")


def decoded_start(data: bytes) -> str:
    """Return the start of an input as text; what is cut off or cannot be decoded is left out."""
    try:
        return decoded(data)
    except UnicodeDecodeError:
        return data.decode(errors="ignore")


def _wide(data: bytes) -> str:
    """Tell the byte order of UTF-16 by the half in which ASCII has its NUL bytes."""
    even, odd = data[0:SAMPLE:2].count(0), data[1:SAMPLE:2].count(0)
    if max(even, odd) < len(data[:SAMPLE]) // 4:
        return "utf-8"
    return "utf-16-be" if even > odd else "utf-16-le"


def _legacy(data: bytes) -> str:
    stated = STATED.search(data[:SAMPLE])
    if stated and _fits(data, stated[1].decode()):
        return stated[1].decode()
    if _is_damaged_utf8(data):
        return "utf-8"
    lines = b"\n".join(line for line in data.splitlines() if not line.isascii())
    found = {m.encoding: str(m) for m in from_bytes(lines[:SAMPLE], cp_isolation=list(LEGACY))}
    best = next(iter(found), "")
    if best == "cp1250" and "cp1252" in found:  # Both read it, and the west of Europe writes more.
        best = "cp1252"
    if best == "euc_kr" and "gb18030" in found and KOREAN_MIXED.search(found[best]):
        best = "gb18030"  # Chinese read as Korean mixes the two scripts.
    return next(name for name in (best, "cp1252", "latin-1") if name and _fits(data, name))


def _is_damaged_utf8(data: bytes) -> bool:
    """Say whether most bytes that are not ASCII are UTF-8, and a few others got in."""
    good = sum(len(match[0]) for match in MULTIBYTE.finditer(data))
    high = len(data.translate(None, bytes(range(128))))
    return good > high * 0.8


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
