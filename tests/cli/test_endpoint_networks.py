"""Networks and tables are made of what an endpoint gives as they are made of a folder."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphbuild.build import Options, build
from graphbuild.cli import main
from graphbuild.network import KINDS
from graphbuild.store.columns import read_lines
from graphbuild.store.flat import NAMES
from tests.servers import oxigraph_server

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FILES = ("profile-page.txt", "library.jsonl", "citations.jsonl")


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    files = tuple(str(EXAMPLES / name) for name in FILES)
    folder = tmp_path_factory.mktemp("whole") / "graph"
    return build(Options(files, folder, as_of=date(2026, 11, 23))).graph


@pytest.fixture(scope="module")
def url(graph, tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    dump = folder / "dump.nt"
    dump.write_bytes(b"".join(lines for lines, _ in read_lines(graph)))
    with oxigraph_server(folder / "store", dump) as address:
        yield f"{address}/query"


def run(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.mark.parametrize("name", KINDS)
def test_every_network_is_that_of_the_folder(graph, url, tmp_path, name):
    wish = ("--measure", "pagerank,community", "--from-year", "2000")
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    assert run("network", name, graph.path, "--to", here, *wish).exit_code == 0
    assert run("network", name, "--endpoint", url, "--to", there, *wish).exit_code == 0
    made = json.loads(there.read_text())
    assert made["nodes"]
    assert made == json.loads(here.read_text())


@pytest.mark.parametrize(
    "wish",
    [
        ("author-ego-network", "-p", "person=Jun Hadley", "--top", "20"),
        ("coauthors", "--person", "Jun Hadley", "--measure", "degree", "--top", "20"),
        ("coauthors", "--path", "Noor Haddad", "Tomas Okafor"),
    ],
)
def test_what_is_printed_of_a_network_is_that_of_the_folder(graph, url, wish):
    name, *options = wish
    here = run("network", name, graph.path, *options)
    there = run("network", name, "--endpoint", url, *options)
    assert (here.exit_code, there.exit_code) == (0, 0)
    assert "Haddad" in there.stdout
    assert there.stdout == here.stdout


@pytest.mark.parametrize("ending", [".html", ".svg", ".graphml"])
def test_pictures_and_files_are_those_of_the_folder(graph, url, tmp_path, ending):
    here, there = tmp_path / f"here{ending}", tmp_path / f"there{ending}"
    assert run("network", "coauthors", graph.path, "--to", here).exit_code == 0
    assert run("network", "coauthors", "--endpoint", url, "--to", there).exit_code == 0
    assert there.read_bytes() == here.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_every_table_is_that_of_the_folder(graph, url, tmp_path, name):
    wish = ("tables", "--only", name, "--as", "csv", "--to")
    assert run(*wish, tmp_path / "here", graph.path).exit_code == 0
    assert run(*wish, tmp_path / "there", "--endpoint", url).exit_code == 0
    here, there = ((tmp_path / place / f"{name}.csv").read_bytes() for place in ("here", "there"))
    assert there.count(b"\n") > 1
    assert there == here


def test_list_of_tables_is_that_of_the_folder(graph, url):
    assert run("tables", "--endpoint", url).stdout == run("tables", graph.path).stdout


def test_measures_are_not_written_back_to_an_endpoint():
    nowhere = ("--endpoint", "http://localhost:1/none")
    found = run("network", "coauthors", *nowhere, "--measure", "pagerank", "--write-back")
    assert found.exit_code == 2  # and not 6: it was not even asked
    assert "leave out" in found.stderr
    assert "--endpoint" in found.stderr


def test_words_are_not_searched_at_an_endpoint(url):
    found = run("query", "paper-search", "--hits", "looms", "--endpoint", url)
    assert found.exit_code == 3
    assert "in a graph folder only" in found.stderr


@pytest.mark.parametrize("wish", [("tables",), ("network", "coauthors", "--top", "2")])
def test_endpoint_that_is_not_there_is_one_line(wish):
    found = run(*wish, "--endpoint", "http://localhost:1/none")
    assert found.exit_code == 6
    assert found.stderr.count("\n") == 1
    assert "cannot be reached" in found.stderr
