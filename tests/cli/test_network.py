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


@pytest.mark.parametrize(
    "ending", ["graphml", "gexf", "json", "cyjs", "net", "html", "png", "svg", "pdf"]
)
def test_network_is_written_as_the_name_says(graph, tmp_path, ending):
    target = tmp_path / f"net.{ending}"
    result = run(graph, target)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"4 people and 3 ties written to {target}\n"
    assert target.stat().st_size > 100


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


def test_nothing_to_do_is_wrong_usage(graph):
    result = CliRunner().invoke(main, ["network", "coauthors", str(graph.path)])
    assert (result.exit_code, "--to FILE" in result.stderr) == (2, True)


def test_unknown_network_and_measure_are_named(graph, tmp_path):
    command = ["network", "freinds", str(graph.path), "--to", str(tmp_path / "n.json")]
    assert "cocitation" in CliRunner().invoke(main, command).stderr
    result = run(graph, tmp_path / "n.json", "--measure", "degree,fame")
    assert (result.exit_code, "'fame' is no measure" in result.stderr) == (2, True)


def test_table_of_the_first_by_a_measure(graph):
    command = ["network", "coauthors", str(graph.path), "--measure", "strength,degree"]
    result = CliRunner().invoke(main, [*command, "--top", "2"])
    # Ada and Ben share two papers with each other and one with Cleo.
    assert result.stdout == (
        "   people             strength  degree\n"
        "1  Ada Example [ada]         3       2\n"
        "2  Ben Sample                3       2\n"
    )


def test_path_names_what_ties_each_step(graph):
    command = ["network", "coauthors", str(graph.path), "--path"]
    result = CliRunner().invoke(main, [*command, "Cleo <b>Bold</b>", "Ben Sample"])
    assert result.stdout == "  0  Cleo <b>Bold</b>\n  1  Ben Sample  (1 paper)\n"
    nowhere = CliRunner().invoke(main, [*command, "person:ada2", "Ben Sample"])
    assert nowhere.exit_code == 4


def test_network_of_a_canned_query(graph, tmp_path):
    target = tmp_path / "n.json"
    command = ["network", "author-coauthors", str(graph.path), "-p", "person=Ben Sample"]
    result = CliRunner().invoke(main, [*command, "--to", str(target)])
    assert result.exit_code == 0, result.stderr
    assert names(target) == ["Ada Example", "Ben Sample", "Cleo <b>Bold</b>"]
    ties = json.loads(target.read_text())["edges"]
    assert sorted(tie["weight"] for tie in ties) == [1, 2]
