import pytest
from click.testing import CliRunner

from graphbuild.cli import main


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_setup_of_each_shell_names_the_command_and_its_variable(shell):
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0
    assert f"_GRAPHBUILD_COMPLETE={shell}_complete" in result.stdout
    assert "graphbuild" in result.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [("graphbuild exp", "plain,export"), ("graphbuild network ", "plain,coauthors")],
)
def test_commands_and_values_complete(words, expected):
    environment = {"_GRAPHBUILD_COMPLETE": "bash_complete", "COMP_WORDS": words}
    environment["COMP_CWORD"] = str(len(words.split(" ")) - 1)
    result = CliRunner().invoke(main, prog_name="graphbuild", env=environment)
    assert expected in result.output.splitlines()


def test_graph_completes_as_a_folder():
    environment = {"_GRAPHBUILD_COMPLETE": "bash_complete", "COMP_WORDS": "graphbuild info my"}
    environment["COMP_CWORD"] = "2"
    result = CliRunner().invoke(main, prog_name="graphbuild", env=environment)
    assert result.output.splitlines() == ["dir,my"]


def test_unknown_shell_is_wrong_usage():
    assert CliRunner().invoke(main, ["completion", "csh"]).exit_code == 2
