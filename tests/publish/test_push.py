"""A push brings a server into step, and nothing that happens on the way loses or doubles a triple."""

import json
import subprocess
import time
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, Store, parse

from graphbuild.cli import main
from graphbuild.publish import targets
from graphbuild.publish.targets import VIVO_GRAPH
from graphbuild.store import patience
from tests.servers import empty_virtuoso, oxigraph_server, reply, scripted_server, vivo_double

SECRETS = {"GRAPHBUILD_ENDPOINT_USER": "dba", "GRAPHBUILD_ENDPOINT_PASSWORD": "dba"}
GRAPH = "http://a.example/graph"
UNTAKEN = '<urn:s:9> <urn:p> "12345678901234567890"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
FOREIGN = "<urn:theirs> <urn:p> <urn:o> ."


@pytest.fixture(autouse=True)
def _hurry(monkeypatch):
    monkeypatch.setattr(patience, "FIRST_PAUSE", 0.01)


def lines(*numbers):
    return "".join(f'<urn:s:{n}> <urn:p> "{n}" .\n' for n in numbers)


def push(file, target, *options, env=None):
    arguments = ["push", str(file), "--to", target, *options]
    return CliRunner().invoke(main, arguments, env=env)


def triples(text):
    return {quad.triple for quad in parse(text, format=RdfFormat.N_TRIPLES)}


class Graph:
    """A file to be pushed, and what a server's store would then have to hold."""

    def __init__(self, path):
        self.path = path / "graph.nt"

    def write(self, text):
        self.path.write_text(text)
        return self.path

    def refused(self):
        [file] = self.path.parent.glob("graph.nt.pushed/*/refused.jsonl")
        return [json.loads(line)["triple"] for line in file.read_text().splitlines()]

    def journal(self):
        [file] = self.path.parent.glob("graph.nt.pushed/*/journal.jsonl")
        return [json.loads(line) for line in file.read_text().splitlines()]


@pytest.fixture
def graph(tmp_path):
    return Graph(tmp_path)


def same(file, server, *, but=""):
    """Say what the graph on a server lacks and has too much, by another command."""
    result = CliRunner().invoke(main, ["diff", server, str(file), "-f", "nt"], env=SECRETS)
    assert result.exit_code == 0, result.stderr
    return result.stdout == but


@pytest.mark.parametrize("address", ["/store", "/update"])
def test_oxigraph_is_brought_into_step(graph, tmp_path, address):
    with oxigraph_server(tmp_path / "server") as url:
        assert push(graph.write(lines(1, 2, 3)), url + address).exit_code == 0
        assert same(graph.path, f"{url}/query")
        again = push(graph.path, url + address, "--delta")
        assert "0 triples sent, 0 removed" in again.stderr
        graph.write(lines(2, 3, 4))
        dry = push(graph.path, url + address, "--delta", "--dry-run")
        assert dry.stdout.startswith("1 triples added, 1 removed")
        assert not same(graph.path, f"{url}/query")
        assert "1 triples sent, 1 removed" in push(graph.path, url + address, "--delta").stderr
        assert same(graph.path, f"{url}/query")


@pytest.mark.parametrize("address", ["/store", "/update"])
def test_what_others_put_there_stays_unless_it_is_to_be_replaced(graph, tmp_path, address):
    foreign = tmp_path / "foreign.nt"
    foreign.write_text(f"{FOREIGN}\n")
    with oxigraph_server(tmp_path / "server", foreign) as url:
        push(graph.write(lines(1, 2)), url + address)
        push(graph.write(lines(2)), url + address, "--delta")
        assert same(graph.path, f"{url}/query", but=f"- {FOREIGN}\n")
        push(graph.path, url + address, "--delta", "--replace")
        assert same(graph.path, f"{url}/query")


def test_journal_stands_in_for_reading_the_target(graph, tmp_path):
    with oxigraph_server(tmp_path / "server") as url:
        push(graph.write(lines(1, 2)), f"{url}/update")
        graph.write(lines(2, 3))
        done = push(graph.path, f"{url}/update", "--delta", "--against", "journal")
        assert "1 triples sent, 1 removed" in done.stderr
        assert same(graph.path, f"{url}/query")


def test_value_in_the_form_of_the_server_is_no_difference(graph, tmp_path):
    graph.write('<urn:a> <urn:p> "01"^^<http://www.w3.org/2001/XMLSchema#int> .\n')
    with oxigraph_server(tmp_path / "server") as url:
        assert push(graph.path, f"{url}/store").exit_code == 0
        again = push(graph.path, f"{url}/store", "--delta")
        assert "0 triples sent, 0 removed" in again.stderr


