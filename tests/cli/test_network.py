import json

import pytest
from click.testing import CliRunner

from graphbuild.cli import main
from tests.small_graph import small_graph


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return small_graph(tmp_path_factory.mktemp("network") / "graph")


def run(graph, target, *arguments):
    command = ["network", "coauthors", str(graph.path), "--to", str(target), *arguments]
    return CliRunner().invoke(main, command)


def names(path):
    return sorted(node["label"] for node in json.loads(path.read_text())["nodes"])


@pytest.mark.parametrize("ending", ["graphml", "gexf", "json", "html", "png", "svg"])
def test_network_is_written_as_the_name_says(graph, tmp_path, ending):
    target = tmp_path / f"net.{ending}"
    result = run(graph, target)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"4 people and 3 ties written to {target}\n"
    assert target.stat().st_size > 500


def test_tables_are_two_files(graph, tmp_path):
    result = run(graph, tmp_path / "net.csv")
    assert result.exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"net-nodes.csv", "net-edges.csv"}
    assert "net-nodes.csv and " in result.stderr


def test_network_around_one_person(graph, tmp_path):
    run(graph, tmp_path / "net.json", "--person", "Cleo <b>Bold</b>")
    assert names(tmp_path / "net.json") == ["Ada Example [ada]", "Ben Sample", "Cleo <b>Bold</b>"]


def test_name_of_two_people_is_not_guessed(graph, tmp_path):
    result = run(graph, tmp_path / "net.json", "--person", "Ada Example")
    assert result.exit_code == 4
    assert "person/ada2" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_person_outside_the_chosen_years_is_no_such_entity(graph, tmp_path):
    arguments = ("--person", "Cleo <b>Bold</b>", "--from-year", "2022")
    result = run(graph, tmp_path / "net.json", *arguments)
    assert result.exit_code == 4
    assert "has no paper among those chosen" in result.stderr


def test_limit_keeps_those_with_most_papers(graph, tmp_path):
    run(graph, tmp_path / "net.json", "--limit", "2")
    assert names(tmp_path / "net.json") == ["Ada Example [ada]", "Ben Sample"]


def test_unknown_ending_is_wrong_usage(graph, tmp_path):
    result = run(graph, tmp_path / "net.doc")
    assert result.exit_code == 2
    assert ".graphml" in result.stderr
