"""Write a file so that it is there whole or not at all."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from graphbuild.errors import GraphBuildError

STDOUT = Path("-")


@contextmanager
def written(target: Path) -> Iterator[BinaryIO]:
    """Lend a binary file that takes the place of ``target`` when the block ends without error.

    ``-`` is standard output. A device or pipe is written to, not replaced.

    Raises:
        GraphBuildError: the file cannot be written; what was there is unchanged.
    """
    if target == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with _replaced(target.resolve()) as file:
            yield file
    except OSError as error:
        reason = error.strerror or str(error)
        raise GraphBuildError(f"{target}: cannot be written ({reason})") from error


@contextmanager
def _replaced(target: Path) -> Iterator[BinaryIO]:
    if target.exists() and not target.is_file():
        with target.open("wb") as file:
            yield file
        return
    fresh = target.with_name(f".{target.name[:200]}.{os.getpid()}.part")
    try:
        with fresh.open("wb") as file:
            yield file
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
