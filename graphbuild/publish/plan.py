"""Decide what a push adds and removes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graphbuild.publish.delta import Delta, difference, quoted, working
from graphbuild.publish.likeness import alike_left_out
from graphbuild.publish.targets import Target
from graphbuild.store.columns import BATCH
from graphbuild.store.triples import write_columns

NOTHING = "SELECT '' AS s, '' AS p, '' AS o WHERE false"


@dataclass(frozen=True)
class Ways:
    """How a push is to be done.

    Attributes:
        delta: send only what the target lacks.
        against_journal: take its content to be what was pushed last, without reading it.
        replace: what others put into the target's graph goes.
    """

    delta: bool = False
    against_journal: bool = False
    replace: bool = False


def planned(graph: Path, last: Path | None, target: Target, ways: Ways, folder: Path) -> Delta:
    """Return what must be added to the target's graph and removed from it.

    What others put there stays, unless it is to be replaced: only triples that the last push
    brought and that the graph no longer has are removed.

    Args:
        graph: columns of the graph.
        last: columns of what was pushed last, if anything was.
        target: where it goes.
        ways: how.
        folder: where to write.

    Raises:
        GraphBuildError: the target cannot be read.
    """
    none = empty(folder)
    before = last or none
    if not (ways.delta or ways.replace):
        stale = difference(before, graph, _made(folder / "stale"))
        return _joined(difference(none, graph, _made(folder / "all")), stale)
    if ways.against_journal:
        return difference(before, graph, _made(folder / "journal"))
    held = held_by(target, (graph, before), folder)
    lacking = alike_left_out(difference(held, graph, _made(folder / "held")), held, graph, folder)
    if ways.replace:
        return lacking
    return _joined(lacking, difference(before, graph, _made(folder / "stale")))


def held_by(target: Target, ours: tuple[Path, ...], folder: Path) -> Path:
    """Return columns of what a target's graph holds now, at least of our subjects."""
    lines, columns = folder / "held.nt", folder / "held.parquet"
    target.copy(lines, _subjects(ours, folder))
    write_columns([lines], columns)
    lines.unlink()
    return columns


def empty(folder: Path) -> Path:
    """Return columns of no triple."""
    path = folder / "nothing.parquet"
    with working("nothing can be written", folder) as connection:
        connection.execute(f"COPY ({NOTHING}) TO '{quoted(path)}' (FORMAT parquet)")
    return path


def _joined(additions: Delta, removals: Delta) -> Delta:
    return Delta(additions.added, removals.removed, additions.additions, removals.removals)


def _subjects(columns: tuple[Path, ...], folder: Path) -> Iterator[str]:
    files = list(map(str, columns))
    with working("the subjects cannot be read", folder) as connection:
        found = connection.execute("SELECT DISTINCT s FROM read_parquet(?) ORDER BY s", [files])
        while some := found.fetchmany(BATCH):
            yield from (subject for (subject,) in some)


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder
