"""Find which words and venues go together: what the same people write about.

"Speech" and "prosody" stand in few titles together, but the same people write about both. A latent
semantic analysis (Deerwester et al. 1990) of what people of rare names write, each taken for one
person, gives every word and venue a place in a space of few dimensions; those that go together lie
in one direction. It needs no gold standard: the graph teaches itself.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphbuild.resolve.mentions import Columns, Numbers

Matrix = NDArray[np.float32]

DIMENSIONS = 32
STRANGERS = 0.2
"""Likeness of what two people of one name write about, on an average."""

RARE = 0.5
"""Namesakes up to which what stands under a name is taken for one person's."""

MOST_PAPERS = 60
"""Papers of one name from which on it is left out: a long life's work ties everything to all."""

MOST_PEOPLE = 100_000
"""People that are enough to learn from; of more every n-th is taken."""

LEAST_PEOPLE = 1_000
"""People that it takes to learn anything."""

FAMILIAR = 30_000
"""People by whom a graph knows half of what there is to know of what goes together."""

FEWEST = 5
"""People who must use a word, or publish in a venue, for it to have a place."""

SPARE = 10
"""Dimensions beside those that are kept, for the sake of exactness (Halko et al. 2011)."""

ROUNDS = 4
CHUNK = 20_000


class Table(NamedTuple):
    """A sparse matrix by rows.

    Attributes:
        ends: where each row ends, after a 0.
        columns: the column of each value.
        values: the values.
    """

    ends: Numbers
    columns: Numbers
    values: Matrix

    def times(self, dense: Matrix) -> Matrix:
        """Return the product with a dense matrix."""
        product = np.zeros((len(self.ends) - 1, dense.shape[1]), np.float32)
        for first in range(0, len(product), CHUNK):
            ends = self.ends[first : first + CHUNK + 1]
            part = slice(ends[0], ends[-1])
            filled = np.flatnonzero(ends[1:] > ends[:-1])
            if len(filled):
                rows = dense[self.columns[part]] * self.values[part, None]
                product[first + filled] = np.add.reduceat(rows, ends[filled] - ends[0], axis=0)
        return product


def table(rows: Numbers, columns: Numbers, values: Matrix, size: int) -> Table:
    """Return the matrix of ``size`` rows that has these values."""
    order = np.argsort(rows, kind="stable")
    ends = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=size), out=ends[1:])
    return Table(ends, columns[order], values[order])


class Themes(NamedTuple):
    """What words and venues are about.

    Attributes:
        places: where each word and, after the words, each venue lies, times how much it says: a
            row of `DIMENSIONS` numbers each. What too few people use lies at 0.
        trust: how far that can be believed, 0 to 1.
    """

    places: Matrix
    trust: float


def learned(columns: Columns, expected: Matrix, weights: Matrix) -> Themes | None:
    """Return what words and venues are about; None for a graph that is too small to tell.

    Args:
        columns: what of the papers speaks for who their authors are.
        expected: of each name, how many persons may be expected to have it.
        weights: how much each word, and after the words each venue, says.
    """
    people = _people(columns, expected)
    if len(people) < LEAST_PEOPLE:
        return None
    rows, things = _used(columns, people)
    rows, things, values = _weighed(rows, things, weights, len(people))
    by_person = table(rows, things, values, len(people))
    by_thing = table(things, rows, values, len(weights))
    places = _directions(by_person, by_thing) * weights[:, None]
    return Themes(places, len(people) / (len(people) + FAMILIAR))


def _people(columns: Columns, expected: Matrix) -> Numbers:
    """Return the numbers of the names to learn from."""
    papers = np.bincount(np.frombuffer(columns.name_of, dtype=np.int32), minlength=len(expected))
    named: Numbers = np.flatnonzero((expected <= RARE) & (papers > 1) & (papers <= MOST_PAPERS))
    return named[:: -(-len(named) // MOST_PEOPLE) or 1]


def _used(columns: Columns, people: Numbers) -> tuple[Numbers, Numbers]:
    """Return who uses a word or a venue, by the place among the people, and which it is."""
    place = np.full(len(columns.names.texts), -1, np.int64)
    place[people] = np.arange(len(people))
    persons = place[np.frombuffer(columns.name_of, dtype=np.int32)]
    known = persons >= 0
    persons = persons[known]
    papers = np.frombuffer(columns.paper_of, dtype=np.int32)[known].astype(np.int64)
    owners, words = columns.words.rows(papers)
    venues = np.frombuffer(columns.venue_of, dtype=np.int32)[papers].astype(np.int64)
    placed = venues >= 0
    things = np.concatenate([words, venues[placed] + len(columns.terms.texts)])
    return np.concatenate([persons[owners], persons[placed]]), things


def _weighed(
    rows: Numbers, things: Numbers, weights: Matrix, people: int
) -> tuple[Numbers, Numbers, Matrix]:
    """Return each person's words and venues once, weighed by number, each person alike."""
    telling = weights[things] > 0
    pairs, counts = np.unique(rows[telling] * len(weights) + things[telling], return_counts=True)
    rows, things = pairs // len(weights), pairs % len(weights)
    often = np.bincount(things, minlength=len(weights))[things] >= FEWEST
    rows, things, counts = rows[often], things[often], counts[often]
    values = (1 + np.log(counts)) * weights[things]
    lengths = np.sqrt(np.bincount(rows, weights=values**2, minlength=people))
    return rows, things, (values / lengths[rows]).astype(np.float32)


def _directions(by_person: Table, by_thing: Table) -> Matrix:
    """Return the right singular vectors, each times the root of its singular value.

    By a randomized singular value decomposition (Halko, Martinsson and Tropp 2011).
    """
    size = len(by_thing.ends) - 1
    start = np.random.default_rng(0).standard_normal((size, DIMENSIONS + SPARE))
    spread = start.astype(np.float32)
    for _ in range(ROUNDS):
        people = np.linalg.qr(by_person.times(np.linalg.qr(spread)[0]))[0]
        spread = by_thing.times(people)
    left, values, _ = np.linalg.svd(spread, full_matrices=False)
    found: Matrix = (left * np.sqrt(values))[:, :DIMENSIONS].astype(np.float32)
    return found
