"""Follow property paths from many nodes at once, over the columns of a data graph."""

from functools import reduce
from typing import NamedTuple

import numpy as np

from graphbuild.validate.columns import NO_IDS, Columns, Edges, Ids
from graphbuild.validate.paths import Path

FEW = 16
"""With fewer starts than a 16th of the statements, these are looked up one by one."""


class Pairs(NamedTuple):
    """Focus nodes and their value nodes, sorted by both, each pair once."""

    focus: Ids
    value: Ids


NO_PAIRS = Pairs(NO_IDS, NO_IDS)


def follow(columns: Columns, path: Path, starts: Ids) -> Pairs:
    """Return the value nodes of a path from each start.

    Args:
        columns: the data graph.
        path: a path with ``^`` at predicates only (`Path.plain`).
        starts: sorted, each once.
    """
    if not path.sign:
        return among(columns.edges(path.iri), starts)
    if path.sign == "^":
        return among(columns.inverse(path.parts[0].iri), starts)
    if path.sign == "/":
        first = follow(columns, path.parts[0], starts)
        return reduce(lambda pairs, part: _onwards(columns, part, pairs), path.parts[1:], first)
    if path.sign == "|":
        return union([follow(columns, part, starts) for part in path.parts])
    if path.sign == "?":
        return union([Pairs(starts, starts), follow(columns, path.parts[0], starts)])
    return _repeated(columns, path, starts)


def among(edges: Edges | Pairs, starts: Ids) -> Pairs:
    """Return the pairs whose first is among the starts, which are sorted."""
    first, second = edges
    if len(starts) == 0 or len(first) == 0:
        return NO_PAIRS
    if len(starts) * FEW > len(first):
        places = np.minimum(np.searchsorted(starts, first), len(starts) - 1)
        kept = starts[places] == first
        return Pairs(first[kept], second[kept])
    rows, starting = _ranges(first, starts)
    return Pairs(starting, second[rows])


def joined(left: Pairs, right: Edges | Pairs) -> Pairs:
    """Return focus and value where the value of the left is the focus of the right."""
    if len(left.value) == 0 or len(right[0]) == 0:
        return NO_PAIRS
    places = np.arange(len(left.value))
    low, high = ranges(right[0], left.value)
    rows = expanded(low, high)
    return unique(left.focus[np.repeat(places, high - low)], right[1][rows])


def unique(focus: Ids, value: Ids) -> Pairs:
    """Return pairs sorted, each once."""
    if len(focus) == 0:
        return NO_PAIRS
    whole = np.unique(focus.astype(np.int64) << 32 | value.astype(np.int64))
    return Pairs((whole >> 32).astype(np.int32), (whole & 0xFFFFFFFF).astype(np.int32))


def union(parts: list[Pairs]) -> Pairs:
    """Return all pairs of several, each once."""
    return unique(
        np.concatenate([part.focus for part in parts]),
        np.concatenate([part.value for part in parts]),
    )


def has(pairs: Edges | Pairs, wanted: Edges | Pairs) -> "np.typing.NDArray[np.bool_]":
    """Return which of the wanted pairs are among others that are sorted."""
    whole = pairs[0].astype(np.int64) << 32 | pairs[1].astype(np.int64)
    sought = wanted[0].astype(np.int64) << 32 | wanted[1].astype(np.int64)
    if len(whole) == 0:
        return np.zeros(len(sought), np.bool_)
    found: np.typing.NDArray[np.bool_] = (
        whole[np.minimum(np.searchsorted(whole, sought), len(whole) - 1)] == sought
    )
    return found


def _onwards(columns: Columns, path: Path, pairs: Pairs) -> Pairs:
    return joined(pairs, follow(columns, path, np.unique(pairs.value)))


def _repeated(columns: Columns, path: Path, starts: Ids) -> Pairs:
    step = path.parts[0]
    found = Pairs(starts, starts) if path.sign == "*" else follow(columns, step, starts)
    fresh = found
    while len(fresh.focus):
        reached = _onwards(columns, step, fresh)
        new = ~has(found, reached)
        fresh = Pairs(reached.focus[new], reached.value[new])
        found = union([found, fresh])
    return found


def ranges(first: Ids, starts: Ids) -> tuple[Ids, Ids]:
    """Return where each start begins and ends in a sorted column."""
    return np.searchsorted(first, starts, "left"), np.searchsorted(first, starts, "right")


def _ranges(first: Ids, starts: Ids) -> tuple[Ids, Ids]:
    low, high = ranges(first, starts)
    return expanded(low, high), np.repeat(starts, high - low)


def expanded(low: Ids, high: Ids) -> Ids:
    """Return all places from each low to its high."""
    sizes = high - low
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    places: Ids = np.arange(total) - np.repeat(ends - sizes, sizes) + np.repeat(low, sizes)
    return places
