"""Find the co-authors of two groups of mentions who wrote together elsewhere.

Someone who moves on writes with new people, but some of the new and the old co-authors know one
another. This is the co-author of a co-author, found in the graph's own papers, that Kang et al.
(2009, "On co-authorship for author disambiguation") and many since found to be the best evidence
after a shared co-author.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphbuild.resolve.mentions import Lists, Numbers

Matrix = NDArray[np.float32]

KNOWN = 0.4
"""What a name must say for the papers elsewhere under it to be taken for one person's."""


class Acquaintance:
    """Who wrote with whom in a whole graph.

    Args:
        authors: the numbers of the names on each paper.
        ties: of each name, how much a shared co-author of that name says.
    """

    def __init__(self, authors: Lists, ties: Matrix) -> None:
        self._authors = authors
        self._papers = authors.inverted(len(ties))
        self._ties = ties
        self._place = np.full(len(ties), -1, np.int32)

    def among(self, owners: Numbers, names: Numbers, papers: Numbers) -> "Acquainted":
        """Return which of some co-authors wrote together on a paper other than these.

        Args:
            owners: the mention that has each co-author.
            names: the number of the name of each co-author.
            papers: numbers of the papers of the mentions.
        """
        telling = self._ties[names] >= KNOWN
        owners, (known, places) = owners[telling], np.unique(names[telling], return_inverse=True)
        pairs = np.stack(self._pairs(known, papers))
        weights = self._ties[known[pairs]].prod(axis=0)
        tied, numbers = np.unique(pairs, return_inverse=True)
        left, right = numbers.reshape(2, -1)
        kept = np.isin(places, tied)
        places = np.searchsorted(tied, places[kept])
        return Acquainted(owners[kept], places, len(tied), left, right, weights)

    def _pairs(self, names: Numbers, papers: Numbers) -> tuple[Numbers, Numbers]:
        """Return as places in some names, each there once, which two share another paper."""
        owners, elsewhere = self._papers.rows(names)
        other = ~np.isin(elsewhere, papers)
        owners, elsewhere = owners[other], elsewhere[other]
        rows, found = self._authors.rows(elsewhere)
        self._place[names] = np.arange(len(names))
        left, right = owners[rows], self._place[found].astype(np.int64)
        self._place[names] = -1
        kept = left < right
        base = max(len(names), 1)
        both = np.unique(left[kept] * base + right[kept])
        return both // base, both % base


class Acquainted(NamedTuple):
    """Which co-authors of the mentions of one name wrote together elsewhere.

    Attributes:
        owners: the mention of each occurrence of a co-author.
        places: the number of the co-author of each occurrence.
        size: the number of co-authors that wrote with another.
        left: the first co-author of each two that wrote together.
        right: the second.
        weights: how much their names say.
    """

    owners: Numbers
    places: Numbers
    size: int
    left: Numbers
    right: Numbers
    weights: Matrix

    def between(self, groups: Numbers, size: int) -> Matrix:
        """Return for each two groups the sum of the weights of who ties them.

        Args:
            groups: the group of each mention.
            size: the number of groups.
        """
        if not len(self.left):
            return np.zeros((size, size), np.float32)
        held = np.unique(self.places * size + groups[self.owners])
        has = np.zeros((self.size, size), np.float32)
        has[held // size, held % size] = 1
        known = np.zeros_like(has)
        starts = np.searchsorted(held // size, np.arange(self.size + 1))
        which, first = _spread(starts, self.left, held % size)
        np.add.at(known, (self.right[which], first), self.weights[which])
        found: Matrix = known.T @ has
        return found + found.T


def _spread(starts: Numbers, which: Numbers, values: Numbers) -> tuple[Numbers, Numbers]:
    """Return the values of each of some runs, and before them the place of each in ``which``."""
    sizes = starts[which + 1] - starts[which]
    owners = np.repeat(np.arange(len(which)), sizes)
    shift = np.repeat(starts[which] - (np.cumsum(sizes) - sizes), sizes)
    return owners, values[shift + np.arange(len(owners))]
