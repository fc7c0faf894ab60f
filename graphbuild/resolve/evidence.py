"""Weigh what speaks for two groups of mentions of one name being one person.

The groups of one name are compared all with all, by products of small matrices: a row for each
group, a column for each co-author, word or venue that more than one of them has. What is weighed,
and how much it counts, stands in ``rules.toml``.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphbuild.resolve.acquaintance import Acquaintance, Acquainted
from graphbuild.resolve.commonness import namesakes, stop_words, tie
from graphbuild.resolve.latent import STRANGERS, Themes, learned, table
from graphbuild.resolve.mentions import Column, Columns, Numbering, Numbers
from graphbuild.resolve.rules import PeopleRules
from graphbuild.resolve.shared import Shared, shared

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
        themes: what words and venues are about; None where nothing is known of it.
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
    themes: Themes | None
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
    terms = np.where(words <= max(FREQUENT * papers, FEW), _information(words, papers), 0) * told
    venues_told = _information(venues[1:], papers)
    return Context(
        columns,
        rules,
        ties=ties,
        surely=np.where(ties >= rules.sure_coauthors, ties, 0).tolist(),
        namesakes=np.log(np.maximum(expected, LEAST)),
        terms=terms,
        places=_information(places, len(columns.paper_of)) * told,
        venues=venues_told,
        themes=learned(columns, expected, np.concatenate([terms, venues_told])),
        acquaintance=Acquaintance(columns.authors, ties),
        trust=papers / (papers + FAMILIAR),
    )


def _information(counts: Numbers, total: int) -> Matrix:
    return np.log((total + 1) / (counts + 1)).astype(np.float32)


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
        self._themes: Matrix | None = None

    def acquainted(self, acquaintance: Acquaintance) -> Acquainted:
        """Return which co-authors wrote together elsewhere; it is found but once."""
        if self._acquainted is None:
            self._acquainted = acquaintance.among(*self.coauthors, self._papers)
        return self._acquainted

    def themes(self, places: Matrix) -> Matrix:
        """Return the direction in which what each mention's paper is about lies; found but once.

        Args:
            places: where each word and, after the words, each venue lies.
        """
        if self._themes is None:
            owners, words = self.words
            placed, venues = self.venues
            things = np.concatenate([words, venues + len(self._columns.terms.texts)])
            whose = np.concatenate([owners, placed])
            counts = np.ones(len(things), np.float32)
            self._themes = table(whose, things, counts, len(self.rows)).times(places)
        return self._themes

    @cached_property
    def seats(self) -> Numbers:
        """The paper of each mention, authors apart from editors."""
        return np.frombuffer(self._columns.seat_of, dtype=np.int64)[self.rows]

    @cached_property
    def works(self) -> Numbers:
        """The number of the paper of each mention among all works."""
        return _taken(self._columns.work_of, self._papers)

    @cached_property
    def venues(self) -> tuple[Numbers, Numbers]:
        """The venue of each mention whose paper has one."""
        venues = _taken(self._columns.venue_of, self._papers)
        placed = np.flatnonzero(venues >= 0)
        return placed, venues[placed]

    @cached_property
    def words(self) -> tuple[Numbers, Numbers]:
        """The words of the titles."""
        return self._columns.words.rows(self._papers)

    @cached_property
    def places(self) -> tuple[Numbers, Numbers]:
        """The words of the affiliations."""
        return self._columns.places.rows(self.rows)

    @cached_property
    def pages(self) -> tuple[Numbers, Numbers]:
        """The profiles that list the papers."""
        return self._columns.pages.rows(self.rows)

    @cached_property
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
        self.themes = self._themes(block, groups)
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
        affiliation = self._affiliation()
        tied = (coauthors > 0) | (self.acquainted > 0) | (affiliation > 0) | self.citing
        written = self._written()
        odds = (
            np.float32(weights.start + weights.name * told.namesakes[name])
            + weights.coauthor * coauthors
            + weights.acquainted * np.minimum(self.acquainted, MOST_ACQUAINTED)
            + np.where(tied, written, np.minimum(written, weights.writing))
            + affiliation
            + weights.self_citation * self.citing
            + weights.same_profile * ((coauthors > 0) & (self._listed() > 0))
            + weights.larger * np.maximum.outer(sizes, sizes)
            + weights.smaller * np.minimum.outer(sizes, sizes)
        ).astype(np.float32)
        tied |= self.venues.common(told.venues) > 0
        weighed: Matrix = np.where(tied, odds, np.minimum(odds, 0))
        return weighed

    def _written(self) -> Matrix:
        """Return what the papers themselves say: titles, venues and what they are about."""
        told, weights = self._context, self._context.rules.weights
        written: Matrix = np.float32(told.trust) * (
            weights.titles * self.words.likeness(told.terms)
            + weights.venues * self.venues.likeness(told.venues)
        )
        if told.themes:
            written += np.float32(weights.themes * told.themes.trust) * self.themes
        return written

    def _themes(self, block: Block, groups: Numbers) -> Matrix:
        """Return for each two groups how much closer they write than strangers of one name do."""
        known = self._context.themes
        if known is None:
            return np.zeros((self._size, self._size), np.float32)
        mentions, counts = np.arange(len(groups)), np.ones(len(groups), np.float32)
        about = table(groups, mentions, counts, self._size).times(block.themes(known.places))
        about /= np.maximum(np.linalg.norm(about, axis=1, keepdims=True), 1e-6)
        told = about.any(axis=1)
        closer: Matrix = np.where(np.outer(told, told), about @ about.T - STRANGERS, 0)
        return closer

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
        if self.themes[left, right] > 0:
            alike = self.themes[left, right] + STRANGERS
            yield "related-themes", f"they write about related things (likeness {alike:.2f})"
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
