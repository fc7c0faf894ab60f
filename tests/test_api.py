import pytest

import graphbuild
from graphbuild.errors import (
    AmbiguousEntityError,
    GraphError,
    NoSuchQueryError,
    ParameterError,
    QueryError,
    QuerySyntaxError,
    ShapesError,
)
from graphbuild.store.columns import read_lines
from tests.servers import oxigraph_server
from tests.small_graph import BASE, small_graph

TITLES = "SELECT ?title ?date { ?p dcterms:title ?title ; dcterms:issued ?date } ORDER BY ?title"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return small_graph(tmp_path_factory.mktemp("api") / "graph")


@pytest.fixture(scope="module", params=["folder", "endpoint"])
def graph(request, folder, tmp_path_factory):
    if request.param == "folder":
        yield graphbuild.open(folder.path)
        return
    place = tmp_path_factory.mktemp("server")
    dump = place / "dump.nt"
    dump.write_bytes(b"".join(lines for lines, _ in read_lines(folder)))
    with oxigraph_server(place / "store", dump) as url:
        yield graphbuild.open(f"{url}/query")


def test_canned_query_takes_names_and_gives_typed_rows(graph):
    rows = graph.query("author-coauthors", person="Ben Sample")
    assert {(row.name, row.papers) for row in rows} == {("Ada Example", 2), ("Cleo <b>Bold</b>", 1)}
    assert rows.about.constants == {"person": f"{BASE}id/person/ben"}
    assert rows.to_networkx().degree[f"{BASE}id/person/ben"] == 2


def test_short_name_and_pythons_spelling_of_parameters(graph):
    rows = graph.query("coauthors", person="Ben Sample", min_papers=2)
    assert [row.name for row in rows] == ["Ada Example"]
    same = graph.query("coauthors", parameters={"person": "Ben Sample", "minPapers": 2})
    assert rows.terms == same.terms


def test_sparql_of_every_form_gives_rows(graph):
    rows = graph.query(TITLES, limit=1, offset=1)
    assert rows.to_dicts() == [{"title": "Levers", "date": "2023"}]
    assert graph.query("ASK { ?p a gb:Paper }")[0].answer is True
    [row] = graph.query("CONSTRUCT { ?p a gb:Paper } { ?p dcterms:title 'Levers' }")
    assert row.subject == f"{BASE}id/paper/p2"
    assert graph.ask("ASK { ?p a gb:Nothing }") is False


def test_entities_are_named_and_described(graph):
    assert graph.entity("Ben Sample") == f"{BASE}id/person/ben"
    assert graph.describe("Levers").name == "Levers"
    with pytest.raises(AmbiguousEntityError):
        graph.entity("Ada Example", "foaf:Person")


def test_network_comes_as_networkx(graph):
    assert graph.network().number_of_nodes() == 4  # two of one name


SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix gb: <https://w3id.org/graphbuild/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
[] a sh:NodeShape ; sh:targetClass gb:Paper ; sh:property [
  sh:path dcterms:title ; sh:pattern "^[^L]" ; sh:message "Not Levers." ] .
"""


def test_own_shapes_are_checked(graph, tmp_path):
    (tmp_path / "own.ttl").write_text(SHAPES)
    report = graph.check(tmp_path / "own.ttl")
    assert not report.conforms()
    assert {result.focus for result in report.results} == {f"<{BASE}id/paper/p2>"}
    with pytest.raises(ShapesError, match="no such engine; there are columnar"):
        graph.check(engine="guess")


def test_shipped_shapes_find_the_same_by_every_engine(folder):
    graph = graphbuild.open(folder.path)
    found = [
        {result.identity for result in graph.check(engine=name).results}
        for name in ("columnar", "sparql")
    ]
    assert found[0] == found[1] != set()


def test_queries_are_listed_by_word(graph):
    assert "author-coauthors" in [query.id for query in graph.queries("co-authors")]


def test_mistakes_are_errors_of_ours(graph):
    with pytest.raises(NoSuchQueryError, match="did you mean"):
        graph.query("author-coautors")
    with pytest.raises(ParameterError, match="needs a value"):
        graph.query("author-coauthors")
    with pytest.raises(ParameterError, match="no parameter 'nobody'"):
        graph.query("author-coauthors", nobody="x")
    with pytest.raises(QuerySyntaxError, match="1:10"):
        graph.query("SELECT * { ?s a gb:Paper")


def test_what_needs_a_folder_says_so(folder):
    here = graphbuild.open(folder.path)
    assert [hit.label for hit in here.find("pulleis")] == ["Undated Pulleys"]
    assert here.summary().triples > 100
    there = graphbuild.open("https://kg.example.org/sparql")
    for wanted in (lambda: there.find("x"), there.summary):
        with pytest.raises(GraphError, match="needs a graph folder"):
            wanted()


def test_graph_shows_where_it_is(folder):
    assert str(graphbuild.open(folder.path)) == str(folder.path)
    assert str(folder.path) in graphbuild.open(str(folder.path))._repr_html_()


def test_unknown_names_of_the_package_are_attribute_errors():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        graphbuild.nothing  # noqa: B018


def test_network_of_triples_holds_the_ties_between_entities(graph):
    network = graph.network("author-ego-network", person="Ben Sample")
    labels = sorted(label for _, label in network.nodes(data="label"))
    assert labels == [
        "Ada Example",
        "Ben Sample",
        "Cleo <b>Bold</b>",
        "GEARS: Gears & Wheels",
        "Levers",
    ]
    assert network.number_of_edges() == 5  # three authors of the one paper, two of the other


def test_answer_that_is_no_network_is_told(graph):
    with pytest.raises(QueryError, match="no network"):
        graph.network("papers-by-year")
