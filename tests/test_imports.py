"""Start-up imports nothing heavy: ``--help`` must come at once."""

import subprocess
import sys

import pytest

from graphbuild.cli import COMMANDS

HEAVY = {"duckdb", "matplotlib", "networkx", "numpy", "pyoxigraph", "pyshacl", "rdflib", "rich"}
PROBE = """
import sys
from graphbuild.cli import main
try:
    main({arguments}, prog_name="graphbuild")
except SystemExit:
    pass
print(*sorted({{name.partition(".")[0] for name in sys.modules}}), file=sys.stderr)
"""


def modules(*arguments: str) -> set[str]:
    """Return the top-level modules that a command imports in a fresh interpreter."""
    code = PROBE.format(arguments=list(arguments))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["-h"], []])
def test_start_imports_nothing_heavy(arguments):
    assert modules(*arguments) & HEAVY == set()


@pytest.mark.parametrize("command", ["completion", "queries"])
def test_light_commands_stay_light(command):
    assert modules(command, "--help") & (HEAVY - {"pyoxigraph"}) == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(command):
    done = subprocess.run(
        [sys.executable, "-m", "graphbuild", command, "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"graphbuild {command}" in done.stdout
    assert "xample" in done.stdout
