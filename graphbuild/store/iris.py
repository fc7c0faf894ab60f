"""What identified the papers and people of a build, and under which keys: ``iris.parquet``.

``adopted.json`` beside it holds the IRIs that entities have from others, where there are any.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from graphbuild.errors import GraphError
from graphbuild.resolve.published import Anchor, Published, published_of
from graphbuild.store.engine import engine
from graphbuild.store.folder import GraphFolder
from graphbuild.terms import Minter

IRIS = "iris.parquet"
ADOPTED = "adopted.json"
COPY = """
COPY (
    SELECT * FROM read_json(
        $rows, columns = {kind: 'VARCHAR', anchor: 'VARCHAR', key: 'VARCHAR'},
        format = 'newline_delimited')
    ORDER BY ALL
) TO $target (FORMAT parquet, COMPRESSION zstd)
"""

CHANGED = """
SELECT kind, anchor, old.key
FROM (SELECT kind, anchor, max(key) AS key FROM read_parquet(?) GROUP BY ALL) AS old
FULL JOIN (SELECT kind, anchor, max(key) AS key FROM read_parquet(?) GROUP BY ALL) AS new
USING (kind, anchor)
WHERE old.key IS DISTINCT FROM new.key
"""


def write_anchors(folder: Path, anchors: Iterable[Anchor]) -> None:
    """Write the anchors of a build into its folder, sorted.

    Raises:
        GraphError: they cannot be written.
        OSError: the same.
    """
    rows, target = folder / "iris.jsonl", folder / IRIS
    with rows.open("wb") as file:
        file.writelines(msgspec.json.encode(anchor) + b"\n" for anchor in anchors)
    with engine(f"{target}: cannot be written") as connection:
        connection.execute(COPY, {"rows": str(rows), "target": str(target)})
    rows.unlink()


def read_published(folder: Path) -> Published:
    """Return what a build published; nothing where its folder does not say.

    Raises:
        GraphError: the file is damaged.
    """
    if not (folder / IRIS).exists():
        return Published()
    with engine(f"{folder / IRIS}: cannot be read; build the graph again with --force") as db:
        found = db.execute("SELECT kind, anchor, key FROM read_parquet(?)", [str(folder / IRIS)])
        rows: list[tuple[str, str, str]] = found.fetchall()
    return published_of(Anchor(*row) for row in rows)


def changed_anchors(before: Path, after: Path) -> list[tuple[str, str, str | None]]:
    """Return the kind, the anchor and the former key of all that has another key than before.

    Args:
        before: the folder of a build.
        after: the folder of the build that follows it.

    Raises:
        GraphError: a file is damaged.
    """
    with engine(f"{before / IRIS}: cannot be read; build the graph again with --force") as db:
        found = db.execute(CHANGED, [str(before / IRIS), str(after / IRIS)])
        rows: list[tuple[str, str, str | None]] = found.fetchall()
    return rows


def anchors_of_key(folder: Path, kind: str, key: str) -> list[str]:
    """Return what identifies one entity of a build: identifiers and mentions, sorted.

    Raises:
        GraphError: the file is missing or damaged.
    """
    with engine(f"{folder / IRIS}: cannot be read; build the graph again with --force") as db:
        found = db.execute(
            "SELECT anchor FROM read_parquet(?) WHERE kind = ? AND key = ? ORDER BY anchor",
            [str(folder / IRIS), kind, key],
        )
        return [anchor for (anchor,) in found.fetchall()]


def key_of_anchor(folder: Path, kind: str, anchor: str) -> str | None:
    """Return the key of the entity that an identifier, mention or former key belongs to.

    Raises:
        GraphError: the file is missing or damaged.
    """
    with engine(f"{folder / IRIS}: cannot be read; build the graph again with --force") as db:
        found = db.execute(
            "SELECT key FROM read_parquet(?) WHERE kind = ? AND anchor = ?",
            [str(folder / IRIS), kind, anchor],
        ).fetchone()
    return str(found[0]) if found else None


def write_adopted(folder: Path, adopted: Mapping[str, str]) -> None:
    """Write the IRIs that entities have from others, by kind and key, into a build's folder."""
    if adopted:
        (folder / ADOPTED).write_bytes(msgspec.json.encode(dict(adopted), order="sorted"))


def minter_of(graph: GraphFolder) -> Minter:
    """Return what mints the IRIs of a graph, those included that it has from others.

    Raises:
        GraphError: the file of these is damaged.
    """
    path = graph.data / ADOPTED
    try:
        adopted = msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    except FileNotFoundError:
        adopted = {}
    except msgspec.DecodeError as error:
        raise GraphError(f"{path}: is damaged ({error}); build the graph again") from error
    return Minter(graph.build.base, adopted)
