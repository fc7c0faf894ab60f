import json

import pytest
from click.testing import CliRunner

from graphbuild.cli import main
from tests.small_graph import small_graph


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return small_graph(tmp_path_factory.mktemp("info") / "graph")


def run(*arguments):
    return CliRunner().invoke(main, ["info", *map(str, arguments)])


def test_table_tells_sources_dates_classes_and_who_has_what(graph):
    lines = run(graph.path).stdout.splitlines()
    assert lines[0] == str(graph.path)
    assert "  page.txt  profile-page  1,234 bytes  captured 2025-03-04" in lines
    assert (
        "  papers          2 dated, 2021-03-02 to 2023; the year of 1 of them is inferred; "
        "1 without a stated year"
    ) in lines
    assert "  author lists    2 complete, 1 cut short by the source" in lines
    assert "gb:Paper: 3 entities; who has what" in lines
    assert "  dcterms:abstract          1   33%" in lines


def test_json_holds_the_numbers(graph):
    document = json.loads(run(graph.path, "--format", "json").stdout)
    assert document["papers"]["dated"] == 2
    assert document["classes"][0]["name"] == "gb:Authorship"


def test_empty_graph_is_told(tmp_path):
    result = run(small_graph(tmp_path / "graph", []).path)
    assert result.exit_code == 0
    assert "0 triples" in result.stdout
