"""Papers that a person judged to be different, whatever their identifiers and titles say."""

from collections.abc import Iterable, Sequence

from graphbuild.records import Paper
from graphbuild.resolve.judgements import Judgement
from graphbuild.resolve.keys import paper_key, strong_ids


class Apart:
    """Says which records are kept apart.

    A decision names each side by the key of a paper, an identifier or the key of a source record.

    Args:
        judged: decisions; only those that say ``different`` of papers count.
    """

    def __init__(self, judged: Iterable[Judgement] = ()) -> None:
        pairs = [(each.left, each.right) for each in judged if each.decision == "different"]
        self._pairs = [pair for pair in pairs if "#" not in "".join(pair)]

    def __call__(self, left: Sequence[Paper], right: Sequence[Paper]) -> bool:
        """Say whether two groups of records must not be one paper."""
        if not self._pairs:
            return False
        one, other = _names(left), _names(right)
        return any(
            (first in one and second in other) or (first in other and second in one)
            for first, second in self._pairs
        )


def _names(records: Sequence[Paper]) -> set[str]:
    """Return all by which a decision may name the paper of some records."""
    names = {each for record in records for each in strong_ids(record)}
    names |= {paper_key([record]) for record in records}
    return names | {record.origins[0].record for record in records}
