"""A site of made-up papers, and ways to read it."""

import pytest
from click.testing import CliRunner
from lxml import html

from graphbuild.cli import main
from tests.small_graph import small_graph


def run(*arguments):
    return CliRunner().invoke(main, ["site", *map(str, arguments)])


@pytest.fixture(scope="session")
def graph(tmp_path_factory):
    return small_graph(tmp_path_factory.mktemp("graph") / "graph")


@pytest.fixture(scope="session")
def site(graph, tmp_path_factory):
    """Return the folder of a site whose address is known."""
    folder = tmp_path_factory.mktemp("site") / "public"
    result = run(
        graph.path, "--to", folder, "--base-url", "https://kg.example.org/graph", "--jobs", 1
    )
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="session")
def read(site):
    """Return a function that reads a page of the site."""

    def page(name):
        return html.fromstring((site / name).read_bytes())

    return page
