"""Read exports of our own graphs back: the same graph comes out, triple for triple.

The reader undoes the mapping: it makes of each entity the record that it was written from, with the
places of its sources, so that an export and other inputs are resolved and fused together, and all
that hangs on records (tables, names, judgements) is there. Triples that were passed on as they are
could not be joined with anything. An export is no source of its own: what it says, it has from the
sources that it names. What it does not hold are curators' judgements, which travel as
``judgements.jsonl``, and where one name of the graph stands for what registers keep apart.
"""

from collections.abc import Iterator

from graphbuild.records import Record
from graphbuild.sources.rdf.graph import Graph
from graphbuild.sources.rdf.own_names import Namer
from graphbuild.sources.rdf.own_papers import paper_of
from graphbuild.sources.rdf.own_registers import (
    profiles_of,
    redirects_of,
    registers_of,
    sources_of,
    tombstones_of,
)


def is_ours(graph: Graph) -> bool:
    """Say whether a graph is an export of ours."""
    return any(node.text("gb:sha256") for node in graph.of_type("gb:SourceRecord"))


def own_records(graph: Graph) -> Iterator[Record]:
    """Yield the records that a graph of ours was made from, one for each entity."""
    names = Namer()
    yield from sources_of(graph)
    seen: set[str] = set()
    for node in graph.subjects():
        if node.iris("gb:authorListStatus"):
            paper = paper_of(node, names)
            seen.update(origin.record for origin in paper.origins)
            yield paper
    yield from profiles_of(graph)
    yield from registers_of(graph, names, frozenset(seen))
    yield from redirects_of(graph)
    yield from tombstones_of(graph)
