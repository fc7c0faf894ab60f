"""Run a command line as a person would: through a shell, with a terminal to print on."""

import os
import pty
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]


class Seen(NamedTuple):
    """What a command printed on the terminal, what it said on stderr, and its exit status."""

    stdout: str
    stderr: str
    status: int


def on_terminal(line: str, folder: Path, *, columns: int = 96, **environment: str) -> Seen:
    """Run a shell command line with standard output on a terminal and stderr in a pipe.

    ``graphbuild`` in it is the package that is being tested.
    """
    master, slave = pty.openpty()
    with subprocess.Popen(
        ["bash", "-c", line],
        cwd=folder,
        env=_environment(columns, environment),
        stdin=subprocess.DEVNULL,
        stdout=slave,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(slave)
        pieces: list[bytes] = []
        reader = Thread(target=_drain, args=(master, pieces))
        reader.start()
        _, stderr = process.communicate(timeout=300)
        reader.join()
    os.close(master)
    return Seen(
        b"".join(pieces).decode().replace("\r\n", "\n"), stderr.decode(), process.returncode
    )


def _environment(columns: int, given: dict[str, str]) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    ours = {
        "COLUMNS": str(columns),
        "TERM": "xterm-256color",
        "PYTHONPATH": str(ROOT),
        "BASH_FUNC_graphbuild%%": f"() {{ '{sys.executable}' -m graphbuild \"$@\"; }}",
    }
    return inherited | ours | given


def _drain(terminal: int, pieces: list[bytes]) -> None:
    while True:
        try:
            piece = os.read(terminal, 65_536)
        except OSError:
            return  # Linux says so when the last writer has closed the terminal.
        if not piece:
            return
        pieces.append(piece)
