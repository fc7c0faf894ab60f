"""What each source says by itself is kept beside the fused graph, and changes nothing in it."""

import pyoxigraph
import pytest
from click.testing import CliRunner

from graphbuild.build import Options, build
from graphbuild.cli.build import build as command
from graphbuild.query.solutions import select
from graphbuild.store.columns import read_rows, read_statements
from graphbuild.store.folder import open_graph
from graphbuild.store.formats import export
from graphbuild.store.settings import read_settings

ONE = """\
{"title": "On Threads", "ids": ["doi:10.1000/t"], "issued": "2023", "authors": ["Bo Sample", "Cy Specimen"], "venue": {"name": "Looms", "ids": ["issn:1570-0844"]}, "topics": ["weaving", "knots"]}
"""
OTHER = """\
{"title": "On threads", "ids": ["doi:10.1000/t"], "issued": "2024", "authors": ["Bo Sample", "C. Specimen"], "topics": ["knots"]}
"""
ISSUED = "<http://purl.org/dc/terms/issued>"
TITLE = "<http://purl.org/dc/terms/title>"
PAPER = "<https://w3id.org/graphbuild/id/paper/doi:10.1000~1t>"


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inputs")
    for name, text in (("one.jsonl", ONE), ("other.jsonl", OTHER)):
        (folder / name).write_text(text, encoding="utf-8")
    return [str(folder / name) for name in ("one.jsonl", "other.jsonl")]


@pytest.fixture(scope="module")
def graph(inputs, tmp_path_factory):
    return build(
        Options(tuple(inputs), tmp_path_factory.mktemp("kept") / "g", keep_sources=True)
    ).graph


def said(graph, predicate):
    return {
        (name[-17:-1], o)
        for name, rows in read_statements(graph)
        for s, p, o in rows
        if (s, p) == (PAPER, predicate)
    }


def test_each_source_keeps_its_own_values(graph):
    one, other = (each.sha256[:16] for each in graph.build.inputs)
    assert said(graph, TITLE) == {(one, '"On Threads"'), (other, '"On threads"')}
    assert {(key, year[:6]) for key, year in said(graph, ISSUED)} == {
        (one, '"2023"'),
        (other, '"2024"'),
    }


def test_fused_graph_is_the_same_with_and_without(graph, inputs, tmp_path):
    plain = build(Options(tuple(inputs), tmp_path / "g")).graph
    assert list(read_rows(plain)) == list(read_rows(graph))
    assert not plain.statements.exists()
    assert list(read_statements(plain)) == []


def test_name_that_the_fused_list_writes_otherwise_is_nobody_there(graph):
    creators = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?paper dcterms:creator ?person } }"
    [[number]] = select(graph, creators).rows
    assert number.value == "3"  # both of one list, and Bo Sample of the other
    written = "SELECT ?name { GRAPH ?g { ?place gb:nameAsWritten ?name } } ORDER BY ?name"
    assert [name.value for [name] in select(graph, written).rows] == [
        "Bo Sample", "Bo Sample", "C. Specimen", "Cy Specimen",
    ]  # fmt: skip


def test_statement_nodes_of_two_sources_are_not_one(graph):
    text = """SELECT ?node { GRAPH ?g { ?node gb:assignmentPaper ?paper } }"""
    nodes = [node.value for [node] in select(graph, text).rows]
    assert len(nodes) == len(set(nodes)) == 3


def test_query_sees_the_fused_graph_alone_unless_it_asks(graph):
    [[number]] = select(graph, "SELECT (COUNT(*) AS ?n) { ?paper a gb:Paper }").rows
    assert number.value == "1"
    [[number]] = select(graph, "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows
    assert number.value == "2"


def test_dump_holds_the_named_graphs_where_its_syntax_has_such(graph, tmp_path):
    for name in ("nq", "trig", "nt"):
        export(graph, tmp_path / f"g.{name}", name)
    quads, trig, triples = (
        set(pyoxigraph.parse(path=str(tmp_path / f"g.{name}"))) for name in ("nq", "trig", "nt")
    )
    assert quads == trig
    assert {quad for quad in quads if quad.graph_name == pyoxigraph.DefaultGraph()} == triples
    assert len(quads) > len(triples)


def test_graph_remembers_the_wish(graph, inputs):
    settings = read_settings(graph.path)
    assert settings is not None
    assert settings.keep_sources
    assert build(Options(tuple(inputs), graph.path, keep_sources=True)).unchanged


def test_command_hands_its_wishes_on(inputs, tmp_path):
    graph = tmp_path / "g"
    rules = tmp_path / "rules.toml"
    rules.write_text("[papers]\nalike = 0.7\n", encoding="utf-8")
    given = [*inputs, "-o", graph, "--no-check", "--keep-sources", "--trust", "own-records"]
    done = CliRunner().invoke(command, [*map(str, given), "--rules", str(rules)])
    assert done.exit_code == 0, done.output
    assert open_graph(graph).build.trust == ("own-records",)
    assert open_graph(graph).statements.exists()
    settings = read_settings(graph)
    assert settings is not None
    assert (settings.trust, settings.keep_sources) == (("own-records",), True)
    assert settings.rules is not None
