"""Linking by a reconciliation service: a local double that follows the API's version 0.2."""

import json
from urllib.parse import parse_qs

import pytest

from tests.linking.conftest import run
from tests.linking.test_link import counted, links
from tests.servers import reply, scripted_server

MANIFEST = {
    "versions": ["0.2"],
    "name": "Double",
    "identifierSpace": "http://double.example.org/",
    "schemaSpace": "http://double.example.org/types/",
    "extend": {},
}
OFFERS = {
    "Gears and Wheels of Examples": [("P1", 70.0, False)],
    "Levers in Practice": [("P9", 99.0, True)],
}
ROWS = {"P1": {"doi": [{"str": "https://doi.org/10.1000/one"}]}, "P9": {"doi": []}}


class Double:
    """No service: a stand-in that answers from two tables, and does as ``trouble`` says at first."""

    def __init__(self, manifest=MANIFEST, trouble=(), at_most=100):
        self.manifest, self.trouble, self.at_most = manifest, list(trouble), at_most
        self.asked = []

    def __call__(self, handler, body):
        if self.trouble:
            status, headers = self.trouble.pop(0)
            return reply(handler, status, b"", "text/plain", **headers)
        if handler.command == "GET":
            return reply(handler, 200, json.dumps(self.manifest).encode(), "application/json")
        form = {name: json.loads(values[0]) for name, values in parse_qs(body.decode()).items()}
        if "extend" in form:
            rows = {each: ROWS[each] for each in form["extend"]["ids"]}
            return reply(handler, 200, json.dumps({"rows": rows}).encode(), "application/json")
        if len(form["queries"]) > self.at_most:
            return reply(handler, 413, b"", "text/plain")
        self.asked += [each["query"] for each in form["queries"].values()]
        answer = {key: {"result": self.offers(each)} for key, each in form["queries"].items()}
        return reply(handler, 200, json.dumps(answer).encode(), "application/json")

    @staticmethod
    def offers(question):
        found = OFFERS.get(question["query"], [])
        return [{"id": i, "name": question["query"], "score": s, "match": m} for i, s, m in found]


def link(graph, double, *options):
    with scripted_server(double) as url:
        return run("link", graph, "--with", url, "--via", "reconcile", "--name", "double", *options)


def test_identifiers_decide_and_scores_do_not(graph):
    double = Double(trouble=[(503, {"Retry_After": "0"})], at_most=2)
    done = link(graph, double, "--type", "paper=Work")
    assert done.exit_code == 0, done.stderr
    assert counted(done.stdout)["papers"] == ["1", "1", "1", "0"]
    assert sorted(double.asked) == [
        "Gears and Wheels of Examples",
        "Levers in Practice",
        "Undated Pulleys",
    ]
    found = links(graph, "double")
    same = found["doi:10.1000/one", "http://double.example.org/P1"]
    assert (same["decision"], same["evidence"][0][0]) == ("same", "shared-identifier")
    guess = found["doi:10.1000/two", "http://double.example.org/P9"]
    assert (guess["decision"], guess["score"]) == ("undecided", 0.9)
    again = Double()
    assert link(graph, again, "--type", "paper=Work").stdout == done.stdout
    assert again.asked == []


@pytest.mark.parametrize(
    ("double", "told"),
    [
        (Double({**MANIFEST, "versions": ["0.1"]}), "speaks 0.1, not version 0.2"),
        (Double({"name": "x"}), "answers what no reconciliation service says"),
        (Double(trouble=[(401, {})]), "answers 401"),
    ],
)
def test_services_that_are_none(graph, double, told):
    done = link(graph, double)
    assert done.exit_code == 6
    assert told in done.stderr


def test_kinds_and_schemes_that_there_are_not(graph):
    assert (
        "--type thing: there are person, paper"
        in link(graph, Double(), "--type", "thing=Q1").stderr
    )
    assert "--property nose" in link(graph, Double(), "--property", "nose=P1").stderr
