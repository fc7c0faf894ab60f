"""Find inputs, hash them, decode them, and hand out their bytes, text or lines.

Text is UTF-8, or UTF-16 when it starts with a byte order mark. A byte that is no UTF-8 costs the
record that holds it, not the file.
"""

import hashlib
import io
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, TextIO

from graphbuild.errors import InputError, UnknownFormatError
from graphbuild.sources.streams import members, opened

LONGEST_LINE = 1_000_000
"""Characters of a line that are kept; no field of a scholarly record is that long."""

LONGEST_VALUE = 1 << 29
"""Bytes of a line of JSON; a paper of 5,000 authors takes ten million."""

CUT = "\uffff"
"""Ends a line that was longer: a non-character, which no text may hold."""

Fetch = Callable[[str], list[tuple[str, Path]]]
"""Gets the files that a web address stands for, each with what to call it."""

HEAD = 65_536
UNDECODED = re.compile("[\udc80-\udcff]")
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True)
class InputFile:
    """One input on disk, perhaps compressed.

    Attributes:
        location: how the user named it, for messages; ``archive.zip:inner/name`` in an archive.
        path: where its bytes are.
        sha256: of its bytes, in hexadecimal.
        size: number of bytes.
        inside: it was found in a folder or archive, not named by the user.
    """

    location: str
    path: Path
    sha256: str
    size: int
    inside: bool = False

    @property
    def key(self) -> str:
        """Key of the source records of this input: it depends on nothing but the bytes."""
        return self.sha256[:16]

    @property
    def name(self) -> str:
        """File name, without the path."""
        return "stdin" if self.location == "-" else re.split(r"[/:\\]", self.location)[-1]

    def open(self) -> AbstractContextManager[BinaryIO]:
        """Lend the bytes, decompressed.

        Raises:
            InputError: the file cannot be read, is damaged, or grows beyond all measure.
        """
        return opened(self.path, self.location)


@dataclass(frozen=True)
class Head:
    """The start of an input, by which its format is recognised.

    Attributes:
        data: its first bytes, decompressed.
        text: the same as text; undecodable bytes are left out, NUL bytes of UTF-16 are resolved.
        name: file name, for formats whose content alone says too little.
    """

    data: bytes
    text: str
    name: str


def is_url(argument: str) -> bool:
    """Say whether an input is a web address."""
    return argument.lower().startswith(("http://", "https://"))


def find_inputs(
    arguments: tuple[str, ...], spool: Path, fetch: Fetch | None = None
) -> Iterator[InputFile]:
    """Yield the files that the arguments name, each content once, folders in sorted order.

    Args:
        arguments: files, folders, patterns such as ``*.xml``, ``-`` for standard input, or web
            addresses; archives stand for the files in them.
        spool: folder to keep what comes from standard input and archives.
        fetch: gets what a web address stands for; None lets no address be used.

    Raises:
        InputError: an argument does not exist or cannot be read.
    """
    seen = set()
    for argument in arguments:
        for location, path, inside in _files(argument, spool, fetch):
            file = _hashed(location, path, inside=inside)
            if file.sha256 not in seen:
                seen.add(file.sha256)
                yield file


def head(file: InputFile) -> Head:
    """Return the start of an input.

    Raises:
        UnknownFormatError: the file is empty.
        InputError: it cannot be read.
    """
    with file.open() as stream:
        start = stream.read(HEAD)
    if not start.strip():
        raise UnknownFormatError("the file is empty", location=file.location)
    return Head(start, start.decode(_encoding(start), errors="ignore"), file.name)


def not_text(start: bytes) -> str | None:
    """Say why bytes are no text that graphbuild reads, or None when they may be."""
    if _encoding(start) != "utf-8" or b"\0" not in start:
        return None
    hint = "; UTF-16 needs a byte order mark" if _zero_every_other(start) else ""
    return f"not a text file (it holds NUL bytes){hint}"


