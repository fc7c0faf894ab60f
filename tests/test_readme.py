"""Every console block of the README prints what the README shows."""

import re
import shutil
from pathlib import Path

import pytest

from tests.terminal import Seen, on_terminal

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
STEPS = [
    step.partition("\n")[::2]
    for block in BLOCKS
    for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
]


@pytest.fixture(scope="module")
def session(tmp_path_factory) -> list[Seen]:
    """Return what each command came to; they build on one another, so they run in turn."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "examples", folder / "examples")
    return [on_terminal(command, folder, NO_COLOR="1") for command, _ in STEPS]


def test_readme_shows_a_session():
    assert len(STEPS) >= 8


@pytest.mark.parametrize("number", range(len(STEPS)), ids=[command for command, _ in STEPS])
def test_console_block_prints_what_is_shown(session, number):
    """A line ``...`` stands for any lines. Of stderr only what is shown counts: not progress."""
    expected = STEPS[number][1].strip("\n")
    seen = session[number]
    said = [line for line in seen.stderr.splitlines() if line in expected.splitlines()]
    actual = "\n".join([*seen.stdout.splitlines(), *said])
    if "..." not in expected.splitlines():
        assert actual == expected
    else:
        parts = re.split(r"^\.\.\.$\n?", expected, flags=re.MULTILINE)
        assert re.fullmatch("(?s:.*?)".join(map(re.escape, parts)), actual), actual


def test_readme_names_every_command():
    from graphbuild.cli import COMMANDS

    assert [name for name in COMMANDS if f"graphbuild {name}" not in README] == []
