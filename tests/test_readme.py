"""Every console block of the README prints what the README shows."""

import shutil
from pathlib import Path

import pytest

from tests.console import assert_shown, session, steps

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
STEPS = steps(README)


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "examples", folder / "examples")
    return session(STEPS, folder)


def test_readme_shows_a_session():
    assert len(STEPS) >= 8


@pytest.mark.parametrize("number", range(len(STEPS)), ids=[step.command for step in STEPS])
def test_console_block_prints_what_is_shown(seen, number):
    assert_shown(STEPS[number].expected, seen[number])


def test_readme_names_every_command():
    from graphbuild.cli import COMMANDS

    assert [name for name in COMMANDS if f"graphbuild {name}" not in README] == []