def test_virtuoso_is_brought_into_step_and_what_it_refuses_is_listed(graph, tmp_path):
    many = lines(*range(6000))  # more than Virtuoso takes in one update
    with empty_virtuoso(tmp_path) as (url, _):
        store = f"{url}/sparql-graph-crud-auth?graph={GRAPH}"
        first = push(graph.write(many), store, env=SECRETS)
        assert first.exit_code == 0, first.stderr
        update = f"{url}/sparql-auth"
        done = push(graph.write(many + UNTAKEN), update, "--into", GRAPH, "--delta", env=SECRETS)
        assert done.exit_code == 1
        listed = [
            json.loads(line)["triple"]
            for file in graph.path.parent.glob("graph.nt.pushed/*sparql-auth*/refused.jsonl")
            for line in file.read_text().splitlines()
        ]
        assert listed == [UNTAKEN.strip()]
        changed = push(graph.write(lines(*range(1, 9))), store, "--delta", "--replace", env=SECRETS)
        assert "0 triples sent, 5,992 removed" in changed.stderr


def test_vivo_double_gets_both_forms_into_the_graph_that_people_edit(graph, monkeypatch):
    monkeypatch.setattr(targets.Vivo, "at_once", 2)
    store = Store()
    secrets = dict(zip(SECRETS, ("ada@a.example", "secret"), strict=True))
    with vivo_double(store, "ada@a.example", "secret") as url:
        result = push(graph.write(lines(1, 2, 3)), url, "--via", "vivo", env=secrets)
        assert result.exit_code == 0, result.stderr
        push(graph.write(lines(3, 4)), f"{url}/api/sparqlUpdate", "--delta", env=secrets)
        wrong = push(graph.path, url, "--via", "vivo", env=SECRETS)
        missing = push(graph.path, url, "--via", "vivo")
    held = {
        quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(VIVO_GRAPH))
    }
    assert held == triples(lines(3, 4)) | triples(lines(1, 2))  # another address, another journal
    assert wrong.exit_code == 6
    assert "403" in wrong.stderr
    assert missing.exit_code == 6
    assert "GRAPHBUILD_ENDPOINT_USER" in missing.stderr


def test_folder_and_git_repository_get_graph_and_patches(graph, tmp_path):
    folder = tmp_path / "public"
    folder.mkdir()
    git = ["git", "-C", str(folder)]
    subprocess.run([*git, "init", "-q"], check=True)
    for name, value in (("user.name", "A"), ("user.email", "a@a.example")):
        subprocess.run([*git, "config", name, value], check=True)
    for text in (lines(1, 2), lines(2, 3), lines(2, 3)):
        assert push(graph.write(text), str(folder)).exit_code == 0
    assert (folder / "graph.nt").read_text() == lines(2, 3)
    first, second = sorted((folder / "changes").iterdir())
    name = first.read_text().split()[2]
    assert second.read_text().splitlines()[1:] == [
        f"H prev {name} .", "TX .", 'D <urn:s:1> <urn:p> "1" .', 'A <urn:s:3> <urn:p> "3" .', "TC .",
    ]  # fmt: skip
    log = subprocess.run([*git, "log", "--format=%s"], check=True, capture_output=True, text=True)
    assert log.stdout.splitlines() == [
        "Graph: 1 triples added, 1 removed", "Graph: 2 triples added, 0 removed",
    ]  # fmt: skip


class Weather:
    """An update service over a real store that misbehaves at one request."""

    def __init__(self, monkeypatch, at, act):
        monkeypatch.setattr(targets.UpdateService, "at_once", 2)
        self.store = Store()
        self.updates = 0
        self._at = at
        self._act = act

    def answer(self, handler, body):
        if handler.path == "/query":
            text = parse_query(body)
            found = self.store.query(text)
            form = {"format": RdfFormat.N_TRIPLES} if text.startswith("CONSTRUCT") else {}
            kind = "application/n-triples" if form else "application/sparql-results+json"
            return reply(
                handler, 200, found.serialize(**form or {"format": QueryResultsFormat.JSON}), kind
            )
        self.updates += 1
        if self.updates == self._at:
            return self._act(self, handler, body.decode())
        return self.take(handler, body.decode())

    def take(self, handler, text):
        self.store.update(text)
        reply(handler, 204)

    def held(self):
        return {quad.triple for quad in self.store}


def parse_query(body):
    return parse_qs(body.decode())["query"][0]


SIX = lines(1, 2, 3, 4, 5, 6)


def busy(status):
    def act(weather, handler, text):
        reply(handler, status, Retry_After="0")

    return act


def breaks_off_after_taking(weather, handler, text):
    weather.store.update(text)
    handler.close_connection = True
    handler.connection.close()


