import pytest

from graphbuild.network import NETWORKS, Selection, around, largest
from tests.small_graph import BASE, small_graph, turtle

coauthors = NETWORKS["coauthors"]
ADA, TWIN, BEN, CLEO = (f"{BASE}id/person/{key}" for key in ("ada", "ada2", "ben", "cleo"))


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    return small_graph(tmp_path_factory.mktemp("network") / "graph")


def test_people_are_tied_by_the_papers_they_share(graph):
    network = coauthors(graph, Selection())
    ties = {frozenset(pair): said["weight"] for *pair, said in network.edges(data=True)}
    assert ties == {frozenset((ADA, BEN)): 2, frozenset((ADA, CLEO)): 1, frozenset((BEN, CLEO)): 1}
    assert set(network) == {ADA, TWIN, BEN, CLEO}


def test_fractional_weight_counts_each_paper_by_its_other_authors(graph):
    # Of three authors 1/2, of two authors 1.
    tie = coauthors(graph, Selection()).edges[ADA, BEN]
    assert tie == {"weight": 2, "fractional": 1.5, "first_year": 2021, "last_year": 2023}


def test_cut_list_counts_with_its_lower_bound(tmp_path):
    text = """:paper\\/a a gb:Paper ; gb:authorCountAtLeast 5 ;
      dcterms:creator :person\\/ada, :person\\/ben ."""
    network = coauthors(small_graph(tmp_path / "graph", turtle(text)), Selection())
    assert network.edges[ADA, BEN] == {"weight": 1, "fractional": 0.25}


def test_person_says_name_papers_identity_and_whether_undecided(graph):
    nodes = coauthors(graph, Selection()).nodes
    assert nodes[CLEO] == {
        "label": "Cleo <b>Bold</b>",
        "name": "Cleo <b>Bold</b>",
        "identity": "identified",
        "undecided": False,
        "papers": 1,
        "first_year": 2021,
        "last_year": 2021,
    }
    assert nodes[ADA]["undecided"]
    assert "first_year" not in nodes[TWIN]


def test_people_who_share_a_name_have_labels_of_their_own(tmp_path):
    text = """:paper\\/a dcterms:creator :person\\/aaaabbbb1, :person\\/aaaabbbb2, :person\\/c .
    :person\\/aaaabbbb1 foaf:name "Ann" . :person\\/aaaabbbb2 foaf:name "Ann" .
    :person\\/c foaf:name "Cid" ."""
    network = coauthors(small_graph(tmp_path / "graph", turtle(text)), Selection())
    labels = sorted(label for _, label in network.nodes(data="label"))
    assert labels == ["Ann [aaaabbbb1]", "Ann [aaaabbbb2]", "Cid"]


def test_years_leave_undated_papers_out(graph):
    network = coauthors(graph, Selection(first_year=2022))
    assert set(network) == {ADA, BEN}
    assert network.edges[ADA, BEN]["weight"] == 1


def test_weak_ties_and_rare_people_can_be_left_out(graph):
    assert list(coauthors(graph, Selection(min_weight=2)).edges) == [(ADA, BEN)]
    assert set(coauthors(graph, Selection(min_papers=2))) == {ADA, BEN}


def test_paper_of_very_many_authors_ties_nobody_and_is_counted(graph):
    network = coauthors(graph, Selection(most_members=2))
    assert list(network.edges) == [(ADA, BEN)]
    assert network.graph["units_left_out"] == 1


def test_network_can_be_cut_to_one_person_and_to_the_largest(graph):
    network = coauthors(graph, Selection())
    assert set(around(network, CLEO, 1)) == {ADA, BEN, CLEO}
    assert set(around(network, TWIN, 3)) == {TWIN}
    assert set(largest(network, 2)) == {ADA, BEN}
    assert largest(network, 2).graph["nodes_left_out"] == 2


def test_graph_without_papers_gives_an_empty_network(tmp_path):
    network = coauthors(small_graph(tmp_path / "graph", []), Selection())
    assert (len(network), network.graph["papers"]) == (0, 0)
