"""Load triples and quads into a new Oxigraph database while they are still being made."""

import queue
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from pyoxigraph import RdfFormat, Store

AT_ONCE = 48 << 20
"""Bytes of a batch: larger ones are sorted more slowly and take more memory, smaller ones leave
more to be merged."""


class Loading:
    """A database that is being loaded in the background.

    Args:
        target: the folder of the new database.
        threads: how many batches are loaded at the same time.
    """

    def __init__(self, target: Path, threads: int = 1) -> None:
        self.seconds = 0.0
        self._target = target
        self._files: queue.SimpleQueue[Path | None] = queue.SimpleQueue()
        self._turn = threading.Lock()
        self._errors: list[Exception] = []
        self._given_up = False
        self._thread = threading.Thread(target=self._load, args=(threads,), daemon=True)
        self._thread.start()

    def add(self, lines: Path) -> None:
        """Load a file of N-Triples or N-Quads, which must stay as it is until all is loaded."""
        self._files.put(lines)

    def end(self) -> None:
        """Compact the database when the files that were added are loaded: there are no more."""
        self._files.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Wait until all is loaded and compacted, or give up when the block failed.

        Raises:
            OSError: the database cannot be written.
            SyntaxError: a file is not N-Quads.
        """
        self._given_up = kind is not None
        self.end()
        self._thread.join()
        if self._errors and not self._given_up:
            raise self._errors[0]

    def _load(self, threads: int) -> None:
        start = time.perf_counter()
        with _kept(self._errors):
            store = Store(str(self._target))
            hands = [
                threading.Thread(target=self._take, args=(store,), daemon=True)
                for _ in range(threads)
            ]
            for hand in hands:
                hand.start()
            for hand in hands:
                hand.join()
            if not self._errors and not self._given_up:
                store.optimize()
                store.flush()
        self.seconds = time.perf_counter() - start

    def _take(self, store: Store) -> None:
        """Load one batch after another."""
        with _kept(self._errors):
            while batch := self._batch():
                small = []
                for path in batch:
                    if path.stat().st_size > AT_ONCE:
                        store.bulk_load(path=str(path), format=RdfFormat.N_QUADS)
                    else:
                        small.append(path.read_bytes())
                store.bulk_load(b"".join(small), format=RdfFormat.N_QUADS)

    def _batch(self) -> list[Path]:
        """Return the files to be loaded next; none when all are taken, or loading them is vain."""
        batch: list[Path] = []
        size = 0
        with self._turn:
            while size < AT_ONCE:
                if (path := self._files.get()) is None:
                    self.end()  # for the next one who asks
                    break
                batch.append(path)
                size += path.stat().st_size
        return [] if self._errors or self._given_up else batch


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
def _kept(errors: list[Exception]) -> Iterator[None]:
    """Keep an error for the thread that waits."""
    try:
        yield
    except (OSError, SyntaxError, ValueError) as error:
        errors.append(error)
