"""Tell on stderr what is being done, once it takes more than a second."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from graphbuild.text import visible

PATIENCE = 1.0
"""Seconds of silence before the first message."""


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Lend a function that shows a message: rewritten in place on a terminal, a line elsewhere."""
    start = time.monotonic()
    shown = 0

    def tell(message: str) -> None:
        nonlocal shown
        if time.monotonic() - start < PATIENCE:
            return
        text = visible(message)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{text.ljust(shown)}")
            shown = len(text)
        else:
            sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    try:
        yield tell
    finally:
        if shown:
            sys.stderr.write(f"\r{' ' * shown}\r")
            sys.stderr.flush()
