"""Networks of other entities than people, on a graph whose numbers can be worked out by hand."""

import pytest

from graphbuild.network import NETWORKS, Selection
from tests.small_graph import BASE, small_graph, turtle

GRAPH = """
:paper\\/old dcterms:title "On Looms" ; dcterms:issued "2001"^^xsd:gYear ;
  pro:isDocumentContextFor :authorship\\/old-1, :authorship\\/old-2 ; dcterms:subject :topic\\/a .
:paper\\/mid dcterms:title "Looms Again" ; dcterms:issued "2005-02"^^xsd:gYearMonth ;
  <http://purl.org/spar/cito/cites> :paper\\/old ; gb:citesOutside <https://doi.org/10.1000/x> ;
  dcterms:subject :topic\\/a, :topic\\/b ; gb:hasCode :repo\\/one .
:paper\\/new dcterms:issued "2010"^^xsd:gYear ; dcterms:title "Looms For Ever" ;
  <http://purl.org/spar/cito/cites> :paper\\/old, :paper\\/mid ;
  gb:citesOutside <https://doi.org/10.1000/x> ;
  dcterms:subject :topic\\/a, :topic\\/b, :topic\\/c ; gb:hasCode :repo\\/one .
:authorship\\/old-1 gb:ordinal 1 ; pro:isHeldBy :person\\/ada ; pro:relatesToOrganization :org\\/u .
:authorship\\/old-2 gb:ordinal 2 ; pro:isHeldBy :person\\/ben ;
  pro:relatesToOrganization :org\\/u, :org\\/v .
:person\\/ada foaf:familyName "Example" . :person\\/ben foaf:familyName "Sample" .
:org\\/u foaf:name "Loom University" . :org\\/v foaf:name "Vest Institute" .
:topic\\/a skos:prefLabel "Webstuhl"@de, "loom"@en .
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return small_graph(tmp_path_factory.mktemp("kinds") / "graph", turtle(GRAPH))


def ties(graph, name, **selection):
    network = NETWORKS[name](graph, Selection(**selection))
    short = {node: node.removeprefix(f"{BASE}id/") for node in network}
    return {(short[a], short[b]): said["weight"] for a, b, said in network.edges(data=True)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "citations",
            {
                ("paper/mid", "paper/old"): 1,
                ("paper/new", "paper/mid"): 1,
                ("paper/new", "paper/old"): 1,
            },
        ),
        ("cocitation", {("paper/mid", "paper/old"): 1}),
        ("coupling", {("paper/mid", "paper/new"): 2}),  # the old paper, and a work outside
        (
            "topics",
            {
                ("topic/a", "topic/b"): 2,
                ("topic/a", "topic/c"): 1,
                ("topic/b", "topic/c"): 1,
            },
        ),
        ("repositories", {("paper/mid", "paper/new"): 1}),
        ("organisations", {("org/u", "org/v"): 1}),
    ],
)
def test_ties(graph, name, expected):
    assert ties(graph, name) == expected


def test_papers_are_called_by_first_author_and_year_or_by_title(graph):
    nodes = NETWORKS["citations"](graph, Selection()).nodes
    assert nodes[f"{BASE}id/paper/old"] == {
        "label": "Example 2001",
        "name": "On Looms",
        "citations": 2,
        "first_year": 2001,
        "last_year": 2001,
    }
    assert nodes[f"{BASE}id/paper/new"]["label"] == "Looms For Ever"
    assert nodes[f"{BASE}id/paper/new"]["citations"] == 0


def test_each_citation_counts_by_the_number_of_references(graph):
    network = NETWORKS["citations"](graph, Selection())
    assert network.edges[f"{BASE}id/paper/new", f"{BASE}id/paper/old"]["fractional"] == 0.5


def test_years_are_those_of_the_citing_paper(graph):
    assert ties(graph, "citations", last_year=2005) == {("paper/mid", "paper/old"): 1}
    assert ties(graph, "coupling", last_year=2005) == {}


def test_english_labels_come_first(graph):
    nodes = NETWORKS["topics"](graph, Selection()).nodes
    assert nodes[f"{BASE}id/topic/a"]["label"] == "loom"
    assert nodes[f"{BASE}id/topic/a"]["papers"] == 3
