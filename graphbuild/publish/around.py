"""Cut the surroundings of one entity out of a graph, so that a profile can be made of them alone.

What a profile says of one entity needs only what is near: the entity and the nodes that refer to
it, what those refer to, and the names of what these refer to in turn.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from pyoxigraph import NamedNode, Quad, Store

from graphbuild.errors import GraphError
from graphbuild.store.folder import GraphFolder

STEPS = 3


@contextmanager
def surroundings(graph: GraphFolder, iri: str) -> Iterator[GraphFolder]:
    """Lend a graph folder whose store holds what is near one entity, and nothing else.

    Raises:
        GraphError: the graph's store cannot be opened.
    """
    try:
        store = Store.read_only(str(graph.store))
    except OSError as error:
        raise GraphError(
            f"{graph.path}: its store cannot be read ({error}); build the graph again"
        ) from error
    with TemporaryDirectory(prefix="graphbuild-") as scratch:
        near = GraphFolder(Path(scratch), msgspec.structs.replace(graph.build, data="near"))
        near.data.mkdir()
        copy = Store(str(near.store))
        copy.extend(_near(store, NamedNode(iri)))
        copy.flush()
        del copy
        yield near


def _near(store: Store, centre: NamedNode) -> Iterator[Quad]:
    edge = {centre}
    for quad in store.quads_for_pattern(None, None, centre):
        if isinstance(quad.subject, NamedNode):
            edge.add(quad.subject)
    seen: set[NamedNode] = set()
    for _ in range(STEPS):
        reached: set[NamedNode] = set()
        for node in sorted(edge - seen, key=str):
            seen.add(node)
            for quad in store.quads_for_pattern(node, None, None):
                yield quad
                if isinstance(quad.object, NamedNode):
                    reached.add(quad.object)
        edge = reached
