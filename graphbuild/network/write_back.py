"""Write the measures of a network back into its graph, as numbers with method and date."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import networkx as nx
from pyoxigraph import NamedNode, RdfFormat, Store

from graphbuild.errors import GraphBuildError
from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.measure import Measuring, Number, measuring_triples, number_triples
from graphbuild.mapping.reference import reference_triples
from graphbuild.store.folder import GraphFolder
from graphbuild.store.measures import LEADERS
from graphbuild.store.revision import Revision, revise
from graphbuild.terms import Minter, reference

CLASSES = {
    "people": "foaf:Person",
    "papers": "gb:Paper",
    "topics": "skos:Concept",
    "organisations": "foaf:Organization",
}
METRICS = ("degree", "strength", "pagerank", "betweenness")
"""Measures that are numbers; a community is none."""


def write_back(
    graph: GraphFolder, name: str, network: nx.Graph, measures: Sequence[str]
) -> Revision:
    """Write measures of every node into the graph, in place of what was written of them before.

    Args:
        graph: where the network comes from.
        name: of the network, one that is built in, made of the whole graph.
        network: measured.
        measures: names of measures that are metrics.

    Raises:
        GraphBuildError: a measure is no number.
        GraphError: the graph cannot be written.
    """
    for measure in measures:
        if measure not in METRICS:
            raise GraphBuildError(
                f"{measure} is no number that can be compared; written back can be "
                f"{', '.join(METRICS)}"
            )
    mint = Minter(graph.build.base)
    kind = CLASSES[network.graph["nodes_are"]]
    done = [
        Measuring(f"{name}-{each}", kind, each, None, reference("query", f"network-{name}-{each}"))
        for each in measures
    ]
    lines = "".join(_lines(done, network, graph.build.as_of or "", mint)).encode()

    def change(folder: Path) -> None:
        store = Store(str(folder))
        for each in done:
            _forget(store, mint.iri("measuring", each.key)[1:-1])
        store.bulk_load(lines, RdfFormat.N_TRIPLES)
        store.flush()

    return revise(graph.path, change, f"network {name} --measure {','.join(measures)}")


def _lines(done: Sequence[Measuring], network: nx.Graph, as_of: str, mint: Minter) -> Iterator[str]:
    yield from reference_triples(reference("metric", each.metric) for each in done)
    for each in done:
        yield from measuring_triples(each, as_of, mint)
        ranked = sorted(network.nodes(data=each.metric), key=lambda node: (-node[1], node[0]))
        for place, (node, value) in enumerate(ranked):
            number = Number(f"<{node}>", "", value, leads=place < LEADERS)
            yield number_triples(each.key, number, mint)


def _forget(store: Store, measuring: str) -> None:
    """Take a measuring and its measures out of a database."""
    those = store.quads_for_pattern(None, NamedNode(v.MEASURED_IN[1:-1]), NamedNode(measuring))
    for node in [NamedNode(measuring), *[quad.subject for quad in those]]:
        for quad in list(store.quads_for_pattern(node, None, None)):
            store.remove(quad)
