"""Thin the ties of a network, so that a picture of it can be read."""

import networkx as nx

PER_NODE = 2.2
"""Ties for each node that a picture can bear."""

FEW = 25
"""Ties that any picture can bear."""


def backbone(network: nx.Graph, per_node: float = PER_NODE) -> nx.Graph:
    """Return a network with all its nodes and the ties that matter, or as it is if it has few.

    Kept is a maximum spanning forest, so that what hung together still does, and of the other ties
    those whose weight surprises most at one of their ends (the disparity filter of Serrano,
    Boguñá and Vespignani 2009, doi 10.1073/pnas.0808904106). ``ties_left_out`` of the network
    counts the rest.
    """
    most = max(int(per_node * len(network)), FEW)
    if network.number_of_edges() <= most:
        return network
    flat = nx.Graph()
    flat.add_nodes_from(sorted(network))
    flat.add_weighted_edges_from(sorted(network.edges(data="weight")))
    kept = set(map(frozenset, nx.maximum_spanning_edges(flat, data=False)))
    for one, other in _most_surprising(flat):
        if len(kept) >= most:
            break
        kept.add(frozenset((one, other)))
    thin = type(network)(**network.graph)
    thin.add_nodes_from(network.nodes(data=True))
    thin.add_edges_from(edge for edge in network.edges(data=True) if frozenset(edge[:2]) in kept)
    thin.graph["ties_left_out"] = network.number_of_edges() - thin.number_of_edges()
    return thin


def _most_surprising(network: nx.Graph) -> list[tuple[str, str]]:
    """Return the ties, first those that are least probable if each end spread its weight evenly."""
    degree, strength = dict(network.degree()), dict(network.degree(weight="weight"))

    def chance(tie: tuple[str, str, float]) -> float:
        *ends, weight = tie
        return float(min((1 - weight / strength[end]) ** (degree[end] - 1) for end in ends))

    ranked = sorted(network.edges(data="weight"), key=lambda tie: (chance(tie), -tie[2], tie))
    return [(one, other) for one, other, _ in ranked]
