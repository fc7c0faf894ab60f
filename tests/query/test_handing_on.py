"""Tools take the canned queries in their own forms: each form is read back as its tool reads it."""

import configparser
import json

import pytest
import yaml
from click.testing import CliRunner
from pyoxigraph import Store
from rdflib import Graph, Namespace

from graphbuild.cli import main
from graphbuild.query.catalogue import load_all, parse
from graphbuild.query.handing_on import Bound, grlc, openapi, qlever, sib

SH = Namespace("http://www.w3.org/ns/shacl#")
TEXT = """\
#+ summary: Papers "of" a year
#+ tags: [paper]
#+ params: {year: {help: "the year", example: 2020, min: 1000}, kind: {help: "kind", example: a}}
#+ enumerate: [{kind: [a, b]}]
SELECT ?p WHERE { ?p ?q ?_year_integer, ?__kind_literal } ORDER BY ?p
"""
QUERY = parse(TEXT, "paper/papers-of-year.rq")
BOUND = Bound(QUERY, 'SELECT ?p WHERE { ?p ?q "a\\n\\"b" } ORDER BY ?p')


def test_grlc_takes_the_files_as_they_are():
    assert grlc([QUERY]) == {"papers-of-year.rq": TEXT}


def test_openapi_tells_types_choices_and_limits():
    described = json.loads(openapi([QUERY])["openapi.json"])
    year, kind = described["paths"]["/papers-of-year"]["get"]["parameters"]
    assert year == {
        "name": "year",
        "in": "query",
        "required": True,
        "description": "the year",
        "schema": {"type": "integer", "minimum": 1000},
        "example": "2020",
    }
    assert (kind["required"], kind["schema"]) == (False, {"type": "string", "enum": ["a", "b"]})


def test_shacl_holds_the_query_unharmed():
    graph = Graph().parse(data=sib([BOUND])["papers-of-year.ttl"], format="turtle")
    [(subject, _, text)] = graph.triples((None, SH.select, None))
    assert str(subject) == "https://w3id.org/graphbuild/id/query/papers-of-year"
    assert str(text) == BOUND.text


def test_qlever_gets_yaml_and_a_qleverfile():
    files = qlever([BOUND])
    [query] = yaml.safe_load(files["graphbuild.benchmark.yaml"])["queries"]
    assert query == {"query": "papers-of-year", "sparql": BOUND.text}
    settings = configparser.ConfigParser(interpolation=None)
    settings.read_string(files["Qleverfile"])
    assert settings["index"]["INPUT_FILES"] == "graph.nt"


def run(*arguments):
    return CliRunner().invoke(main, ["queries", *map(str, arguments)])


def test_names_that_the_graph_does_not_know_are_told(graph, tmp_path):
    result = run("--as", "qlever", "--to", tmp_path / "out", "--graph", graph.path)
    written = yaml.safe_load((tmp_path / "out" / "graphbuild.benchmark.yaml").read_text())
    left_out = result.stderr.count("left out: ")
    assert result.exit_code == 0
    assert left_out > 0
    assert len(written["queries"]) == len(load_all()) - left_out
    for query in written["queries"]:
        Store().query(query["sparql"])


@pytest.mark.parametrize("arguments", [["--as", "grlc"], ["--to", "x"], ["--as", "x", "--to", "x"]])
def test_half_a_wish_is_a_wrong_use(arguments):
    assert run(*arguments).exit_code == 2


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    result = run("--as", "grlc", "--to", tmp_path / "file" / "x")
    assert result.exit_code != 0
    assert "cannot be written" in str(result.exception) + result.stderr
