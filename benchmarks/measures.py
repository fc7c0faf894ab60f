"""Compare a grouping with the right one: pairwise and B³ precision, recall and F1."""

from collections import Counter
from collections.abc import Hashable, Mapping
from math import comb
from typing import NamedTuple


class Measure(NamedTuple):
    """Precision and recall of a grouping."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        return f"{self.precision:.4f} {self.recall:.4f} {self.f1:.4f}"


Groups = Mapping[str, Hashable]


def b_cubed(found: Groups, right: Groups) -> Measure:
    """Return B³ (Bagga and Baldwin 1998): each thing's own precision and recall, averaged."""
    sizes, truths, both = _counts(found, right)
    items = [(both[found[key], right[key]], key) for key in right]
    precision = sum(common / sizes[found[key]] for common, key in items) / len(items)
    recall = sum(common / truths[right[key]] for common, key in items) / len(items)
    return Measure(precision, recall)


def pairwise(found: Groups, right: Groups) -> Measure:
    """Return the share of found pairs that are right, and of right pairs that are found."""
    sizes, truths, both = _counts(found, right)
    common = sum(comb(count, 2) for count in both.values())
    made = sum(comb(count, 2) for count in sizes.values())
    true = sum(comb(count, 2) for count in truths.values())
    return Measure(common / made if made else 1.0, common / true if true else 1.0)


def wrong_merges(found: Groups, right: Groups) -> list[tuple[Hashable, ...]]:
    """Return of each group that mixes several right ones which these are, most mixed first."""
    mixed: dict[Hashable, Counter[Hashable]] = {}
    for key, truth in right.items():
        mixed.setdefault(found[key], Counter())[truth] += 1
    wrong = [counts for counts in mixed.values() if len(counts) > 1]
    wrong.sort(key=lambda counts: (-len(counts), sorted(map(str, counts))))
    return [tuple(sorted(counts, key=str)) for counts in wrong]


def _counts(
    found: Groups, right: Groups
) -> tuple[Counter[Hashable], Counter[Hashable], Counter[tuple[Hashable, Hashable]]]:
    return (
        Counter(found[key] for key in right),
        Counter(right.values()),
        Counter((found[key], right[key]) for key in right),
    )
