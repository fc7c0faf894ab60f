"""Weigh what speaks for two groups of mentions of one name being one person.

The groups of one name are compared all with all, by products of small matrices: a row for each
group, a column for each co-author, word or venue that more than one of them has. What is weighed,
and how much it counts, stands in ``rules.toml``.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphbuild.resolve.acquaintance import Acquaintance, Acquainted
from graphbuild.resolve.commonness import namesakes, stop_words, tie
from graphbuild.resolve.mentions import Column, Columns, Numbering, Numbers
from graphbuild.resolve.rules import PeopleRules

Matrix = NDArray[np.float32]

NEVER = np.float32(-1e9)
MOST_COAUTHORS = 2.0
"""Shared co-authors, each by how much the name says, beyond which more of them say nothing new."""

MOST_ACQUAINTED = 1.0
"""The same of co-authors who wrote together elsewhere."""

FAMILIAR = 2000.0
"""Papers of a graph by which it knows half of what there is to know of how rare words are."""

FREQUENT = 0.1
"""Share of the titles from which on a word of them says nothing."""

FEW = 10
"""Titles up to which no word counts as frequent: a small graph cannot tell."""

LEAST = 0.5
"""Namesakes of the rarest names: a name alone never says more than that."""

NAMED = 5
"""How many of the things that two groups share are named as evidence."""


class Context(NamedTuple):
    """What weighs evidence in a whole graph.

    Attributes:
        ties: of each name, how much a shared co-author of that name says, 0 to 1.
        surely: the same where a shared co-author of that name may join at once, else 0.
        namesakes: of each name, ln of the number of persons expected to have it.
        terms: of each word, how much it says: ln(papers / papers with the word); nothing if it is
            a stop word of any language, or in very many titles.
        places: the same for words of affiliations.
        venues: the same for venues.
        acquaintance: who wrote with whom.
        trust: how far the rarity of words and venues can be believed, 0 to 1.
    """

    columns: Columns
    rules: PeopleRules
    ties: Matrix
    surely: list[float]
    namesakes: Matrix
    terms: Matrix
    places: Matrix
    venues: Matrix
    acquaintance: Acquaintance
    trust: float

    def by_coauthors(self, name: int, shared: float) -> float:
        """Return the log-odds by name and shared co-authors alone.

        Args:
            name: the number of the name.
            shared: the shared co-authors, each by how much the name says.
        """
        weights = self.rules.weights
        start = weights.start + weights.name * float(self.namesakes[name])
        return start + weights.coauthor * min(shared, MOST_COAUTHORS)


def context(columns: Columns, rules: PeopleRules) -> Context:
    """Return what weighs evidence in the graph of these mentions."""
    papers = len(columns.year_of)
    expected = np.array([namesakes(name) for name in columns.names.texts], dtype=np.float32)
    words = columns.words.counts(len(columns.terms.texts))
    places = columns.places.counts(len(columns.terms.texts))
    ties = np.array([tie(name) for name in columns.names.texts], dtype=np.float32)
    told = np.array([word not in stop_words() for word in columns.terms.texts], dtype=np.float32)
    venues = np.bincount(
        np.array(columns.venue_of, dtype=np.int64) + 1, minlength=len(columns.venues.texts) + 1
    )
    return Context(
        columns,
        rules,
        ties=ties,
        surely=np.where(ties >= rules.sure_coauthors, ties, 0).tolist(),
        namesakes=np.log(np.maximum(expected, LEAST)),
        terms=np.where(words <= max(FREQUENT * papers, FEW), _information(words, papers), 0) * told,
        places=_information(places, len(columns.paper_of)) * told,
        venues=_information(venues[1:], papers),
        acquaintance=Acquaintance(columns.authors, ties),
        trust=papers / (papers + FAMILIAR),
    )


def _information(counts: Numbers, total: int) -> Matrix:
    return np.log((total + 1) / (counts + 1)).astype(np.float32)


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


class Block:
    """All mentions of one name.

    What a mention has comes as two columns: the place of the mention in ``rows``, and the number
    of the thing.

    Attributes:
        name: the number of the name.
        rows: the numbers of the mentions.
        coauthors: the other names on their papers.
    """

    def __init__(self, columns: Columns, name: int, rows: Numbers) -> None:
        self.name = name
        self.rows = rows
        self._columns = columns
        self._papers = papers = _taken(columns.paper_of, rows)
        owners, coauthors = columns.authors.rows(papers)
        others = coauthors != name
        self.coauthors = owners[others], coauthors[others]
        self._acquainted: Acquainted | None = None

    def acquainted(self, acquaintance: Acquaintance) -> Acquainted:
        """Return which co-authors wrote together elsewhere; it is found but once."""
        if self._acquainted is None:
            self._acquainted = acquaintance.among(*self.coauthors, self._papers)
        return self._acquainted

    @property
    def seats(self) -> Numbers:
        """The paper of each mention, authors apart from editors."""
        return np.frombuffer(self._columns.seat_of, dtype=np.int64)[self.rows]

    @property
    def works(self) -> Numbers:
        """The number of the paper of each mention among all works."""
        return _taken(self._columns.work_of, self._papers)

    @property
    def venues(self) -> tuple[Numbers, Numbers]:
        """The venue of each mention whose paper has one."""
        venues = _taken(self._columns.venue_of, self._papers)
        placed = np.flatnonzero(venues >= 0)
        return placed, venues[placed]

    @property
    def words(self) -> tuple[Numbers, Numbers]:
        """The words of the titles."""
        return self._columns.words.rows(self._papers)

    @property
    def places(self) -> tuple[Numbers, Numbers]:
        """The words of the affiliations."""
        return self._columns.places.rows(self.rows)

    @property
    def pages(self) -> tuple[Numbers, Numbers]:
        """The profiles that list the papers."""
        return self._columns.pages.rows(self.rows)

    @property
    def cited(self) -> tuple[Numbers, Numbers]:
        """The works that the papers cite."""
        return self._columns.cited.rows(self._papers)


def _taken(column: Column, which: Numbers) -> Numbers:
    return np.frombuffer(column, dtype=np.int32)[which].astype(np.int64)


class Comparison:
    """The evidence between the groups of one name.

    Attributes:
        odds: log-odds of each two groups being one person.
    """

    def __init__(self, context: Context, block: Block, groups: Numbers) -> None:
        self._context = context
        self._size = size = int(groups.max()) + 1
        self.coauthors = self._shared(groups, block.coauthors, context.ties)
        self.words = self._shared(groups, block.words, context.terms)
        self.venues = self._shared(groups, block.venues, context.venues)
        self.places = self._shared(groups, block.places, context.places)
        self.pages = self._shared(groups, block.pages, None)
        self.acquainted = block.acquainted(context.acquaintance).between(groups, size)
        self.citing = _citing(block, groups, size)
        self.papers = np.bincount(groups, minlength=size)
        self.odds = self._odds(block.name)
        if len(np.unique(block.seats)) < len(groups):
            seats = self._shared(groups, (np.arange(len(groups)), block.seats), None)
            self.odds[(seats.counts @ seats.counts.T) > 0] = NEVER
        np.fill_diagonal(self.odds, NEVER)
        self.odds = np.minimum(self.odds, self.odds.T).round(4)

    def _shared(
        self, groups: Numbers, having: tuple[Numbers, Numbers], weights: Matrix | None
    ) -> Shared:
        owners, things = having
        if weights is None:
            _, things = np.unique(things, return_inverse=True)
            weights = np.ones(len(things), np.float32)
        return shared(groups[owners], things, self._size, weights)

    def _odds(self, name: int) -> Matrix:
        told, weights = self._context, self._context.rules.weights
        sizes = np.log(self.papers).astype(np.float32)
        coauthors = np.minimum(self.coauthors.common(told.ties), MOST_COAUTHORS)
        venues = self.venues.common(told.venues)
        affiliation = self._affiliation()
        odds = (
            np.float32(weights.start + weights.name * told.namesakes[name])
            + weights.coauthor * coauthors
            + weights.acquainted * np.minimum(self.acquainted, MOST_ACQUAINTED)
            + weights.titles * told.trust * self.words.likeness(told.terms)
            + weights.venues * told.trust * self.venues.likeness(told.venues)
            + affiliation
            + weights.self_citation * self.citing
            + weights.same_profile * ((coauthors > 0) & (self._listed() > 0))
            + weights.larger * np.maximum.outer(sizes, sizes)
            + weights.smaller * np.minimum.outer(sizes, sizes)
        ).astype(np.float32)
        tied = (coauthors > 0) | (self.acquainted > 0) | (venues > 0) | (affiliation > 0)
        tied |= self.citing
        weighed: Matrix = np.where(tied, odds, np.minimum(odds, 0))
        return weighed

    def _listed(self) -> Matrix:
        """Return for each two groups whether one page lists papers of both."""
        listed: Matrix = np.matmul(self.pages.counts, self.pages.counts.T, dtype=np.float32)
        return listed

    def _affiliation(self) -> Matrix:
        weights = self._context.rules.weights
        stated = self.places.stated
        alike = self.places.likeness(self._context.places)
        known = np.outer(stated, stated)
        odds = np.where(alike > 0, weights.affiliation * alike, weights.other_affiliation)
        stated_odds: Matrix = np.where(known, odds, 0).astype(np.float32)
        return stated_odds

    def evidence(self, left: int, right: int) -> Iterator[tuple[str, str]]:
        """Yield in words what speaks for two groups being one person."""
        told, columns = self._context, self._context.columns
        for rule, words, having, weights, texts in (
            ("shared-coauthor", "both also name {}", self.coauthors, told.ties, columns.names),
            ("shared-venue", "both appear in {}", self.venues, told.venues, columns.venues),
            ("similar-titles", "titles share {}", self.words, told.terms, columns.terms),
            ("affiliation", "affiliations share {}", self.places, told.places, columns.terms),
        ):
            both = having.both(left, right, weights)
            if len(both):
                yield rule, words.format(_listed(both, texts))
        if self.pages.counts[left] @ self.pages.counts[right]:
            yield "same-profile", "one profile page lists papers of both"
        if self.acquainted[left, right]:
            yield "acquainted-coauthors", "co-authors of one and of the other wrote together"
        if self.citing[left, right]:
            yield "self-citation", "a paper of one cites a paper of the other"


def _listed(numbers: Numbers, texts: Numbering) -> str:
    named = [texts.texts[number] for number in numbers[:NAMED]]
    more = len(numbers) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


def _citing(block: Block, groups: Numbers, size: int) -> NDArray[np.bool_]:
    """Return for each two groups whether a paper of one cites a paper of the other."""
    citing = np.zeros((size, size), np.bool_)
    owners, cited = block.cited
    if len(cited):
        order = np.argsort(block.works, kind="stable")
        works = block.works[order]
        place = np.minimum(np.searchsorted(works, cited), len(works) - 1)
        hit = works[place] == cited
        one, other = groups[owners[hit]], groups[order[place[hit]]]
        citing[one, other] = citing[other, one] = True
    return citing
