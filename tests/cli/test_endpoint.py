"""The commands do over a real SPARQL server what they do over a folder."""

import json

import pytest
from click.testing import CliRunner

from graphbuild.cli import main
from graphbuild.store.columns import read_lines
from graphbuild.store.remote import _pages
from tests.servers import oxigraph_server, reply, scripted_server
from tests.small_graph import small_graph


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return small_graph(tmp_path_factory.mktemp("endpoint") / "graph")


@pytest.fixture(scope="module")
def url(graph, tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    dump = folder / "dump.nt"
    dump.write_bytes(b"".join(lines for lines, _ in read_lines(graph)))
    with oxigraph_server(folder / "store", dump) as address:
        yield f"{address}/query"


def run(*arguments, **environment):
    return CliRunner().invoke(
        main, list(map(str, arguments)), env={"COLUMNS": "100", **environment}
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "author-coauthors", "--person", "Ben Sample", "--format", "table"],
        ["query", "author-coauthors", "--person", "Ben Sample", "--format", "csv"],
        ["query", "SELECT ?t { ?p dcterms:title ?t } ORDER BY ?t", "--format", "tsv"],
        ["query", "ASK { ?p a gb:Paper }"],
        ["query", "CONSTRUCT { ?p a gb:Paper } { ?p a gb:Paper }", "--format", "nt"],
        ["show", "GEARS: Gears & Wheels"],
        ["show", "Ben Sample", "--all"],
        ["show", "https://w3id.org/graphbuild/id/paper/p1", "--format", "ttl"],
        ["show", "https://w3id.org/graphbuild/id/paper/p1", "--format", "json"],
    ],
)
def test_answers_are_those_of_the_folder(graph, url, arguments):
    here, there = run(*arguments, "--graph", graph.path), run(*arguments, "--endpoint", url)
    assert (here.exit_code, there.exit_code, there.stderr) == (0, 0, "")
    assert sorted(there.stdout.splitlines()) == sorted(here.stdout.splitlines())
    if "nt" not in arguments:
        assert there.stdout == here.stdout


def test_network_is_that_of_the_folder(graph, url, tmp_path):
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    assert run("network", "coauthors", graph.path, "--to", here).exit_code == 0
    found = run("network", "coauthors", "--endpoint", url, "--to", there)
    assert found.exit_code == 0
    assert json.loads(there.read_text()) == json.loads(here.read_text())


def test_environment_names_the_endpoint_and_a_folder_beats_it(graph, url):
    found = run("query", "ASK { ?p a gb:Paper }", GRAPHBUILD_ENDPOINT=url)
    assert found.stdout == "true\n"
    wrong = {"GRAPHBUILD_ENDPOINT": "nowhere"}
    assert run("query", "ASK { }", "--graph", graph.path, **wrong).stdout == "true\n"


def test_folder_and_endpoint_together_are_refused(graph, url):
    found = run("show", "Ben Sample", "--graph", graph.path, "--endpoint", url)
    assert found.exit_code == 2
    assert "not both" in found.stderr


def test_name_of_several_is_listed(url):
    found = run("show", "Ada Example", "--endpoint", url)
    assert found.exit_code == 4
    assert (
        found.stderr.splitlines()[1].strip().startswith("<https://w3id.org/graphbuild/id/person/")
    )


def test_syntax_error_is_placed_in_the_users_text(url):
    found = run("query", "SELECT * { ?s a gb:Paper", "--endpoint", url)
    assert found.exit_code == 3
    assert found.stderr.startswith("Error: 1:10: this { is not closed")


def test_update_and_service_are_refused_unsent():
    for text in ("DROP ALL", "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }"):
        found = run("query", text, "--endpoint", "http://localhost:1/none")
        assert (found.exit_code, "refused" in found.stderr) == (3, True)


def test_unreachable_endpoint_is_status_6():
    found = run("query", "ASK { }", "--endpoint", "http://localhost:1/none")
    assert found.exit_code == 6
    assert found.stderr.count("\n") == 1


def test_server_that_gives_less_than_it_counts_is_found_out():
    def answer(handler, body):
        counted = b"COUNT" in body
        names = ["n"] if counted else ["s", "o"]
        number = {"type": "literal", "value": "3",
                  "datatype": "http://www.w3.org/2001/XMLSchema#integer"}  # fmt: skip
        rows = [{"n": number}] if counted else []
        reply(
            handler,
            200,
            json.dumps({"head": {"vars": names}, "results": {"bindings": rows}}).encode(),
        )

    with scripted_server(answer) as address:
        found = run("network", "coauthors", "--endpoint", address, "--to", "never.json")
    assert found.exit_code == 6
    assert "says that it has 3 triples of dcterms:creator but gives 0" in found.stderr


def test_pages_follow_each_other_to_the_end(url, monkeypatch):
    from graphbuild.mapping import vocabulary as v
    from graphbuild.store import remote
    from graphbuild.store.endpoint import Endpoint

    monkeypatch.setattr(remote, "PAGE", 4)
    pages = list(_pages(Endpoint(url), v.CREATOR))
    assert [len(page) for page in pages] == [4, 2]
    assert len({row for page in pages for row in page}) == 6
