"""Networks of a graph's entities: made from its triples, cut to size, written or drawn."""

from collections.abc import Callable, Mapping

import networkx as nx

from graphbuild.network.coauthors import Selection, coauthors
from graphbuild.store.places import Place

NETWORKS: Mapping[str, Callable[[Place, Selection], nx.Graph]] = {"coauthors": coauthors}
"""Every network by the name it has on the command line."""


def around(network: nx.Graph, node: str, depth: int) -> nx.Graph:
    """Return the part of a network within so many steps of one node."""
    return nx.Graph(nx.ego_graph(network, node, radius=depth))


def largest(network: nx.Graph, limit: int) -> nx.Graph:
    """Return the part of a network between the nodes with most papers, ties broken by IRI."""
    ranked = sorted(network, key=lambda node: (-network.nodes[node]["papers"], node))
    kept = nx.Graph(network.subgraph(ranked[:limit]))
    kept.graph["people_left_out"] = len(network) - len(kept)
    return kept