@pytest.mark.parametrize("act", [busy(429), busy(503), busy(502), breaks_off_after_taking])
def test_passing_trouble_is_waited_out(graph, monkeypatch, act):
    weather = Weather(monkeypatch, 2, act)
    with scripted_server(weather.answer) as url:
        result = push(graph.write(SIX), f"{url}/update")
    assert result.exit_code == 0, result.stderr
    assert weather.held() == triples(SIX)
    assert weather.updates == 4


def silent(weather, handler, text):
    time.sleep(1.5)


def silent_after_taking(weather, handler, text):
    weather.store.update(text)
    time.sleep(1.5)


def does_nothing(weather, handler, text):
    reply(handler, 200, b"done", "text/plain")


def forbids(weather, handler, text):
    reply(handler, 403, b"graph is read-only\n at x", "text/plain")


@pytest.mark.parametrize(
    ("act", "status", "words"),
    [
        (silent, 124, "no answer within"),
        (silent_after_taking, 124, "no answer within"),
        (does_nothing, 6, "all 2 triples are not there"),
        (forbids, 6, "answers 403 Forbidden: graph is read-only"),
    ],
)
def test_lasting_trouble_ends_the_push_and_the_next_goes_on(graph, monkeypatch, act, status, words):
    weather = Weather(monkeypatch, 2, act)
    with scripted_server(weather.answer) as url:
        broken = push(graph.write(SIX), f"{url}/update", "--timeout", "0.5")
        assert broken.exit_code == status
        assert words in broken.stderr
        assert "batch 2 of 3 (INSERT); 1 of 3 batches have arrived" in broken.stderr
        assert [(each["done"], each["of"]) for each in graph.journal()] == [(1, 3)]
        again = push(graph.path, f"{url}/update")
    assert again.exit_code == 0, again.stderr
    assert "1 batches had arrived before" in again.stderr
    assert weather.held() == triples(SIX)
    assert weather.updates == 4


def refuses(number):
    """Answer as a server that does not take one literal, whatever comes with it."""

    def answer(weather, handler, body):
        text = body.decode()
        if handler.path != "/query" and f'"{number}"' in text:
            weather.updates += 1
            return reply(handler, 400, b"bad literal", "text/plain")
        return Weather.answer(weather, handler, body)

    return answer


def test_refused_triples_are_listed_and_the_others_arrive(graph, monkeypatch):
    weather = Weather(monkeypatch, 0, None)
    with scripted_server(lambda *request: refuses(4)(weather, *request)) as url:
        result = push(graph.write(SIX), f"{url}/update")
        assert result.exit_code == 1
        assert "refused 1 triples" in result.stderr
        assert "bad literal" in result.stderr
        assert graph.refused() == [lines(4).strip()]
        assert weather.held() == triples(lines(1, 2, 3, 5, 6))


def test_server_that_refuses_everything_is_given_up(graph, monkeypatch):
    def answer(handler, body):
        reply(handler, 400, b"unknown graph", "text/plain")

    with scripted_server(answer) as url:
        result = push(graph.write(lines(*range(40))), f"{url}/update")
    assert result.exit_code == 6
    assert "unknown graph" in result.stderr
    assert "no batch has arrived" in result.stderr


def test_target_that_changes_under_us_keeps_what_others_wrote(graph, monkeypatch):
    weather = Weather(monkeypatch, 2, lambda self, handler, text: changed(self, handler, text))

    def changed(self, handler, text):
        self.store.update(f"INSERT DATA {{ {FOREIGN} }}")
        self.take(handler, text)

    with scripted_server(weather.answer) as url:
        assert push(graph.write(SIX), f"{url}/update").exit_code == 0
        push(graph.write(lines(1)), f"{url}/update", "--delta")
    assert weather.held() == triples(lines(1)) | triples(FOREIGN)


def test_torn_line_of_a_journal_is_as_if_it_had_not_been_written(graph, monkeypatch):
    weather = Weather(monkeypatch, 3, forbids)
    with scripted_server(weather.answer) as url:
        push(graph.write(SIX), f"{url}/update")
        [file] = graph.path.parent.glob("graph.nt.pushed/*/journal.jsonl")
        file.write_bytes(file.read_bytes()[:-20])
        again = push(graph.path, f"{url}/update")
    assert "1 batches had arrived before" in again.stderr
    assert weather.held() == triples(SIX)


def test_secret_does_not_travel_in_the_clear(graph):
    result = push(graph.write(SIX), "http://kg.example.org/update", env=SECRETS)
    assert result.exit_code == 6
    assert "by https only" in result.stderr
