"""Open inputs as plain bytes: undo compression, unpack archives, and stop at decompression bombs.

What a file is, its first bytes say, never its name: gzip, bzip2, xz and Zstandard streams, also
one inside another, and zip and tar archives.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

import zstandard

from graphbuild.errors import InputError

LARGEST_EXPANSION = 250
"""How many times its size a compressed input may grow; text of records grows 5 to 40 times."""

FREE_EXPANSION = 256 * 1024 * 1024
"""Bytes up to which nobody counts how much an input grows."""

DEEPEST = 3
"""How many times an input may be compressed."""

ZSTD_BLOCK = 1024
"""Bytes that are decompressed at once: even a bomb makes no more than 32 MB of so few."""

ZIP = b"PK\x03\x04"
TAR = b"ustar"
TAR_PLACE = 257
BLOCK = 1 << 20
BROKEN = (
    OSError,
    EOFError,
    lzma.LZMAError,
    zstandard.ZstdError,
    zipfile.BadZipFile,
    tarfile.TarError,
)


class ZstdFile(io.RawIOBase):
    """The decompressed bytes of a Zstandard stream of one frame or several.

    The library's own reader ends silently where a stream is cut off.

    Args:
        stream: the compressed bytes.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._ready = b""

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes; fewer than that do not mean the end."""
        while not self._ready:
            block = self._stream.read(ZSTD_BLOCK)
            if not block:
                if self._frame.eof:
                    return b""
                raise EOFError("the compressed stream is cut off")
            self._ready = self._decompressed(block)
        data, self._ready = self._ready[:size], self._ready[size:]
        return data

    def _decompressed(self, block: bytes) -> bytes:
        pieces = []
        while block:
            if self._frame.eof:
                self._frame = zstandard.ZstdDecompressor().decompressobj()
            pieces.append(self._frame.decompress(block))
            block = self._frame.unused_data if self._frame.eof else b""
        return b"".join(pieces)


DECOMPRESSORS: dict[bytes, Callable[[BinaryIO], IO[bytes]]] = {
    b"\x1f\x8b": lambda stream: cast("IO[bytes]", gzip.GzipFile(fileobj=stream)),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
    b"\x28\xb5\x2f\xfd": lambda stream: cast("IO[bytes]", ZstdFile(stream)),
}


def allowance(size: int) -> int:
    """Return how many bytes a compressed input of some size may grow to."""
    return max(FREE_EXPANSION, size * LARGEST_EXPANSION)


class Bounded(io.RawIOBase):
    """A stream that stops when it has grown too much.

    Args:
        inner: the decompressed bytes.
        most: number of bytes that may come.
        location: for the message.
        below: the compressed bytes, to be closed too.
    """

    def __init__(
        self, inner: IO[bytes], most: int, location: str, below: IO[bytes] | None = None
    ) -> None:
        self._inner = inner
        self._some = getattr(inner, "read1", inner.read)  # What comes before damage is not lost.
        self._below = below
        self._left = most
        self._location = location

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        """Fill a buffer, as `io.RawIOBase` wants it."""
        try:
            data = self._some(len(buffer))
        except BROKEN as error:
            raise InputError(f"damaged ({error})", location=self._location) from error
        self._left -= len(data)
        if self._left < 0:
            raise InputError(
                f"grows to more than {LARGEST_EXPANSION} times its size when it is unpacked; "
                "unpack it yourself if you trust it",
                location=self._location,
            )
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close all streams."""
        self._inner.close()
        if self._below is not None:
            self._below.close()
        super().close()


@contextmanager
def opened(path: Path, location: str) -> Iterator[BinaryIO]:
    """Lend the bytes of a file, decompressed.

    Raises:
        InputError: the file cannot be read, is damaged, or grows beyond all measure.
    """
    try:
        with path.open("rb", buffering=0) as file:
            yield decompressed(file, path.stat().st_size, location)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", location=location) from error


def decompressed(stream: IO[bytes], size: int, location: str) -> BinaryIO:
    """Return the innermost bytes of a stream that may be compressed, even several times."""
    for _ in range(DEEPEST):
        peekable = io.BufferedReader(cast("io.RawIOBase", stream), BLOCK)
        start = peekable.peek(8)[:8]
        opener = next(
            (make for mark, make in DECOMPRESSORS.items() if start.startswith(mark)), None
        )
        if opener is None:
            return cast("BinaryIO", peekable)
        bounded = Bounded(opener(cast("BinaryIO", peekable)), allowance(size), location, peekable)
        stream = cast("BinaryIO", bounded)
    raise InputError(f"compressed more than {DEEPEST - 1} times", location=location)


def members(path: Path, location: str, spool: Path) -> Iterator[tuple[str, Path]] | None:
    """Return the files inside an archive, each unpacked into ``spool``; None for no archive.

    Nothing is written outside ``spool``, whatever the names inside say; links and devices are
    passed over.

    Raises:
        InputError: the archive is damaged or grows beyond all measure.
    """
    with opened(path, location) as stream:
        start = stream.read(512)
    if start.startswith(ZIP):
        return _zip_members(path, location, spool)
    if start[TAR_PLACE : TAR_PLACE + len(TAR)] == TAR:
        return _tar_members(path, location, spool)
    return None


def _zip_members(path: Path, location: str, spool: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of a zip archive, which may grow no more together than one file may.

    Members may share their compressed bytes (David Fifield, A better zip bomb, 2019), so each
    alone may look harmless.
    """
    left = allowance(path.stat().st_size)
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if not member.is_dir():
                    with archive.open(member) as content:
                        unpacked = _spooled(Bounded(content, left, location), spool)
                    left -= unpacked.stat().st_size
                    yield member.filename, unpacked
    except (*BROKEN, RuntimeError) as error:
        raise InputError(f"damaged archive ({error})", location=location) from error


def _tar_members(path: Path, location: str, spool: Path) -> Iterator[tuple[str, Path]]:
    try:
        with opened(path, location) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
            for member in archive:
                content = archive.extractfile(member) if member.isfile() else None
                if content is not None:
                    yield member.name, _spooled(content, spool)
    except tarfile.TarError as error:
        raise InputError(f"damaged archive ({error})", location=location) from error


def _spooled(content: IO[bytes] | Bounded, spool: Path) -> Path:
    with tempfile.NamedTemporaryFile(prefix="member-", dir=spool, delete=False) as copy:
        while block := content.read(BLOCK):
            copy.write(block)
    return Path(copy.name)
