"""Sessions that pages show in ``console`` blocks, run as they stand."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tests.terminal import Seen, on_terminal


class Step(NamedTuple):
    """A command, and what the page says that it prints."""

    command: str
    expected: str


def steps(page: str) -> list[Step]:
    """Return the commands of a page in their order."""
    blocks = re.findall(r"^```console\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    parts = (re.split(r"^\$ ", block, flags=re.MULTILINE)[1:] for block in blocks)
    return [Step(*step.partition("\n")[::2]) for block in parts for step in block]


def session(said: Iterable[Step], folder: Path) -> list[Seen]:
    """Run commands in turn, for they build on one another; what is exported stays so."""
    exported: list[str] = []
    seen = []
    for command, _ in said:
        seen.append(on_terminal("; ".join([*exported, command]), folder, NO_COLOR="1"))
        if command.startswith("export "):
            exported.append(command)
    return seen


def assert_shown(expected: str, seen: Seen) -> None:
    """Hold what was printed to what a page shows.

    A line ``...`` stands for any lines. Of stderr only what is shown counts: not progress.
    """
    expected = expected.strip("\n")
    said = [line for line in seen.stderr.splitlines() if line in expected.splitlines()]
    actual = "\n".join([*seen.stdout.splitlines(), *said])
    if "..." not in expected.splitlines():
        assert actual == expected
    else:
        parts = re.split(r"^\.\.\.$\n?", expected, flags=re.MULTILINE)
        assert re.fullmatch("(?s:.*?)".join(map(re.escape, parts)), actual), actual
