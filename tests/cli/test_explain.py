"""Why an entity is what it is: told from the records, for a librarian to follow."""

import json

import pytest
from click.testing import CliRunner

from graphbuild.cli import main

WORKS = """\
{"title": "On Threads", "ids": ["doi:10.1000/t"], "issued": "2023", "authors": [{"name": "Bo Sample", "affiliations": [{"written": "Loom University, 10115 Berlin, Germany"}]}, {"name": "Cy Specimen", "affiliations": [{"written": "At home"}]}]}
{"type": "institution", "ids": ["ror:02jbv0t02"], "name": "Loom University", "place": "Berlin", "country": "DE"}
{"title": "On Knots", "ids": ["doi:10.1000/k"], "authors": ["Bo Sample", "Cy Specimen"]}
"""
OTHER = '{"title": "On Threads!", "ids": ["doi:10.1000/t"], "issued": "2024-05", "authors": ["Bo Sample", "Cy Specimen"], "abstract": "Threads hold."}\n'


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explained")
    (folder / "works.jsonl").write_text(WORKS, encoding="utf-8")
    (folder / "other.jsonl").write_text(OTHER, encoding="utf-8")
    given = [str(folder / name) for name in ("works.jsonl", "other.jsonl")]
    run("build", *given, "-o", str(folder / "g"), "--no-check")
    return str(folder / "g")


def run(*words, status=0):
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == status, result.output
    return result.output


def told(graph, *words):
    return json.loads(run("explain", *words, "-g", graph, "--format", "json"))


def test_paper_tells_what_each_record_says_and_which_value_the_graph_has(graph):
    explained = told(graph, "doi:10.1000/t")
    assert explained["identifiers"] == ["doi:10.1000/t"]
    assert len(explained["records"]) == 2
    stories = {story["field"]: story for story in explained["fields"]}
    assert {(each["value"], each["wins"]) for each in stories["issued"]["told"]} == {
        ("2023", False),
        ("2024-05", True),
    }
    assert stories["abstract"]["why"] == "only one record states it"
    assert stories["title"]["why"] == "all records that state it agree"


def test_affiliation_tells_why_it_is_tied_to_an_organisation_or_why_not(graph):
    ties = {tie["written"]: tie for tie in told(graph, "doi:10.1000/t")["ties"]}
    loom = ties["Loom University, 10115 Berlin, Germany"]
    assert loom["organizations"] == ["Loom University <org/ror:02jbv0t02>"]
    because = dict(loom["because"])
    assert "loom university" in because["name"].lower()
    assert "is enough" in because["score"]
    assert ties["At home"]["organizations"] == []
    assert dict(ties["At home"]["because"]) == {
        "register": "no organisation of a register is named in it"
    }


def test_person_tells_the_affiliations_and_what_joined_the_papers(graph):
    page = run("explain", "Bo Sample", "-g", graph)
    assert "Made of\n  other.jsonl, line 1\n  works.jsonl, line 1" in page
    assert '"Loom University, 10115 Berlin, Germany": Loom University <org/ror:02jbv0t02>' in page
    explained = told(graph, "Bo Sample")
    assert {case["decision"] for case in explained["joined"]} == {"same"}
    words = [said for case in explained["joined"] for _, said in case["evidence"]]
    assert any("cy specimen" in said.lower() for said in words)


def test_organisation_tells_by_what_it_is_identified(graph):
    assert told(graph, "Loom University")["identifiers"] == ["ror:02jbv0t02"]


def test_two_papers_that_nothing_ties_are_said_to_be_two(graph):
    page = run("explain", "doi:10.1000/t", "doi:10.1000/k", "-g", graph)
    assert page.startswith("Two: ")
    assert "nothing speaks for their being one" in page
    assert told(graph, "doi:10.1000/t", "doi:10.1000/k")["same"] is False
