"""Networks of a graph's entities: made from its triples, cut to size, measured, written, drawn."""

from collections.abc import Callable, Mapping
from functools import partial

import networkx as nx

from graphbuild.network.kinds import KINDS
from graphbuild.network.make import Selection, make
from graphbuild.store.places import Place

__all__ = ["KINDS", "NETWORKS", "Selection", "around", "largest"]


NETWORKS: Mapping[str, Callable[[Place, Selection], nx.Graph]] = {
    name: partial(make, kind) for name, kind in KINDS.items()
}
"""What makes every network, by the name it has on the command line."""


def around(network: nx.Graph, node: str, depth: int) -> nx.Graph:
    """Return the part of a network within so many steps of one node, against arrows too."""
    return type(network)(nx.ego_graph(network, node, radius=depth, undirected=True))


def largest(network: nx.Graph, limit: int) -> nx.Graph:
    """Return the part of a network between the nodes that count most, ties broken by IRI."""
    sized_by = network.graph["sized_by"]
    ranked = sorted(network, key=lambda node: (-network.nodes[node][sized_by], node))
    kept = type(network)(network.subgraph(ranked[:limit]))
    kept.graph["nodes_left_out"] = len(network) - len(kept)
    return kept
