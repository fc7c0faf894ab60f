"""What a page that lists papers of one name tells of who is who, and whether it mixes people."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from graphbuild.resolve.judgements import Judgement
from graphbuild.resolve.mentions import Mention

Members = Mapping[str, tuple[Mention, ...]]


def owners_of(members: Members) -> dict[str, tuple[str, ...]]:
    """Return for each profile the persons whose papers it lists, most papers first."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for person, group in members.items():
        for mention in group:
            for profile in mention.profiles:
                counts[profile][person] += 1
    return {
        profile: tuple(sorted(papers, key=lambda person: (-papers[person], person)))
        for profile, papers in counts.items()
    }


def open_cases(
    owners: Mapping[str, tuple[str, ...]],
    members: Members,
    settled: Iterable[Judgement],
    score: float,
) -> Iterator[Judgement]:
    """Yield the pairs of persons on one page that nothing joins and nothing keeps apart.

    Args:
        owners: for each profile, its persons.
        members: the mentions of each person.
        settled: what was decided or asked already.
        score: how much it says that one page lists both.
    """
    known = {frozenset((case.left, case.right)) for case in settled}
    for persons in owners.values():
        groups = [person for person in persons if len(members[person]) > 1] or list(persons[:1])
        singles = [person for person in persons if person not in groups]
        pairs = [*pairwise(groups), *((group, single) for group in groups for single in singles)]
        for left, right in pairs:
            keys = (members[left][0].key, members[right][0].key)
            if frozenset(keys) not in known:
                words = (
                    "one profile page lists both papers under this name, but no co-author ties them"
                )
                yield Judgement(*keys, "undecided", score, (("same-profile", words),))
