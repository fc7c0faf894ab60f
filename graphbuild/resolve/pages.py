"""Say why a page that lists papers of one name may mix several people."""

from collections.abc import Iterator, Mapping, Sequence

from graphbuild.resolve.mentions import Columns, Mention
from graphbuild.resolve.mixtures import time_between, topics_apart, years_of


def mixed_pages(
    owners: Mapping[str, Sequence[str]],
    members: Mapping[str, Sequence[Mention]],
    mentions: Sequence[Mention],
    columns: Columns,
) -> dict[str, str]:
    """Return for each profile that may mix people why, in words.

    Papers that do not hang together by co-authors speak for several people, unless no paper shows
    a co-author at all. Topics and years of the groups are told beside it.

    Args:
        owners: for each profile, the persons that it lists papers of, most papers first.
        members: the mentions of each person.
        mentions: all mentions, in the order of the columns.
        columns: what of the papers speaks for who their authors are.
    """
    listed = {
        profile: [
            [mention for mention in members[person] if profile in mention.profiles]
            for person in persons
        ]
        for profile, persons in owners.items()
    }
    wanted = {each.key for groups in listed.values() for group in groups for each in group}
    rows = {each.key: row for row, each in enumerate(mentions) if each.key in wanted}
    found: dict[str, str] = {}
    for profile, groups in listed.items():
        if len(groups) > 1 and not all(each.alone for group in groups for each in group):
            numbers = [[rows[each.key] for each in group] for group in groups]
            found[profile] = "; ".join((_in_groups(groups), *_told_apart(numbers, columns)))
    return found


def _in_groups(listed: Sequence[Sequence[Mention]]) -> str:
    sizes = [len({mention.paper for mention in mentions}) for mentions in listed]
    groups = [size for size in sizes if size > 1]
    singles = len(sizes) - len(groups)
    parts = [f"a group of {size}" for size in groups]
    parts += (
        [f"{singles} {'paper' if singles == 1 else 'papers'} standing alone"] if singles else []
    )
    return (
        f"the {sum(sizes)} papers that this page lists fall into {_enumerated(parts)}; "
        "no visible co-author ties one part to another"
    )


def _enumerated(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _told_apart(groups: Sequence[Sequence[int]], columns: Columns) -> Iterator[str]:
    """Yield what topics and years say of the biggest group and each other one, not of singles."""
    first = groups[0]
    for other in groups[1:]:
        if len(other) > 1:
            reasons = [
                *topics_apart(first, other, columns),
                *time_between(years_of(first, columns), years_of(other, columns)),
            ]
            if reasons:
                told = "; ".join(reasons)
                yield f"of the groups of {len(first)} and {len(other)}, {told}"
