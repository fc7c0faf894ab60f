import json

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse

from graphbuild.cli import main
from tests.small_graph import literal, small_graph, turtle


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return small_graph(tmp_path_factory.mktemp("show") / "graph")


def run(graph, *arguments):
    wide = {"COLUMNS": "100"}
    return CliRunner().invoke(main, ["show", *arguments, "--graph", str(graph.path)], env=wide)


def test_paper_reads_name_first_then_facts_then_sources(graph):
    assert run(graph, "GEARS: Gears & Wheels").stdout == (
        """GEARS: Gears & Wheels
paper · https://w3id.org/graphbuild/id/paper/p1

  date         2021-03-02
  authors      1st           Ben Sample
               2nd           Cleo <b>Bold</b>
               3rd or later  Ada Example       not in the list; the profile page lists the paper
  author list  cut short by the source; at least 3 authors
  topics       Machine Learning (cs.LG)
  introduces   GEARS  method
  code         Ada/Gears  code and data released  "Code and data are here."
  code flag    the source flags the paper as having code
  listed on    Ada Example
  abstract     Wheels turn. Gears turn "wheels".

Sources
  page.txt, entry 1, line 9: "LGMar 2, 2021Code"
"""
    )


def test_person_reads_papers_newest_first(graph):
    lines = run(graph, "person/ada").stdout.splitlines()
    start = lines.index("Papers (2)")
    assert lines[start + 1 : start + 4] == [
        "  2023*       1st           Levers",
        "  2021-03-02  3rd or later  GEARS: Gears & Wheels",
        "  * year inferred",
    ]


def test_long_list_is_cut_and_counted_unless_all_is_asked_for(tmp_path):
    papers = "".join(
        f':paper\\/p{n} dcterms:title "Paper {n:02}" ; dcterms:creator :person\\/ada .\n'
        for n in range(25)
    )
    graph = small_graph(
        tmp_path / "graph", turtle(papers + ':person\\/ada a foaf:Person ; foaf:name "Ada" .')
    )
    short, whole = (run(graph, "person/ada", *more).stdout for more in ([], ["--all"]))
    assert "... and 5 more; --all shows them" in short
    assert "Paper 24" not in short
    assert "Paper 24" in whole
    assert "Every statement (2)" in whole
    assert "Every reference to it (25)" in whole


def test_json_names_the_cells(graph):
    document = json.loads(run(graph, "person/ada", "-f", "json").stdout)
    assert (document["name"], document["kind"]) == ("Ada Example", "foaf:Person")
    assert document["parts"]["papers"][0] == {
        "date": "2023 (year inferred)",
        "position": "1st",
        "title": "Levers",
        "iri": "https://w3id.org/graphbuild/id/paper/p2",
    }
    assert ["foaf:givenName", "Ada"] in document["properties"]


def test_turtle_holds_the_entity_and_its_details(graph):
    result = run(graph, "paper/p1", "-f", "ttl")
    triples = {quad.triple for quad in parse(result.stdout_bytes, format=RdfFormat.TURTLE)}
    expected = [triple for triple in turtle_of_paper() if triple in triples]
    assert len(expected) == 2
    assert b"@prefix gb:" in result.stdout_bytes


def turtle_of_paper():
    return turtle(
        """:paper\\/p1 dcterms:title "GEARS: Gears & Wheels" .
        :codelink\\/p1-x gb:stance gb:Released ."""
    )


def test_controls_of_a_terminal_are_shown_and_not_sent(tmp_path):
    graph = small_graph(tmp_path / "graph", [literal("Evil \x1b[2J\r\u202e title")])
    result = run(graph, "paper/naughty")
    assert result.stdout.splitlines()[0] == "Evil \\x1b[2J\\x0d title"


def test_name_of_several_is_listed_with_status_4(graph):
    result = run(graph, "Ada Example")
    assert (result.exit_code, result.stdout) == (4, "")
    assert "person/ada2" in result.stderr


def test_unknown_name_ends_with_status_4(graph):
    assert run(graph, "Nobody Known").exit_code == 4
