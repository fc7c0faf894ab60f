"""What a person sees on a terminal: help, colours, completion, and nothing that bites."""

import pytest

from graphbuild.cli import COMMANDS
from tests.sources.pages import TOP, entry
from tests.terminal import on_terminal

ESCAPE = "\x1b"
TITLES = "graphbuild query 'SELECT ?t { ?p a gb:Paper ; dcterms:title ?t }' -g g"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("terminal")
    title = "Looms \x1b]0;owned\x07 \u202e and \x9b31m Threads"
    (place / "page.txt").write_text(TOP + entry(title=title), encoding="utf-8")
    assert on_terminal("graphbuild build page.txt -o g", place).status == 0
    return place


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_shows_examples_and_no_marks_of_its_source(tmp_path, command):
    seen = on_terminal(f"graphbuild {command} --help", tmp_path)
    assert (seen.status, seen.stderr) == (0, "")
    assert f"graphbuild {command}" in seen.stdout
    assert "xample" in seen.stdout
    assert "\\b" not in seen.stdout


@pytest.mark.parametrize("command", [TITLES, "graphbuild check g --all", "graphbuild info g"])
def test_no_color_is_respected(folder, command):
    assert ESCAPE not in on_terminal(command, folder, NO_COLOR="1").stdout


@pytest.mark.parametrize("command", [TITLES, "graphbuild show 'Ada Example' -g g"])
def test_hostile_title_does_not_reach_the_terminal(folder, command):
    output = on_terminal(command, folder).stdout
    assert "Threads" in output
    assert not any(sign in output for sign in ("\x1b]", "\x07", "\u202e", "\x9b"))


def test_table_fits_the_terminal(folder):
    output = on_terminal(TITLES, folder, columns=20, NO_COLOR="1").stdout
    assert max(map(len, output.splitlines())) <= 20


def test_results_and_messages_are_kept_apart(folder):
    seen = on_terminal("graphbuild export g --to graph.nt", folder)
    assert (seen.stdout, seen.status) == ("", 0)
    assert "written to graph.nt" in seen.stderr


def test_completion_offers_the_commands(folder):
    words = 'COMP_WORDS="graphbuild " COMP_CWORD=1 _GRAPHBUILD_COMPLETE=bash_complete'
    offered = on_terminal(f"{words} graphbuild", folder).stdout.split()
    assert [word.partition(",")[2] for word in offered] == list(COMMANDS)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_can_be_set_up(folder, shell):
    seen = on_terminal(f"graphbuild completion {shell}", folder)
    assert seen.status == 0
    assert "_GRAPHBUILD_COMPLETE" in seen.stdout


def test_graph_of_the_current_folder_and_of_the_environment(folder):
    question = "graphbuild query 'ASK { ?p a gb:Paper }'"
    assert on_terminal(question, folder / "g").stdout == "true\n"
    assert on_terminal(question, folder, GRAPHBUILD_GRAPH="g").stdout == "true\n"
    assert on_terminal(question, folder).status == 2
