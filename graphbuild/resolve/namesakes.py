"""Join the mentions of one name into persons, best evidence first.

First every two mentions that share a co-author of a rare enough name are one person. Then the
groups are compared all with all; of each group and its best partner, where both prefer each
other and the evidence suffices, one group is made, and the rest is compared again. The order of
the inputs plays no part. What nearly suffices is left for people to judge.
"""

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from graphbuild.resolve.clusters import Clusters
from graphbuild.resolve.evidence import NAMED, NEVER, Block, Comparison, Context, Matrix
from graphbuild.resolve.judgements import Evidence, Judgement
from graphbuild.resolve.mentions import Mention, Numbers

CONFLICT = ("conflict", "joining them would make two authors of one paper, or two identifiers, one")
"""Why two that seem one are not joined."""


class Joiner(NamedTuple):
    """Joins mentions, and says why.

    Attributes:
        clusters: the persons so far.
        mentions: all mentions.
        context: what weighs evidence.
    """

    clusters: Clusters
    mentions: list[Mention]
    context: Context

    def join(self, left: int, right: int, score: float, evidence: Evidence) -> Judgement:
        """Join two mentions, unless something keeps them apart, and return the judgement."""
        one, other = sorted((self.mentions[left].key, self.mentions[right].key))
        if self.clusters.join(one, other):
            return Judgement(one, other, "same", score, evidence)
        return Judgement(one, other, "different", score, (*evidence, CONFLICT))

    def groups(self, rows: list[int]) -> list[int]:
        """Return the number of the person of each mention, from 0, in the order of the rows."""
        numbers: dict[str, int] = {}
        find, mentions = self.clusters.find, self.mentions
        return [numbers.setdefault(find(mentions[row].key), len(numbers)) for row in rows]


def probability(odds: float) -> float:
    """Return the probability of log-odds, to three decimals.

    >>> probability(0.0), probability(3.0)
    (0.5, 0.953)
    """
    return round(1 / (1 + math.exp(-max(min(float(odds), 30.0), -30.0))), 3)


def log_odds(chance: float) -> float:
    """Return the log-odds of a probability below 1."""
    return math.log(chance / (1 - chance))


def join_namesakes(joiner: Joiner, name: int, rows: Numbers) -> Iterator[Judgement]:
    """Join the mentions of one name; yield every decision.

    Args:
        joiner: joins mentions.
        name: the number of the name.
        rows: the numbers of its mentions, at least two.
    """
    numbers = rows.tolist()
    yield from _sure(joiner, name, numbers)
    groups = joiner.groups(numbers)
    if 0 < max(groups) < joiner.context.rules.largest_block:
        gathered = Block(joiner.context.columns, name, rows)
        yield from _compared(joiner, gathered, np.array(groups, np.int64))


def _sure(joiner: Joiner, name: int, rows: list[int]) -> Iterator[Judgement]:
    """Join mentions that share a co-author of a rare name, each to the next that has it."""
    context = joiner.context
    texts = context.columns.names.texts
    for (left, right), shared in sorted(_links(context, name, rows).items()):
        tie = sum(map(context.surely.__getitem__, shared))
        score = probability(context.by_coauthors(name, tie))
        if score >= context.rules.join:
            words = ", ".join([texts[number] for number in shared[:NAMED]])
            told = (("shared-coauthor", f"both also name {words}"),)
            yield joiner.join(rows[left], rows[right], score, told)


def _links(context: Context, name: int, rows: list[int]) -> dict[tuple[int, int], list[int]]:
    """Return what rare names each two mentions share of which no third lies between.

    Most names are settled by this alone, and have few mentions: plain Python is quicker than
    numpy.
    """
    columns, surely = context.columns, context.surely
    links: dict[tuple[int, int], list[int]] = {}
    last: dict[int, int] = {}
    for place, row in enumerate(rows):
        for other in columns.authors.of(columns.paper_of[row]):
            if other != name and surely[other]:
                if other in last:
                    links.setdefault((last[other], place), []).append(other)
                last[other] = place
    return links


def _compared(joiner: Joiner, gathered: Block, groups: Numbers) -> Iterator[Judgement]:
    """Join the groups that prefer each other, round by round, until no two are alike enough.

    Groups are compared anew only when some were joined: of a common name most rounds only find
    that two may not be one.
    """
    least = log_odds(joiner.context.rules.join)
    rows = gathered.rows.tolist()
    refused: set[tuple[int, int]] = set()
    while groups.max() > 0:
        compared, firsts = Comparison(joiner.context, gathered, groups), _firsts(groups)
        _forbid(compared.odds, [(groups[left], groups[right]) for left, right in refused])
        joined = False
        while not joined:
            pairs = list(_mutual(compared.odds, least))
            if not pairs:
                yield from _open(joiner, gathered, compared, firsts)
                return
            for left, right in pairs:
                case = _case(gathered, compared, (left, right), firsts)
                told = joiner.join(*case.rows, case.score, case.evidence)
                if told.decision == "different":
                    refused.add((int(firsts[left]), int(firsts[right])))
                    _forbid(compared.odds, [(left, right)])
                else:
                    joined = True
                yield told
        groups = np.array(joiner.groups(rows), np.int64)


def _forbid(odds: Matrix, pairs: Iterable[tuple[int, int]]) -> None:
    """Set that these pairs of groups are never one."""
    for left, right in pairs:
        odds[left, right] = odds[right, left] = NEVER


class Case(NamedTuple):
    """Two mentions and what speaks for their being one person."""

    rows: tuple[int, int]
    score: float
    evidence: Evidence


def _case(gathered: Block, compared: Comparison, pair: tuple[int, int], firsts: Numbers) -> Case:
    rows = int(gathered.rows[firsts[pair[0]]]), int(gathered.rows[firsts[pair[1]]])
    return Case(rows, probability(compared.odds[pair]), tuple(compared.evidence(*pair)))


def _firsts(groups: Numbers) -> Numbers:
    """Return the place of the first mention of each group."""
    return np.unique(groups, return_index=True)[1]


def _mutual(odds: Matrix, least: float) -> Iterator[tuple[int, int]]:
    """Yield the pairs of groups that prefer each other, and are alike enough."""
    best = odds.argmax(axis=1)
    numbers = np.arange(len(best))
    chosen = (best[best] == numbers) & (numbers < best) & (odds[numbers, best] >= least)
    for left in np.flatnonzero(chosen).tolist():
        yield left, int(best[left])


def _open(
    joiner: Joiner, gathered: Block, compared: Comparison, firsts: Numbers
) -> Iterator[Judgement]:
    """Yield of each group the best partner that falls short of enough."""
    odds = compared.odds
    best = odds.argmax(axis=1)
    least = log_odds(joiner.context.rules.ask)
    pairs = {
        (min(left, right), max(left, right))
        for left, right in enumerate(best.tolist())
        if odds[left, right] >= least
    }
    for left, right in sorted(pairs):
        case = _case(gathered, compared, (left, right), firsts)
        one, other = sorted(joiner.mentions[row].key for row in case.rows)
        yield Judgement(one, other, "undecided", case.score, case.evidence)
