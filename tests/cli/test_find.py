import csv
import io
import json

import pytest
from click.testing import CliRunner

from graphbuild.cli import main
from tests.small_graph import BASE, small_graph


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return small_graph(tmp_path_factory.mktemp("find") / "graph")


def run(graph, *arguments):
    return CliRunner().invoke(main, ["find", *arguments, "--graph", str(graph.path)])


def test_entities_come_with_what_tells_them_apart(graph):
    assert run(graph, "ada", "example").stdout == (
        "Ada Example         person        2 papers  person/ada\n"
        "Ada Example         person        1 paper   person/ada2\n"
        "Ada Example's page  profile page            profile/ada\n"
    )


def test_class_is_a_plain_word(graph):
    result = run(graph, "ada", "--class", "repository")
    assert result.stdout.split() == ["Ada/Gears", "code", "repository", "2", "papers",
                                     "repo/github.com:ada:gears"]  # fmt: skip


def test_misspelt_words_are_said_to_be(graph):
    result = run(graph, "Udnated", "Pulleys")
    assert "Undated Pulleys" in result.stdout
    assert result.stderr == "read as 'undated pulleys': no name holds 'Udnated Pulleys'\n"


def test_nothing_found_is_status_4(graph):
    result = run(graph, "zeppelin")
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == "Error: no name holds 'zeppelin'; try fewer or shorter words\n"


def test_json_and_csv_hold_whole_iris(graph):
    [row] = json.loads(run(graph, "levers", "-f", "json").stdout)
    assert row["iri"] == f"{BASE}id/paper/p2"
    [row] = csv.DictReader(io.StringIO(run(graph, "levers", "-f", "csv").stdout))
    assert (row["iri"], row["kind"]) == (f"{BASE}id/paper/p2", "gb:Paper")


def test_a_graph_folder_is_no_word_to_look_for(graph, monkeypatch):
    monkeypatch.chdir(graph.path.parent)
    result = CliRunner().invoke(main, ["find", "ada", "graph"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith(
        "Error: 'graph' is a graph folder: say --graph graph, or quote the words together to look "
        "for its name.\n"
    )
    assert run(graph, "ada graph").exit_code == 0
