import networkx as nx
import pytest

from graphbuild.network import measures
from graphbuild.network.backbone import backbone
from graphbuild.network.measures import MEASURES, measure, shortest_path


def weighted(edges, kind=nx.Graph):
    network = kind(title="T")
    network.add_weighted_edges_from(edges)
    return network


@pytest.fixture
def chain():
    """A chain a - b - c, and a pair that stands alone."""
    return weighted([("a", "b", 3), ("b", "c", 1), ("x", "y", 1)])


def test_degree_and_strength(chain):
    measure(chain, ("degree", "strength"))
    assert chain.nodes["b"] == {"degree": 2, "strength": 4}


def test_parts_and_communities_are_numbered_from_the_largest(chain):
    measure(chain, ("component", "community"))
    assert [chain.nodes[node]["component"] for node in "abcxy"] == [1, 1, 1, 2, 2]
    assert chain.nodes["x"]["community"] == chain.nodes["y"]["community"]


def test_pagerank_of_a_pair_is_even_and_of_a_star_in_the_middle():
    # In a star of three leaves: m = .0375 + .85 * 3l and l = .0375 + .85 * m / 3.
    star = weighted([("m", leaf, 2) for leaf in "abc"])
    middle = (0.0375 + 0.85 * 3 * 0.0375) / (1 - 0.85**2)
    assert MEASURES["pagerank"](star)["m"] == pytest.approx(middle, abs=1e-9)


def test_pagerank_follows_weights_and_directions_and_adds_up_to_one():
    # b passes nothing on: its rank is spread over all.
    network = weighted([("a", "b", 1), ("c", "b", 1)], nx.DiGraph)
    rank = MEASURES["pagerank"](network)
    assert sum(rank.values()) == pytest.approx(1, abs=1e-8)
    assert rank["b"] > rank["a"] == rank["c"]
    assert MEASURES["pagerank"](nx.Graph()) == {}


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph])
def test_betweenness_is_the_same_with_and_without_igraph(kind, monkeypatch):
    pytest.importorskip("igraph")
    network = kind(nx.gnm_random_graph(30, 60, seed=2))
    network = nx.relabel_nodes(network, str)
    fast = MEASURES["betweenness"](network)
    monkeypatch.setattr(measures, "find_spec", lambda _: None)
    assert MEASURES["betweenness"](network) == pytest.approx(fast, abs=1e-9)


def test_betweenness_of_the_middle_of_a_chain(chain):
    # Of six pairs of other nodes one goes over b.
    assert MEASURES["betweenness"](chain)["b"] == pytest.approx(1 / 6)


def test_path_is_shortest_and_then_strongest():
    network = weighted([("a", "b", 1), ("b", "z", 9), ("a", "c", 5), ("c", "z", 5), ("q", "r", 1)])
    assert shortest_path(network, "a", "z") == ["a", "c", "z"]
    assert shortest_path(network, "a", "q") == []
    network.add_edge("a", "z", weight=1)
    assert shortest_path(network, "a", "z") == ["a", "z"]


def test_backbone_keeps_what_hangs_together_and_the_heavy_ties():
    network = weighted([(f"n{one}", f"n{other}", 1) for one in range(12) for other in range(one)])
    network.add_edge("n3", "n7", weight=50)
    network.add_edge("n0", "far", weight=1)
    thin = backbone(network)
    assert set(thin) == set(network)
    assert nx.is_connected(thin)
    assert thin.has_edge("n3", "n7")
    assert thin.number_of_edges() == int(2.2 * 13)
    assert thin.graph["ties_left_out"] == network.number_of_edges() - int(2.2 * 13)


def test_network_of_few_ties_stays_as_it_is(chain):
    assert backbone(chain) is chain
