"""Every console block of the README does what it shows."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BLOCKS = re.findall(
    r"```console\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
)
STEPS = [
    example.partition("\n")[::2]
    for block in BLOCKS
    for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
]


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """Return a folder with the shipped examples, where the commands are run one after another."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


def test_readme_has_console_blocks():
    assert len(STEPS) > 5


@pytest.mark.parametrize(("command", "expected"), STEPS, ids=[command for command, _ in STEPS])
def test_console_block(place, command, expected):
    """Run the command line as a shell would; lines of ``...`` in the README stand for any lines."""
    line = re.sub(r"\bgraphbuild (?=[a-z-])", f"{sys.executable} -m graphbuild ", command)
    done = subprocess.run(line, shell=True, cwd=place, capture_output=True, text=True, check=False)  # noqa: S602
    pattern = r"(?:.*\n)*?".join(
        re.escape(part) for part in re.split(r"^\.\.\.\n", expected, flags=re.MULTILINE)
    )
    assert re.fullmatch(pattern, done.stdout + done.stderr), done.stdout + done.stderr