def text_lines(file: InputFile) -> Iterator[str]:
    """Yield the lines without their ends (LF, CRLF or CR).

    A line of over `LONGEST_LINE` characters is cut and ends in `CUT`; a byte that is not UTF-8
    becomes a lone surrogate: `damage` finds both.

    Raises:
        InputError: the file cannot be read, or starts as UTF-16 and is not UTF-16.
    """
    encoding = "utf-8"
    try:
        with file.open() as stream:
            encoding = _encoding(stream.peek(4))  # type: ignore[attr-defined]
            errors = "surrogateescape" if encoding.startswith("utf-8") else "strict"
            with io.TextIOWrapper(stream, encoding, errors) as text:
                while line := text.readline(LONGEST_LINE + 1):
                    whole = line.endswith("\n") or len(line) <= LONGEST_LINE
                    yield line.removesuffix("\n") if whole else _cut(line, text)
    except UnicodeDecodeError as error:
        raise InputError(f"not valid {encoding}: {error.reason}", location=file.location) from error


def byte_lines(file: InputFile) -> Iterator[bytes]:
    """Yield the lines as UTF-8 with their ends, for readers that decode them faster themselves.

    Bytes that are not UTF-8 stay as they are.

    Raises:
        InputError: the file cannot be read, is broken UTF-16, or is one line beyond all measure.
    """
    with file.open() as stream:
        encoding = _encoding(stream.peek(4))  # type: ignore[attr-defined]
        if encoding == "utf-16":
            yield from (f"{line}\n".encode(errors="replace") for line in text_lines(file))
            return
        stream.read(3 if encoding == "utf-8-sig" else 0)
        while line := stream.readline(LONGEST_VALUE):
            if len(line) == LONGEST_VALUE:
                reason = f"a line is longer than {LONGEST_VALUE:,} bytes"
                raise InputError(reason, location=file.location)
            yield line


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


def _files(argument: str, spool: Path, fetch: Fetch | None) -> Iterator[tuple[str, Path, bool]]:
    if argument == "-":
        yield from _unpacked("-", _copied(sys.stdin.buffer, spool), spool, inside=False)
    elif fetch and is_url(argument):
        for location, path in fetch(argument):
            yield from _unpacked(location, path, spool, inside=False)
    else:
        yield from _local_files(argument, spool)


def _local_files(argument: str, spool: Path) -> Iterator[tuple[str, Path, bool]]:
    named = Path(argument)
    if named.is_dir():
        paths = sorted(p for p in named.rglob("*") if p.is_file() and not _hidden(p, named))
        if not paths:
            raise InputError("the folder holds no files", location=argument)
    else:
        matching = glob(argument, recursive=True)  # noqa: PTH207 - absolute patterns too
        paths = [named] if named.exists() else sorted(map(Path, matching))
        if not paths:
            raise InputError("no such file or folder", location=argument)
    for path in paths:
        if path != named and path.is_dir():
            yield from _local_files(str(path), spool)
        else:
            yield from _unpacked(str(path), _regular(path, spool), spool, inside=path != named)


def _regular(path: Path, spool: Path) -> Path:
    """Return a file that can be read again and again: what comes through a pipe is copied."""
    if not path.is_fifo():
        return path
    with path.open("rb") as stream:
        return _copied(stream, spool)


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _unpacked(
    location: str, path: Path, spool: Path, *, inside: bool
) -> Iterator[tuple[str, Path, bool]]:
    found = members(path, location, spool) if path.is_file() else None
    if found is None:
        yield location, path, inside
        return
    for name, member in found:
        yield f"{location}:{name}", member, True


def _copied(stream: BinaryIO, spool: Path) -> Path:
    with NamedTemporaryFile(prefix="stream-", dir=spool, delete=False) as copy:
        shutil.copyfileobj(stream, copy)
    return Path(copy.name)


def _hashed(location: str, path: Path, *, inside: bool) -> InputFile:
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return InputFile(location, path, digest, path.stat().st_size, inside)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", location=location) from error


def _encoding(start: bytes) -> str:
    return next((name for mark, name in MARKS.items() if start.startswith(mark)), "utf-8")


def _zero_every_other(start: bytes) -> bool:
    even, odd = start[0:1000:2].count(0), start[1:1000:2].count(0)
    return max(even, odd) > 10 * min(even, odd) + len(start[:1000]) // 4
