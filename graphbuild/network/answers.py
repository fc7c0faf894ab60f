"""Make a network that is measured, drawn and written like the others of the answer to a query."""

from collections.abc import Mapping
from datetime import date

import networkx as nx

from graphbuild.network.names import unique
from graphbuild.store.facts import Facts
from graphbuild.store.places import Place, facts_of

Plain = str | int | float | bool


def from_answer(ties: nx.Graph, place: Place, title: str, tied_by: str = "") -> nx.Graph:
    """Return a network with names and sizes for the nodes of an answer.

    A node that is no entity of the graph, such as a number, is called by itself.

    Args:
        ties: its edges, with columns of the answer as attributes.
        place: the graph that was asked, which knows what its entities are called.
        title: what is written above a picture.
        tied_by: what the weight of a tie counts; each tie weighs 1 where it counts nothing.

    Raises:
        GraphError: the graph's store cannot be opened.
        EndpointError: the endpoint does not answer.
    """
    nodes = sorted(map(str, ties))
    facts = facts_of(place, (node for node in nodes if _is_iri(node)))
    names = {node: _name(node, facts) for node in nodes}
    labels = unique({f"<{node}>": name for node, name in names.items()})
    network = type(ties)(title=title, nodes_are="nodes", sized_by="ties", tied_by=tied_by or "ties")
    for node, count in sorted((str(node), count) for node, count in ties.degree()):
        network.add_node(node, label=labels[f"<{node}>"], name=names[node], ties=count)
    for one, other, said in ties.edges(data=True):
        network.add_edge(str(one), str(other), **{"weight": 1, **_plain(said)})
    return network


def _name(node: str, facts: Facts) -> str:
    return facts.name(node) if _is_iri(node) else node


def _is_iri(node: str) -> bool:
    return node.startswith(("http://", "https://", "urn:"))


def _plain(said: Mapping[str, object]) -> dict[str, Plain]:
    """Return the attributes that every format can hold: no absent values, dates as text."""
    return {
        key: value if isinstance(value, Plain) else str(value)
        for key, value in said.items()
        if isinstance(value, Plain | date)
    }
