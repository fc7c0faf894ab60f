"""Open inputs: find the files, hash them, decode them, and hand out their lines.

Text is UTF-8, or UTF-16 when it starts with a byte order mark. A byte that is no UTF-8 costs the
record that holds it, not the file.
"""

import hashlib
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from graphbuild.errors import InputError

LONGEST_LINE = 1_000_000
"""Characters of a line that are kept; no field of a scholarly record is that long."""

CUT = "\uffff"
"""Ends a line that was longer: a non-character, which no text may hold."""

HEAD = 65_536
UNDECODED = re.compile("[\udc80-\udcff]")
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True)
class InputFile:
    """One input on disk.

    Attributes:
        location: how the user named it, for messages.
        path: where its bytes are.
        sha256: of its bytes, in hexadecimal.
        size: number of bytes.
    """

    location: str
    path: Path
    sha256: str
    size: int

    @property
    def key(self) -> str:
        """Key of the source records of this input: it depends on nothing but the bytes."""
        return self.sha256[:16]

    @property
    def name(self) -> str:
        """File name, without the path."""
        return "stdin" if self.location == "-" else self.path.name


def find_inputs(arguments: tuple[str, ...], spool: Path) -> Iterator[InputFile]:
    """Yield the files that the arguments name, each content once, folders in sorted order.

    Args:
        arguments: files, folders, or ``-`` for standard input.
        spool: folder to keep what comes from standard input.

    Raises:
        InputError: an argument does not exist or cannot be read.
    """
    seen = set()
    for argument in arguments:
        for location, path in _files(argument, spool):
            file = _hashed(location, path)
            if file.sha256 not in seen:
                seen.add(file.sha256)
                yield file


def head(file: InputFile) -> str:
    """Return the start of the decoded text.

    Raises:
        InputError: the file is empty, or it is not text.
    """
    with file.path.open("rb") as stream:
        start = stream.read(HEAD)
    if not start.strip():
        raise InputError("the file is empty", location=file.location)
    encoding = _encoding(start)
    if encoding == "utf-8" and b"\0" in start:
        hint = "; UTF-16 needs a byte order mark" if _zero_every_other(start) else ""
        raise InputError(f"not a text file (it holds NUL bytes){hint}", location=file.location)
    return start.decode(encoding, errors="ignore")


def text_lines(file: InputFile) -> Iterator[str]:
    """Yield the lines without their ends (LF, CRLF or CR).

    A line of over `LONGEST_LINE` characters is cut and ends in `CUT`; a byte that is not UTF-8
    becomes a lone surrogate: `damage` finds both.

    Raises:
        InputError: the file cannot be read, or starts as UTF-16 and is not UTF-16.
    """
    encoding = "utf-8"
    try:
        with file.path.open("rb") as stream:
            encoding = _encoding(stream.read(4))
        errors = "surrogateescape" if encoding.startswith("utf-8") else "strict"
        with file.path.open(encoding=encoding, errors=errors) as text:
            while line := text.readline(LONGEST_LINE + 1):
                whole = line.endswith("\n") or len(line) <= LONGEST_LINE
                yield line.removesuffix("\n") if whole else _cut(line, text)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", location=file.location) from error
    except UnicodeDecodeError as error:
        raise InputError(f"not valid {encoding}: {error.reason}", location=file.location) from error


def damage(text: str) -> str | None:
    """Say what is wrong with a piece of text that `text_lines` gave, or None."""
    if CUT in text:
        return f"a line is longer than {LONGEST_LINE:,} characters"
    if UNDECODED.search(text):
        return "it holds bytes that are not UTF-8"
    return None


def printable(text: str) -> str:
    """Return text with U+FFFD for every byte that was not UTF-8."""
    return UNDECODED.sub("\ufffd", text)


def _cut(line: str, text: TextIO) -> str:
    """Skip the rest of an overlong line without keeping it."""
    rest = line
    while rest and not rest.endswith("\n"):
        rest = text.readline(LONGEST_LINE)
    return line[:LONGEST_LINE] + CUT


def _files(argument: str, spool: Path) -> Iterator[tuple[str, Path]]:
    if argument == "-":
        yield "-", _spooled(spool)
        return
    path = Path(argument)
    if path.is_dir():
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
        if not inside:
            raise InputError("the folder holds no files", location=argument)
        yield from ((str(file), file) for file in inside)
    elif path.exists():
        yield argument, path
    else:
        raise InputError("no such file or folder", location=argument)


def _spooled(spool: Path) -> Path:
    path = spool / "stdin"
    with path.open("wb") as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
    return path


def _hashed(location: str, path: Path) -> InputFile:
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return InputFile(location, path, digest, path.stat().st_size)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", location=location) from error


def _encoding(start: bytes) -> str:
    return next((name for mark, name in MARKS.items() if start.startswith(mark)), "utf-8")


def _zero_every_other(start: bytes) -> bool:
    even, odd = start[0:1000:2].count(0), start[1:1000:2].count(0)
    return max(even, odd) > 10 * min(even, odd) + len(start[:1000]) // 4
