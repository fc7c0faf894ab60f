"""Write any graph that a user names as one file of N-Triples."""

from pathlib import Path

from graphbuild.publish.sides import Place
from graphbuild.store.columns import read_lines
from graphbuild.store.endpoint import Endpoint
from graphbuild.store.folder import GraphFolder
from graphbuild.store.whole import copy_graph


def dumped(place: Place, folder: Path) -> Path:
    """Return a file or folder of RDF that holds the whole of a graph.

    Args:
        place: a graph folder, an endpoint, or what is such a file already.
        folder: where to write.

    Raises:
        GraphBuildError: it cannot be read wholly.
    """
    if isinstance(place, Path):
        return place
    target = folder / "dump.nt"
    if isinstance(place, Endpoint):
        copy_graph(place, target)
    else:
        _write(place, target)
    return target


def _write(graph: GraphFolder, target: Path) -> None:
    with target.open("wb") as file:
        file.writelines(lines for lines, _ in read_lines(graph))
