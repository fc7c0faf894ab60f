"""The guide from a question to a picture prints what it shows, and the pictures are there."""

import re
import shutil
from pathlib import Path

import pytest

from tests.console import assert_shown, session, steps

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "querying.md").read_text(encoding="utf-8")
STEPS = steps(PAGE)
STARTS = {".png": b"\x89PNG", ".html": b"<!doctype html>", ".csv": b"name,papers,"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("querying")
    shutil.copytree(ROOT / "examples", folder / "examples")
    (own,) = re.findall(r"```sparql\n(.*?)```", PAGE, re.DOTALL)
    (folder / "mine.rq").write_text(own, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def seen(folder):
    return session(STEPS, folder)


@pytest.mark.parametrize("number", range(len(STEPS)), ids=[step.command for step in STEPS])
def test_console_block_prints_what_is_shown(seen, number):
    assert_shown(STEPS[number].expected, seen[number])


@pytest.mark.usefixtures("seen")
def test_pictures_and_files_are_there(folder):
    commands = "\n".join(step.command for step in STEPS)
    files = re.findall(r"--(?:to|chart|output) (\S+\.\w+)", commands)
    assert len(files) == 5
    for name in files:
        assert (folder / name).read_bytes().lower().startswith(STARTS[Path(name).suffix].lower())
