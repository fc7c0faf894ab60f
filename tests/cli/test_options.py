from click.testing import CliRunner

from graphbuild.cli import main
from tests.small_graph import small_graph

ASK = ["show", "Ben Sample"]


def test_graph_is_taken_from_the_environment(tmp_path):
    graph = small_graph(tmp_path / "graph")
    result = CliRunner().invoke(main, ASK, env={"GRAPHBUILD_GRAPH": str(graph.path)})
    assert result.exit_code == 0


def test_graph_is_the_current_folder_when_it_is_one(tmp_path, monkeypatch):
    graph = small_graph(tmp_path / "graph")
    monkeypatch.chdir(graph.path)
    assert CliRunner().invoke(main, ASK).exit_code == 0
    assert CliRunner().invoke(main, ["info"]).exit_code == 0


def test_option_beats_environment_and_current_folder(tmp_path, monkeypatch):
    graph = small_graph(tmp_path / "graph")
    other = small_graph(tmp_path / "other", [])
    monkeypatch.chdir(other.path)
    environment = {"GRAPHBUILD_GRAPH": str(other.path)}
    result = CliRunner().invoke(main, [*ASK, "-g", str(graph.path)], env=environment)
    assert result.exit_code == 0


def test_no_graph_at_all_is_wrong_usage_that_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ASK)
    assert result.exit_code == 2
    assert "set GRAPHBUILD_GRAPH" in result.stderr
    assert "graphbuild build" in result.stderr
