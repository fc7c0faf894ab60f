"""Put a whole graph back, changed, where single triples cannot be removed.

What somebody else writes between our reading and our writing must not be lost. A server that gives
an ETag is told to replace only the state that was read (RFC 9110, 13.1.1); from another the graph
is read once more right before, which leaves only the moment until the request arrives.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from graphbuild.errors import EndpointError
from graphbuild.publish.delta import Delta, difference, rows_of
from graphbuild.publish.likeness import alike_left_out, value_of
from graphbuild.publish.plan import held_by
from graphbuild.publish.targets import GraphStore
from graphbuild.store.columns import Row
from graphbuild.store.sending import RefusedError
from graphbuild.store.triples import write_columns, write_lines

PRECONDITION_FAILED = 412


def put_changed(target: GraphStore, delta: Delta, folder: Path) -> None:
    """Replace what a graph holds by the same with a delta applied.

    Args:
        target: the graph.
        delta: what is added and removed.
        folder: where to write.

    Raises:
        EndpointError: somebody else changed the graph meanwhile, so it was left as it is; or the
            server cannot be reached, or refuses.
        QueryTimeoutError: it does not answer in time.
    """
    held, lines = _read(target, folder / "before"), folder / "put.nt"
    write_lines(lines, (f"{s} {p} {o} .\n" for s, p, o in _changed(held, delta)))
    if not target.version and not _same(held, _read(target, folder / "still"), folder / "moved"):
        raise _overtaken(target)
    try:
        target.replace(lines)
    except RefusedError as error:
        if error.status != PRECONDITION_FAILED:
            raise
        # A request that was sent again after its answer was lost meets the state it made itself.
        put = folder / "put.parquet"
        write_columns([lines], put)
        if not _same(put, _read(target, folder / "after"), folder / "moved"):
            raise _overtaken(target) from None


def _changed(held: Path, delta: Delta) -> Iterator[Row]:
    """Yield the triples of a graph after a delta, whatever form the server gives values."""
    dropped = {(s, p, value_of(o)) for s, p, o in rows_of(delta.removed)}
    for row in rows_of(held):
        if (*row[:2], value_of(row[2])) not in dropped:
            yield row
    yield from rows_of(delta.added)


def _read(target: GraphStore, folder: Path) -> Path:
    folder.mkdir()
    return held_by(target, (), folder)


def _same(old: Path, new: Path, folder: Path) -> bool:
    """Say whether two states hold the same; labels of blank nodes may change at each reading."""
    folder.mkdir()
    delta = alike_left_out(difference(old, new, folder), old, new, folder)
    added, removed = (
        Counter(tuple("_:" if term.startswith("_:") else term for term in row) for row in rows)
        for rows in (rows_of(delta.added), rows_of(delta.removed))
    )
    return added == removed


def _overtaken(target: GraphStore) -> EndpointError:
    return EndpointError(
        f"{target}: somebody else changed the graph after it was read, so it was not overwritten; "
        "nothing was written, start again from its new state"
    )
