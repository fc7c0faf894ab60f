"""Keep in a build how its graph differs from that of the build to which sources were added.

``touched.parquet`` has a row for each node whose set of statements is another one: ``subject`` in
N-Triples form and ``change``: ``added``, ``changed`` or ``removed``; and one for each node that was
an object of a statement that is gone and is not among those: ``unnamed``.
"""

from pathlib import Path
from typing import NamedTuple

from graphbuild.store.engine import engine
from graphbuild.store.folder import GraphFolder

TOUCHED = "touched.parquet"
UNNAMED = "unnamed"
DIFFERENCE = """
CREATE TABLE gone AS SELECT s, p, o FROM old EXCEPT ALL SELECT s, p, o FROM new;
CREATE TABLE come AS SELECT s, p, o FROM new EXCEPT ALL SELECT s, p, o FROM old;
CREATE TABLE touched AS
SELECT s AS subject, CASE WHEN s NOT IN (SELECT s FROM old) THEN 'added'
    WHEN s NOT IN (SELECT s FROM new) THEN 'removed' ELSE 'changed' END AS change
FROM (SELECT s FROM gone UNION SELECT s FROM come);
INSERT INTO touched
SELECT DISTINCT o, 'unnamed' FROM gone
WHERE o[1] IN ('<', '_') AND o NOT IN (SELECT subject FROM touched);
"""


class Touched(NamedTuple):
    """How a graph differs from the build before, its nodes in N-Triples form.

    Attributes:
        changed: nodes that state something else than before, or nothing any more.
        unnamed: nodes that another node named before, and does not any more.
    """

    changed: frozenset[str]
    unnamed: frozenset[str]


def write_touched(before: GraphFolder | None, fresh: Path) -> None:
    """Write how the triples of a new build differ from those of the build before, if it has one.

    Raises:
        GraphError: the triples cannot be compared.
    """
    if before is None:
        return
    graphs = {"old": before.triples, "new": fresh / before.triples.relative_to(before.data)}
    with engine("the triples cannot be compared with those before") as connection:
        for name, file in graphs.items():
            connection.read_parquet(str(file)).create_view(name)
        connection.execute(DIFFERENCE)
        connection.sql("FROM touched ORDER BY ALL").write_parquet(
            str(fresh / TOUCHED), compression="zstd"
        )


def read_touched(folder: GraphFolder) -> Touched | None:
    """Return how a build differs from the one that it was added to; None where that is not known.

    Raises:
        GraphError: the file that tells it is damaged.
    """
    file = folder.data / TOUCHED
    if not file.is_file():
        return None
    with engine(f"{file}: cannot be read") as connection:
        rows = connection.execute(
            "SELECT subject, change FROM read_parquet(?)", [str(file)]
        ).fetchall()
    unnamed = frozenset(node for node, change in rows if change == UNNAMED)
    return Touched(frozenset(node for node, _ in rows) - unnamed, unnamed)
