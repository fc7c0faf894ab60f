"""Measure the nodes of a network, by igraph where it is installed and by networkx otherwise."""

from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec

import networkx as nx
import numpy as np

Values = dict[str, float]

DAMPING = 0.85
CLOSE_ENOUGH = 1e-12
MOST_ROUNDS = 1000
LITTLE = 1e-6
"""So small that the number of steps decides before the strength of ties does."""


def measure(network: nx.Graph, names: Iterable[str]) -> None:
    """Add measures to the nodes of a network as attributes of the same names.

    Args:
        network: what is measured, as a whole: leave nothing out before.
        names: keys of `MEASURES`.

    Raises:
        KeyError: there is no such measure.
    """
    for name in names:
        nx.set_node_attributes(network, MEASURES[name](network), name)


def communities(network: nx.Graph) -> list[set[str]]:
    """Return the communities of a network, the largest part and the largest community first.

    They are found by the method of Louvain (Blondel et al. 2008, doi
    10.1088/1742-5468/2008/10/P10008) with the same seed every time; directions do not count.
    """
    # The order of insertion decides ties, so it is made the same whatever the network came from.
    ordered = nx.Graph()
    ordered.add_nodes_from(sorted(network))
    ordered.add_weighted_edges_from(ties(network))
    found = nx.community.louvain_communities(ordered, weight="weight", resolution=1.2, seed=1)
    # Colours go first to what hangs together: a part that stands alone is seen without one.
    parts = {node: len(part) for part in nx.connected_components(ordered) for node in part}
    return sorted(found, key=lambda group: (-parts[min(group)], -len(group), min(group)))


def ties(network: nx.Graph) -> list[tuple[str, str, int]]:
    """Return the edges with their weights, the weakest first, each with its ends in order."""
    found = [(min(pair), max(pair), weight) for *pair, weight in network.edges(data="weight")]
    return sorted(found, key=lambda tie: (tie[2], tie))


def _degree(network: nx.Graph) -> Values:
    return dict(network.degree())


def _strength(network: nx.Graph) -> Values:
    return dict(network.degree(weight="weight"))


def _pagerank(network: nx.Graph) -> Values:
    """Return PageRank by weight (Brin and Page 1998, doi 10.1016/S0169-7552(98)00110-X)."""
    nodes = sorted(network)
    if not nodes:
        return {}
    place = {node: number for number, node in enumerate(nodes)}
    edges = np.array(
        [(place[one], place[other], weight) for one, other, weight in network.edges(data="weight")]
    ).reshape(-1, 3)
    if not network.is_directed():
        edges = np.concatenate([edges, edges[:, [1, 0, 2]]])
    source, target, weight = edges[:, 0].astype(int), edges[:, 1].astype(int), edges[:, 2]
    count = len(nodes)
    out = np.bincount(source, weight, count)
    share = weight / out[source]
    rank = np.full(count, 1 / count)
    for _ in range(MOST_ROUNDS):
        flow = np.bincount(target, rank[source] * share, count) + rank[out == 0].sum() / count
        before, rank = rank, (1 - DAMPING) / count + DAMPING * flow
        if np.abs(rank - before).sum() < CLOSE_ENOUGH * count:
            break
    return dict(zip(nodes, np.round(rank, 10).tolist(), strict=True))


def _betweenness(network: nx.Graph) -> Values:
    """Return the share of shortest paths that lead over a node (Freeman 1977, doi 10.2307/3033543).

    Weights do not count: each tie is one step.
    """
    if find_spec("igraph") is None:
        found = nx.betweenness_centrality(network)
        return {node: round(value, 10) for node, value in found.items()}
    import igraph

    nodes = sorted(network)
    place = {node: number for number, node in enumerate(nodes)}
    edges = [(place[one], place[other]) for one, other in network.edges()]
    graph = igraph.Graph(len(nodes), edges, directed=network.is_directed())
    pairs = max((len(nodes) - 1) * (len(nodes) - 2), 1) / (1 if network.is_directed() else 2)
    values = graph.betweenness()
    return {node: round(value / pairs, 10) for node, value in zip(nodes, values, strict=True)}


def _community(network: nx.Graph) -> Values:
    return _numbered(communities(network))


def _component(network: nx.Graph) -> Values:
    parts = nx.weakly_connected_components if network.is_directed() else nx.connected_components
    return _numbered(sorted(parts(network), key=lambda part: (-len(part), min(part))))


def _numbered(groups: Iterable[set[str]]) -> Values:
    return {node: number for number, group in enumerate(groups, 1) for node in group}


MEASURES: Mapping[str, Callable[[nx.Graph], Values]] = {
    "degree": _degree,
    "strength": _strength,
    "pagerank": _pagerank,
    "betweenness": _betweenness,
    "community": _community,
    "component": _component,
}
"""What can be measured of a node: ties, their weights together, PageRank by weight, betweenness,
the number of its community, and that of the connected part it is in (1 is the largest)."""


def shortest_path(network: nx.Graph, start: str, end: str) -> list[str]:
    """Return the nodes of a shortest path, from start to end; nothing when no path leads there.

    Of several the one of the strongest ties, where each tie is as long as its weight is small
    (Newman 2001, doi 10.1103/PhysRevE.64.016132).
    """

    def length(_one: str, _other: str, said: Mapping[str, float]) -> float:
        return 1 + LITTLE / said["weight"]

    try:
        path: list[str] = nx.dijkstra_path(network, start, end, weight=length)
    except nx.NetworkXNoPath:
        return []
    return path
