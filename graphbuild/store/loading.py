"""Load triples and quads into a new Oxigraph database while they are still being made."""

import fcntl
import os
import queue
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from pyoxigraph import RdfFormat, Store

AT_ONCE = 1 << 20
"""Bytes that are handed over at once."""

NO_TRIPLE = b"\n!\n"
"""What stops the loader: it cannot be told otherwise."""


class Loading:
    """A database that is being loaded in the background.

    The loader reads from a pipe, so that nothing waits for a file that is not complete yet.

    Args:
        target: the folder of the new database.
    """

    def __init__(self, target: Path) -> None:
        self.seconds = 0.0
        self._target = target
        self._files: queue.SimpleQueue[Path | None] = queue.SimpleQueue()
        self._errors: list[Exception] = []
        self._given_up = False
        self._output, self._input = os.pipe()
        if hasattr(fcntl, "F_SETPIPE_SZ"):
            fcntl.fcntl(self._input, fcntl.F_SETPIPE_SZ, AT_ONCE)
        self._threads = [
            threading.Thread(target=work, daemon=True) for work in (self._load, self._feed)
        ]
        for thread in self._threads:
            thread.start()

    def add(self, lines: Path) -> None:
        """Load a file of N-Triples or N-Quads, which must stay as it is until all is loaded."""
        self._files.put(lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Wait until all is loaded and compacted, or give up when the block failed.

        Raises:
            OSError: the database cannot be written.
            SyntaxError: a file is not N-Quads.
        """
        self._given_up = kind is not None
        self._files.put(None)
        for thread in self._threads:
            thread.join()
        if self._errors and not self._given_up:
            raise self._errors[0]

    def _load(self) -> None:
        start = time.perf_counter()
        with _kept(self._errors), _closed(self._output):
            store = Store(str(self._target))
            store.bulk_load(path=f"/dev/fd/{self._output}", format=RdfFormat.N_QUADS)
            store.optimize()
            store.flush()
        self.seconds = time.perf_counter() - start

    def _feed(self) -> None:
        with _kept(self._errors), _closed(self._input):
            while (path := self._files.get()) is not None and not self._given_up:
                with path.open("rb", buffering=0) as file:
                    while some := file.read(AT_ONCE):
                        _write(self._input, some)
            if self._given_up:
                _write(self._input, NO_TRIPLE)


@contextmanager
def killable() -> Iterator[None]:
    """Let Ctrl-C end the process at once: native code would not hear of it until it is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _closed(descriptor: int) -> Iterator[None]:
    try:
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _kept(errors: list[Exception]) -> Iterator[None]:
    """Keep an error for the thread that waits; a pipe that nobody reads any more is no news."""
    try:
        yield
    except BrokenPipeError:
        return
    except (OSError, SyntaxError, ValueError) as error:
        errors.append(error)


def _write(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
