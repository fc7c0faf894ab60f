"""Read how a build differs from the one to which sources were added."""

from typing import NamedTuple

from graphbuild.store.engine import engine
from graphbuild.store.folder import GraphFolder

UNNAMED = "unnamed"


class Touched(NamedTuple):
    """How a graph differs from the build before, its nodes in N-Triples form.

    Attributes:
        changed: nodes that state something else than before, or nothing any more.
        unnamed: nodes that another node named before, and does not any more.
    """

    changed: frozenset[str]
    unnamed: frozenset[str]


def read_touched(folder: GraphFolder) -> Touched | None:
    """Return how a build differs from the one that it was added to; None where that is not known.

    Raises:
        GraphError: the file that tells it is damaged.
    """
    file = folder.touched
    if not file.is_file():
        return None
    with engine(f"{file}: cannot be read") as connection:
        rows = connection.execute(
            "SELECT subject, change FROM read_parquet(?)", [str(file)]
        ).fetchall()
    unnamed = frozenset(node for node, change in rows if change == UNNAMED)
    return Touched(frozenset(node for node, _ in rows) - unnamed, unnamed)
