"""Tell on stderr what is being done, once it takes more than a second."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from graphbuild.text import visible

PATIENCE = 1.0
"""Seconds of silence before the first message."""


PAUSE = 5.0
"""Seconds between two messages in a log, which keeps them all."""


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Lend a function that shows a message: rewritten in place on a terminal, a line elsewhere.

    Elsewhere most messages are left out, so that a log has one every few seconds.
    """
    due = time.monotonic() + PATIENCE
    shown = 0

    def tell(message: str) -> None:
        nonlocal shown, due
        if time.monotonic() < due:
            return
        text = visible(message)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{text.ljust(shown)}")
            shown = len(text)
        else:
            sys.stderr.write(f"{text}\n")
            due = time.monotonic() + PAUSE
        sys.stderr.flush()

    try:
        yield tell
    finally:
        if shown:
            sys.stderr.write(f"\r{' ' * shown}\r")
            sys.stderr.flush()
