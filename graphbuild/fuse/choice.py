"""Choose one value of a field out of what several records of one paper say.

The source that is trusted most comes first; among equals the value that most records agree on;
then what the most complete record says. Nothing depends on the order of the records.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from graphbuild.parts import PartialDate
from graphbuild.records import Paper
from graphbuild.text import name_key

Trust = Mapping[str, int]
"""The place of each source in the order of trust, by the source's key; others come last."""

COMPLETENESS = {"unknown": 0, "truncated": 1, "complete": 2}

TOGETHER = {
    "title": ("title_written",),
    "abstract": ("abstract_written",),
    "kind": ("kind_written",),
    "issued": (),
    **dict.fromkeys(
        (
            "venue", "event", "container", "volume", "issue", "first_page", "last_page",
            "article_number", "edition", "publisher", "language", "open_access", "comment",
            "submitted", "citation", "report_number",
        ),
        (),
    ),
}  # fmt: skip
"""Fields of which a paper has one value, each with those that come from the same record."""


class Choice(NamedTuple):
    """The record whose value a field takes, and why."""

    record: Paper
    why: str


def ranked(records: Sequence[Paper]) -> list[Paper]:
    """Return records, the most complete first: by authors shown, then by length of abstract."""
    return sorted(records, key=_rank)


def choose(records: Sequence[Paper], field: str, trust: Trust) -> Choice | None:
    """Return the record whose value of a field wins; None when no record states one.

    Args:
        records: those of one paper, as `ranked` returns them.
        field: one of `TOGETHER`.
        trust: the order of trust.
    """
    stating = [record for record in records if getattr(record, field)]
    if not stating:
        return None
    votes = Counter(_sense(record, field) for record in stating)
    best = min(
        stating,
        key=lambda r: (
            _place(r, trust),
            _vague(r, field),
            -votes[_sense(r, field)],
            -_exact(r, field),
        ),
    )
    return Choice(best, _why(stating, votes, trust))


def _place(record: Paper, trust: Trust) -> int:
    return trust.get(source_of(record), len(trust))


def source_of(record: Paper) -> str:
    """Return the key of the source of a record."""
    return record.origins[0].record.partition("-")[0]


def _why(stating: Sequence[Paper], votes: Counter[Hashable], trust: Trust) -> str:
    if len(stating) == 1:
        return "only one record states it"
    if len(votes) == 1:
        return "all records that state it agree"
    if len({_place(record, trust) for record in stating}) > 1:
        return "its source is trusted most"
    first, second = (count for _, count in votes.most_common(2))
    if first > second:
        return f"{first} of {len(stating)} records agree"
    return "its record is the most complete"


def _sense(record: Paper, field: str) -> Hashable:
    """Return what two values share that say the same."""
    value: Hashable = getattr(record, field)
    if isinstance(value, PartialDate):
        return value.value if value.value.startswith("-") else value.value[:4]
    return name_key(value) or value if isinstance(value, str) else value


def _vague(record: Paper, field: str) -> bool:
    """Say whether a date lacks its year."""
    return field == "issued" and record.issued is not None and record.issued.value.startswith("-")


def _exact(record: Paper, field: str) -> int:
    """Return how exact a date is; of other fields none is more exact than another."""
    return len(record.issued.value) if field == "issued" and record.issued else 0


def _rank(paper: Paper) -> tuple[int, int, int, str]:
    shown = sum(author.position is not None for author in paper.authors)
    completeness = COMPLETENESS[paper.author_list]
    return -completeness, -shown, -len(paper.abstract), paper.origins[0].record
