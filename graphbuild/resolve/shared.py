"""What groups of mentions have in common, as matrices of groups by things."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphbuild.resolve.mentions import Numbers

Matrix = NDArray[np.float32]


class Shared(NamedTuple):
    """Things that groups have, as a matrix of groups by things that at least two groups have.

    Attributes:
        counts: how often each group has each thing.
        things: the numbers of the things.
        sizes: of each group the length of its vector over all its things.
        stated: of each group whether it has any.
    """

    counts: Matrix
    things: Numbers
    sizes: Matrix
    stated: NDArray[np.bool_]

    def likeness(self, weights: Matrix) -> Matrix:
        """Return the cosine of each two groups."""
        rows = self.counts * weights[self.things]
        rows /= self.sizes[:, None]
        return rows @ rows.T

    def common(self, weights: Matrix) -> Matrix:
        """Return for each two groups the sum of the weights of what both have."""
        has = np.minimum(self.counts, 1)
        return (has * weights[self.things]) @ has.T

    def both(self, left: int, right: int, weights: Matrix) -> Numbers:
        """Return what two groups both have and weighs anything, what weighs most first."""
        both = (self.counts[left] > 0) & (self.counts[right] > 0) & (weights[self.things] > 0)
        found: Numbers = self.things[both]
        order = np.lexsort((found, -weights[found]))
        ranked: Numbers = found[order]
        return ranked


def shared(groups: Numbers, things: Numbers, size: int, weights: Matrix) -> Shared:
    """Count things by group.

    Args:
        groups: the group of each occurrence.
        things: the number of the thing of each occurrence.
        size: the number of groups.
        weights: how much each thing weighs, for the lengths of the groups' vectors.
    """
    if not len(things):
        return _nothing(size)
    base = len(weights)
    pairs, counts = np.unique(groups * base + things, return_counts=True)
    rows, cols = pairs // base, pairs % base
    lengths = np.bincount(rows, weights=(counts * weights[cols]) ** 2, minlength=size)
    kept, places, uses = np.unique(cols, return_inverse=True, return_counts=True)
    often = uses >= 2
    column = np.cumsum(often) - 1
    use = often[places]
    matrix = np.zeros((size, int(often.sum())), np.float32)
    matrix[rows[use], column[places[use]]] = counts[use]
    sizes = np.sqrt(np.maximum(lengths, 1e-12)).astype(np.float32)
    return Shared(matrix, kept[often], sizes, np.bincount(rows, minlength=size) > 0)


def _nothing(size: int) -> Shared:
    return Shared(
        np.zeros((size, 0), np.float32),
        np.zeros(0, np.int64),
        np.full(size, 1e-6, np.float32),
        np.zeros(size, np.bool_),
    )
