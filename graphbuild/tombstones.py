"""Remember whom to keep out of a graph, without remembering who it is.

    forgotten.key      256 random bits as hexadecimal digits; without them the marks say nothing
    forgotten.jsonl    a line for each person: tombstone, day, marks

A mark is an HMAC (RFC 2104, with SHA-256) of something that tells the person: an identifier, or a
name on one paper. Whoever reads the marks learns nothing; whoever reads a record can ask whether
it speaks of somebody who was forgotten.
"""

import base64
import hmac
import secrets
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import msgspec

from graphbuild.errors import GraphError

FORGOTTEN = "forgotten.jsonl"
KEY = "forgotten.key"

LENGTH = 20
"""Letters of a mark: 100 bits, so that no two of a billion are the same by chance."""


class Marked(msgspec.Struct, frozen=True):
    """What is left of a person who was forgotten.

    Attributes:
        key: of the tombstone, in its IRI.
        on: the day, ISO 8601.
        marks: of all that tells the person.
    """

    key: str
    on: str
    marks: tuple[str, ...] = ()


class Forgotten:
    """The people whom a graph keeps out.

    Args:
        key: the secret of the marks.
        tombstones: one for each person.
    """

    def __init__(self, key: bytes = b"", tombstones: Iterable[Marked] = ()) -> None:
        self.tombstones = tuple(tombstones)
        self._key = key
        self._owners = {mark: each.key for each in self.tombstones for mark in each.marks}
        self.owner = lru_cache(1 << 16)(self._owner)
        """Returns the key of the tombstone of whom these words tell; empty for nobody."""

    def __bool__(self) -> bool:
        return bool(self.tombstones)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process."""
        return Forgotten, (self._key, self.tombstones)

    def mark(self, *words: str) -> str:
        """Return the mark of some words: what they are first, as ``("id", "orcid:...")``."""
        digest = hmac.digest(self._key, "\x1f".join(words).encode(), "sha256")
        return base64.b32encode(digest).decode().lower()[:LENGTH]

    def _owner(self, *words: str) -> str:
        return self._owners.get(self.mark(*words), "")


NOBODY = Forgotten()


def read_forgotten(graph: Path) -> Forgotten:
    """Return the people whom a graph folder keeps out.

    Raises:
        GraphError: a line is damaged, or the key is gone.
    """
    path = graph / FORGOTTEN
    try:
        lines = path.read_bytes().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return NOBODY
    try:
        tombstones = [msgspec.json.decode(line, type=Marked) for line in lines if line.strip()]
    except msgspec.DecodeError as error:
        raise GraphError(f"{path}: is damaged ({error}); bring it back from a backup") from error
    return Forgotten(_key(graph), tombstones) if tombstones else NOBODY


def with_key(graph: Path) -> Forgotten:
    """Return the people whom a graph folder keeps out; a folder without a key is given one.

    Raises:
        GraphError: something is damaged or cannot be written.
    """
    known = read_forgotten(graph)
    if known:
        return known
    path = graph / KEY
    try:
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(32) + "\n", encoding="ascii")
    except OSError as error:
        raise GraphError(f"{path}: cannot be written ({error.strerror})") from error
    return Forgotten(_key(graph))


def remember(graph: Path, tombstones: Iterable[Marked]) -> None:
    """Write the people whom a graph folder keeps out, in place of those that it names now.

    Raises:
        OSError: the file cannot be written.
    """
    path = graph / FORGOTTEN
    fresh = path.with_suffix(".new")
    fresh.write_bytes(b"".join(msgspec.json.encode(each) + b"\n" for each in tombstones))
    fresh.replace(path)


def _key(graph: Path) -> bytes:
    path = graph / KEY
    try:
        return bytes.fromhex(path.read_text(encoding="ascii"))
    except FileNotFoundError as error:
        raise GraphError(
            f"{path}: is missing; without it nobody is kept out: bring it back from a backup"
        ) from error
    except (OSError, ValueError) as error:
        raise GraphError(f"{path}: is no key ({error}); bring it back from a backup") from error
