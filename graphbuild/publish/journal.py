"""What was pushed to a target, kept beside the graph: the last state there, and how far it got.

my-graph/pushed/kg.example.org-1a2b3c4d/
  journal.jsonl    what was planned, each batch that arrived, what was finished
  pushed.parquet   the triples that were there when the last push was finished
  refused.jsonl    what the target refused in the last push, and why
"""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec

from graphbuild.errors import GraphBuildError
from graphbuild.publish.delta import without
from graphbuild.store.columns import Row

NOT_PLAIN = re.compile(r"[^A-Za-z0-9.]+")


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of a journal.

    Attributes:
        at: when, in UTC.
        plan: what is pushed: a change of the same name is the same change.
        target: where.
        done: how many batches have arrived.
        of: how many there are.
        finished: all is there.
        refused: what the target did not take of the batch.
    """

    at: str
    plan: str
    target: str
    done: int = 0
    of: int = 0
    finished: bool = False
    refused: tuple[tuple[Row, str], ...] = ()


class Journal:
    """The journal of pushes of one graph to one target; made by `journal`."""

    def __init__(self, folder: Path, target: str) -> None:
        self.folder = folder
        self.refused_file = folder / "refused.jsonl"
        self._target = target
        self._file = folder / "journal.jsonl"
        self._state = folder / "pushed.parquet"

    @property
    def state(self) -> Path | None:
        """Columns of what was there after the last finished push; None before the first."""
        return self._state if self._state.is_file() else None

    def last(self) -> Entry | None:
        """Return the last line that was written whole."""
        return next(iter(reversed(self._entries())), None)

    def resumed(self, plan: str) -> tuple[int, list[tuple[Row, str]]]:
        """Return how many batches of a plan have arrived already, and what of them was refused."""
        done, refused = 0, list[tuple[Row, str]]()
        for entry in self._entries():
            same = entry.plan == plan and not entry.finished
            done, refused = (entry.done, [*refused, *entry.refused]) if same else (0, [])
        return done, refused

    def write(
        self,
        plan: str,
        done: int,
        of: int,
        refused: Sequence[tuple[Row, str]] = (),
        *,
        finished: bool = False,
    ) -> None:
        """Add a line, safe on disk when this returns."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        entry = Entry(at, plan, self._target, done, of, finished, tuple(refused))
        torn = self._file.is_file() and self._file.read_bytes()[-1:] not in {b"", b"\n"}
        with self._file.open("ab") as file:
            file.write(b"\n" * torn + msgspec.json.encode(entry) + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def keep(self, columns: Path, refused: Sequence[tuple[Row, str]]) -> None:
        """Remember what is at the target now, and what it refused."""
        lines = [
            msgspec.json.encode({"triple": f"{' '.join(row)} .", "reason": reason}) + b"\n"
            for row, reason in refused
        ]
        self.refused_file.write_bytes(b"".join(lines))
        fresh = self._state.with_suffix(".new")
        without(columns, [row for row, _ in refused], fresh)
        fresh.replace(self._state)

    def _entries(self) -> list[Entry]:
        """Return the lines that were written whole: one that was torn did not happen."""
        found = []
        for line in self._file.read_bytes().splitlines() if self._file.is_file() else ():
            with suppress(msgspec.DecodeError):
                found.append(msgspec.json.decode(line, type=Entry))
        return found


@contextmanager
def journal(place: Path, target: str) -> Iterator[Journal]:
    """Lend the journal of a graph and a target; nobody else pushes there meanwhile.

    Args:
        place: the folder of all journals of the graph.
        target: what the target is called.

    Raises:
        GraphBuildError: another process is pushing, or the folder cannot be written.
    """
    digest = hashlib.sha256(target.encode()).hexdigest()[:8]
    name = NOT_PLAIN.sub("-", target.partition("://")[2] or target).strip("-")[:60]
    folder = place / f"{name}-{digest}"
    lock = _locked(folder, target)
    try:
        yield Journal(folder, target)
    finally:
        lock.close()


def _locked(folder: Path, target: str) -> IO[str]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("a")
    except OSError as error:
        raise GraphBuildError(f"{folder}: cannot be written ({error.strerror})") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise GraphBuildError(f"{target}: another process is pushing to it") from None
    return lock
